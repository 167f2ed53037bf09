"""Names of medicines, found by the stems that international nonproprietary names are built on.

The stems come from the World Health Organization's public list ("The use of stems in the selection of International
Nonproprietary Names (INN) for pharmaceutical substances", the "Stem book"); a few common names without a stem stand
beside them. The Chinese forms are those that the Chinese approved names of the same groups share, such as 替尼 for
-tinib. A stem finds a name by its shape: it finds medicines that did not exist when it was written, and it misses brand
names, which a caller passes as `names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

DRUG: Final = "drug"

_STEMS: Final[list[tuple[str, str, str]]] = [
    ("-mab", r"\w{3,}mab", "[\u4e00-\u9fff]{1,4}单抗"), ("-tinib", r"\w{2,}tinib", "[\u4e00-\u9fff]{1,3}(?:替布|替尼)"), ("-nib", r"\w{3,}nib", "[\u4e00-\u9fff]{2,3}尼布"), ("-cept", r"\w{4,}cept(?<!except)(?<!accept)(?<!intercept)(?<!concept)", "[\u4e00-\u9fff]{1,3}西普"),
    ("-pril", r"\w{3,}pril", "[\u4e00-\u9fff]{1,3}普利"), ("-sartan", r"\w{2,}sartan", "[\u4e00-\u9fff]{1,3}沙坦"), ("-olol", r"\w{3,}olol", "[\u4e00-\u9fff]{1,3}洛尔"),
    ("-statin", r"\w{2,}(?:va)?statin(?<!nystatin)(?<!somatostatin)", "[\u4e00-\u9fff]{1,4}他汀"), ("-dipine", r"\w{2,}dipine", "[\u4e00-\u9fff]{1,3}地平"), ("-prazole", r"\w{2,}prazole", "[\u4e00-\u9fff]{1,3}拉唑"),
    ("-gliptin", r"\w{2,}gliptin", "[\u4e00-\u9fff]{1,3}列汀"), ("-gliflozin", r"\w{2,}gliflozin", "[\u4e00-\u9fff]{1,3}列净"), ("-glutide", r"\w{2,}glutide", "[\u4e00-\u9fff]{1,3}鲁肽"),
    ("-xaban", r"\w{2,}xaban", "[\u4e00-\u9fff]{1,3}沙班"), ("-gatran", r"\w{2,}gatran", "[\u4e00-\u9fff]{1,3}加群"), ("-parin", r"\w*parin", "肝素"), ("-vir", r"\w{4,}vir", "[\u4e00-\u9fff]{1,4}韦"),
    ("-cillin", r"\w{2,}cillin", "[\u4e00-\u9fff]{0,3}西林"), ("cef-", r"cef\w{3,}", "头孢[\u4e00-\u9fff]{1,3}"), ("-floxacin", r"\w{2,}floxacin", "[\u4e00-\u9fff]{1,3}沙星"), ("-cycline", r"\w{3,}cycline", "[\u4e00-\u9fff]{1,3}环素"),
    ("-mycin", r"\w{3,}mycin", "[\u4e00-\u9fff]{1,3}[霉红]素"), ("-conazole", r"\w{2,}conazole", "[\u4e00-\u9fff]{1,3}康唑"), ("-trexate", r"\w*trexate", "甲氨蝶呤|甲氨喋呤"), ("-fosfamide", r"\w*(?:f|ph)osphamide|\w*fosfamide", "[环异]磷酰胺"),
    ("-prine", r"azathioprine", "硫唑嘌呤"), ("mycophenol-", r"mycophenol\w+(?: (?:mofetil|sodium))?", "吗?替?麦考酚\\w{0,2}|霉酚酸酯?"), ("pred-", r"(?:methyl)?predniso(?:ne|lone)", "(?:甲基?)?泼尼松龙?"), ("-cort-", r"\w*cortisone|glucocorticoids?|corticosteroids?", "糖皮质激素|[\u4e00-\u9fff]{0,2}可的松|皮质类固醇"),
    ("-fenidone", r"pirfenidone", "吡非尼酮"), ("-oxetine", r"\w{2,}oxetine", "[\u4e00-\u9fff]{1,3}西汀"), ("-azepam", r"\w{2,}azepam", "[\u4e00-\u9fff]{1,3}西泮"), ("-caine", r"\w{3,}caine", "[\u4e00-\u9fff]{1,3}卡因"),
    ("-profen", r"\w{2,}profen", "[\u4e00-\u9fff]{1,3}洛芬"), ("-coxib", r"\w{2,}coxib", "[\u4e00-\u9fff]{1,3}昔布"), ("-triptan", r"\w{2,}triptan", "[\u4e00-\u9fff]{1,3}曲坦"), ("-lukast", r"\w{2,}lukast", "[\u4e00-\u9fff]{1,3}司特"),
    ("-dronate", r"\w{2,}dron(?:ate|ic acid)", "[\u4e00-\u9fff]{1,3}膦酸钠?"), ("-limus", r"\w{2,}limus", "[\u4e00-\u9fff]{1,3}莫司"), ("-sporin", r"c[iy]closporine?", "环孢素"), ("-thiazide", r"\w{2,}thiazide", "[\u4e00-\u9fff]{1,4}噻嗪"),
    ("-semide", r"\w{2,}semide", "[\u4e00-\u9fff]{1,3}塞米"), ("-salazine", r"\w*salazine", "柳氮磺吡啶"), ("-chloroquine", r"(?:hydroxy)?chloroquine", "羟?氯喹"), ("leflunomide", r"(?:le|teri)flunomide", "[来特]氟米特"),
    ("metformin", r"metformin", "二甲双胍"), ("insulin", r"insulins?", "胰岛素"), ("aspirin", r"aspirin", "阿司匹林"), ("paracetamol", r"paracetamol|acetaminophen", "对乙酰氨基酚"), ("warfarin", r"warfarin", "华法林"),
    ("-lutamide", r"\w{2,}lutamide", "[\u4e00-\u9fff]{1,3}鲁胺"), ("-mod", r"\w{3,}imod", "[\u4e00-\u9fff]{1,3}莫德"), ("-milast", r"\w{2,}milast", "[\u4e00-\u9fff]{1,3}司特"), ("-sone", r"dexamethasone|betamethasone", "[地倍]塞?他?米松"),
]  # fmt: skip
_EN: Final = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"({english})" for _stem, english, _chinese in _STEMS) + r")(?!\w)",
    re.IGNORECASE,
)
_WITH_CHINESE: Final = [(stem, chinese) for stem, _english, chinese in _STEMS if chinese]
_ZH: Final = re.compile("|".join(f"({chinese})" for _stem, chinese in _WITH_CHINESE))
_MARKED: Final = re.compile(r"\b([A-Z][A-Za-z]{2,})\s?[®™]")


class Drug(NamedTuple):
    """One mention of a medicine: where it stands, its name, and the stem that it is built on (or the name itself)."""

    start: int
    end: int
    name: str
    stem: str


def drugs(text: str, *, names: Iterable[str] = ()) -> list[Drug]:
    """Return the mentions of medicines in `text`, in order: by stem, by ® or ™, and those of `names`."""
    found = [
        Drug(match.start(), match.end(), match[0], _STEMS[(match.lastindex or 1) - 1][0])
        for match in _EN.finditer(text)
    ]
    found += [
        Drug(match.start(), match.end(), match[0], _WITH_CHINESE[(match.lastindex or 1) - 1][0])
        for match in _ZH.finditer(text)
    ]
    found += [
        Drug(match.start(), match.end(), match[1], match[1].lower())
        for match in _MARKED.finditer(text)
    ]
    taken = {(drug.start, drug.end) for drug in found}
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            if match.span() not in taken:
                found.append(Drug(match.start(), match.end(), match[0], name.lower()))
    return sorted(found)
