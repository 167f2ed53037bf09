"""Recognising a page's disclaimers, in any of the languages they come in, and setting them aside.

Three shapes: a heading with its paragraph, a label in front of the text, and a
paragraph at an edge of the page that says of itself that it replaces no professional.
Each is noted as `disclaimer-set-aside`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.languages import jurisdiction_of, language_of
from manuscript.importing.page import bare
from manuscript.importing.result import ImportedDisclaimer
from manuscript.importing.sections import opens_references

if TYPE_CHECKING:
    from manuscript.importing.page import Page

_LABELS = {
    "en": r"(?:(?:professional|medical|legal|general|important|health|editorial|clinical|ai|content|site|website|our|information|educational)\s+){0,3}disclaimers?(?:\s+(?:notice|statement))?",
    "zh": r"免责声明|免責聲明|免责条款|免责说明|郑重声明|特别声明|医疗免责声明|重要声明|声明",
    "ja": r"免責事項|免責",
    "ko": r"면책\s?(?:조항|고지|공고)",
    "de": r"(?:medizinischer\s+)?haftungsausschluss|(?:rechtlicher|medizinischer|wichtiger)\s+hinweis",
    "fr": r"(?:clause\s+de\s+|avis\s+de\s+)?non[- ]responsabilité|avertissement(?:\s+médical)?|mentions?\s+d[’']avertissement|avis\s+médical",
    "es": r"(?:descargo|exención|cláusula\s+de\s+exención|renuncia|aviso\s+de\s+exención|limitación)\s+de\s+responsabilidad(?:\s+médica)?|aviso\s+(?:legal|médico)",
    "pt": r"(?:aviso|termo)\s+(?:de\s+)?(?:isenção\s+de\s+)?responsabilidade|isenção\s+de\s+responsabilidade(?:\s+médica)?",
    "it": r"esclusione\s+di\s+responsabilità|avvertenza(?:\s+medica)?|disclaimer\s+medico|clausola\s+di\s+esclusione",
    "ru": r"отказ\s+от\s+ответственности",
    "nl": r"vrijwaring|medische\s+disclaimer",
    "ar": r"إخلاء\s+(?:المسؤولية|مسؤولية)",
    "el": r"αποποίηση\s+ευθύνης",
    "hi": r"अस्वीकरण",
    "th": r"ข้อจำกัดความรับผิดชอบ",
    "he": r"כתב\s+ויתור",
}  # fmt: skip
_LABEL = re.compile(
    rf"[\[【［（(<《〔\s*_⚠️ℹ️]*(?:{'|'.join(f'(?P<{code}>{label})' for code, label in _LABELS.items())})"
    r"(?P<end>\s*(?:[\]】］）)>》〕*_]+\s*[:：]?|[:：]|[–—-](?=\s)|\.(?=\s|$)|$)[\s*_]*)(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = r"(?:this|the|our|all|any)\s+(?:\w+\s+){0,2}?(?:information|content|contents|article|page|site|website|material|materials|answer|response|text|summary|tool|resource|publication)"
_SAYS = (
    rf"{_SUBJECT}\b.{{0,160}}?\b(?:(?:is|are|does|do|should|must|can)\s?(?:not|n['’]t)|is\s+no|never|cannot)\b.{{0,60}}?\b(?:substitutes?|replaces?|replacement|constitutes?|intended|medical\s+advice|be\s+used)\b.{{0,160}}?\b(?:advice|diagnos\w+|treatment|professional|doctor|physician|judge?ment|provider)",
    rf"{_SUBJECT}\b.{{0,80}}?\bfor\s+(?:general\s+)?(?:informational|educational|information|education)\b.{{0,60}}?\bpurposes?\b.{{0,200}}?\b(?:advice|substitute|professional|consult)",
    r"always\s+(?:seek|consult).{0,80}\b(?:physician|doctor|health\s?care\s+(?:provider|professional))\b.{0,200}\b(?:question|medical\s+condition|before)",
    r"本(?:页面|页|文|网站|站|资料|信息|内容).{0,120}?(?:仅供|不构成|不能(?:替代|代替|作为)|不可(?:替代|代替)).{0,60}?(?:参考|建议|诊断|治疗|意见|医生|医师)",
    r"本(?:頁面|頁|網站|資料|資訊|內容).{0,120}?(?:僅供|不構成|不能(?:替代|代替|作為)).{0,60}?(?:參考|建議|診斷|治療|意見|醫師|醫生)",
    r"diese\s+(?:informationen|seite|inhalte).{0,120}?\b(?:ersetz\w+|kein\w*|nicht)\b.{0,120}?\b(?:arzt|ärztlich\w*|beratung|diagnose)",
    r"(?:ces|cette|les)\s+(?:informations|page|contenus?).{0,120}?\bne\b.{0,60}?\b(?:remplac\w+|substitu\w+|constitu\w+)\b.{0,120}?\b(?:médecin|médical\w*|avis|consultation)",
    r"(?:esta|este|la)\s+(?:información|página|contenido|artículo).{0,120}?\bno\b.{0,60}?\b(?:sustituye|reemplaza|constituye|pretende)\b.{0,120}?\b(?:médic\w+|consejo|profesional)",
    r"(?:queste|le)\s+informazioni.{0,120}?\bnon\b.{0,60}?\b(?:sostitui\w+|costitui\w+)\b.{0,120}?\b(?:medic\w+|parere)",
    r"(?:esta|este|as)\s+(?:informação|informações|página|conteúdo).{0,120}?\bnão\b.{0,60}?\b(?:substitu\w+|constitu\w+)\b.{0,120}?\b(?:médic\w+|aconselhamento)",
)  # fmt: skip
_SELF = re.compile("|".join(f"(?:{pattern})" for pattern in _SAYS), re.IGNORECASE)
_EDGE = 6
"""An unlabelled disclaimer stands among this many lines from the top or the end."""
_LOOK = 900
_MOST_LINES = 60


def set_aside(page: Page, language: str) -> list[ImportedDisclaimer]:
    """Take the disclaimers off `page` and return them."""
    found: list[ImportedDisclaimer] = []
    filled = page.filled()
    taken: set[int] = set()
    for position, index in enumerate(filled):
        if index in taken:
            continue
        line = bare(page.lines[index])
        match = _LABEL.match(line) if len(line) < _LOOK * 10 else None
        if match:
            own = match["text"].strip()
            lines = [index]
            follow = (
                []
                if own and not _goes_on(page, index)
                else filled[position + 1 : position + _MOST_LINES]
            )
            lines += _continuation(page, index, follow, needs_one=not own)
            if not own and len(lines) == 1:
                continue  # a heading with nothing under it is left to be seen
            texts = ([own] if own else []) + [bare(page.lines[i]) for i in lines[1:]]
        elif (position < _EDGE or position >= len(filled) - _EDGE) and _SELF.match(line[:_LOOK]):
            lines = [index]
            texts = [line]
        else:
            continue
        taken.update(lines)
        text = " ".join(" ".join(texts).split())
        likely = next((code for code in _LABELS if match and match[code]), language)
        found.append(ImportedDisclaimer(language_of(text, likely), jurisdiction_of(text), text))
        whole = " ".join(page.take(i) for i in lines)
        page.notes.add(
            "disclaimer-set-aside", index + 1, whole, "choose the disclaimer in force instead"
        )
    return found


def _goes_on(page: Page, index: int) -> bool:
    """Whether the line is broken off, so that the next one continues its sentence."""
    following = page.lines[index + 1] if index + 1 < len(page.lines) else ""
    return bool(following.strip()) and (
        following.strip()[0].islower() or page.lines[index].strip()[-1] not in '.!?。！？)”"*_'
    )


def _continuation(page: Page, index: int, follow: list[int], *, needs_one: bool) -> list[int]:
    """Return the lines that carry on the disclaimer begun at `index`."""
    lines: list[int] = []
    last = index
    for number in follow:
        raw = page.lines[number]
        line = bare(raw)
        adjoining = number == last + 1
        heading = raw.lstrip().startswith("#") or opens_references(line) is not None
        wanted = needs_one and not lines and not _LABEL.match(line)
        if heading or not (
            wanted
            or _SELF.match(line[:_LOOK])
            or (adjoining and _goes_on(page, last) and lines)
            or (adjoining and _goes_on(page, last) and not needs_one)
        ):
            break
        lines.append(number)
        last = number
    return lines
