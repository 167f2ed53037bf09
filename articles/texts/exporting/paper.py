"""A text as PDF/UA-1: tagged, paginated, what it is and who signed it on every page.

Equal texts are equal bytes: the times and the identifier in the file are the text's own. Nothing
is fetched: images stand in the page as data.
"""

import logging
from collections import OrderedDict
from threading import Lock

from PIL import ImageFile

from articles.texts.exporting import page
from manuscript.exporting.text import CannotWrite, ExportedText, TooLong

LONGEST = 250_000
"""How many characters a body may have: about 40,000 words. See docs/exports.md for the times."""

PATIENCE = 2
"""How many seconds a request waits for the one PDF that a process writes at a time."""

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_KEPT = 8
_kept: OrderedDict[str, bytes] = OrderedDict()
_writing = Lock()


def write(text: ExportedText) -> bytes:
    """Return the text as a PDF; one that was just written is kept in memory.

    :raises TooLong: if the body is longer than LONGEST.
    :raises CannotWrite: if the server lacks Pango, or is busy with other PDFs.
    """
    if len(text.body) > LONGEST:
        raise TooLong(
            f"This text is too long for a PDF: {len(text.body):,} characters, and at most "
            f"{LONGEST:,} are set as one. Download the HTML file and print it from a browser."
        )
    name = text.fingerprint
    if (ready := _kept.get(name)) is not None:
        return ready
    if not _writing.acquire(timeout=PATIENCE):
        raise CannotWrite("The server is writing other PDFs now. Try again in a minute.")
    try:
        if (ready := _kept.get(name)) is None:
            ready = _set(text)
            _kept[name] = ready
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    finally:
        _writing.release()
    return ready


def forget() -> None:
    """Forget the PDFs that are kept."""
    _kept.clear()


def _set(text: ExportedText) -> bytes:
    try:
        from weasyprint import HTML  # type: ignore[import-untyped] # loads Pango, which a server may lack
        from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]
    except OSError as exc:
        raise CannotWrite(
            f"This server cannot write PDFs: a library is missing. On Debian install {PACKAGES} "
            "and start the site again. The HTML file can be printed meanwhile."
        ) from exc
    # On import it tells Pillow, for the whole process, to take images that are cut short; the door for
    # uploads refuses them.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # A dozen lines of progress for each PDF are of no use in a server's log.
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    document = HTML(
        string=page.markup(text, style="paper.css"),
        base_url=None,
        url_fetcher=URLFetcher(allowed_protocols=["data"]),
    ).render(presentational_hints=True)
    document.metadata.title = text.title
    document.metadata.authors = [text.site_name]
    document.metadata.description = text.standing.status
    document.metadata.keywords = [
        page.which(text),
        *([f"SHA-256 {text.digest}"] if text.digest else []),
    ]
    moment = text.changed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.created = document.metadata.modified = moment
    document.metadata.lang = text.language
    written = document.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=bytes.fromhex(text.fingerprint)[:16],
    )
    return bytes(written or b"")
