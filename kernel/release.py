"""What the running code is: a part of every entity tag, so that a new release is a new answer."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

PARTS = (
    *(
        f"{package}/**/*.{ending}"
        for package in (
            "kernel",
            "manuscript",
            "accounts",
            "articles",
            "review",
            "reader",
            "config",
        )
        for ending in ("py", "csl", "css")
    ),
    "templates/**/*.html",
    "locale/**/*.mo",
    "static/**/*.css",
    "static/**/*.js",
    "requirements.txt",
)


@cache
def stamp() -> str:
    """Return a digest of the code, words, libraries and settings that an answer is made from.

    The same in every process of a release; read from disk once in each.
    """
    digest = hashlib.sha256()
    for setting in (settings.SITE_NAME, settings.SITE_URL, settings.DEMO, settings.DEBUG):
        digest.update(f"{setting}\0".encode())
    base = Path(settings.BASE_DIR)
    for pattern in PARTS:
        for path in sorted(base.glob(pattern)):
            digest.update(f"{path.relative_to(base)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
