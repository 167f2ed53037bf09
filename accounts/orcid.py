"""ORCID iDs: one form, and the check digit of ISO 7064 (MOD 11-2)."""

import re

PREFIX = re.compile(r"^(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)
SHAPE = re.compile(r"\d{15}[\dX]")


def check_digit(digits: str) -> str:
    """Return the ISO 7064 MOD 11-2 check digit of 15 digits: 0 to 9, or X for ten."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)


def normalise_orcid(text: str) -> str:
    """Return an ORCID iD as 0000-0002-1825-0097; an empty text stays empty.

    Takes it with or without its address, hyphens and spaces.

    :raises ValueError: in words for the person who typed it, if it is none.
    """
    typed = PREFIX.sub("", text.strip()).strip("/")
    digits = re.sub(r"[\s-]", "", typed, flags=re.UNICODE).upper()
    if not digits:
        return ""
    if not SHAPE.fullmatch(digits) or not digits.isascii():
        raise ValueError("An ORCID iD has 16 digits, like 0000-0002-1825-0097.")
    if check_digit(digits[:15]) != digits[15]:
        raise ValueError("This is not an ORCID iD: its last digit does not fit the others.")
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))
