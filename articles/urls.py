"""Routes of the editor's desk."""

from django.urls import path

from articles.views import (
    articles,
    comparing,
    desk,
    editions,
    freezing,
    history,
    imports,
    preview,
    references,
    search,
    sources,
    versions,
)

app_name = "articles"
urlpatterns = [
    path("", desk.index, name="desk"),
    path("new/", articles.new, name="new"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/editions/", articles.add, name="edition-add"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/edit/", editions.edit, name="edit"),
    path("editions/<int:pk>/preview/", preview.preview, name="preview"),
    path("editions/<int:pk>/preview/<slug:audience>/", preview.preview, name="preview"),
    path("editions/<int:pk>/freeze/", freezing.freeze_draft, name="freeze"),
    path("editions/<int:pk>/versions/", versions.versions, name="versions"),
    path("editions/<int:pk>/compare/", comparing.compare, name="compare"),
    path("editions/<int:pk>/history/", history.history, name="history"),
    path("editions/<int:pk>/history/<int:revision>/", history.revision, name="revision"),
    path("editions/<int:pk>/history/<int:revision>/restore/", history.restore, name="restore"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("references/", references.references, name="references"),
    path("references/search", search.search, name="reference-search"),
    path("references/new/", sources.new, name="reference-new"),
    path("references/<int:pk>/", references.reference, name="reference"),
    path("references/<int:pk>/edit/", sources.edit, name="reference-edit"),
    path("references/<int:pk>/notice/", references.notice, name="reference-notice"),
    path("import/", imports.import_text, name="import"),
]
