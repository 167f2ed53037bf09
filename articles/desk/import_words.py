"""The importers' warnings in words, and which of them say that something was left out."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuscript.importing.result import Warning_

LEFT_OUT = {
    "furniture-left-out": gettext_lazy("Part of the site, not of the text"),
    "disclaimer-set-aside": gettext_lazy("A disclaimer"),
    "reference-list-set-aside": gettext_lazy("Heading of the list of references"),
    "media-name-dropped": gettext_lazy("Name of a picture or recording"),
    "image-left-out": gettext_lazy("A picture"),
    "front-matter-left-out": gettext_lazy("Metadata of the file"),
    "link-definition-left-out": gettext_lazy("A link that nothing uses"),
    "link-left-out": gettext_lazy("An address that a text cannot hold"),
    "link-title-left-out": gettext_lazy("The title of a link"),
    "html-dropped": gettext_lazy("An HTML tag"),
    "control-character-dropped": gettext_lazy("A character that no text has"),
    "invisible-character-dropped": gettext_lazy("A character that shows nothing"),
    "marker-note-dropped": gettext_lazy("A note inside a citation mark"),
    "abstract-set-aside": gettext_lazy("An abstract; the summary may be made of it"),
    "acknowledgements-set-aside": gettext_lazy("Acknowledgements"),
    "answer-withheld": gettext_lazy("A question whose answer is withheld"),
    "competing-interests-set-aside": gettext_lazy("What its authors declare"),
    "embedded-part-left-out": gettext_lazy("An embedded document"),
    "footnote-set-aside": gettext_lazy("A note that nothing points at"),
    "funding-set-aside": gettext_lazy("Who paid"),
    "glossary-set-aside": gettext_lazy("A list of abbreviations"),
    "hidden-text-left-out": gettext_lazy("Hidden words"),
    "image-refused": gettext_lazy("A picture that could not be taken"),
    "media-left-out": gettext_lazy("A film, a recording or an embedded page"),
    "metadata-set-aside": gettext_lazy("What the source says of itself"),
    "reference-field-left-out": gettext_lazy("A part of a reference that cannot be right"),
    "reference-note-set-aside": gettext_lazy("A remark among the references"),
    "section-set-aside": gettext_lazy("A section behind the article"),
    "sub-article-set-aside": gettext_lazy("A letter, reply or translation"),
    "supplement-left-out": gettext_lazy("A supplementary file"),
}
CHANGED = {
    "link-made-citation": gettext_lazy("A link became a citation"),
    "code-flattened": gettext_lazy("Code became a paragraph"),
    "title-guessed": gettext_lazy("The title is a guess"),
    "level-guessed": gettext_lazy("The heading’s level is a guess"),
    "level-changed": gettext_lazy("The heading’s level was changed"),
    "nesting-flattened": gettext_lazy("Nested too deeply"),
    "numbering-changed": gettext_lazy("The numbering was changed"),
    "callout-changed": gettext_lazy("A callout of another kind"),
    "repeated-label": gettext_lazy("Two references had one number"),
    "encoding-guessed": gettext_lazy("The file’s encoding is a guess"),
    "embedded-part-read": gettext_lazy("An embedded page became part of the text"),
    "float-moved": gettext_lazy("Figures or tables without a place stand at the end"),
    "footnote-moved": gettext_lazy("A note was moved"),
    "formula-flattened": gettext_lazy("A formula became a line of text"),
    "strike-dropped": gettext_lazy("Struck-out words stand as plain words"),
    "symbol-unreadable": gettext_lazy("A symbol could not be read"),
    "table-shortened": gettext_lazy("A table was cut"),
}
TO_LOOK_AT = {
    "flattened-list": gettext_lazy("A list may have run into one line"),
    "fused-words": gettext_lazy("Words run together"),
    "doubled-term": gettext_lazy("A term twice"),
    "reference-to-identify": gettext_lazy("A source to be identified"),
    "reference-never-cited": gettext_lazy("A source that nothing cites"),
    "citation-without-reference": gettext_lazy("A citation without a source"),
    "possible-citation": gettext_lazy("A number that may be a citation"),
    "repeated-source": gettext_lazy("One source twice"),
    "date-ambiguous": gettext_lazy("A date that can be two days"),
    "date-incomplete": gettext_lazy("A date without its day"),
    "date-unreadable": gettext_lazy("No date could be read"),
    "mojibake": gettext_lazy("Signs of a wrong encoding"),
    "script-language": gettext_lazy("Written in another script"),
    "empty-body": gettext_lazy("There is no text"),
    "article-has-notice": gettext_lazy("The journal published a notice about it"),
    "figure-without-image": gettext_lazy("A figure whose image has to be brought"),
    "flattened-text": gettext_lazy("Headings and lists may have run together"),
    "formula-without-text": gettext_lazy("A formula that is only a picture"),
    "licence-noted": gettext_lazy("What the source says of its reuse"),
    "question-incomplete": gettext_lazy("A question without its focus"),
    "repeated-text": gettext_lazy("The same text twice"),
    "table-is-image": gettext_lazy("A table that is only a picture"),
    "unknown-entity": gettext_lazy("A sign with an unknown name"),
}
COMMENTS = {"comment-set-aside": gettext_lazy("A comment")}
WORDS = LEFT_OUT | CHANGED | TO_LOOK_AT | COMMENTS


def _group_of(code: str) -> str:
    if code in COMMENTS:
        return "comments"
    return "left" if code in LEFT_OUT else "changed" if code in CHANGED else "look"


def grouped(warnings: Iterable[Warning_]) -> list[dict[str, Any]]:
    """Return the warnings of an import in up to four groups, each with its title and meaning."""
    groups: dict[str, list[Warning_]] = {"look": [], "comments": [], "changed": [], "left": []}
    for row in warnings:
        groups[_group_of(row.code)].append(row)
    words = {
        "look": (
            _("To look at"),
            _("Nothing was repaired: the draft has these as the source has them."),
        ),
        "comments": (
            _("Comments in the file"),
            _("They stay with the draft, as notes of the import."),
        ),
        "changed": (_("Guessed or changed"), _("Check these against the source.")),
        "left": (
            _("Left out or set aside"),
            _("These are not in the draft. What was set aside stays here."),
        ),
    }
    return [
        {"title": words[kind][0], "text": words[kind][1], "rows": rows}
        for kind, rows in groups.items()
        if rows
    ]
