"""Which language a text is in, by its script and commonest words; and whose law it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("han", r"[\u3400-\u9fff\uf900-\ufaff]"),
    ("kana", r"[\u3041-\u30ff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("ru", r"[\u0400-\u04ff]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("el", r"[\u0370-\u03ff\u1f00-\u1fff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("latin", r"[A-Za-z\u00c0-\u024f]"),
)
_COUNTED = tuple((name, re.compile(pattern)) for name, pattern in _SCRIPTS)
_COMMON = {
    "en": "the of and to is not for this that with or by should be are any in from content information does",
    "de": "der die das und ist nicht für mit dieser diese oder von den dem ein eine werden zu keine kein im auf ärztliche informationen ersetzen arzt",
    "fr": "le la les et est pas pour ce cette avec ou par des du une aux ne ces sont vous votre médecin informations sur",
    "es": "el la los las y es no para este esta con o por del una debe se su información médico consulte como sus",
    "it": "il lo gli e è non per questo questa con o di della del una sono le si informazioni medico alla queste",
    "pt": "o os e é não para este esta com ou por da do uma são as dos das se informações médico ao",
    "nl": "de het een en is niet voor deze met of van door aan worden zijn te geen informatie arts",
}
_STOPWORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_JURISDICTIONS: tuple[tuple[str, str], ...] = (
    ("CN", r"中国大陆|中國大陸|中国境内|中国内地|国家药监局|国家药品监督管理局|中华人民共和国|\bNMPA\b|mainland china|people's republic of china"),
    ("TW", r"台灣|臺灣|中華民國|\btaiwan\b"),
    ("HK", r"香港|\bhong kong\b"),
    ("JP", r"日本国内|厚生労働省|\bPMDA\b|\bjapan\b"),
    ("KR", r"대한민국|식품의약품안전처"),
    ("GB", r"\bunited kingdom\b|\bU\.?K\.? (?:residents|law|patients|healthcare)|\bMHRA\b|\bNHS\b|england and wales"),
    ("US", r"\bunited states\b|\bU\.?S\.?A?\.? (?:residents|law|only|healthcare|patients|citizens)|\bFDA\b|\bHIPAA\b"),
    ("DE", r"\bdeutschland\b|heilmittelwerbegesetz|\bgermany\b"),
    ("AT", r"\bösterreich\b|\baustria\b"),
    ("CH", r"\bschweiz\b|\bsuisse\b|swissmedic|\bswitzerland\b"),
    ("FR", r"\ben france\b|\bANSM\b"),
    ("ES", r"\ben españa\b|\bAEMPS\b"),
    ("IT", r"\bin italia\b|\bAIFA\b"),
    ("CA", r"\bcanada\b|health canada"),
    ("AU", r"\baustralia\b|\bTGA\b"),
    ("IN", r"\bindia\b|\bCDSCO\b"),
    ("BR", r"\bbrasil\b|\banvisa\b"),
    ("RU", r"росси[яий]|российской федерации"),
    ("EU", r"\beuropean union\b|\bEMA\b|europäische union|union européenne|unión europea"),
)  # fmt: skip
_NAMED = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _JURISDICTIONS)
_SAMPLE = 20_000


def language_of(text: str, default: str = "en") -> str:
    """Return the language of `text` ("zh", "de"), or `default` when nothing tells."""
    text = text[:_SAMPLE]
    counts = {name: len(pattern.findall(text)) for name, pattern in _COUNTED}
    if not any(counts.values()):
        return default
    # A Han character is a word where a Latin letter is a sixth of one.
    if counts["han"] + counts["kana"] > counts["latin"] / 4:
        return "ja" if counts["kana"] > 0.08 * counts["han"] else "zh"
    script = max(counts, key=lambda name: counts[name])
    if script != "latin":
        return script
    words = Counter(_WORD.findall(text.lower()))
    scores = {
        language: sum(words[word] for word in common) for language, common in _STOPWORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    ranked = sorted(scores.values())
    return best if ranked[-1] >= 2 and ranked[-1] > ranked[-2] else default


def contradicts(text: str, language: str) -> str:
    """Return the language whose script `text` is in when `language` is not written in it, or ""."""
    found = language_of(text, "")
    family = language.split("-", maxsplit=1)[0].lower()
    scripts = {
        "uk": "ru",
        "bg": "ru",
        "be": "ru",
        "sr": "ru",
        "fa": "ar",
        "ur": "ar",
        "mr": "hi",
        "yue": "zh",
    }
    expected = scripts.get(family, family)
    own = {"zh", "ja", "ko", "ru", "ar", "he", "el", "hi", "th"}
    if not found or found == expected or (found not in own and expected not in own):
        return ""
    return found


def check_language(
    text: str, language: str, notes: Notes, *, shown: str, said: str = "", line: int = 1
) -> None:
    """Note, with the words `shown`, that a text looks to be in another language than `language`, or that its source
    says so (`said`, a lower-case tag).
    """
    found = contradicts(text, language)
    if not found and said and said.split("-", maxsplit=1)[0] != language.lower().split("-")[0]:
        found = said
    if found:
        notes.add(
            "script-language", line, shown, f"the text looks like {found!r}, not {language!r}"
        )


def jurisdiction_of(text: str) -> str:
    """Return the country (or "EU") whose market or law `text` names, or "".

    Named territories count before named agencies: a Chinese text that mentions the FDA's
    site as a source still speaks of approval in mainland China.
    """
    return next((code for code, pattern in _NAMED if pattern.search(text)), "")
