"""Finding words that a paste has fused ("aJAK", "DMARDsTofacitinib", "toIn") and terms it has doubled.

Nothing is repaired here: every find is a warning with the place and a proposal. A find needs a reason to think
that two words met. Medicine is full of capitals inside words (mRNA, pH, tsDMARD, SjD, eGFR, McCarthy), so:

- a small word before a capital ("toIn", "ofTNF") or "a" before an abbreviation that the text also has alone, or of
  two capitals and more ("aJAK");
- an abbreviation's plural before a capitalised word ("DMARDsTofacitinib");
- a lower-case word of four letters and more before a capital ("responseTNF", "medicineAspirin"); where the first part
  is itself capitalised ("MedlinePlus"), only when the text has both parts as words of their own;
- a year before a capitalised word; a sentence's end before one ("therapy.Patients");
- "and", "the", "of" or "with" before a word that the text has alone ("andcholesterol").
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from manuscript.importing.page import Page

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:)\S+|\b10\.\d{4,9}/\S+|\]\([^)\n]{0,500}\)|`[^`\n]{1,500}`|(?<!\S)[^\s@]{1,100}@\S+|</?[A-Za-z][^<>\n]{0,300}>"
    r"|(?<![\w-])[\w-]{1,63}\.(?:com|org|net|gov|edu|io|de|fr|uk|cn|int|info|js|py|md|html?|pdf|docx?|txt|jpe?g|png)\b"
)
_SMALL = "a|an|the|to|of|and|by|in|for|with|or|is|are|as|at|on|from|that|than|was|were|be"
_CAMEL = re.compile(
    r"(?<![\w’'-])([A-ZÀ-Þ]?[a-zà-ÿ]+|[A-Z]{2,}s)([A-ZÀ-Þ][^\W\d_]*)(?:[-‐‑][^\W_]+)*"
)
_SMALL_FIRST = re.compile(rf"(?:{_SMALL})")
_YEAR = re.compile(r"(?<!\w)((?:19|20)\d{2})([A-Z][a-z]{2,})")
_STOP = re.compile(
    r"(?<![\w.])([^\W\d_]{0,40}[a-zà-ÿ]{3}[)\]”\"]?[.!?;])([A-ZÀ-Þ][a-zà-ÿ]+)(?![\w.])"
)
_LOWER = re.compile(r"(?<![\w’'-])(and|the|of|with)([a-zà-ÿ]{5,})(?![\w’'-])")
_DOUBLED = re.compile(
    r"(?<!\w)(?P<term>[^\W_][\w’'α-ω-]{1,60}(?:\s[^\W_][\w’'-]{1,40}){0,2})\s?[(（]\s?(?P=term)\s?[)）]",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"(?<![\w’'-])(?P<word>[^\W\d_]{2,30})[ \u00a0](?P=word)(?![\w’'-])", re.IGNORECASE
)
_TWICE_FINE = frozenset(
    "that had is very ha so no bye can do duran long many much more blah chop berry cha nous vous sich die der das".split()
)

_NUCLEIC = re.compile(
    r"(?:[a-z]{1,5})(?:DNA|RNA|DNAs|RNAs|PCR|CT|MRI|PET|PSA|LDL|HDL|CRP|IgG|IgE|IgA|IgM|DMARDs?|NSAIDs?|HIV|HCV|CoV)"
)
_KNOWN = frozenset(
    """pH pHs pKa pO pCO PaO PaCO SaO SpO FiO EtCO HbA HbS HbF HbC kDa kPa mPa kHz mHz kBq mCi mEq mOsm mSv mGy mV kV kW mW mA nA mL dL uL nL
    mTOR mTORC eGFR iPS iPSC iPSCs hPSC hESC hCG hCGs tPA rtPA aPTT aPC aHUS aGVHD cGVHD aCL aGP aPL aPLs aMCI aSAH aVF aVR aVL aHR aOR aRR cHR cOR
    pSS sSS sJIA pJIA eJIA jSLE cSLE aTTP iTTP cTTP dcSSc lcSSc dSSc lSSc nAMD wAMD pCR mCR sCR nCR pTNM cTNM yp cTnT cTnI hsTnT tTG vWF VWF rVIIa fVIII
    iPhone iPad iOS iCloud eHealth mHealth eBook eBay eLife eCollection eConsult eHealthInsurance macOS bioRxiv medRxiv arXiv
    SjD SjS SjDAI PhD PsA PsO PsD PsARC AxSpA axSpA pSpA nrAxSpA ReA AoSD RhD IgG IgA IgM IgE IgD FcRn FcR TnI TnT NaCl KCl CaCO MgSO NaHCO LiCl HCl
    McX ChatGPT GitHub PubMed YouTube LinkedIn MedlinePlus WebMD UpToDate ClinicalTrials HealthLine DynaMed EndNote MeSH OpenAI DeepMind
    AstraZeneca GlaxoSmithKline BioNTech OxyContin RoActemra AbbVie NeoRecormon ViiV TheraFlu DailyMed ClinVar dbSNP DeepSeek DrOracle
    BiPAP CPAPs GnRH LHRH CoA CoQ CoV CoVs SARSCoV EuroQol QuantiFERON HemOnc CoolSculpting LaTeX JavaScript TypeScript WordPress
    LeVine DeBakey LaFerrari DiGeorge VanDyke FitzGerald FitzHugh MacDonald
    kJ kcal kU mIU nmol pmol mmHg cmH mOsmol rEPO rhGH rhEPO dsDNA ssDNA ccfDNA ctDNA anti""".split()
)  # fmt: skip
_PREFIXES = re.compile(r"(?:Mc|Mac|De|Di|La|Le|Van|Von|Fitz|O|D|L|St)[A-ZÀ-Þ][a-zà-ÿ]+")
_DRUG_CLASS = re.compile(r"(?:ts|b|bo|cs|s|d|n|i|p|c|h|r|e|m|v|k|u|t|l|g|z)[A-Z]{2,}[a-z]{0,2}")
"""One or two lower-case letters before an abbreviation: tsDMARD, cART, hTERT, rTMS. Not "a", which is a word."""

_ABBREVIATED = frozenset(
    "dr. mr. mrs. ms. prof. st. vs. no. fig. approx. inc. ltd. jr. sr. esp. ref. eds. etc. viz.".split()
)


def proofread(page: Page) -> None:
    """Note fused words and doubled terms in what is left on `page`."""
    lines = [(index, _ADDRESS.sub(_blank, page.lines[index])) for index in page.filled()]
    known = Counter(word for _, line in lines for word in _WORD.findall(line))
    lower = Counter[str]()
    for word, count in known.items():
        lower[word.lower()] += count
    for index, line in lines:
        for at, text, proposal in sorted(_fused(line, known, lower)):
            page.notes.add("fused-words", index + 1, _around(line, at, text), proposal)
        for match in _doubled(line):
            term = match["term"] if "term" in match.re.groupindex else match["word"]
            page.notes.add("doubled-term", index + 1, match[0], term)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _around(line: str, at: int, text: str) -> str:
    """Return `text` with the words around it, so that its place can be found."""
    before = line[max(0, at - 24) : at]
    after = line[at + len(text) : at + len(text) + 24]
    return " ".join(
        f"{before.partition(' ')[2] if at > 24 else before}{text}{after.rpartition(' ')[0] or after}".split()
    )


def _fused(line: str, known: Counter[str], lower: Counter[str]) -> list[tuple[int, str, str]]:
    """Return (place, text, proposal) for each pair of words that seems to have met."""
    found: list[tuple[int, str, str]] = []
    for match in _CAMEL.finditer(line):
        if _is_fused(match[1], match[2], known, lower):
            tail = match[0][len(match[1]) :]
            found.append((match.start(), match[0], f"{match[1]} {tail}"))
    found += [(m.start(), m[0], f"{m[1]} {m[2]}") for m in _YEAR.finditer(line)]
    for match in _STOP.finditer(line):
        if match[1].lower() not in _ABBREVIATED:
            found.append((match.start(), match[0], f"{match[1]} {match[2]}"))
    for match in _LOWER.finditer(line):
        rest = match[2]
        if lower[rest] > 1 and lower[match[0]] * 2 <= lower[rest]:
            found.append((match.start(), match[0], f"{match[1]} {rest}"))
    return found


def _is_fused(first: str, second: str, known: Counter[str], lower: Counter[str]) -> bool:
    """Whether `first` and `second`, written as one word, are two."""
    word = first + second
    if word in _KNOWN or word.rstrip("s") in _KNOWN or _PREFIXES.fullmatch(word):
        return False
    abbreviation = second[:2].isupper() and len(second) > 1
    if first == "a":
        return (abbreviation and len(second) > 1) or (
            len(second) > 3 and lower[second.lower()] > 0 and second[1:].islower()
        )
    if _NUCLEIC.fullmatch(word):
        return False
    if _SMALL_FIRST.fullmatch(first):
        return (abbreviation or len(second) > 1) and not (
            len(first) < 3 and _is_symbol(second, known)
        )
    if first.isupper() is False and first[:2].isupper() and first.endswith("s"):
        return len(second) > 2 and second[1:].islower()
    if len(first) < 4 or len(second) < 2 or (_DRUG_CLASS.fullmatch(word) and len(first) < 3):
        return False
    if not abbreviation and len(second) < 3 and lower[second.lower()] < 2:
        return False
    if first[0].isupper():
        return lower[first.lower()] > 0 and (known[second] > 0 or lower[second.lower()] > 1)
    return known[word] < 4 or lower[first] > 1


def _is_symbol(second: str, known: Counter[str]) -> bool:
    """Whether two letters and an unknown abbreviation are rather a symbol ("inCVR") than two words."""
    return second[:2].isupper() and len(second) < 3 and known[second] == 0


def _doubled(line: str) -> list[re.Match[str]]:
    found = list(_DOUBLED.finditer(line))
    found += [
        m
        for m in _TWICE.finditer(line)
        if m["word"].lower() not in _TWICE_FINE and not m[0].isupper()
    ]
    return found
