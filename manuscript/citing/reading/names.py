"""People and groups, from one line of text each."""

import re
from typing import Any

_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,4}")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.[-‐]?)+")
_SUFFIX = re.compile(r"(?:jr|sr|2nd|3rd|4th)\.?|I{2,3}|IV|V", re.IGNORECASE)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s+al\.?|et\s+alii)\.?|…|\.\.\.", re.IGNORECASE)
_ENDING_IN_OTHERS = re.compile(r"[,;]?\s+(?:et\.?\s+al\.?|and\s+others)\s*$", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:group|groups|committee|consortium|collaborat\w+|investigators?|network|society|association|organi[sz]ation|"
    r"editors?|editorial|panel|team|study|trial|centers?|centres?|institutes?|university|hospital|college|academy|"
    r"ministry|department|agency|council|board|foundation|federation|union|programme?|office|service|initiative|"
    r"force|commission|party|registry|international|national|world|health|writing|members|authors|of|the|for|on|in)\b",
    re.IGNORECASE,
)
_TWO_PEOPLE = re.compile(r"\s(?:and|&|und|et)\s", re.IGNORECASE)

Name = dict[str, str]


def is_others(text: str) -> bool:
    """Whether a name is "and others" or "et al."."""
    return bool(_OTHERS.fullmatch(text.strip()))


def without_others(text: str) -> tuple[str, bool]:
    """Return a name without a trailing "et al.", and whether it had one."""
    kept = _ENDING_IN_OTHERS.sub("", text)
    return kept, kept != text


def name_of(text: str) -> Name:
    """Return {family, given, suffix} where the order is certain, else {literal}.

    "Family, Given" and "Family AB" are certain. "Miller Robin" is not: either may be the family.
    """
    text = " ".join(text.split()).strip(" ;")
    if text.endswith(","):  # EndNote closes a group's name with a comma
        return {"literal": text.strip(" ,")}
    family, *rest = [part.strip() for part in text.split(",")]
    given = [part for part in rest if part]
    if not rest:
        return _without_comma(text)
    if not given or not family:
        return {"literal": text.strip(" ,")}
    if len(given) == 1:
        return {"family": family, "given": given[0]}
    if len(given) == 2:
        for suffix, first in (given, given[::-1]):
            if _SUFFIX.fullmatch(suffix):
                return {"family": family, "given": first, "suffix": suffix}
    return {"literal": text}


def looks_personal(name: Name) -> bool:
    """Whether an undivided name may be a person's, whose parts somebody has to tell."""
    text = undivided(name)
    words = text.split() if text else []
    return 2 <= len(words) <= 4 and not _GROUP.search(text) and all(w[0].isupper() for w in words)


def several_people(name: Name) -> bool:
    """Whether one name seems to hold several people."""
    text = undivided(name)
    if not text:
        return ";" in name.get("given", "")
    if _GROUP.search(text):
        return False
    return ";" in text or text.count(",") >= 2 or bool(_TWO_PEOPLE.search(text))


def undivided(name: Name) -> str:
    """Return a name that has no parts."""
    return name.get("literal", "") or (name.get("family", "") if not name.get("given") else "")


def as_text(name: dict[str, Any]) -> str:
    """Return a name as one line, family first."""
    if "literal" in name:
        return str(name["literal"])
    return ", ".join(part for part in (name.get("family"), name.get("given")) if part)


def _without_comma(text: str) -> Name:
    words = text.split()
    cut = len(words)
    while cut > 1 and _are_initials(words[cut - 1]):
        cut -= 1
    head, tail = words[:cut], words[cut:]
    if not tail or _GROUP.search(text):
        return {"literal": text}
    # "Miller Robin A" is "Robin A. Miller" as well as "A. Miller Robin": left to the editor.
    certain = len(head) == 1 or "." in "".join(tail) or len("".join(tail)) > 1
    particles = all(word.islower() for word in head[:-1])
    if certain or particles:
        return {"family": " ".join(head), "given": " ".join(tail)}
    return {"literal": text}


def _are_initials(word: str) -> bool:
    if not word.replace(".", "").replace("-", "").replace("‐", "").isupper():
        return bool(re.fullmatch(r"(?:[A-Z][a-z]?\.[-‐]?)+", word))  # "Yu.V."
    return bool(_DOTTED.fullmatch(word) or (len(word) <= 3 and _INITIALS.fullmatch(word)))
