"""Bytes: what they are, and a clear line when they are not text."""

import io
import zipfile

import pytest

from manuscript.importing import FORMATS, MAX_BYTES, ImportRefused, read_article
from tests.manuscript.importing.reading import codes, noted, words

PAGE = "What is Sjögren’s syndrome?\n\nIt is ≥65 % dry — “sicca”.\n"
FRENCH = (
    "Quel est le traitement de la maladie de Sjögren ?\n\nLe traitement de première intention comprend la rééducation"
    " respiratoire et l’oxygénothérapie. Les effets secondaires fréquents sont décrits ; l’âge élevé est un facteur.\n"
)
CHINESE = "类风湿关节炎如何治疗？\n\n本页面内容仅供医疗专业人员参考，治疗需要长期坚持，患者应当在医生的指导下用药。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("format", ["auto", "text", "markdown"])
def test_reads_unicode(encoding, format):  # noqa: A002 - the option's name
    article = read_article(PAGE.encode(encoding), format=format)

    assert article.title == "What is Sjögren’s syndrome?"
    assert words(article.body) == "It is ≥65 % dry — “sicca”."
    assert "encoding-guessed" not in codes(article)


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (CHINESE, "gb18030"), (CHINESE, "gbk")]
)
def test_guesses_where_it_can_be_sure(text, encoding):
    article = read_article(text.encode(encoding), language="fr" if text is FRENCH else "zh")

    assert article.title == text.split("\n", maxsplit=1)[0]
    assert noted(article, "encoding-guessed")


@pytest.mark.parametrize(
    "data",
    [
        "Sjögren's syndrome is a disease.".encode("latin-1"),
        "Give 50 µg daily.".encode("latin-1"),
        PAGE.encode()[:-3] + b"\xff\xfe\n",
        b"\xff\xfeA",
        b"\xff\xfe\x00\xd8",
        bytes(range(128, 256)) * 4,
        b"\x80\x81\x82",
    ],
)
def test_refuses_what_is_in_no_certain_encoding(data):
    with pytest.raises(ImportRefused, match=r"UTF-8|binary") as refused:
        read_article(data)

    assert "\n" not in str(refused.value)


def _zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (_zip("xl/workbook.xml"), "an Excel file"),
        (_zip("readme.txt"), "a ZIP archive"),
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n...", "a PNG image"),
        (b"\xff\xd8\xff\xe0JFIF", "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "an old Word"),
        (b"{\\rtf1\\ansi Hello}", "an RTF document"),
        (b"\x1f\x8b\x08....", "a gzip archive"),
        (b"text with a \x00 in it", "a binary file"),
        (b"<?xml version='1.0'?><catalogue/>", "an XML document"),
    ],
)
def test_names_what_it_looks_like(data, kind):
    with pytest.raises(ImportRefused, match=f"looks like {kind}"):
        read_article(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u200b\u00a0\n".encode()])
def test_refuses_the_empty(data):
    with pytest.raises(ImportRefused, match="empty"):
        read_article(data)


def test_refuses_the_large():
    with pytest.raises(ImportRefused, match="larger than 5 MB"):
        read_article(b"a" * (MAX_BYTES + 1))
    with pytest.raises(ImportRefused, match="characters"):
        read_article(b"word \n" * (MAX_BYTES // 6))


def test_refuses_unknown_formats():
    assert FORMATS == ("auto", "text", "markdown", "html", "docx", "jats", "medquad")
    with pytest.raises(ImportRefused, match="'epub' is not known"):
        read_article(b"x", format="epub")
    with pytest.raises(ImportRefused, match="'maybe' is not known"):
        read_article(b"x", tracked_changes="maybe")


def test_a_format_that_the_file_is_not_in_is_refused():
    for format in ("docx", "jats", "medquad"):  # noqa: A001 - the option's name
        with pytest.raises(ImportRefused):
            read_article(b"Only a line of text", format=format)


def test_notes_signs_of_a_wrong_decoding():
    damaged = "What is it?\n\nIt is SjÃ¶gren’s.\n"

    article = read_article(damaged.encode())

    (warning,) = noted(article, "mojibake")
    assert warning.line == 3
    assert "SjÃ¶gren" in article.body
    article = read_article("What is it?\n\nIt is SjÃ¶gren.\n".encode())
    assert noted(article, "mojibake")[0].proposal == "It is Sjögren."


@pytest.mark.parametrize("word", ["Ångström", "São Paulo", "naïve", "Ærø", "façade", "Mālama"])
def test_accents_are_no_such_signs(word):
    assert "mojibake" not in codes(read_article(f"What is it?\n\nIt is {word}.\n".encode()))


def test_drops_what_shows_nothing_and_says_so():
    article = read_article("What is it?\n\nIt is\u200b so\u00ad\ufffc and\x07 not.\n".encode())

    assert article.body == "<p>It is so and not.</p>"
    assert [w.line for w in noted(article, "invisible-character-dropped")] == [3]
    assert [w.line for w in noted(article, "control-character-dropped")] == [3]


def test_text_is_in_one_normal_form():
    article = read_article("What is Sjo\u0308gren?\n\nIt is Sjo\u0308gren.\n".encode())

    assert article.title == "What is Sj\u00f6gren?"
    assert "Sj\u00f6gren" in article.body
