"""Typed readers of environment variables that fail loudly, naming the variable."""

import os
from pathlib import Path
from typing import overload

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


@overload
def text(name: str) -> str: ...
@overload
def text(name: str, default: str) -> str: ...
def text(name: str, default: str | None = None) -> str:
    """Return the variable as text.

    :raises ImproperlyConfigured: if it is not set and has no default.
    """
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set.")
    return value.strip()


def boolean(name: str, *, default: bool) -> bool:
    """Return the variable as a boolean: 1/true/yes/on or 0/false/no/off.

    :raises ImproperlyConfigured: if it reads as neither.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    if (word := value.strip().lower()) in TRUE:
        return True
    if word in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0.")


def integer(name: str, *, default: int, least: int = 0) -> int:
    """Return the variable as a whole number.

    :raises ImproperlyConfigured: if it is not one, or below `least`.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from exc
    if number < least:
        raise ImproperlyConfigured(f"{name} is {number}; it must be at least {least}.")
    return number


def words(name: str, *, default: str = "") -> list[str]:
    """Return the comma-separated parts of the variable, without empty ones."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def folder(name: str, *, default: Path) -> Path:
    """Return the variable as an absolute path."""
    return Path(os.environ.get(name) or default).resolve()


def secret(name: str, *, file: Path, least: int = 50) -> str:
    """Return a secret from the variable `name`, or from `file`.

    :raises ImproperlyConfigured: if neither holds at least `least` characters.
    """
    value = os.environ.get(name, "").strip()
    if not value and file.is_file():
        value = file.read_text(encoding="utf-8").strip()
    if len(value) < least:
        raise ImproperlyConfigured(
            f"{name} is not set or shorter than {least} characters. "
            "Generate one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return value
