"""What journals published against the sources of a text, as every list of references says it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext, gettext_lazy

from articles.models import ReferenceNotice, Version, is_lifted

KIND = ReferenceNotice.Kind
WORDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        KIND.RETRACTION: gettext_lazy("Retracted"),
        KIND.CORRECTION: gettext_lazy("Corrected"),
        KIND.EXPRESSION_OF_CONCERN: gettext_lazy("Expression of concern"),
        KIND.REINSTATEMENT: gettext_lazy("Reinstated"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalNotice:
    """One notice against a source. `stands` tells that no reinstatement has lifted it."""

    kind: str
    noticed_on: date
    doi: str
    address: str
    reason: str
    stands: bool

    @property
    def is_alarm(self) -> bool:
        """Tell whether the source is a retracted one because of it."""
        return self.kind == KIND.RETRACTION and self.stands

    @property
    def is_reinstated(self) -> bool:
        """Tell whether it is a retraction that was taken back."""
        return self.kind == KIND.RETRACTION and not self.stands

    @property
    def tone(self) -> str:
        """Return "alarm" for a retraction that stands, "caution" for everything else."""
        return "alarm" if self.is_alarm else "caution"

    @property
    def label(self) -> str:
        """Return what happened to the source, in the language in use."""
        if self.is_reinstated:
            return gettext("Retracted, and reinstated later")
        return str(WORDS[self.kind])

    @property
    def url(self) -> str:
        """Return where the notice is read, or nothing: its DOI's address before another one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.address


def notices_of_version(version: Version) -> dict[int, tuple[JournalNotice, ...]]:
    """Return what was published against the sources of a version, oldest first, by the number that
    the source has in it. One query.
    """
    rows = ReferenceNotice.objects.filter(reference__cited_in__version=version)
    numbered = rows.annotate(source=F("reference__cited_in__number"))
    return _by_source(numbered.order_by("noticed_on", "pk"))


def notices_of_keys(keys: Collection[str]) -> dict[str, tuple[JournalNotice, ...]]:
    """Return what was published against the sources with these keys, oldest first. One query."""
    rows = ReferenceNotice.objects.filter(reference__key__in=keys)
    return _by_source(rows.annotate(source=F("reference__key")).order_by("noticed_on", "pk"))


def _by_source(rows: Any) -> dict[Any, tuple[JournalNotice, ...]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.source].append(row)
    return {
        source: tuple(
            JournalNotice(
                kind=row.kind,
                noticed_on=row.noticed_on,
                doi=row.doi,
                address=row.url,
                reason=row.reason,
                stands=not is_lifted(row, against),
            )
            for row in against
        )
        for source, against in found.items()
    }
