"""The file as a package: a zip of parts, opened with distrust.

Whoever sends a file may want to harm: what is declared and what is read are both limited, no part may hold a DTD
(ECMA-376 part 2, 8.1.4 forbids them), no part is looked up outside the file, and macros are refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Final
from urllib.parse import unquote

from lxml import etree

from manuscript.importing.docx.names import Element, transitional
from manuscript.importing.result import ImportRefused

MAX_FILE: Final = 30 * 1024 * 1024
MAX_PARTS: Final = 2_000
MAX_XML: Final = 14 * 1024 * 1024
"""How large one part of markup may be. Read, it takes ten times as much memory."""

MAX_TOTAL: Final = 120 * 1024 * 1024
"""How large all parts may be together. No ratio is limited: honest files have expanded 38-fold."""

_BLOCK: Final = 256 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPES: Final = tuple(
    "<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OTHERS: Final = (
    ("xl/workbook.xml", "an Excel workbook (.xlsx)"),
    ("xl/workbook.bin", "an Excel workbook (.xlsb)"),
    ("ppt/presentation.xml", "a PowerPoint presentation (.pptx)"),
    ("visio/document.xml", "a Visio drawing (.vsdx)"),
    ("Index/Document.iwa", "an Apple Pages document"),
    ("META-INF/container.xml", "an EPUB book"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)
_MIMETYPES: Final = {
    "application/epub+zip": "an EPUB book",
    "application/vnd.oasis.opendocument.text": "an OpenDocument text (.odt)",
    "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
    "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation (.odp)",
}
_NOT_ZIPS: Final = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"<?xml", "an XML file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
)
_UNSAFE: Final = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|^[A-Za-z]:|\x00")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)  # fmt: skip


class Package:
    """The parts of a Word document by name.

    :raises ImportRefused: when `data` is no Word document, or one that is not read.
    """

    def __init__(self, data: bytes) -> None:
        _refuse_what_is_no_zip(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN as error:
            raise ImportRefused("The file is damaged: it is not a whole zip archive.") from error
        self._members = _checked(members)
        self._left = MAX_TOTAL
        self._refuse_other_kinds()
        self._refuse_macros()
        self.main = self._main_part()
        self._refuse_dtds()

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._members)

    def has(self, name: str) -> bool:
        """Whether there is a part `name`."""
        return name in self._members

    def read(self, name: str, limit: int = MAX_TOTAL, *, counted: bool = True) -> bytes:
        """Return the bytes of the part `name`; what it declares of its size is not believed.

        `counted` reads count towards `MAX_TOTAL`.

        :raises ImportRefused: when it is larger than `limit`, or damaged.
        """
        limit = min(limit, self._left)
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(self._members[name]) as stream:
                while block := stream.read(_BLOCK):
                    size += len(block)
                    if size > limit:
                        raise ImportRefused(_too_large(name))
                    parts.append(block)
        except _BROKEN as error:
            if isinstance(error, ImportRefused):
                raise
            raise ImportRefused(
                f"The file is damaged: its part {name[:80]!r} cannot be read."
            ) from error
        self._left -= size if counted else 0
        return b"".join(parts)

    def xml(self, name: str) -> Element | None:
        """Return the root of the part `name` in transitional names, or None where there is no such part.

        :raises ImportRefused: when it is not well-formed, nested too deeply, too large or has a DTD.
        """
        return parse(self.read(name, MAX_XML), name) if name in self._members else None

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relationships of the part `name` by their ids."""
        folder, _, file = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            target = element.get("Target") or ""
            outside = (element.get("TargetMode") or "").lower() == "external"
            kind = (element.get("Type") or "").rpartition("/")[2]
            if not outside:
                target = unquote(target)
                joined = target if target.startswith("/") else f"{folder}/{target}"
                target = posixpath.normpath(joined).lstrip("/")
            found[element.get("Id") or ""] = Relation(kind, target, outside=outside)
        return found

    def related(self, name: str, kind: str) -> str:
        """Return the name of the first part that `name` relates to as `kind` ("styles"), or ""."""
        for relation in self.relations(name).values():
            if relation.kind == kind and not relation.outside and self.has(relation.target):
                return relation.target
        return ""

    def _refuse_other_kinds(self) -> None:
        if "mimetype" in self._members:
            kind = self.read("mimetype", 4096).decode("ascii", "replace").strip()
            if kind in _MIMETYPES:
                raise ImportRefused(_other(_MIMETYPES[kind]))
        for part, kind in _OTHERS:
            if part in self._members and "word/document.xml" not in self._members:
                raise ImportRefused(_other(kind))

    def _refuse_macros(self) -> None:
        types = b""
        if "[Content_Types].xml" in self._members:
            types = self.read("[Content_Types].xml", MAX_XML).replace(b"\x00", b"").lower()
        carries = any(
            name.lower().rpartition("/")[2] in {"vbaproject.bin", "vbadata.xml"}
            for name in self._members
        )
        if carries or b"macroenabled" in types or b"vbaproject" in types:
            raise ImportRefused(
                "The document carries macros (programs); save it as .docx without macros and import that."
            )

    def _refuse_dtds(self) -> None:
        """Look through all markup, also what is never read, for a DTD."""
        for name in self._members:
            if name.lower().endswith((".xml", ".rels", ".vml")) and name != self.main:
                refuse_dtd(self.read(name, MAX_XML, counted=False), name)

    def _main_part(self) -> str:
        name = self.related("", "officeDocument") or "word/document.xml"
        if name not in self._members:
            if "[Content_Types].xml" in self._members:
                raise ImportRefused("The file is not a whole Word document: its text is missing.")
            raise ImportRefused("This is a zip archive, not a Word document (.docx).")
        return name


class Relation:
    """What a part relates to: the kind of relation, and a part's name or an outside address."""

    def __init__(self, kind: str, target: str, *, outside: bool) -> None:
        self.kind = kind
        self.target = target
        self.outside = outside


def parse(data: bytes, name: str) -> Element:
    """Return the root of the markup `data`; nothing outside it is looked up and no entity is resolved.

    :raises ImportRefused: when it is not well-formed, nested too deeply or has a DTD.
    """
    refuse_dtd(data, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        deep = "depth" in str(error).lower()
        why = "is nested too deeply" if deep else "is not well-formed XML"
        raise ImportRefused(f"The document is damaged: its part {name[:80]!r} {why}.") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise ImportRefused(_dtd(name))
    transitional(root)
    return root


def refuse_dtd(data: bytes, name: str) -> None:
    """Refuse markup with a document type definition.

    :raises ImportRefused: when there is one.
    """
    if any(doctype in data for doctype in _DOCTYPES):
        raise ImportRefused(_dtd(name))


def _checked(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the members by name, once what they declare has been found acceptable."""
    if len(members) > MAX_PARTS:
        raise ImportRefused(
            f"The file holds {len(members):,} parts; at most {MAX_PARTS:,} are read."
        )
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise ImportRefused(
            f"The file expands to more than {MAX_TOTAL // 1024 // 1024} MB; an article is far smaller."
        )
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        if _UNSAFE.search(member.orig_filename) or _UNSAFE.search(member.filename):
            raise ImportRefused(
                f"The file names a part outside itself ({member.filename[:80]!r}); it is not read."
            )
        if member.flag_bits & 1:
            raise ImportRefused("The file is encrypted; save it without a password.")
        if member.filename in found:
            raise ImportRefused(f"The file holds the part {member.filename[:80]!r} twice.")
        if not member.is_dir():
            found[member.filename] = member
    return found


def _refuse_what_is_no_zip(data: bytes) -> None:
    if not data:
        raise ImportRefused("The file is empty.")
    if len(data) > MAX_FILE:
        raise ImportRefused(
            f"The file is larger than {MAX_FILE // 1024 // 1024} MB; an article is far smaller."
        )
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        kind = "is encrypted with a password" if locked else "is encrypted or an old .doc"
        raise ImportRefused(f"The file {kind}; save it as .docx without a password.")
    if not data.startswith(b"PK"):
        head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
        kind = next(
            (name for sign, name in _NOT_ZIPS if head[:20].lower().startswith(sign.lower())), ""
        )
        raise ImportRefused(
            _other(kind) if kind else "This is not a Word document (.docx): it is no zip archive."
        )


def _other(kind: str) -> str:
    return f"This looks like {kind}, not a Word document; save it as .docx and import that."


def _dtd(name: str) -> str:
    return f"The document's part {name[:80]!r} has a document type definition (DTD), which no Word document has; it is not read."


def _too_large(name: str) -> str:
    return f"The document's part {name[:80]!r} expands to more than is read; an article is far smaller."
