"""Routes. Languages other than the default have a prefix on public pages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("desk/", include("articles.urls")),
    path("board/", include("review.urls")),
    path("api/", include("config.api_urls")),
    path("", include("reader.machine_urls")),
    *i18n_patterns(path("", include("reader.urls")), prefix_default_language=False),
]
