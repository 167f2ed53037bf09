"""Comparisons, negations and the strength of advice in a sentence, in one written form for English and Chinese.

The lists are this project's own. They are made to notice what changes a meaning when it is lost in an adaptation, and
to leave alone what only looks like it: 不良反应 (a side effect) holds no negation, 反应 (a reaction) no "should".
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

COMPARISON: Final = "comparison"
NEGATION: Final = "negation"
STRENGTH: Final = "strength"


class Found(NamedTuple):
    """One word of weight: where it stands, its kind, how it is written there, and its one written form."""

    start: int
    end: int
    kind: str
    text: str
    normalised: str


_NUMBER_FOLLOWS = (
    r"(?=\s?(?:\d|two|three|four|five|six|seven|eight|nine|ten|half|[一二两三四五六七八九十百半]))"
)
_EN: Final = {
    COMPARISON: [
        ("≥", r"≥|>=|at least|(?:no|not) (?:less|fewer|lower) than|or (?:more|older|over|above|higher|greater|later)\b|and (?:over|above|older)\b|a minimum of"),
        ("≤", r"≤|<=|at most|(?:no|not) (?:more|greater|higher) than|or (?:less|younger|under|below|lower|fewer|earlier)\b|a maximum of|up to" + _NUMBER_FOLLOWS),
        (">", r">|(?:more|greater|higher|older|longer) than|(?:over|above)" + _NUMBER_FOLLOWS + r"|exceed(?:s|ed|ing)?\b"),
        ("<", r"<|(?:less|fewer|lower|younger|shorter) than|(?:below|under)" + _NUMBER_FOLLOWS),
        ("≈", r"≈|[~∼]|(?:about|around|approximately|roughly|nearly|almost|some)" + _NUMBER_FOLLOWS),
        ("compared", r"compared (?:with|to)|in comparison (?:with|to)|versus|vs\b|relative to"),
        ("higher", r"higher|greater|increase[sd]?|increasing|rises?|rose|raise[sd]?|elevat(?:ed|es|ion)"),
        ("lower", r"lower(?:s|ed|ing)?|fewer|less|decrease[sd]?|decreasing|reduc(?:es?|ed|ing|tions?)|falls?|fell|declin(?:es?|ed|ing)"),
    ],
    NEGATION: [("not", r"not|cannot|\w+n['’]t|no|none|never|neither|nor|without|lack(?:s|ed|ing)?|absence of")],
    STRENGTH: [
        ("contraindicated", r"contraindicat(?:ed|ions?)|must not|(?:do|should) not (?:use|take|be (?:used|taken|given))"),
        ("must", r"must|ha(?:s|ve) to|(?:is|are) required|mandatory"),
        ("should", r"should|ought to|needs? to"),
        ("recommend", r"recommend(?:s|ed|ations?|ing)?|advis(?:es?|ed|able)"),
        ("suggest", r"suggest(?:s|ed|ing)?"),
        ("consider", r"consider(?:s|ed|ing)?|option(?:s|al)?"),
        ("avoid", r"avoid(?:s|ed|ing|ance)?"),
        ("may", r"may|might|can(?!not)|could|possibl[ey]"),
    ],
}  # fmt: skip
_ZH: Final = {
    COMPARISON: [
        ("≥", r"≥|>=|至少|不少于|不低于|大于(?:或)?等于|(?:及|或)?以上|最少"),
        ("≤", r"≤|<=|至多|最多|不超过|不多于|不高于|小于(?:或)?等于|(?:及|或)?以下|以内"),
        (">", r">|＞|超过|大于|多于"),
        ("<", r"<|＜|小于|少于|不足(?=\d)|不到|低于(?=\d)"),
        ("≈", r"≈|约(?=\d|[一二两三四五六七八九十百半])|大约|左右|近(?=\d)"),
        ("compared", r"相比|相较|比较|对比|较之"),
        ("higher", r"增加|升高|提高|上升|增高|更高|较高|更多|高于"),
        ("lower", r"降低|减少|下降|减轻|更低|较低|更少|低于(?!\d)"),
    ],
    NEGATION: [
        ("not", r"不(?![良同断仅过适足便])|未(?!来)|没有|没|无(?!论)|并非|勿|不可|切忌|尚缺|缺乏")
    ],
    STRENGTH: [
        ("contraindicated", r"禁忌|禁用|禁止|不得使用|不应使用|不宜使用"),
        ("must", r"必须|务必|一定要"),
        ("should", r"应当|应该|(?<![反适相效供响对回])应(?![用答激对])|需要?(?!求)"),
        ("recommend", r"推荐|建议"),
        ("consider", r"考虑|选择"),
        ("avoid", r"避免"),
        ("may", r"可能|可以|或许|也许|可(?=在|考虑|选|用|采|降|减|增|使|见|与)"),
    ],
}  # fmt: skip


def _built(lists: dict[str, list[tuple[str, str]]], *, words: bool) -> dict[str, re.Pattern[str]]:
    """Return one pattern for each kind; its groups are numbered as the list is."""
    edges = (r"(?<!\w)(?:", r")(?![A-Za-z])") if words else ("(?:", ")")
    return {
        kind: re.compile(
            edges[0] + "|".join(f"({pattern})" for _form, pattern in forms) + edges[1],
            re.IGNORECASE if words else 0,
        )
        for kind, forms in lists.items()
    }


_LISTS: Final = {"en": _EN, "zh": _ZH}
_PATTERNS: Final = {
    "en": _built(_EN, words=True),
    "zh": _built(_ZH, words=False),
}
_LEADS_TO_NOTHING: Final = re.compile(
    r"不(?:确定|明确?|清楚|仅|只|但|过|同|良|断|适|超过|少于|低于|多于|高于|足|到)|非甾体|无菌|未知|(?:no|not) (?:less|fewer|lower|more|greater|higher) than|not only|no\.(?= ?\d)|whether or not",
    re.IGNORECASE,
)
# Chinese 建议 says what English divides into "recommend" and "suggest"; 应 covers "must" too seldom to merge.
ACROSS: Final = {"suggest": "recommend"}


def knows(language: str) -> bool:
    """Return whether there are word lists for `language`."""
    return language in _LISTS


def weights(text: str, language: str) -> list[Found]:
    """Return the comparisons, negations and strengths of advice in `text`, in order; none for an unknown language.

    The "not" of "do not use" is part of the advice, not a negation beside it.
    """
    found: list[Found] = []
    for kind, pattern in _PATTERNS.get(language, {}).items():
        left = _LEADS_TO_NOTHING.sub(_blank, text) if kind == NEGATION else text
        for match in pattern.finditer(left):
            if match[0] == "May" and match.start() != 0:
                continue
            form = _LISTS[language][kind][(match.lastindex or 1) - 1][0]
            found.append(Found(match.start(), match.end(), kind, match[0].strip(), form))
    bans = [one for one in found if one.normalised == "contraindicated"]
    return sorted(
        one
        for one in found
        if one.kind != NEGATION or not any(ban.start <= one.start < ban.end for ban in bans)
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
