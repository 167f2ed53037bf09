"""The project's own configuration: commands, and the admin behind the site's sign-in."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    name = "config"


class ImprimaturAdminConfig(AdminConfig):
    default_site = "config.admin.ImprimaturAdminSite"
