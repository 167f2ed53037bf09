"""The words that an export adds to a text, in the text's own language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

_ENGLISH: Final = {
    "draft": "Draft. Not reviewed.",
    "not-sent": "Not reviewed. This version was not sent to the board.",
    "submitted": "Not reviewed yet. Submitted to the board on {date}.",
    "under-review": "Not approved yet. Under review since {date}.",
    "changes-requested": "Not approved. The board asked for changes on {date}.",
    "withdrawn": "Not reviewed. Withdrawn on {date}.",
    "approved": "Reviewed and approved on {date}.",
    "approved-wording": "Approved on {date} after a change of wording only; the whole text was last reviewed on {reviewed}.",
    "overdue": "Review overdue since {date}.",
    "superseded": "Replaced by a newer version on {date}. Approved on {approved}.",
    "retracted": "Retracted on {date}. Do not rely on this text.",
    "source-alarm": "A source cited here was retracted.",
    "under-caution": "Under a caution since {date}.",
    "taken-down": "This edition is taken down.",
    "version": "Version {number}",
    "draft-number": "Draft {number}",
    "digest": "Digest (SHA-256)",
    "short-digest": "digest {digest}",
    "reviewed-by": "Reviewed by",
    "signed-on": "signed on {date}",
    "notice-on": "{kind}, {date}",
    "signed-approval": "{name}, {credential}: {capacity}, signed on {date}",
    "signed": "Signed: {names}",
    "nobody": "No reviewer has approved this text.",
    "and-more": "{names} and {number} more",
    "and": "{first} and {last}",
    "between": ", ",
    "page-of": "page {page} of {pages}",
    "written-for": "Written for: {audience}",
    "summary": "Summary",
    "references": "References",
    "disclaimer": "Disclaimer",
    "notices": "Notices",
    "provenance": "Part of a language model",
    "model": "Model",
    "prompt": "Prompt",
    "date": "Date",
    "responsible": "Responsible editor",
    "about": "About this text",
    "status": "Status",
    "audience": "Written for",
    "language": "Language",
    "jurisdiction": "Jurisdiction",
    "address": "Address",
    "verify": "Check this text",
    "verify-how": "The digest names exactly these words. At the address below you see which version is in force, who signed it and whether it still stands.",
    "changed-note": "What changed",
    "changed": "Last changed",
    "frozen": "Frozen",
    "approved-on": "Approved",
    "last-reviewed": "Last full review",
    "review-due": "Next review due",
    "figure-elsewhere": "The image is on the web page: {address}",
    "figure-missing": "The image is not available.",
    "figure": "Figure",
    "credit": "Image: {credit}",
    "licence": "Licence: {licence}",
    "not-in-library": "“{key}” is not in the reference library.",
    "table": "Table",
    "label-end": ": ",
    "CORRECTION": "Correction",
    "CAUTION": "Caution",
    "RETRACTION": "Retraction",
    "WITHDRAWAL": "Withdrawal",
    "EXPRESSION_OF_CONCERN": "Expression of concern",
    "REINSTATEMENT": "Reinstatement",
}
_CHINESE: Final = {
    "draft": "草稿，未经审核。",
    "not-sent": "未经审核。此版本未提交给委员会。",
    "submitted": "尚未审核。已于{date}提交给委员会。",
    "under-review": "尚未批准。自{date}起审核中。",
    "changes-requested": "未批准。委员会已于{date}要求修改。",
    "withdrawn": "未经审核。已于{date}撤回。",
    "approved": "已审核，并于{date}批准。",
    "approved-wording": "仅作文字修改后于{date}批准；全文上次审核于{reviewed}。",
    "overdue": "自{date}起应复审而未复审。",
    "superseded": "已于{date}由新版本取代。批准于{approved}。",
    "retracted": "已于{date}撤稿。请勿依据此文。",
    "source-alarm": "本文引用的一项来源已被撤稿。",
    "under-caution": "自{date}起附有警示。",
    "taken-down": "此文本已下架。",
    "version": "第{number}版",
    "draft-number": "草稿{number}",
    "digest": "摘要值（SHA-256）",
    "short-digest": "摘要值 {digest}",
    "reviewed-by": "审核人",
    "signed-on": "签署于{date}",
    "notice-on": "{kind}，{date}",
    "signed-approval": "{name}，{credential}：{capacity}，签署于{date}",
    "signed": "签署：{names}",
    "nobody": "没有审核人批准此文。",
    "and-more": "{names}等另外{number}人",
    "and": "{first}和{last}",
    "between": "、",
    "page-of": "第{page}页，共{pages}页",
    "written-for": "读者：{audience}",
    "summary": "摘要",
    "references": "参考文献",
    "disclaimer": "免责声明",
    "notices": "公告",
    "provenance": "语言模型的参与",
    "model": "模型",
    "prompt": "提示词",
    "date": "日期",
    "responsible": "责任编辑",
    "about": "关于本文",
    "status": "状态",
    "audience": "读者",
    "language": "语言",
    "jurisdiction": "适用地区",
    "address": "网址",
    "verify": "核对本文",
    "verify-how": "摘要值恰好对应这些文字。在下面的网址可以看到现行版本、签署人以及本文是否仍然有效。",
    "changed-note": "修改内容",
    "changed": "最后修改",
    "frozen": "定稿",
    "approved-on": "批准",
    "last-reviewed": "上次全文审核",
    "review-due": "下次审核期限",
    "figure-elsewhere": "图片见网页：{address}",
    "figure-missing": "图片不可用。",
    "figure": "图",
    "credit": "图片：{credit}",
    "licence": "许可：{licence}",
    "not-in-library": "文献库中没有“{key}”。",
    "table": "表",
    "label-end": "：",
    "CORRECTION": "更正",
    "CAUTION": "警示",
    "RETRACTION": "撤稿",
    "WITHDRAWAL": "撤回",
    "EXPRESSION_OF_CONCERN": "关注声明",
    "REINSTATEMENT": "恢复",
}
LANGUAGES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"en": MappingProxyType(_ENGLISH), "zh": MappingProxyType(_CHINESE)}
)
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)


def words_of(language: str) -> Mapping[str, str]:
    """Return the words in a language; English where there are none."""
    return LANGUAGES.get(language.split("-", maxsplit=1)[0], LANGUAGES["en"])


def say(language: str, word: str, **facts: object) -> str:
    """Return a sentence with its facts; a date among them is written as the language does."""
    written = {
        name: day(language, fact) if isinstance(fact, date) else fact
        for name, fact in facts.items()
    }
    return words_of(language)[word].format(**written)


def day(language: str, on: date) -> str:
    """Return a date in words."""
    if language.startswith("zh"):
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def names_in_short(language: str, names: list[str], *, room: int) -> str:
    """Return names joined as a sentence does; where they are longer than `room` characters, the
    first ones and how many more there are. The first always stands, cut if it has to be.
    """
    if not names:
        return ""
    between = words_of(language)["between"]
    for shown in range(len(names), 0, -1):
        first, left = names[:shown], len(names) - shown
        if left:
            line = say(language, "and-more", names=between.join(first), number=left)
        elif shown > 1:
            line = say(language, "and", first=between.join(first[:-1]), last=first[-1])
        else:
            line = first[0]
        if len(line) <= room:
            return line
    cut = f"{names[0][: room - 1].rstrip()}…"
    left = len(names) - 1
    return say(language, "and-more", names=cut, number=left) if left else cut
