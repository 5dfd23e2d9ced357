"""Hedges: the words before, inside and after a number that say how it is to be read."""

import re

from shanhai.check.lexicons import sections

_FILLER = r"(?:了|有|到|达|达到|为|于|出|至|过|是|共|将|已|已有|人民币|也有|每人|每年|每户|每月|每亩|全年)?"
_COMPILED = tuple(
    (title.removeprefix("before "), re.compile(rf"(?:{'|'.join(lines)}){_FILLER}$"))
    for title, lines in sections("hedges")
    if title.startswith("before ")
)
_WITH_VERB = (
    ("at_least", re.compile(r"(?:至少|最少|起码|少说|不少于|不低于)(?![的时])[㐀-鿿]{1,4}(?<![的时])$")),
    ("up_to", re.compile(r"(?:最多|至多|不超过)(?![的时])[㐀-鿿]{1,4}(?<![的时])$")),
)
_PASSED = re.compile(
    r"(?:[均都已早就再也值入额量率积模计亩金产元的者数里价速栏口单]|超|收入|总额|产值|人口|面积|^|[,。;:、(“])过了?$"
)
_PASSED_AMOUNT = re.compile(r"(?<![经通走度渡穿路办做去来开见搞看拿当用吃挂签访派不难])过了?$")
#: 再过半年 is a time still to come, no bound.
_STILL_TO_COME = re.compile(r"[再又]过$")
_SPANS = frozenset(["year", "month", "day", "hour", "minute"])
_AMOUNTS = frozenset(["CNY", "USD", "percent", "fraction", "times"])
_LASTING = frozenset(["year", "month", "day", "hour", "person", "household"])
_SOON = re.compile(r"(?<![加更飞赶尽凉愉爽外特])快(?:要|满|到)?$")
_ABOUT_VERB = re.compile(
    r"(?<![签契合预节条制特履违邀公大盟守简失婚相民规])(?:约|大约|大概)(?:花|花费|用|耗|投|投入|增|增长|增加|提高|提升|下降|减少|减|降|节约|节省|节支|占|需|带动|吸纳|提供|可|相当于|等于|合|折合|建成|覆盖|惠及|安置)+(?:了|到|为|至)?$"
)
#: A bound that stands before what a share or multiple is taken of (不到全省平均的三成).
_OF_SOMETHING = tuple(
    (qualifier, re.compile(rf"(?:{cues})[^,。;:\d]{{1,10}}的$"))
    for qualifier, cues in (
        ("up_to", "不到|不足|不及|未超过|没超过|不超过"),
        ("more_than", "超过|超出"),
        ("nearly", "接近|将近"),
        ("about", "约为|约是|约占|约等于|大约是|大致是|约相当于|差不多是"),
    )
)
_SHARES = frozenset(["percent", "fraction", "times"])
_AFTER = tuple(
    (title.removeprefix("after "), re.compile("|".join(lines)))
    for title, lines in sections("hedges")
    if title.startswith("after ")
)
_WINDOW = 14


def hedge_before(text: str, start: int, *, unit: str, bare: bool = False) -> str:
    """The qualifier that the words directly before a number give; empty where they give none.

    Before money and shares 过 means 'above' (支出过七成); before other things it may only tell that something was done
    (签过3份). With `bare`, the number is a magnitude without a digit (上千, 破亿).
    """
    ahead = text[max(0, start - _WINDOW) : start].rstrip("“")
    if bare and ahead.endswith(("上", "破")):
        return "at_least" if ahead.endswith("上") else "more_than"
    for qualifier, pattern in (*_COMPILED, *_WITH_VERB, *(_OF_SOMETHING if unit in _SHARES else ())):
        if pattern.search(ahead):
            return qualifier
    if unit in _LASTING and _SOON.search(ahead):
        return "nearly"
    if _says_passed(ahead, unit=unit, bare=bare):
        return "more_than"
    return "about" if _ABOUT_VERB.search(ahead) else ""


def _says_passed(ahead: str, *, unit: str, bare: bool) -> bool:
    """Whether 过 stands before the number and means 'above'."""
    if unit in _SPANS and _STILL_TO_COME.search(ahead):
        return False
    return bool(_PASSED.search(ahead) or ((unit in _AMOUNTS or bare) and _PASSED_AMOUNT.search(ahead)))


def hedge_after(text: str, end: int) -> str:
    """The qualifier that the words directly behind a quantity give; empty where they give none."""
    if text.startswith("?以", end):
        end += 1
    for qualifier, pattern in _AFTER:
        if pattern.match(text, end):
            return qualifier
    return ""


def combined(*, before: str, inside: str, after: str, bare: bool) -> str:
    """One qualifier out of those found before, inside and after a number; `bare` says it has no digit (千名)."""
    if after and after != "about":
        return after
    if before in {"up_to", "at_least"}:
        return before
    if inside in {"余", "多"}:
        return "more_than"
    if before:
        return before
    if after or inside == "来":
        return "about"
    return "about" if bare else "exact"
