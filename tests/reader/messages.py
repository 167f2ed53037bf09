"""The words that readers see, read from templates and code the way Django's own tools do."""

import ast
import gettext
import re
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "locale/zh/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")
TEMPLATES = ("templates/base.html", "templates/[_4-5]*.html", "templates/reader/*.html")
CODE = (
    "reader/**/*.py",
    "articles/texts/journal_notices.py",
    "articles/texts/shown_figures.py",
    "review/public/models/notice.py",
    "review/public/wording.py",
    "review/rounds/models/submission.py",
)
# name of the call: places of (context, singular, plural) among its arguments
CALLS = {
    "_": (None, 0, None),
    "_noop": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_CALL = re.compile(r"\b(_|n?gettext|n?pgettext)\(")


def _key(call: ast.Call) -> tuple[str, str, str] | None:
    name = getattr(call.func, "id", "")
    if name not in CALLS:
        return None
    context, singular, plural = (
        "" if place is None else ast.literal_eval(call.args[place]) for place in CALLS[name]
    )
    return (context, singular, plural)


def _in_code(text: str) -> set[tuple[str, str, str]]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and node.args and not isinstance(node.args[-1], ast.Starred):
            try:
                key = _key(node)
            except ValueError:  # a variable: what it may hold is marked where it is written
                continue
            if key:
                found.add(key)
    return found


def _end(source: str, start: int) -> int:
    """Return where the call whose bracket opens at `start` ends."""
    depth, quote = 0, ""
    for place in range(start, len(source)):
        sign = source[place]
        if quote:
            quote = "" if sign == quote and source[place - 1] != "\\" else quote
        elif sign in "'\"":
            quote = sign
        else:
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if not depth:
                return place + 1
    return len(source)


def _in_template(text: str) -> set[tuple[str, str, str]]:
    """`templatize` writes each message of a template as a call in Python."""
    source = templatize(text)
    calls = [
        source[found.start() : _end(source, found.end() - 1)] for found in _CALL.finditer(source)
    ]
    return set().union(*(_in_code(call) for call in calls))


def used() -> dict[tuple[str, str, str], list[str]]:
    """Return (context, singular, plural) of every message, with the files that use it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for patterns, read in ((TEMPLATES, _in_template), (CODE, _in_code)):
        for pattern in patterns:
            for path in sorted(ROOT.glob(pattern)):
                for key in read(path.read_text()):
                    found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return found


def written() -> dict[tuple[str, str, str], list[str]]:
    """Return what the .po file says: (context, singular, plural) → its translations."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for block in PO.read_text().split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if match := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line):
                name = match[1]
                fields[name] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                fields[name] += ast.literal_eval(line)
        if fields.get("msgid"):
            key = (fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", ""))
            found[key] = [text for name, text in fields.items() if name.startswith("msgstr")]
    return found


def compiled() -> dict[str, str]:
    """Return what the .mo file says, by gettext's own keys."""
    with MO.open("rb") as file:
        return {
            (key[0] if isinstance(key, tuple) else key): text
            for key, text in gettext.GNUTranslations(file)._catalog.items()
        }
