"""The words that the checks of wording look for, in English and Chinese. This project's own lists."""

import re
from typing import Final

RETRACTED: Final = {
    "en": re.compile(r"\b(?:retract(?:ed|s|ion|ions)|withdr(?:awn|ew|awal))\b", re.IGNORECASE),
    "zh": re.compile(r"撤稿|撤回|撤销|已撤"),
}
"""What says of a source that it was retracted."""

ABSOLUTE: Final = {
    "en": re.compile(
        r"\b(?:always|never|guarantee[sd]?|miracle|cures?|cured|risk[- ]free|works? for everyone"
        r"|(?:100 ?%|completely|totally|entirely|absolutely|perfectly) (?:safe|effective|harmless|cured|reliable|risk)\w*"
        r"|(?:no|without(?: any)?|zero|free of) (?:side effects?|adverse (?:effects?|events?)|risks?(?! (?:ratio|factor|differ|stratif|group)))"
        r"|no (?:danger|harm)|proven to (?:cure|prevent|heal))\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"绝对(?!值|风险|危险|计数|数)|百分之百|100[%％](?:有效|安全|治愈)|保证|根治|包治|特效药?|无(?:任何)?副作用|没有(?:任何)?副作用"
        r"|完全(?:无害|安全|有效)|绝无|永不|从不|零风险|毫无风险|一定能|彻底治愈|神药"
    ),
}
DENIED: Final = {
    "en": re.compile(
        r"(?:\b(?:not|no|never|nor|neither|cannot|rarely|hardly|whether|if|without|nobody|none|unlikely)\b|n['’]t\b)[^.;:]{0,40}$",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"(?:不|非|未|无法|没有|是否|并不|难以)[^。；，]{0,6}$"),
}
"""What before such a word takes it back: "does not cure", "no treatment is 100% effective"."""

ADVICE: Final = {
    "en": re.compile(
        r"(?:^|\b(?:should|must|please|has|have|had|who))\W*$",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"^$"),
}
"""What before "always" and "never" makes them an instruction or a history, not a promise."""
ADVERBS: Final = frozenset({"always", "never"})

EFFECT: Final = {
    "en": re.compile(
        r"\b(?:improv(?:es?|ed|ing)|caus(?:es?|ed|ing)|prevent(?:s|ed|ing)?|worsen(?:s|ed)?|relieve[sd]?|protect(?:s|ed)?"
        r"|slow(?:s|ed) (?:the|down)|risks? (?:of|for)|side effects?|adverse (?:events?|effects?)|efficacy|mortality|incidence|prevalence"
        r"|associated with|linked (?:to|with)|(?:is|are|was|were) (?:more |less |as )?(?:effective|safe|superior|inferior|indicated|common|rare))\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"改善|导致|引起|预防|缓解|加重|风险|副作用|不良反应|不良事件|疗效|有效|死亡率|发病率|患病率|相关"
    ),
}
"""What makes a sentence a clinical claim besides numbers, comparisons and advice."""

TREATMENT: Final = {
    "en": re.compile(
        r"\b(?:treat(?:s|ed|ing|ments?)?|therap(?:y|ies)|medicines?|medications?|drugs?|dos(?:es?|ing|age)|tablets?|injections?"
        r"|vaccin(?:es?|ation)|surgery|operations?|transplant\w*)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"治疗|疗法|用药|药物|剂量|手术|疫苗|注射|服用"),
}
"""What in a question or heading makes a text one about a treatment."""

PARTS: Final = {
    "benefits": {
        "en": r"\bbenefi|\bimprov|\beffective|\befficacy|\bhelp(?:s|ed)?\b|\brelie|\bworks?\b|\bremission|\bresponse|\bslow(?:s|ed)\b|\bprotect",
        "zh": r"获益|益处|改善|有效|疗效|缓解|好处|保护",
    },
    "risks": {
        "en": r"\brisks?\b|\bside effect|\badverse|\bharm|\bwarning|\bsafety\b|\bdanger",
        "zh": r"风险|副作用|不良|危害|警告|安全性",
    },
    "alternatives": {
        "en": r"\balternativ|\binstead\b|\bother (?:treatment|medicine|drug|option|therap)|\boptions?\b|\bfirst[- ]line|\bsecond[- ]line|\brather than\b|\bor another\b|\bcompar",
        "zh": r"替代|其他(?:治疗|药物|方法|选择)|另一种|一线|二线|也可|比较",
    },
    "no treatment": {
        "en": r"\bno treatment|\bwithout (?:any )?treat|\buntreated|\bnot (?:be(?:ing)? )?treat|\bif (?:it is|you do|nothing is)[^.]{0,20}(?:nothing|not)|\bplacebo|\bwatch(?:ful|ing)|\bwait(?:ing)?\b|\bno therapy|\bgoes? away|\bon its own\b|\bnatural (?:course|history)|\bsham\b|\bunvaccinated",
        "zh": r"不治疗|未治疗|不予治疗|不用药|安慰剂|观察等待|自行|自然病程",
    },
    "uncertainty": {
        "en": r"\buncertain|\bunclear|\bnot (?:yet )?(?:known|clear|certain|proven|shown|established)|\bunknown|\blimited|\bno (?:good |reliable )?(?:evidence|trial|stud)|\bmore research|\bmay not\b|\bweak\b|\blow[- ](?:certainty|quality)|\bconflict|\bcannot (?:say|tell|show|rule)",
        "zh": r"不确定|不明确|不清楚|尚不|未知|证据有限|有限|仍需|缺乏|尚无|未见(?:研究|试验)",
    },
}  # fmt: skip
"""What says that a text on a treatment has spoken of each part."""


def of(lists: dict[str, re.Pattern[str]], language: str) -> re.Pattern[str]:
    """Return the list for `language`, or one that matches nothing where there is none."""
    return lists.get(language, NOTHING)


NOTHING: Final = re.compile(r"(?!)")
