"""What `import_article` says about one file."""

from typing import Any

from manuscript.importing import ImportedArticle, counts


def as_json(imported: ImportedArticle, edition: int | None) -> dict[str, Any]:
    """Return the report as `--json` prints it."""
    return {
        "edition": edition,
        "title": imported.title,
        "heading": imported.heading,
        **counts(imported),
        "references": [
            {"csl": reference.csl, "identified": reference.identified}
            for reference in imported.references
        ],
        "disclaimers": [
            {"language": one.language, "jurisdiction": one.jurisdiction, "text": one.text}
            for one in imported.disclaimers
        ],
        "updated_on": imported.updated_on.isoformat() if imported.updated_on else None,
        "warnings": [
            {
                "code": warning.code,
                "line": warning.line,
                "text": warning.text,
                "proposal": warning.proposal,
            }
            for warning in imported.warnings
        ],
    }


def as_text(imported: ImportedArticle, edition: int | None) -> str:
    """Return the report as people read it."""
    numbers = ", ".join(
        f"{number} {name.replace('_', ' ')}" for name, number in counts(imported).items()
    )
    lines = [imported.title]
    if imported.heading:
        lines.append(f"  heading: {imported.heading}")
    lines.append(f"  {numbers}")
    if imported.updated_on:
        lines.append(f"  last updated {imported.updated_on.isoformat()}")
    lines += [
        f"  disclaimer ({one.language}{', ' + one.jurisdiction if one.jurisdiction else ''}): "
        f"{_short(one.text)}"
        for one in imported.disclaimers
    ]
    for reference in imported.references:
        state = "identified" if reference.identified else "to be identified"
        csl = reference.csl
        words = csl.get("title") or csl.get("URL") or csl.get("note") or ""
        lines.append(f"  reference {reference.label} ({state}): {_short(str(words))}")
    if imported.warnings:
        lines += ["", f"{len(imported.warnings)} things to look at:"]
    for warning in imported.warnings:
        proposal = f"  → {warning.proposal}" if warning.proposal else ""
        lines.append(f"line {warning.line}: {warning.code}: {_short(warning.text)}{proposal}")
    lines += [
        "",
        "Nothing was written." if edition is None else f"The draft is edition {edition}.",
    ]
    return "\n".join(lines)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 100 else words[:99] + "…"
