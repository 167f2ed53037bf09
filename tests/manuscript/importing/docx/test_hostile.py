"""Files that mean harm, or are not what they say: refused with one line, quickly, in little memory."""

import io
import subprocess
import sys
import time
import zipfile

import pytest

from manuscript.importing.docx import package, read_docx
from manuscript.importing.notes import Notes
from manuscript.importing.result import ImportRefused
from tests.manuscript.importing.docx.building import (
    NAMES,
    para,
    parts,
    read,
    read_bytes,
    run,
    zipped,
)
from tests.manuscript.importing.docx.test_tables import image

pytestmark = pytest.mark.pure

FINE = parts(para("T", "Title") + para("W."))


def refused(data: bytes) -> str:
    with pytest.raises(ImportRefused) as error:
        read_bytes(data)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "encrypted or an old .doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1", "rich text"),
        (b"hello", "no zip"),
        (b"PK\x03\x04" + b"\x00" * 40, "damaged"),
        (zipped(FINE)[:-300], "damaged"),
        (zipped({"a.txt": "x"}), "a zip archive"),
        (zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "Excel"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "PowerPoint"),
        (zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"}), "EPUB"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (zipped({k: v for k, v in FINE.items() if k != "word/document.xml"}), "missing"),
        (zipped({**FINE, "word/document.xml": "<w:document"}), "not well-formed"),
        (zipped({**FINE, "word/document.xml": "<a/>"}), "missing"),
        (zipped({**FINE, "word/vbaProject.bin": b"x"}), "macros"),
        (zipped({**FINE, "[Content_Types].xml": '<Types ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'}), "macros"),
        (zipped({**FINE, "../../evil.xml": "<a/>"}), "outside itself"),
        (zipped({**FINE, "/etc/evil.xml": "<a/>"}), "outside itself"),
        (zipped({**FINE, **{f"word/media/{n}.png": b"x" for n in range(2500)}}), "parts"),
    ],
)  # fmt: skip
def test_is_refused_with_the_reason(data, words):
    assert words in refused(data)


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "http://example.org/">]>',
    ],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "customXml/item1.xml", "_rels/.rels"])  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_definition_in_any_part_is_refused(dtd, name, encoding):
    whole = str(FINE.get(name, "<a/>"))
    text = dtd + (whole.split("?>", 1)[1] if whole.startswith("<?xml") else whole)

    assert "DTD" in refused(zipped({**FINE, name: text.encode(encoding)}))


def test_a_password_on_the_archive_is_refused():
    data = bytearray(zipped(FINE))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1

    assert "encrypted" in refused(bytes(data))


def test_the_same_part_twice_is_refused():
    target = io.BytesIO(zipped(FINE))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/document.xml", "<other/>")

    assert "twice" in refused(target.getvalue())


def test_a_size_that_is_not_declared_is_still_limited():
    """The directory says 10 bytes; the part holds far more."""
    data = bytearray(zipped({**FINE, "word/document.xml": str(FINE["word/document.xml"]) + " " * 4_000_000}))  # fmt: skip
    at = data.index(b"PK\x01\x02" , data.rindex(b"_rels/.rels"))  # fmt: skip
    while data[at + 46 : at + 46 + 17] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")

    assert "damaged" in refused(bytes(data))


class TestAllPartsTogether:
    """Each part is small enough; all of them are not."""

    SIZE = 10_000

    @pytest.fixture
    def many(self, monkeypatch):
        monkeypatch.setattr(package, "MAX_TOTAL", 40 * self.SIZE)

        def make(number: int) -> bytes:
            # Nothing is said of them: no type, no relation, no markup.
            media = {f"word/media/{at}.bin": b" " * self.SIZE for at in range(number)}
            return zipped({**FINE, **media})

        return make

    def test_what_they_declare_is_limited(self, many):
        assert package.Package(many(30)).names
        assert "expands to more than" in refused(many(40))

    def test_what_is_read_of_them_is_limited_whatever_they_declare(self, many):
        opened = package.Package(many(30))
        for at in range(39):
            opened.read(f"word/media/{at % 30}.bin")

        with pytest.raises(ImportRefused, match="expands to more than"):
            opened.read("word/media/0.bin")

    def test_looking_through_them_for_a_dtd_counts_nothing(self, many):
        opened = package.Package(many(30))
        for _ in range(100):
            opened.read("word/media/0.bin", counted=False)

        assert opened.read("word/media/0.bin")


def test_tables_in_tables_without_end_are_refused():
    deep = 10_000
    body = "<w:tbl><w:tr><w:tc>" * deep + para("x") + "</w:tc></w:tr></w:tbl>" * deep

    assert "nested too deeply" in refused(zipped(parts(body)))


def test_more_images_than_in_any_article_are_refused():
    with pytest.raises(ImportRefused, match="more images"):
        read(para(image("i1")) * 2000, media={"i1": ("a.png", b"\x89PNG\r\n\x1a\n")})


def test_more_text_than_a_body_holds_is_refused_early():
    with pytest.raises(ImportRefused, match="more text"):
        read(para("word " * 1000) * 200)


_MEASURED = """
import sys, time
sys.path.insert(0, {root!r})
from manuscript.importing.docx import read_docx
from manuscript.importing.notes import Notes
from manuscript.importing.result import ImportRefused
data = open(sys.argv[1], "rb").read()
at = time.process_time()
try:
    read_docx(data, Notes(), language="en", name="x.docx")
    said = "read"
except ImportRefused as error:
    said = str(error)
peak = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(round(time.process_time() - at, 2), peak, said, sep="|")
"""


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FINE.items():
            if name != "word/document.xml":
                archive.writestr(name, content)
        with archive.open("word/document.xml", "w", force_zip64=True) as stream:
            stream.write(f"<w:document {NAMES}><w:body>".encode())
            for _ in range(400):
                stream.write(b" " * 1024 * 1024)
    return target.getvalue()


def _undeclared_bomb() -> bytes:
    data = bytearray(_bomb())
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + 17] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = (5_000).to_bytes(4, "little")
    return bytes(data)


def _wide() -> bytes:
    return zipped(parts(para("T", "Title") + "<w:p/>" * 1_500_000))


def _many_runs() -> bytes:
    return zipped(parts(para("T", "Title") + f"<w:p>{run('x') * 150_000}</w:p>"))


@pytest.mark.parametrize("make", [_bomb, _undeclared_bomb, _wide, _many_runs])
def test_no_file_takes_long_or_much_memory(make, tmp_path):
    path = tmp_path / "x.docx"
    path.write_bytes(make())
    root = str(__import__("pathlib").Path(__file__).resolve().parents[4])

    done = subprocess.run([sys.executable, "-c", _MEASURED.format(root=root), str(path)], capture_output=True, text=True, check=True, timeout=60)  # fmt: skip
    seconds, megabytes, said = done.stdout.strip().split("|", 2)

    assert float(seconds) < 2, said
    assert int(megabytes) < 300, said


def test_a_benign_file_may_expand_far():
    started = time.process_time()
    body = para("T", "Title") + para("W.") + "<w:p/>" * 15_000
    data = zipped(parts(body))

    article = read_docx(data, Notes(), language="en", name="x.docx")

    assert article.body == "<p>W.</p>"
    assert len(body) > 38 * len(data)
    assert time.process_time() - started < 5
