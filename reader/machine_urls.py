"""Addresses for programs, without a language prefix: sitemap, robots, health."""

from django.urls import path

from reader.views import machines

urlpatterns = [
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
]
