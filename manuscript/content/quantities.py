"""The numbers and doses of a sentence, in one written form for English and Chinese.

A number is written once for all its spellings: "10,000", "10 000" and "1万" are 10000, "5.0" is 5, "0·18" is 0.18,
"½", "half" and 一半 are 1/2, "two weeks" and 两周 are "2 week". A unit follows its number: "500 mcg" and 500微克 are
"500 µg". What is taken each day or week is a fact of its own, because languages place it differently: "5 mg twice
daily" and 每日两次，每次5毫克 are both "5 mg" and "2/day".

Left out: the digits of names (JAK1, IL-6, COVID-19), "one" and 一 (articles more often than numbers), and Chinese
numerals that no measure word follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

DOSE: Final = "dose"
NUMBER: Final = "number"


class Quantity(NamedTuple):
    """One number or dose: its kind, where it stands, how it is written there, and its one written form."""

    kind: str
    start: int
    end: int
    text: str
    normalised: str


_MASS: Final = {
    "µg": "µg|μg|mcg|ug|micrograms?|微克", "mg": "mg|milligrams?|毫克", "ng": "ng|nanograms?|纳克",
    "kg": "kg|kilograms?|kilos?|千克|公斤", "g": "g|grams?|克", "mL": "m[lL]|millilitres?|milliliters?|毫升",
    "dL": "d[lL]|分升", "L": "[lL]|litres?|liters?|升", "IU": "IU|international units?|国际单位", "U": "U|units?|单位",
    "mmol": "mmol|毫摩尔", "µmol": "[µμ]mol|微摩尔", "mEq": "mEq", "mmHg": "mm ?Hg|毫米汞柱", "mm": "mm|毫米",
    "cm": "cm|centimetres?|centimeters?|厘米", "m²": "m[²2]|平方米", "°C": "°C|℃|摄氏度", "kcal": "kcal|千卡",
    "tablet": "tablets?|片", "min": "min(?:utes?)?|分钟",
}  # fmt: skip
_OTHER: Final = {
    "%": "%|％|per ?cent|个百分点|percentage points?", "hour": "hours?|h|个?小时", "day": "days?|天|日",
    "week": "weeks?|wk|周|个?星期", "month": "months?|个?月", "year": "years?|yrs?|年|岁", "times": "times|fold|-fold|倍",
}  # fmt: skip
_UNITS: Final = {**_MASS, **_OTHER}
_NAMES: Final = sorted(
    ((pattern, unit) for unit, patterns in _UNITS.items() for pattern in patterns.split("|")),
    key=lambda pair: -len(pair[0]),
)
_CANONICAL: Final = [(re.compile(pattern), unit) for pattern, unit in _NAMES]
_ANY_UNIT: Final = "|".join(pattern for pattern, _unit in _NAMES)
_PLAIN: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.])|\d+)(?:[.·]\d+)?(?:\s?/\s?\d+(?![\d/]))?"
_HAN: Final = "零〇一二两三四五六七八九十百千"
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: Final = {
    **{word: value for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(), start=2)},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)},
}  # fmt: skip
_WORD: Final = rf"(?:(?:{'|'.join(_TENS)})[ -](?:two|three|four|five|six|seven|eight|nine)|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_MEASURES: Final = (
    "周|天|日|个月|年|岁|种|例|名|倍|片|个|项|次|位|毫克|克|毫升|小时|分钟|级|期|型|线|组"
)
_SCALE: Final = {"million": 10**6, "billion": 10**9, "thousand": 10**3, "hundred": 10**2, "万": 10**4, "亿": 10**8}  # fmt: skip
_NUM: Final = (
    rf"(?:[−-](?=\d))?{_PLAIN}(?:\s?(?:million|billion|thousand|hundred)\b|万|亿)?"
    rf"|[½¼¾⅓⅔]|(?<![A-Za-z]){_WORD}(?![A-Za-z])(?:\s(?:million|thousand|hundred)\b)?|(?<![{_HAN}])[{_HAN}]{{1,8}}(?=(?:{_MEASURES}))"
)
_QUANTITY: Final = re.compile(
    rf"(?<![A-Za-z\d.,·])(?<![A-Za-z][-‐‑–])(?P<low>{_NUM})"
    rf"(?:(?P<lowunit>\s?(?:%|％|mg|毫克|g|克))?(?P<to>\s?[-‐‑–—~～]\s?|\s(?:to|and(?=\s\d+(?:\.\d+)?\s?%))\s|至|到)(?P<high>{_NUM}))?"
    rf"(?:(?P<gap>[\s-]?)(?P<unit>(?:{_ANY_UNIT})(?![A-Za-z])(?:\s?(?:/|per |每)\s?(?:{_ANY_UNIT})(?![A-Za-z]))*))?",
)
_FIXED: Final[list[tuple[re.Pattern[str], str]]] = [
    (re.compile(r"\btwo[- ]thirds\b|三分之二"), "2/3"),
    (re.compile(r"\b(?:one|a)[- ]third\b|三分之一"), "1/3"),
    (re.compile(r"\bthree[- ]quarters\b|四分之三"), "3/4"),
    (re.compile(r"\b(?:one|a)[- ]quarter\b|四分之一"), "1/4"),
    (re.compile(r"\b(?:one[- ])?half\b|一半|半数"), "1/2"),
]
_PERCENT_HAN: Final = re.compile(rf"百分之([{_HAN}\d.]{{1,12}})")
_COUNTS: Final = {"once": 1, "twice": 2, "three times": 3, "four times": 4, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4}  # fmt: skip
_PERIODS: Final = {"da": "day", "wee": "week", "mon": "month", "日": "day", "天": "day", "周": "week", "月": "month"}  # fmt: skip
_FREQUENCY: Final = re.compile(
    r"\b(?P<count>once|twice|three times|four times)[- ](?:a |per |every |each )?(?P<period>dail|day|weekl|week|monthl|month)(?:y\b|\b)"
    r"|(?:每|一)(?P<zperiod>日|天|周|月)(?:服用)?(?P<zcount>[一二两三四1234])次"
    r"|(?P<one>(?:/|\bper |\ba |\beach |\bevery )(?P<oneperiod>day|week|month)\b|\b(?P<adverb>dail|weekl|monthl)y\b|每(?P<every>日|天|周|月)(?!\d)|/(?P<slash>日|天|周|月))",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?|(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
)
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_MONTH: Final = re.compile(
    rf"\b(?:{'|'.join(_MONTHS)})\b(?=,? \d)|(?<=\d )(?:{'|'.join(_MONTHS)})\b"
)
_GLYPHS: Final = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_DIGITS: Final = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}  # fmt: skip
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}


def quantities(text: str) -> list[Quantity]:
    """Return the numbers and doses of `text`, in the order in which they stand there."""
    found: list[Quantity] = []
    left = text
    for reader in (_dates, _frequencies, _fixed, _counted):
        read = list(reader(left))
        found += read
        left = _blanked(left, read)
    return sorted(found, key=lambda quantity: (quantity.start, quantity.normalised))


def _blanked(text: str, read: list[Quantity]) -> str:
    """Return `text` with spaces where something was read, so that nothing is read twice."""
    pieces: list[str] = []
    position = 0
    for quantity in sorted(read, key=lambda one: one.start):
        if quantity.end > position:
            start = max(quantity.start, position)
            pieces += [text[position:start], " " * (quantity.end - start)]
            position = quantity.end
    return "".join([*pieces, text[position:]])


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        year, month, day = match["year"], match["month"] or match["m"], match["day"] or match["d"]
        for value, form in ((year, "{}"), (month, "month {}"), (day, "{}")):
            if value:
                yield Quantity(
                    NUMBER, match.start(), match.end(), match[0], form.format(int(value))
                )
    for match in _MONTH.finditer(text):
        number = _MONTHS.index(match[0]) + 1
        yield Quantity(NUMBER, match.start(), match.end(), match[0], f"month {number}")


def _frequencies(text: str) -> Iterator[Quantity]:
    for match in _FREQUENCY.finditer(text):
        if match["one"]:
            count = 1
            period = match["oneperiod"] or match["adverb"] or match["every"] or match["slash"]
        else:
            said = (match["count"] or match["zcount"]).lower()
            count = int(said) if said.isdigit() else _COUNTS[said]
            period = match["period"] or match["zperiod"]
        name = next(name for start, name in _PERIODS.items() if period.lower().startswith(start))
        yield Quantity(DOSE, match.start(), match.end(), match[0].strip(), f"{count}/{name}")


def _fixed(text: str) -> Iterator[Quantity]:
    for pattern, normalised in _FIXED:
        for match in pattern.finditer(text):
            yield Quantity(NUMBER, match.start(), match.end(), match[0], normalised)
    for match in _PERCENT_HAN.finditer(text):
        said = match[1]
        value = _plain(Decimal(said)) if _is_decimal(said) else str(_han(said))
        yield Quantity(NUMBER, match.start(), match.end(), match[0], f"{value} %")


def _counted(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        if match["low"] == "一" and not match["high"]:
            continue
        unit = _unit(match["unit"]) if match["unit"] else ""
        value = _value(match["low"])
        if match["high"]:
            low = _unit(match["lowunit"].strip()) if match["lowunit"] else unit
            value = f"{value}{'' if low == unit else f' {low}'}-{_value(match['high'])}"
        is_dose = bool(unit) and unit.split("/")[0] in _MASS
        normalised = f"{value} {unit}".strip()
        yield Quantity(
            DOSE if is_dose else NUMBER, match.start(), match.end(), match[0].strip(), normalised
        )


def _unit(said: str) -> str:
    """Return the one written form of a unit such as "mg per kg"."""
    parts = re.split(r"\s?(?:/|per |每)\s?", said)
    return "/".join(
        next((unit for pattern, unit in _CANONICAL if pattern.fullmatch(part.strip())), part)
        for part in parts
    )


def _value(said: str) -> str:
    """Return the one written form of a number."""
    said = said.strip()
    if said in _GLYPHS:
        return _GLYPHS[said]
    scale = next((factor for name, factor in _SCALE.items() if said.endswith(name)), 1)
    core = next((said[: -len(name)].strip() for name in _SCALE if said.endswith(name)), said)
    if core.lower().replace("-", " ").split()[0] in _WORDS:
        number = Decimal(sum(_WORDS[word] for word in core.lower().replace("-", " ").split()))
    elif core[0] in _HAN:
        number = Decimal(_han(core))
    elif "/" in core:
        above, _slash, below = core.partition("/")
        return f"{_value(above)}/{_value(below)}"
    else:
        number = Decimal(re.sub(r"[, ]", "", core).replace("·", ".").replace("−", "-"))
    return _plain(number * scale)


def _plain(number: Decimal) -> str:
    """Return a number without an exponent or zeros at its end: 5.0 is 5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_decimal(said: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", said) is not None


def _han(said: str) -> int:
    """Return the value of Chinese numerals up to 9999: 二十五 is 25."""
    total = digit = 0
    for character in said:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, int(character) if character.isdigit() else 0)
    return total + digit
