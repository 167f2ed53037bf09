"""One HTML file, and the PDF made of the same page."""

import re
import zlib
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from articles.texts.exporting import page, paper
from manuscript.content.canonical import canonicalise
from manuscript.exporting.text import CannotWrite, Standing, TooLong
from manuscript.exporting.words import LANGUAGES, names_in_short
from tests.manuscript.content import strategies
from tests.manuscript.exporting.texts import a_draft, a_version, figure, png_of, reviewers

pytestmark = pytest.mark.pure

try:
    import weasyprint
except OSError as exc:  # pragma: no cover - a machine without Pango
    WITHOUT_PANGO = f"PDF IS NOT TESTED: {exc}"
else:
    WITHOUT_PANGO = ""
needs_pango = pytest.mark.skipif(bool(WITHOUT_PANGO), reason=WITHOUT_PANGO)


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    return parser.found


def html_of(text) -> str:
    return page.write(text).decode()


class TestTheFile:
    def test_it_needs_no_other_file_and_runs_nothing(self):
        found = tags(html_of(a_version()))

        assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in found}
        assert all((attrs.get("src") or "data:").startswith("data:") for _, attrs in found)
        assert not any(
            name.startswith("on") or name == "style" for _, attrs in found for name in attrs
        )
        assert not any("srcset" in attrs for _, attrs in found)

    def test_its_policy_allows_its_own_style_and_pictures_only(self):
        html = html_of(a_draft())
        policy = next(a["content"] for tag, a in tags(html) if a.get("http-equiv"))

        assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
        assert "unsafe" not in policy

    def test_a_draft_says_so_first_and_names_nobody(self):
        html = html_of(a_draft())
        body = html.split("<body>")[1]

        assert body.index("Draft. Not reviewed.") < body.index("<h1>")
        assert "No reviewer has approved this text." in body
        assert "Rhea" not in body

    def test_a_version_has_status_digest_reviewers_notices_sources_and_disclaimers(self):
        html = html_of(a_version())

        for words in (
            "Reviewed and approved on 20 November 2026.",
            "Version 3",
            "0123456789abcdef" * 4,
            "Rhea Reviewer 2, MD, Consultant in rheumatology: Rheumatology, signed on 20 November 2026",
            "A dose was corrected.",
            "See somebody.",
            "<i>Journal of Tests</i>",
            'id="ref-1"',
            "A model",
            "history/?audience=clinician",
        ):
            assert words in html

    def test_citations_lead_to_sources_that_are_there(self):
        html = html_of(a_draft())

        wanted = set(re.findall(r'href="#(ref-\d+)"', html))
        assert wanted
        assert wanted <= set(re.findall(r'id="(ref-\d+)"', html))

    def test_a_picture_stands_in_it_with_its_words_and_whose_it_is(self):
        html = html_of(a_draft())

        assert re.search(
            r'<img src="data:image/webp;base64,[\w+/=]+" width="64" height="32" alt="A scan of a lung">',
            html,
        )
        assert "Image: Fia Fiction. Licence: CC BY 4.0" in html

    def test_whose_a_picture_is_stands_under_its_caption(self):
        html = html_of(a_draft('<figure data-figure="a"><figcaption>C</figcaption></figure>'))

        assert (
            '" width="64" height="32" alt=""><figcaption>C</figcaption><p class="figure-credit">'
            in html
        )
        assert "CC BY 4.0</p></figure>" in html

    def test_a_picture_without_words_that_is_not_there_is_said_once(self):
        html = html_of(a_draft('<figure data-figure="a"></figure>', figures={}))

        assert (
            '<figure data-figure="a"><p class="figure-missing">The image is not available. </p></figure>'
            in html
        )

    @pytest.mark.parametrize("figures", [{}, {"lung-scan": figure()}])
    def test_a_picture_that_is_not_there_is_said_in_words(self, figures):
        html = html_of(a_draft(figures=figures, read_figure=lambda _key: None))

        assert "The image is not available. A scan of a lung" in html
        assert "<img" not in html

    @pytest.mark.parametrize(
        "words",
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</style><script>",
            "{{ x }}{% x %}",
        ],
    )
    def test_whatever_stands_in_words_is_text(self, words):
        text = a_version(
            a_draft(canonicalise("<p>x</p>"), title=words, summary=words, heading=words, audience=words),
            standing=Standing(state="approved", tone="approved", status=words, reviewers=(replace(reviewers()[0], name=words, meaning=words),)),
            change_note=words,
            disclaimers=({"language": "en", "jurisdiction": words, "text": words},),
            ai_provenance={"model": words},
        )  # fmt: skip
        found = tags(html_of(text))

        assert "script" not in {tag for tag, _ in found}
        assert not any("onerror" in attrs for _, attrs in found)

    @given(body=strategies.bodies)
    @settings(max_examples=20, deadline=None)
    def test_whatever_a_body_holds_runs_nothing(self, body):
        found = tags(html_of(a_draft(body)))

        assert "script" not in {tag for tag, _ in found}
        assert not any(name.startswith("on") for _, attrs in found for name in attrs)


class TestWords:
    def test_every_language_says_the_same_with_the_same_facts(self):
        english = LANGUAGES["en"]
        for said in LANGUAGES.values():
            assert said.keys() == english.keys()
            for word, line in english.items():
                assert set(re.findall(r"{\w+}", said[word])) == set(re.findall(r"{\w+}", line))

    @pytest.mark.parametrize(
        ("names", "room", "line"),
        [
            (["Ann"], 50, "Ann"),
            (["Ann", "Bob"], 50, "Ann and Bob"),
            (["Ann", "Bob", "Cyd"], 50, "Ann, Bob and Cyd"),
            (["Ann", "Bob", "Cyd", "Dan"], 19, "Ann, Bob and 2 more"),
            (["A" * 60], 20, "A" * 19 + "…"),
        ],
    )
    def test_names_that_are_too_many_are_counted(self, names, room, line):
        assert names_in_short("en", names, room=room) == line


def pdf_text(pdf: bytes) -> bytes:
    """Return what the streams of a PDF say, unpacked."""
    pieces = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            pieces.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return pdf + b"".join(pieces)


@needs_pango
class TestPaper:
    @pytest.fixture(autouse=True)
    def _forget(self):
        paper.forget()

    def test_it_is_tagged_titled_and_says_its_language(self):
        pdf = pdf_text(paper.write(a_version()))

        assert pdf.startswith(b"%PDF-")
        assert b"pdfuaid" in pdf
        assert b"/MarkInfo" in pdf
        assert b"/StructTreeRoot" in pdf
        assert b"/Lang (en)" in pdf
        assert b"What is the role of tests?" in pdf

    def test_the_same_text_is_the_same_bytes(self):
        first = paper.write(a_version())
        paper.forget()

        assert paper.write(a_version()) == first

    def test_another_status_is_another_file(self):
        text = a_version()
        retracted = replace(
            text, standing=Standing(state="retracted", tone="gone", status="Retracted.")
        )

        assert paper.write(text) != paper.write(retracted)

    def test_one_that_was_just_written_is_kept_and_old_ones_are_not(self, monkeypatch):
        written: list[str] = []
        monkeypatch.setattr(paper, "_set", lambda text: written.append(text.title) or b"pdf")

        paper.write(a_draft(title="0"))
        paper.write(a_draft(title="0"))
        for number in range(1, 10):
            paper.write(a_draft(title=str(number)))
        paper.write(a_draft(title="0"))

        assert written == [str(number) for number in range(10)] + ["0"]

    def test_every_page_carries_what_it_is(self):
        html = page.markup(a_version(signed=12), style="paper.css")
        head, which, foot = re.findall(r'<div class="running-\w+">(.*?)</div>', html)

        assert "Reviewed and approved on 20 November 2026." in head
        assert which == "Version 3 · digest 0123456789ab"
        assert foot.startswith("Signed: Rhea Reviewer 1, ")
        assert re.search(r"and \d+ more$", foot)

    def test_no_file_of_the_server_comes_into_it(self, tmp_path):
        (tmp_path / "secret.png").write_bytes(png_of(kind="PNG"))
        inside = f'<image xlink:href="file://{tmp_path}/secret.png" width="9" height="9"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{inside}</svg>'
        text = a_draft(
            figures={"lung-scan": figure(media_type="image/svg+xml")},
            read_figure=lambda _key: svg.encode(),
        )

        assert b"/Subtype /Image" not in pdf_text(paper.write(text))
        assert b"/Subtype /Image" in pdf_text(paper.write(a_draft()))

    def test_its_fetcher_knows_data_alone(self, monkeypatch):
        asked: list[object] = []
        real = weasyprint.urls.URLFetcher

        def fetcher(**options):
            asked.append(options.get("allowed_protocols"))
            return real(**options)

        monkeypatch.setattr(weasyprint.urls, "URLFetcher", fetcher)
        paper.write(a_draft())

        assert asked == [["data"]]

    def test_a_text_that_is_too_long_is_refused_in_words(self):
        with pytest.raises(TooLong, match=r"Download the HTML file"):
            paper.write(a_draft("<p>" + "x" * paper.LONGEST + "</p>"))

    def test_while_others_are_written_it_says_so(self, monkeypatch):
        monkeypatch.setattr(paper, "PATIENCE", 0.01)
        with paper._writing, pytest.raises(CannotWrite, match="Try again"):
            paper.write(a_draft())


class TestWithoutPango:
    def test_it_says_which_packages_to_install(self, monkeypatch):
        import builtins

        real = builtins.__import__

        def without(name, *args, **kwargs):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", without)
        paper.forget()

        with pytest.raises(CannotWrite, match=r"libpango-1\.0-0 libpangoft2-1\.0-0"):
            paper.write(a_draft())
