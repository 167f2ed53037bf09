"""What belongs to the site and not to the article: board lines, steppers, buttons, follow-up offers.

A line is furniture only when furniture phrases make up the whole of it. Nothing is lost:
each line is noted as `furniture-left-out`, in full.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing import dates
from manuscript.importing.page import bare

if TYPE_CHECKING:
    from datetime import date

    from manuscript.importing.page import Page

_BOARD = r"(?:medical|scientific|clinical|editorial|expert)(?:\s+(?:advisory|review|editorial))?\s+(?:board|team|panel|committee)"
_PHRASES = (
    # the board line
    rf"(?:our\s+)?{_BOARD}(?:\s+members)?(?![\s\w]*\b(?:of|recommends?)\b)",
    r"(?:all|our|every)\s+(?:of\s+our\s+)?(?:medical\s+)?(?:articles?|contents?|pages?|answers?|information)\s+(?:(?:is|are|has\s+been|have\s+been)\s+)?(?:\w+\s+){0,2}?(?:reviewed|fact[- ]checked|checked|verified|vetted)\b[^.•|]{0,160}\.?",
    r"this\s+(?:article|page|content|answer)\s+(?:is|was|has\s+been)\s+(?:\w+\s+){0,2}?(?:reviewed|fact[- ]checked|checked|verified|vetted)\b[^.•|]{0,160}\.?",
    r"(?:medically|clinically|scientifically|editorially|expert|peer|fact)[- ](?:reviewed|checked|verified)\b(?:\s+(?:by|on|for)\b[^•|]{0,120})?",
    rf"(?:reviewed|checked|verified|written|authored)\s+(?:for\s+(?:medical\s+)?accuracy\s+)?by\s+(?:our|the)\s+[^.•|]{{0,40}}?(?:{_BOARD}|board|team|experts|editors|doctors|physicians|clinicians)[^.•|]{{0,40}}\.?",
    r"(?:medizinischer\s+beirat|ärztlicher\s+beirat|medizinisch\s+geprüft(?:\s+von[^•|]{0,100})?|alle\s+(?:artikel|inhalte)\s+werden\s+[^.•|]{0,120}\bgeprüft\.?)",
    r"(?:comité\s+(?:consultatif|scientifique)\s+médical|comité\s+médical|tous\s+(?:les|nos)\s+articles\s+sont\s+[^.•|]{0,160}\.?|(?:revu|vérifié|relu)\s+médicalement(?:\s+par[^•|]{0,100})?)",
    r"(?:consejo\s+asesor\s+médico|junta\s+asesora\s+médica|todos\s+(?:los|nuestros)\s+artículos\s+(?:son|están|han\s+sido)\s+[^.•|]{0,160}\.?|(?:revisado|verificado)\s+médicamente(?:\s+por[^•|]{0,100})?)",
    r"医学(?:顾问|编辑|审核|专家)(?:委员会|团队|组)",
    r"(?:本文|所有文章|全部内容)(?:均|已|都)?(?:经|由)[^。]{0,40}(?:审核|审阅|审校)[^。]{0,20}。?",
    # the caution
    r"(?:for\s+)?(?:educational|informational|information|education)(?:\s+(?:and|or)\s+(?:educational|informational))?\s+(?:purposes?|use)\s+only\.?",
    r"(?:please\s+)?exercise\s+caution\b[^•|]{0,160}",
    r"caution\s*[:,–-]?\s[^.•|]{0,80}\b(?:pending|awaiting|not\s+yet|unreviewed)\b[^.•|]{0,80}\.?",
    r"(?:this\s+)?(?:content|article|page|answer)\s+(?:is\s+)?(?:pending|awaiting|not\s+yet)\b[^.•|]{0,100}\.?",
    r"(?:pending|awaiting)\s+(?:human|medical|editorial|clinical|expert|final)\s+review\.?",
    r"仅供(?:教育|学习|参考|科普|教学)(?:目的|之用)?(?:使用|参考)?[。]?",
    # the stepper's heading
    r"(?:article\s+|content\s+|editorial\s+)?review\s+status|article\s+status|editorial\s+status|审核状态|审阅状态",
    # policy
    r"(?:(?:view|read|see)\s+(?:our\s+|the\s+)?)?(?:our\s+)?editorial\s+(?:policy|process|guidelines|standards)",
    # personalising
    r"personali[sz]e(?:\s+(?:this|your|my)\s+[a-z ]{1,40})?",
    r"help\s+us\s+(?:to\s+)?(?:tailor|personali[sz]e|improve|customi[sz]e)\b[^.]{0,100}\.?",
    r"(?:which|what)\s+(?:option\s+|role\s+)?best\s+describes\s+you\s*\??",
    r"your\s+choice\s+helps\s+us\b[^.]{0,200}\.?",
    # follow-up
    r"(?:do\s+you\s+)?(?:have|got)\s+(?:a|any|more|another|other|further)?\s*(?:follow[- ]?up\s+|further\s+|more\s+)?questions?\s*\??",
    r"ask\s+(?:us\s+)?(?:a|any|your|another)\s+(?:own\s+)?(?:follow[- ]?up\s+)?questions?\b[^.?]{0,200}[.?]?",
    r"(?:our|the|this)\s+(?:\w+\s+)?(?:a\.\s?i\.?|ai|assistant|chatbot)\s[^\n]{0,200}?\b(?:doctors|physicians|clinicians|answers?|ask|questions?|trusted)\b[^.]{0,200}\.?",
    r"get\s+(?:world[- ]class|instant|guideline|evidence)[^.]{0,200}\.?",
    r"(?:还有|您有|有)(?:其他|更多|后续)?(?:疑问|问题)(?:吗)?[?？]?|继续提问|追问",
    # buttons and site navigation
    r"share(?:\s+this(?:\s+(?:article|page|answer))?)?(?:\s+on\s+\w+)?|print(?:\s+this\s+page)?|bookmark|copy(?:\s+link)?|save(?:\s+article)?",
    r"sign\s+(?:in|up)|log\s?in|subscribe|advertisement|sponsored|skip\s+to\s+(?:main\s+)?content|(?:back\s+to\s+)?top(?:\s+of\s+page)?|on\s+this\s+page|table\s+of\s+contents|in\s+this\s+article",
    r"was\s+this\s+(?:article|page|answer|information)?\s*helpful\s*\??|(?:cookie|privacy)\s+(?:policy|settings)|terms\s+of\s+(?:use|service)|(?:show|read|see|load)\s+more",
    r"(?:copyright\s+)?©[^.]{0,120}\.?|(?:copyright\s+)\d{4}[^.]{0,80}\.?|all\s+rights\s+reserved\.?",
    r"分享(?:到\S{0,8})?|点赞|收藏|打印|登录|注册|返回顶部|回到顶部|上一篇[^\n]{0,80}|下一篇[^\n]{0,80}|责任编辑[:：]\s?\S{0,12}|阅读(?:量|数|次数)[:：]?\s?\d*",
)  # fmt: skip
_UPDATED = (
    r"(?:this\s+(?:page|article)\s+was\s+)?(?:last\s+)?(?:content\s+)?(?:updated|modified|revised|edited)(?:\s+on)?|date\s+(?:updated|modified)|updated?\s+date"
    r"|(?:最后|最近|上次)?(?:更新|修订|修改)(?:时间|日期|于)?|最終更新日?|更新日"
    r"|(?:zuletzt\s+)?(?:aktualisiert|geändert)(?:\s+am)?|stand|letzte\s+(?:aktualisierung|änderung)"
    r"|(?:dernière\s+)?mise?\s+à\s+jour(?:\s+le)?|última\s+(?:actualización|atualização)|actualizado(?:\s+el)?|ultimo\s+aggiornamento|последнее\s+обновление"
)
_REVIEWED = r"last\s+(?:medically\s+|clinically\s+)?(?:reviewed|checked|verified)(?:\s+on)?|(?:medically\s+)?reviewed(?:\s+on)?|review\s+date|(?:最后|最近)?(?:审核|审阅|复审)(?:时间|日期|于)?|zuletzt\s+geprüft(?:\s+am)?|dernière\s+révision|última\s+revisión"
_PUBLISHED = r"(?:first\s+)?(?:published|posted|created)(?:\s+on)?|(?:publication|release)\s+date|date\s+published|(?:发布|发表)(?:时间|日期|于)?|veröffentlicht(?:\s+am)?|publié(?:\s+le)?|publicado(?:\s+el)?"

_PHRASE = re.compile("|".join(f"(?:{phrase})" for phrase in _PHRASES), re.IGNORECASE)
_DATED = re.compile(
    rf"(?:(?P<updated>{_UPDATED})|(?P<reviewed>{_REVIEWED})|(?P<published>{_PUBLISHED}))"
    rf"\s*(?:(?P<colon>[:：])\s*)?(?P<date>{dates.PATTERN})",
    re.IGNORECASE,
)
_UNREADABLE = re.compile(
    rf"(?:{_UPDATED}|{_REVIEWED}|{_PUBLISHED})\s*[:：]\s*[^.]{{0,40}}", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s•|·*–—:：>/→✓✔☑✅⚠️ℹ️🔒,，。\-]*")
_STEP = re.compile(
    r"(?:(?:step\s*)?\d{1,2}\s*[.):]?\s*)?(?:submitted|(?:under|in|pending|awaiting)\s+review|approved|published|reviewed|draft|changes\s+requested|rejected|已提交|审核中|审阅中|已批准|已通过|已发布)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:i\s?(?:am|'m|’m)\s+an?\s+)?(?:patient|care\s?giver|carer|family(?:\s+member)?|clinician|doctor|physician|nurse|pharmacist|(?:medical\s+)?student|researcher|health\s?care\s+(?:professional|provider)|general\s+public|member\s+of\s+the\s+public|other|skip)s?(?:\s*(?:/|or)\s*\w+)?",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"[\[(（【!\s]*[^\s.?!:/][^.?!/]{0,90}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|avif|heic|mp4|mp3|mov|webm)[\])）】\s]*"
    r"|[\[(（【!\s]*(?:https?://\S{1,300})?\.?(?:jpe?g|png|gif|webp|svg|bmp|tiff?|avif|heic|mp4|mp3|mov|webm)[\])）】\s]*",
    re.IGNORECASE,
)
_LONGEST = 420


def leave_out(page: Page) -> date | None:
    """Take the site's furniture and stray media names off `page`; return its last-updated date."""
    found: dict[str, date] = {}
    filled = page.filled()
    words = {
        index: bare(page.lines[index]) for index in filled if len(page.lines[index]) <= _LONGEST
    }
    gone: set[int] = set()
    for position, index in enumerate(filled):
        if index in gone or index not in words:
            continue
        line = words[index]
        if _MEDIA.fullmatch(line):
            page.leave_out(index, "media-name-dropped")
        elif _is_furniture(line, index, page, found):
            gone.add(index)
            page.leave_out(index, "furniture-left-out")
            gone |= _followers(page, filled, position, words)
        elif len(steps := _steps(filled, position, words)) > 1 or _is_whole_stepper(line):
            for step in steps or [index]:
                gone.add(step)
                page.leave_out(step, "furniture-left-out")
    return found.get("updated") or found.get("reviewed")


def _is_furniture(line: str, index: int, page: Page, found: dict[str, date]) -> bool:
    """Whether phrases of furniture make up the whole line; dates in it go to `found`."""
    dated: list[re.Match[str]] = []
    phrases = 0
    at = _skip(line, 0)
    while at < len(line):
        if match := _DATED.match(line, at):
            dated.append(match)
        elif not (match := _PHRASE.match(line, at)):
            break
        if match.end() == at:
            return False
        phrases += 1
        at = _skip(line, match.end())
    if at < len(line) or not phrases:
        if at == 0 and _UNREADABLE.fullmatch(line):
            page.notes.add("date-unreadable", index + 1, line)
            return True
        return False
    if line[:1].islower():  # the tail of a wrapped sentence ("… was last\nupdated 2019")
        return False
    for match in dated:
        day, why = dates.read_date(match["date"])
        kind = str(match.lastgroup if match.lastgroup != "date" else "")
        kind = next(name for name in ("updated", "reviewed", "published") if match[name])
        if day:
            found.setdefault(kind, day)
        else:
            page.notes.add(f"date-{why}", index + 1, match[0], "give the day as YYYY-MM-DD")
    return True


def _skip(line: str, at: int) -> int:
    match = _BETWEEN.match(line, at)
    return match.end() if match else at


def _steps(filled: list[int], position: int, words: dict[int, str]) -> list[int]:
    """Return the run of stepper lines that begins at `position`."""
    steps = []
    for at in range(position, len(filled)):
        index = filled[at]
        line = words.get(index, "")
        if not _STEP.fullmatch(line, _skip(line, 0)):
            break
        steps.append(index)
    return steps


def _is_whole_stepper(line: str) -> bool:
    """Whether two or more steps stand on one line, and nothing else."""
    count, at = 0, _skip(line, 0)
    while match := _STEP.match(line, at):
        count += 1
        at = _skip(line, match.end())
    return count > 1 and at == len(line)


def _followers(page: Page, filled: list[int], position: int, words: dict[int, str]) -> set[int]:
    """Take what hangs on the furniture line just taken: a stepper's only step, the roles to choose from."""
    taken: set[int] = set()
    before = words[filled[position]].lower()
    follows = (
        _STEP if "status" in before or "状态" in before
        else _ROLE if "describes you" in before or "choice helps" in before
        else None
    )  # fmt: skip
    if follows is None:
        return taken
    for at in range(position + 1, len(filled)):
        index = filled[at]
        line = words.get(index, "")
        line = line[_skip(line, 0) :].lstrip("○◯●☐□*- ")
        if not follows.fullmatch(line):
            break
        taken.add(index)
        page.leave_out(index, "furniture-left-out")
    return taken
