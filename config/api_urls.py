"""Routes of the API."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from accounts.api.tokens import TokenViewSet
from articles.references.api.references import ReferenceViewSet
from articles.texts.api.editions import EditionViewSet
from config.api_articles import ArticleViewSet
from kernel.api import docs
from kernel.api.root import Nowhere, Root
from review.api.submissions import AssignmentViewSet, SubmissionViewSet
from review.api.versions import VersionViewSet
from review.public.api.publications import PublicationViewSet

router = SimpleRouter()
router.register("articles", ArticleViewSet, basename="article")
router.register("publications", PublicationViewSet, basename="publication")
router.register("editions", EditionViewSet, basename="edition")
router.register("versions", VersionViewSet, basename="version")
router.register("references", ReferenceViewSet, basename="reference")
router.register("submissions", SubmissionViewSet, basename="submission")
router.register("assignments", AssignmentViewSet, basename="assignment")
router.register("tokens", TokenViewSet, basename="token")

app_name = "api"
v1 = [
    path("", Root.as_view(), name="root"),
    path("schema/", docs.schema, name="schema"),
    path("docs/", docs.docs, name="docs"),
    path("problems/", docs.problems, name="problems"),
    path("problems/<slug:code>/", docs.problems, name="problem"),
    *router.urls,
    re_path("", Nowhere.as_view(), name="nowhere"),
]
urlpatterns = [path("v1/", include(v1))]
