"""What blocks a freeze. Each check is one small function with a code; more follow here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from articles.content.citations import cited_keys
from articles.content.plain import plain_text
from articles.draft import DraftText
from articles.models import Edition, Reference


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One finding: where it is, why it blocks, and how to mend it, in words.

    About a source, it names the reference to mend, where the library has it, and the number that
    the text shows for it.
    """

    code: str
    field: str
    message: str
    remedy: str
    reference_id: int | None = None
    citation_number: int | None = None


Check = Callable[[DraftText, Mapping[str, Reference]], Iterator[Problem]]


def empty_title(draft: DraftText, _references: Mapping[str, Reference]) -> Iterator[Problem]:
    """A text without a title cannot be asked for."""
    if not draft.title:
        yield Problem(
            code="empty-title",
            field="title",
            message="The question is empty.",
            remedy="Write the question that this text answers.",
        )


def empty_body(draft: DraftText, _references: Mapping[str, Reference]) -> Iterator[Problem]:
    """A text without a word cannot be reviewed."""
    if not plain_text(draft.body).strip():
        yield Problem(
            code="empty-body",
            field="body",
            message="The text is empty.",
            remedy="Write the text, or import it.",
        )


def dangling_citation(draft: DraftText, references: Mapping[str, Reference]) -> Iterator[Problem]:
    """A citation must point at a reference of the library."""
    for position, key in enumerate(cited_keys(draft.body), start=1):
        if key not in references:
            yield Problem(
                code="dangling-citation",
                field="body",
                message=f"The citation “{key}” points at no reference.",
                remedy="Add the reference to the library, or cite another.",
                citation_number=position,
            )


def unidentified_reference(
    draft: DraftText, references: Mapping[str, Reference]
) -> Iterator[Problem]:
    """A cited source must be findable by a reader."""
    for position, key in enumerate(cited_keys(draft.body), start=1):
        if (reference := references.get(key)) and not reference.is_identified:
            yield Problem(
                code="unidentified-reference",
                field="body",
                message=f"Source cited as {position} ({key}) is still to be identified.",
                remedy="Give it a DOI, a PMID or a complete web address in the library.",
                reference_id=reference.pk,
                citation_number=position,
            )


BLOCKING: list[Check] = [empty_title, empty_body, dangling_citation, unidentified_reference]


def cited_references(body: str) -> dict[str, Reference]:
    """Return the references that `body` cites, by key. One query."""
    keys = cited_keys(body)
    return {row.key: row for row in Reference.objects.filter(key__in=keys)} if keys else {}


def blocking_problems(edition: Edition) -> list[Problem]:
    """Return what keeps this draft from being frozen. One query at most."""
    references = cited_references(edition.body)
    draft = DraftText.of(edition)
    return [problem for check in BLOCKING for problem in check(draft, references)]


def only_unidentified(problems: list[Problem]) -> bool:
    """Tell whether sources to be identified are all that blocks a freeze."""
    return bool(problems) and all(row.code == "unidentified-reference" for row in problems)
