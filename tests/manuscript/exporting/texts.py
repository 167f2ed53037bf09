"""A text with everything that a body can hold, and the pure parts of what an export says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import cited_keys
from manuscript.content.figures import figure_keys
from manuscript.exporting.text import (
    ExportedFigure,
    ExportedReference,
    ExportedText,
    PublicNotice,
    Reviewer,
    Standing,
)

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOURCES = {
    "a": {
        "type": "article-journal",
        "title": "A study of <i>specimens</i> & others",
        "author": [
            {"family": "Specimen", "given": "Sam", "suffix": "Jr"},
            {"literal": "The Group"},
        ],
        "container-title": "Journal of Tests",
        "issued": {"date-parts": [[2024, 3, 1]]},
        "volume": "12",
        "issue": "3",
        "page": "101-109",
        "DOI": "10.5555/test.1",
        "PMID": "12345678",
        "PMCID": "PMC1234567",
        "custom": {"authors-et-al": True},
    },
    "b": {
        "type": "webpage",
        "title": "A page of tests",
        "URL": "https://example.org/page?a=1&b=2",
        "accessed": {"date-parts": [[2026, 1, 2]]},
        "issued": {"literal": "undated"},
    },
    "c": {
        "type": "chapter",
        "title": "A chapter",
        "container-title": "A book of tests",
        "editor": [{"family": "Editor", "given": "Eda"}],
        "publisher": "Test Press",
        "publisher-place": "Testville",
        "issued": {"date-parts": [[2020]]},
        "page": "e12",
        "edition": "2",
        "ISBN": "978-0-00-000000-0",
    },
}
ENTRIES = {
    "a": 'Specimen S. A study of specimens &amp; others. <i>Journal of Tests</i>. 2024. <a href="https://doi.org/10.5555/test.1">doi:10.5555/test.1</a>',
    "b": 'A page of tests. <a href="https://example.org/page?a=1&amp;b=2">https://example.org/page?a=1&amp;b=2</a>',
    "c": "A chapter. <i>A book of tests</i>. 2020.",
}
BODY = canonicalise(
    """<p>Before any heading, <b>bold</b> and <i>slanted</i>, H<sub>2</sub>O and 10<sup>6</sup>.<br>A new line.
    <a href="https://example.org/?x=1&amp;y=2">A link &amp; more</a></p>
    <h2>Benefits</h2><p>It helped in the study<cite data-refs="a b" data-locator="p. 3"></cite> and elsewhere<cite data-refs="c"></cite>.</p>
    <ul><li><p>Outer item</p><ul><li><p>Inner item</p><ol><li><p>Innermost</p></li></ol></li></ul></li><li><p>Second item</p></li></ul>
    <ol start="3"><li><p>Third</p></li><li><p>Fourth</p><p>and more of it</p></li></ol>
    <h3>In adults</h3><p>Words about adults<cite data-refs="a"></cite>.</p>
    <h2>Risks</h2>
    <table><caption>Events by dose</caption><thead><tr><th scope="col">Dose</th><th colspan="2">Events</th></tr></thead>
    <tbody><tr><td rowspan="2">5 mg</td><td>few<br>at first</td><td>12</td></tr><tr><td>later</td><td></td></tr></tbody></table>
    <aside data-callout="warning"><p>Stop and ask.</p><ul><li><p>at once</p></li></ul></aside>
    <blockquote><p>Said by somebody.</p></blockquote>
    <figure data-figure="lung-scan" data-alt="A scan of a lung"><figcaption>The scan of <i>one</i> lung.</figcaption></figure>
    <h2>Uncertainty</h2><p>Little is known.</p>"""
)


def png_of(colour: tuple[int, int, int] = (120, 160, 200), kind: str = "WEBP") -> bytes:
    """Return a small picture."""
    file = BytesIO()
    Image.new("RGB", (64, 32), colour).save(file, kind)
    return file.getvalue()


def figure(key: str = "lung-scan", **facts) -> ExportedFigure:
    given = {
        "digest": "f" * 64, "media_type": "image/webp", "width": 64, "height": 32,
        "credit": "Fia Fiction", "licence": "CC BY 4.0", "address": f"http://testserver/figures/{key}/64.webp",
    }  # fmt: skip
    return ExportedFigure(key=key, **{**given, **facts})


def a_draft(body: str = BODY, **facts) -> ExportedText:
    """A draft of `body`, with a source behind each key that it cites."""
    keys = cited_keys(body)
    given = {
        "title": "What is the role of tests?",
        "heading": "",
        "summary": "In short: it depends.",
        "body": body,
        "language": "en",
        "audience": "Clinician",
        "audience_slug": "clinician",
        "jurisdiction": "",
        "slug": "role-of-tests",
        "site_name": "Imprimatur",
        "address": "http://testserver/desk/editions/1/",
        "standing": Standing(state="draft", tone="draft", status="Draft. Not reviewed."),
        "changed_at": AT,
        "draft": 4,
        "references": tuple(
            ExportedReference(
                number=place,
                key=key,
                csl=SOURCES.get(key, {"type": "document"}),
                entry=ENTRIES.get(key, "Source without details."),
            )
            for place, key in enumerate(keys, start=1)
        ),
        "figures": {key: figure(key) for key in figure_keys(body)},
        "read_figure": lambda _key: png_of(),
    }
    return ExportedText(**{**given, **facts})


def citing(entry: str) -> ExportedText:
    """Return a draft that cites one source, of which no more is known than its formatted entry."""
    source = ExportedReference(number=1, key="k", csl={"type": "document"}, entry=entry)
    return a_draft('<p>x<cite data-refs="k"></cite></p>', references=(source,))


def reviewers(number: int = 1) -> tuple[Reviewer, ...]:
    return tuple(
        Reviewer(
            name=f"Rhea Reviewer {place}",
            credential="MD, Consultant in rheumatology",
            capacity="Rheumatology",
            signed_on=date(2026, 11, 20),
            meaning="I have read it in full.",
        )
        for place in range(1, number + 1)
    )


def a_version(text: ExportedText | None = None, *, signed: int = 2, **facts) -> ExportedText:
    """The same text as version 3, approved and signed by `signed` people."""
    given = {
        "version": 3,
        "draft": None,
        "digest": "0123456789abcdef" * 4,
        "address": "http://testserver/articles/role-of-tests/clinician/",
        "verify_address": "http://testserver/articles/role-of-tests/history/?audience=clinician",
        "change_note": "A clearer sentence about risks.",
        "standing": Standing(
            state="approved",
            tone="approved",
            status="Reviewed and approved on 20 November 2026.",
            reviewers=reviewers(signed),
            dates=(("approved-on", date(2026, 11, 20)),),
            notices=(PublicNotice(kind="Correction", on=date(2026, 11, 21), text="A dose was corrected."),),
        ),
        "ai_provenance": {"model": "A model", "responsible": "Eda Editor"},
        "disclaimers": ({"language": "en", "jurisdiction": "CN", "text": "No advice.\nSee somebody."},),
    }  # fmt: skip
    return replace(text or a_draft(), **{**given, **facts})
