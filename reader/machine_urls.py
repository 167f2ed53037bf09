"""Addresses without a language prefix: the files of figures, and for programs sitemap, robots, health."""

from django.urls import path, re_path

from reader.views import figures, machines

urlpatterns = [
    re_path(
        r"^figures/(?P<digest>[0-9a-f]{64})/(?P<width>[1-9]\d{0,4})\.(?P<extension>webp|svg)$",
        figures.figure,
        name="figure",
    ),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
]
