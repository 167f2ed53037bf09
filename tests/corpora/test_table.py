"""Every real file beside the project through its importer, in one table: what came of it, and whether that is
what `expected.json` says. The table is printed at the end of the run (see tests/conftest.py).
"""

import json
import time
from pathlib import Path

import pytest

from manuscript.citing.reading import ReferencesRefused, read_references
from manuscript.citing.reading.notices import status
from manuscript.importing import ImportRefused, counts, read_article

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
TABLE = ROOT / "var" / "corpora-table.txt"
REFERENCES = ("ris", "bibtex", "nbib", "csl", "crossref", "pubmedxml", "retraction")
ARTICLES = ("articles", "docx", "html", "jats", "markdown", "security")
LARGEST_TIME = 10.0
# Where our count is not the truth's own, and why.
DIFFERS = {
    "jats/journal.pmed.1001518.xml": {
        "list_items": "the five items stand in the Editors' Summary, which is set aside"
    },
}
# How our counts are called there. Headings of the body leave out the title.
NAMES = {
    "body_headings": "headings",
    "max_heading_depth": "max_depth",
    "list_items": "list_items",
    "max_list_depth": "max_list_depth",
    "tables": "tables",
    "figures": "figures",
}


def files(folders):
    if not CORPORA.is_dir():
        return []
    return sorted(path for name in folders for path in (CORPORA / name).iterdir())


def expected(kind):
    if not CORPORA.is_dir():
        return {}
    rows = json.loads((CORPORA / "expected.json").read_text(encoding="utf-8"))[kind]
    return {row["path"]: row for row in rows}


def name_of(path):
    return path.relative_to(CORPORA).as_posix()


def article_row(path, truth):
    """Return what came of an article's file, and where it is not what the truth says."""
    data = path.read_bytes()
    try:
        imported = read_article(data, name=path.name, tracked_changes="accept")
    except ImportRefused as refusal:
        return f"refused: {refusal}", [] if not truth else ["refused"]
    found = counts(imported) | {"max_depth": _depth(imported.body)}
    wrong = []
    for name, ours in NAMES.items():
        known = DIFFERS.get(name_of(path), {})
        if name in truth and name not in known and truth[name] != found[ours]:
            wrong.append(f"{name}: {found[ours]}, not {truth[name]}")
    if path.suffix == ".docx" and "headings" in truth:
        title = 0 if truth.get("title_style_paragraph") else 1
        if found["headings"] != truth["headings"] - title:
            wrong.append(f"headings: {found['headings']} and the title, not {truth['headings']}")
    if "references" in truth and truth["references"] != len(imported.references):
        wrong.append(f"references: {len(imported.references)}, not {truth['references']}")
    if "title" in truth and path.suffix != ".docx" and truth["title"] != imported.title:
        wrong.append(f"title: {imported.title!r}")
    said = ", ".join(
        f"{found[key]} {key.replace('_', ' ')}"
        for key in ("headings", "list_items", "tables", "figures", "citations")
    )
    return f"{said}, {len(imported.references)} references", wrong


def _depth(body):
    levels = [level for level in (2, 3, 4) if f"<h{level}>" in body]
    return len(levels)


def reference_row(path, truth):
    """Return what came of a file of references, and where it is not what the truth says."""
    try:
        read = read_references(path.read_bytes(), name=path.name)
    except ReferencesRefused as refusal:
        return f"refused: {refusal}", [] if not truth else ["refused"]
    said = f"{len(read.references)} references, {len(read.failed)} failed, {len(read.warnings)} warnings"
    wrong = []
    if truth:
        first = read.references[0]
        wanted = truth["first"]
        checks = {
            "records": (len(read.references), truth["records"]),
            "title": (first.csl.get("title"), wanted["title"]),
            "authors": (len(first.csl.get("author", [])), wanted["n_authors"]),
            "doi": (
                first.csl.get("DOI", "").lower() or None,
                (wanted["doi"] or "").lower() or None,
            ),
            "pmid": (first.csl.get("PMID"), wanted["pmid"]),
            "retracted": (
                status(first.notices) == "RETRACTION",
                truth["retraction_status_of_first"] == "retracted",
            ),
        }
        wrong = [
            f"{name}: {ours!r}, not {theirs!r}"
            for name, (ours, theirs) in checks.items()
            if ours != theirs
        ]
    return said, wrong


@pytest.mark.skipif(not CORPORA.is_dir(), reason="The corpora are not on this machine.")
def test_every_file_ends_as_it_should_and_stands_in_the_table():
    rows, wrong = [], {}
    for folders, kind, row in (
        (ARTICLES, "documents", article_row),
        (REFERENCES, "references", reference_row),
    ):
        truths = expected(kind)
        for path in files(folders):
            name = name_of(path)
            begun = time.process_time()
            said, differs = row(path, truths.get(name, {}))
            seconds = time.process_time() - begun
            if seconds > LARGEST_TIME:
                differs = [*differs, f"took {seconds:.0f} s"]
            verdict = (
                "differs" if differs else "as expected" if name in truths else "no truth given"
            )
            if name in DIFFERS:
                verdict = "as expected, but " + "; ".join(DIFFERS[name].values())
            rows.append(f"{name:48} {verdict:15} {said[:150]}")
            if differs:
                wrong[name] = differs
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")

    assert wrong == {}
