"""Checks of the draft's fields and of the body's headings and figures."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.texts.checks.material import Material
from articles.texts.checks.problem import Problem, advisory, blocking
from manuscript.content.plain import plain_text


@blocking(
    "empty-title",
    title=gettext_lazy("No question"),
    why=gettext_lazy("A text without a question cannot be asked for."),
)
def empty_title(material: Material) -> Iterator[Problem]:
    """A draft needs the question that it answers."""
    if not material.text.title:
        yield Problem(
            field="title",
            message=_("The question is empty."),
            remedy=_("Write the question that this text answers."),
            order=-3,
        )


@blocking(
    "empty-body",
    title=gettext_lazy("No text"),
    why=gettext_lazy("There is nothing that a reviewer could sign."),
)
def empty_body(material: Material) -> Iterator[Problem]:
    """A draft needs at least one word."""
    if not plain_text(material.text.body).strip():
        yield Problem(
            field="body",
            message=_("The text is empty."),
            remedy=_("Write the text, or import it."),
        )


@blocking(
    "empty-section",
    title=gettext_lazy("A heading with nothing under it"),
    why=gettext_lazy("Readers look for an answer under a heading and find none."),
)
def empty_section(material: Material) -> Iterator[Problem]:
    """A heading needs something under it before the next of the same or a higher level."""
    for place in material.outlined:
        if place.is_empty:
            yield Problem(
                field="body",
                message=_("Nothing stands under the heading “%(heading)s”.")
                % {"heading": place.section},
                remedy=_("Write the section, or remove its heading."),
                section=place.section,
                sentence=place.section,
                words=place.section,
                order=place.order,
            )


@blocking(
    "dangling-figure",
    title=gettext_lazy("A figure that the library does not have"),
    why=gettext_lazy("Readers would see an empty box."),
)
def dangling_figure(material: Material) -> Iterator[Problem]:
    """Every figure in the body must be one of the library."""
    for place in material.outlined:
        if place.figure and place.figure.key not in material.figures:
            yield Problem(
                field="body",
                message=_("The figure “%(key)s” is not in the library.")
                % {"key": place.figure.key},
                remedy=_("Upload the image, or remove the figure from the text."),
                section=place.section,
                sentence=place.figure.caption,
                words=place.figure.caption,
                order=place.order,
            )


@blocking(
    "missing-alt",
    title=gettext_lazy("A figure without a text alternative"),
    why=gettext_lazy("Whoever cannot see the image learns nothing of what it shows."),
)
def missing_alt(material: Material) -> Iterator[Problem]:
    """Every figure needs words for what it shows."""
    for place in material.outlined:
        if place.figure and not place.figure.alt.strip():
            yield Problem(
                field="body",
                message=_("The figure “%(key)s” has no text alternative.")
                % {"key": place.figure.key},
                remedy=_("Say in a sentence what the image shows."),
                section=place.section,
                sentence=place.figure.caption,
                words=place.figure.caption,
                order=place.order,
            )


@advisory(
    "empty-summary",
    title=gettext_lazy("No summary"),
    why=gettext_lazy("Search results, feeds and the head of the page show the summary."),
)
def empty_summary(material: Material) -> Iterator[Problem]:
    """A draft should have the answer in a sentence or two."""
    if not material.text.summary:
        yield Problem(
            field="summary",
            message=_("The summary is empty."),
            remedy=_("Write the answer in a sentence or two."),
            order=-1,
        )
