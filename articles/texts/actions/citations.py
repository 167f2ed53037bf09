"""Keeping the index of who cites what in step with a draft's body."""

from accounts.models import User
from articles.models import Citation, Edition
from articles.texts.checks import cited_references
from kernel.action import Action
from manuscript.content.citations import number


def settle_citations(act: Action[User], edition: Edition) -> None:
    """Make the citation rows of a draft say what its body says, inside the caller's transaction.

    A citation of a key that the library does not know has no row; the checks report it.
    """
    numbers = number(edition.body)
    references = cited_references(edition.body)
    wanted = {references[key].pk: numbers[key] for key in numbers if key in references}
    present = dict(Citation.objects.filter(edition=edition).values_list("reference_id", "number"))
    if wanted == present:
        return
    if present:
        Citation.objects.filter(edition=edition).delete()
    Citation.objects.bulk_create(
        Citation(edition=edition, reference_id=pk, number=place) for pk, place in wanted.items()
    )
