"""Dates: where a text says on which day, month or year something happened, and whether that is a statement."""

import re
from dataclasses import dataclass
from datetime import date

from shanhai.check.lexicons import words
from shanhai.check.numerals import amount

_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>1[0-2]|0?[1-9])", r"(?P<d>3[01]|[12]\d|0?[1-9])"
_CN_Y = r"(?P<y>[一二][九〇零][零〇一二三四五六七八九]{2})"
_CN = r"[一二三四五六七八九十]{1,3}"
_TO = r"(?:(?:-|至|到)(?:\d{1,2}月)?(?:3[01]|[12]\d|0?[1-9])[日号])"
_FORMS = (
    rf"(?<![\d.]){_Y}年{_M}月(?:份)?{_D}(?:[日号]{_TO}?|-\d{{1,2}}[日号])",
    rf"(?<![\d.]){_Y}(?:年)?{_M}月{_D}[日号]{_TO}?",
    rf"(?<![\d.]){_Y}年(?:-|至|到|~)(?:19|20)\d\d年(?:\d{{1,2}}月)?",
    rf"(?<![\d.]){_Y}(?:-|至|到)(?:(?:19|20)\d\d|\d\d)年?(?=[年,。、;期间\s)]|$)",
    rf"(?<![\d.]){_Y}年{_M}(?:-|至|到)\d{{1,2}}月",
    rf"(?<![\d.]){_Y}年?{_M}月(?:份)?",
    rf"(?<![\d.]){_Y}年",
    rf"(?<![\d.]){_Y}[-./]{_M}[-./]{_D}(?!\d)",
    rf"{_CN_Y}年(?:(?P<m>{_CN})月(?:(?P<d>{_CN})[日号])?)?",
    rf"(?<![年零〇一二三四五六七八九十第])(?P<m>{_CN})月(?P<d>{_CN})[日号]",
    rf"(?P<rel>去年|今年|前年|明年|同年|当年|次年|翌年|本年){_M}月(?:份)?(?:{_D}[日号]{_TO}?)?",
    rf"(?<![\d.年-]){_M}月{_D}(?:[日号]{_TO}?|-\d{{1,2}}[日号])",
    rf"(?<![\d.年-]){_M}(?:-|至|到)\d{{1,2}}月",
    rf"(?<![\d.年-]){_M}月(?:份)?",
    r"(?:(?<=[本上当下次同]月)|(?<![\d.月年-]))(?P<lone>3[01]|[12]\d|0?[1-9])[日号](?!内|均|元|前完|游|以内)",
    r"(?<!\d)\d{2}-\d{2}(?= \d\d:\d\d)|(?<!\d)\d{4}-\d\d-\d\d(?= ?\d\d:\d\d)",
)
_DATE = re.compile("|".join(f"(?:{form.replace('?P<', f'?P<f{n}_')})" for n, form in enumerate(_FORMS)))
_TERM = re.compile(r"(?:时限|期限|周期|时间|压缩|缩短|提速|减少|不超过|需|耗时|历时|为期|满|等|了)[^,。;]{0,6}$")
_YEAR_SPAN_FORMS = frozenset({2, 3, 4, 12})
_FULL_FORMS = frozenset({0, 1, 7, 9, 11})
_MONTH_FORMS = frozenset({5, 8, 10})
_BOUND_AFTER = re.compile(
    r"\s*(?:以来|来(?!自|到|临)|以前|之前|前(?!往|来|期|线|后|方|景|夕|任)|底|末|度|期间|间(?=[,。])|以后|之后|后(?=[,。])|全年|[上下]半年|春节|[一二三四前]+季度|春季|秋季|学年|版|级|款|新|届|中央|公报|报告|计划|预算|年初|初(?!中|级|步|次)|至今|的|工作(?:总结|报告|要点|简报|情况|回顾|计划))"
)
_BOUND_AHEAD = re.compile(r"(?:截至|截止|截止到|较|比|与|同|为|每年|同比|以|(?:[-至到~])|历年|相比|不晚于)\s*$")
#: Words before a year that do not carry on to the days behind it.
_ASIDE = re.compile(r"(?:[到自比较由与同]|相比|早在|始于)$")
#: Words of the time of writing.
_JUST_NOW = re.compile(r"眼下|目前|如今|日前|近日|刚刚|已经?[于在]|今年|本月|上月")
_BY_TARGET = re.compile(r"(?:^|[,。;、\n]|力争|争取|确保|计划|预计|目标)\s*到$")
_SINCE = re.compile(r"(?:追溯到|追溯至|回到|自|从|始于|起于|源于|早在|起自|肇始于)$")
#: Words that make the date behind them a beginning, whatever follows (追溯到1996年的首轮协作).
_ORIGIN = re.compile(
    r"(?:[追上回]溯[到至]|始于|起于|源于|始自|肇始于|发端于|缘起于|结缘于|开始于|启动于|成立于|创[办建]于|始?建于|诞生于|落成于|签[订署]于|定格在|出现在|发生在|定[在于]|约定在|安排在|放[在到]|选在|推迟到|推迟至|延[期长]?[到至]|提前到|(?:任期|聘期|合同期|期限|有效期|服务期|工期|挂职)[到至])$"
)
_STRONG = re.compile("|".join(words("events", "beginnings")))
_WEAK = re.compile("|".join(words("events", "doings")))
_STAMPED = re.compile(
    r"(?m:^[^\n]{0,40}?)(?<!\d)(20\d\d)[-年./]\d{1,2}[-月./]\d{1,2}日?(?=\s*(?:\d\d:\d\d|来源|作者|记者|点击|阅读|编辑|讯|电[,( ]|$|\n))"
)
_STAMP_AFTER = re.compile(r"\s*(?:[0-2]?\d[:]\d\d|来源|作者|记者|点击|阅读|编辑|讯|电(?=[,(\s])|[)】]?$)", re.MULTILINE)
_REPORTED = re.compile(r"\s*(?:电|讯|消息)\s*(?=[,(\s:])")
_MODIFYING = re.compile(r"\d[\d.]*[余多]?[万亿千]?[㐀-鿿]{0,3}的")
_FIGURE = re.compile(r"(?<!第)\d[\d.]*(?=[余多]?[万亿千百]?[余多]?[\u4e00-\u9fff%])(?!年|月|日)")
#: The title of a paper about the work of a year, written in that year.
_TITLE = re.compile(
    r"\s*关于[^\n]{0,20}?((?:19|20)\d\d)年[^\n]{0,40}(?:通知|请示|方案|计划|要点|安排|办法|公告|通告|批复)\s*\n"
)
_SENTENCE_END = re.compile(r"[。!;\n]")


@dataclass(frozen=True, slots=True)
class Day:
    """A date at text[start:end] in ISO form (of a span of days the first); `states` where it tells a fact."""

    start: int
    end: int
    value: str
    states: bool


def days_in(text: str, *, published: date | None = None) -> list[Day]:
    """All dates of a text, years completed from the nearest year before them, else from the day of publication."""
    year: int | None = published.year if published else _stamped_year(text)
    written = published.year if published else _year_written(text)
    now = year if published or _STAMPED.search(text) else _year_after(text)
    days = []
    for match in _DATE.finditer(text):
        form, parts = _parts(match)
        if "lone" in parts and _TERM.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        said = _year(parts["y"]) if "y" in parts else _relative(parts.get("rel", ""), year, now)
        if "y" not in parts and "rel" not in parts and written and _is_now(text, match.start()):
            said = written
        value = _iso(said, parts.get("m"), parts.get("d"))
        dated = form not in _YEAR_SPAN_FORMS and bool({"m", "y"} & parts.keys())
        days.append(Day(match.start(), match.end(), value, dated and _states(text, match, form)))
        if "y" in parts and not _passes_by(text, match):
            year = said
    return days


def _parts(match: re.Match[str]) -> tuple[int, dict[str, str]]:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    if not found:
        return len(_FORMS) - 1, {}
    form = int(next(iter(found))[1:].split("_")[0])
    return form, {name.split("_")[1]: value for name, value in found.items()}


def _year(written: str) -> int:
    if written[0].isdigit():
        return int(written)
    return int("".join(str("〇一二三四五六七八九".find(digit.replace("零", "〇"))) for digit in written))


def _stamped_year(text: str) -> int | None:
    found = _STAMPED.search(text) or re.search(r"(?<!\d)((?:19|20)\d\d)年", text)
    return int(found[1]) if found else None


def _year_after(text: str) -> int | None:
    """The year in which an undated text was written: the one after the last year that it tells of."""
    titled = _TITLE.match(text)
    if titled is not None:
        return int(titled[1])
    told = [int(year) for year in re.findall(r"(?<![到至\d])((?:19|20)\d\d)年(?!前|力争|底前)", text)]
    return max(told) + 1 if told else None


def _year_written(text: str) -> int | None:
    """The year of the stamp or the title, else the last year that the text tells of."""
    stamped = _STAMPED.search(text) or _TITLE.match(text)
    after = _year_after(text)
    return int(stamped[1]) if stamped else after - 1 if after else None


def _relative(word: str, year: int | None, now: int | None) -> int | None:
    base = now if word in {"去年", "今年", "前年", "明年", "本年"} else year
    if base is None:
        return None
    return base + {"去年": -1, "前年": -2, "明年": 1, "次年": 1, "翌年": 1}.get(word, 0)


def _iso(year: int | None, month: str | None, day: str | None) -> str:
    head = f"{year:04d}" if year is not None else "-"
    return head + "".join(f"-{_small(part):02d}" for part in (month, day if month else None) if part)


def _small(written: str) -> int:
    return int(written) if written.isdigit() else int(amount(written) or 0)


def _passes_by(text: str, match: re.Match[str]) -> bool:
    """Whether a year is only compared with, begun from or aimed at, so that later days are not of that year."""
    return _ASIDE.search(text, max(0, match.start() - 3), match.start()) is not None or text.startswith(
        "的", match.end()
    )


def _is_now(text: str, at: int) -> bool:
    """Whether a sentence speaks of what has just been done."""
    sentence = max(text.rfind(stop, 0, at) for stop in "。!;\n") + 1
    return _JUST_NOW.search(text, sentence, at) is not None


def _states(text: str, match: re.Match[str], form: int) -> bool:
    """Whether the date tells when something happened; one that only bounds other figures does not."""
    start, end = match.span()
    line_start = text.rfind("\n", 0, start) + 1
    ahead = text[line_start:start]
    if _REPORTED.match(text, end):
        return False
    if _STAMP_AFTER.match(text, end) and (not ahead.strip() or (len(ahead) < 12 and "讯" in ahead)):
        return False
    if _ORIGIN.search(ahead):
        return True
    if _BOUND_AFTER.match(text, end) and not text.startswith(("初中", "新一轮"), end):
        return False
    if _BOUND_AHEAD.search(ahead) and not _SINCE.search(ahead) and not _BY_TARGET.search(ahead):
        return False
    return _tells_event(text, end, form=form, since=bool(_SINCE.search(ahead)), ahead=ahead)


def _tells_event(text: str, end: int, *, form: int, since: bool, ahead: str) -> bool:
    stop = _SENTENCE_END.search(text, end)
    sentence = text[end : stop.start() if stop else len(text)]
    if since or sentence.startswith(("起", "开始")):
        return True
    if form in _FULL_FORMS or form in _MONTH_FORMS:
        return bool(sentence.strip(" ,)”") or ahead.strip())
    figure = _FIGURE.search(_MODIFYING.sub("", sentence))
    if not figure:
        return bool(sentence.strip(" ,)”"))
    sentence = _MODIFYING.sub("", sentence)
    before = sentence[: figure.start()] if figure else sentence
    event = _STRONG.search(before)
    if (
        event
        and event.start() <= 2
        and form not in _YEAR_SPAN_FORMS
        and not before[event.end() :].strip("了过约的")[6:]
    ):
        return True
    if event and not (figure and not re.search("[,、:]", sentence[event.end() : figure.start()])):
        return True
    return bool(_BY_TARGET.search(ahead))
