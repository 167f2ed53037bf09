"""Small Word documents, written part by part, and short ways to read them."""

import io
import zipfile
from html import escape

from manuscript.importing import Warning_
from manuscript.importing.docx import read_docx
from manuscript.importing.notes import Notes
from manuscript.importing.result import ImportedArticle

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in [
        ("Normal", "Normal", ""),
        *((f"Heading{n}", f"heading {n}", "") for n in range(1, 7)),
        ("Title", "Title", ""),
        ("Caption", "caption", ""),
        ("ListParagraph", "List Paragraph", '<w:pPr><w:ind w:left="720"/></w:pPr>'),
        ("berschrift2", "Überschrift 2", ""),
        ("Kapitel", "Kapitel", '<w:basedOn w:val="Heading2"/>'),
        ("Ausnahme", "Ausnahme", '<w:basedOn w:val="Heading2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
        ("Outlined", "My section", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
    ]
)  # fmt: skip


def relations(*rows: tuple[str, str, str, bool]) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{escape(target)}"'
            + (' TargetMode="External"/>' if outside else "/>")
            for key, kind, target, outside in rows
        )
        + "</Relationships>"
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def part(tag: str, inner: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {NAMES}>{inner}</w:{tag}>'
    )


def parts(
    body: str,
    *,
    numbering: str = "",
    styles: str = STYLES,
    footnotes: str = "",
    comments: str = "",
    header: str = "",
    links: dict[str, str] | None = None,
    media: dict[str, tuple[str, bytes]] | None = None,
    title: str = "",
    chunk: str = "",
) -> dict[str, str | bytes]:
    """Return the parts of a document by name; `media`: relation id to (file, bytes)."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml", False), ("rId2", "core-properties", "docProps/core.xml", False)),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/styles.xml": part("styles", styles),
    }  # fmt: skip
    rows = [("s1", "styles", "styles.xml", False)]
    for name, tag, inner in (
        ("numbering", "numbering", numbering),
        ("footnotes", "footnotes", footnotes),
        ("comments", "comments", comments),
        ("header", "hdr", header),
    ):
        if inner:
            found[f"word/{name}.xml"] = part(tag, inner)
            rows.append((f"x-{name}", name, f"{name}.xml", False))
    rows += [(key, "hyperlink", target, True) for key, target in (links or {}).items()]
    for key, (file, data) in (media or {}).items():
        found[f"word/media/{file}"] = data
        rows.append((key, "image", f"media/{file}", False))
    if chunk:
        found["word/chunk.html"] = chunk
        rows.append(("chunk1", "aFChunk", "chunk.html", False))
    found["word/_rels/document.xml.rels"] = relations(*rows)
    if title:
        found["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
        )
    return found


def read_bytes(data: bytes, *, language: str = "en", name: str = "essay.docx", tracked_changes: str = "ask") -> ImportedArticle:  # fmt: skip
    return read_docx(data, Notes(), language=language, name=name, tracked_changes=tracked_changes)


def read(body: str, *, language: str = "en", name: str = "essay.docx", tracked_changes: str = "ask", **more) -> ImportedArticle:  # fmt: skip
    """Read a document whose body is `body`."""
    return read_bytes(zipped(parts(body, **more)), language=language, name=name, tracked_changes=tracked_changes)  # fmt: skip


def run(words: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words, quote=False)}</w:t></w:r>'


def para(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; `content` that is no markup becomes a run."""
    inner = content if content.startswith("<") else run(content) if content else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def item(words: str, num: int = 1, level: int = 0, more: str = "") -> str:
    return para(words, "ListParagraph", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>{more}')  # fmt: skip


def abstract(key: int, *levels: tuple[str, str], link: str = "", start: int = 1) -> str:
    """A list's definition: for each level its form and its text."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (at + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    linked = f'<w:numStyleLink w:val="{link}"/>' if link else ""
    return f'<w:abstractNum w:abstractNumId="{key}">{linked}{inner}</w:abstractNum>'


def num(key: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def field(code: str, shown: str, *, pieces: int = 1, data: str = "") -> str:
    """A complex field whose instruction is split over `pieces` runs."""
    size = -(-len(code) // pieces)
    instructions = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(code[at : at + size], quote=False)}</w:instrText></w:r>'
        for at in range(0, len(code), size)
    )
    held = f"<w:fldData>{data}</w:fldData>" if data else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{held}</w:fldChar></w:r>{instructions}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def codes(article: ImportedArticle) -> list[str]:
    return [warning.code for warning in article.warnings]


def noted(article: ImportedArticle, code: str) -> list[Warning_]:
    return [warning for warning in article.warnings if warning.code == code]
