"""A text to import, and the form that sends it."""

from tests import factories

URL = "/desk/import/"


TEXT = """# How are specimens tested?

## Summary

Specimens are tested in tubes [1]. Last of all they are washed.

- first
  - nested

## References

1. Specimen S. A study of specimens. J Tests. 2024;12:1-9. https://doi.org/10.5555/import.1
"""


def sent(**changes) -> dict[str, object]:
    return {
        "pasted": TEXT,
        "language": "en",
        "audience": factories.audience().pk,
        "specialty": factories.make_specialty().pk,
        "had_model": "no",
        **changes,
    }
