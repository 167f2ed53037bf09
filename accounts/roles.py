"""Roles are groups whose permissions migrations create; this is how a migration grants them."""

from collections.abc import Mapping, Sequence
from typing import Any


def grant(apps: Any, app_label: str, permissions: Mapping[str, Sequence[str]]) -> None:
    """Give each role permissions of `app_label`, such as `{"editor": ["edition.change_edition"]}`.

    Each entry is `model.codename`. Creates groups, content types and permissions that are not
    there yet: Django itself creates them only after all migrations ran.
    """
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    content_types = apps.get_model("contenttypes", "ContentType").objects
    for role, names in permissions.items():
        group, _created = group_model.objects.get_or_create(name=role)
        for name in names:
            model, codename = name.split(".")
            content_type, _created = content_types.get_or_create(app_label=app_label, model=model)
            permission, _created = permission_model.objects.get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": f"Can {codename.replace('_', ' ')}"},
            )
            group.permissions.add(permission)


def manage(*models: str) -> list[str]:
    """Return the permissions to view, add, change and delete `models`."""
    return [f"{m}.{verb}_{m}" for m in models for verb in ("view", "add", "change", "delete")]


def view(*models: str) -> list[str]:
    """Return the permissions to view `models`."""
    return [f"{m}.view_{m}" for m in models]
