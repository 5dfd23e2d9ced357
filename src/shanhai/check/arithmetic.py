"""Arithmetic of a text in itself: growth, shares, sums and averages; found before any record is read.

Printed figures are rounded, so each stands for an interval; only what no value of the intervals can make true is found.
Where the words do not say that a list is complete or which whole a share is of, nothing is said.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from shanhai.base.findings import Finding, Place
from shanhai.base.language import noted, say
from shanhai.check.printing import half_step, interval, rounded_as, shown_as, surface_of, value_of
from shanhai.check.scanning import Found

_ALSO = r"^(?:净|共|累计|实际|整整|一举|又|即|相当于|合)?"
_GROWN = re.compile(_ALSO + r"(?:增长|增加|增幅|提高|提升|上升|扩大|增|涨)(?:了|约|达|到达|为|近|超过?)*$")
_FALLEN = re.compile(_ALSO + r"(?:下降|减少|降低|降|减|缩短|压缩|回落)(?:了|约|达|为|近|超过?)*$")
_OTHER_BASE = re.compile(r"同比|环比|较|比(?!例)|年均|年平均|名义|实际增")
_TO = re.compile(r"(?:到|至|为|成|达)(?:了)?$")
_FROM = re.compile(r"(?:由|从)[^,。;\d]{0,18}$")
_OF = r"占(?:总数|其|全部|总量|总额|总投资|总人数|比|计划|规划总?数?)?的?(?:比例|比重)?"
_RATES = r"占比|开工率|完工率|竣工率|到位率|拨付率|支付率|支出率|完成率|办结率"
_SHARE = re.compile(rf"(?:{_OF}|{_RATES})(?:为|达|达到|:|的)*$")
_RATE_OF = re.compile(r"(开工|完工|竣工|到位|拨付|支付|支出|完成|办结)率[^率]*$")
_SUM = re.compile(r"(?:合计|共计|总计|加起来|合起来)(?:为|达|有|约|达到|资金|投入)*$")
_PAID = re.compile(r"分红|发放|兑付|补助|补贴|支付|发")
_BESIDE = re.compile(r"其中|另|此外")
_CONTRAST = re.compile(r"[^,。;]{0,3},第[^,。;\d]{1,12}$")
_ONLY_SOME = re.compile(r"其中|含|包括|等|另|比|较")
_OF_WHICH = re.compile(r"[,(、]其中[^。;其]*$")
_OTHER_WHOLE = re.compile(r"其中[::]|[省市县区州镇乡村](?:共|已|累计|完工|竣工|开工|完成)")
_MEAN = re.compile(r"(?:户均|人均)[^\d,]{0,4}$")
_STOP = re.compile(r"[。;!\n]")
_CLOSED = frozenset(
    ["CNY", "project", "village", "county", "township", "school", "hospital", "enterprise", "person", "household",
     "mu", "agreement"]
)  # fmt: skip


def contradictions(text: str, found: list[Found]) -> tuple[Finding, ...]:
    """What the figures of a running text say against each other, in the order of the text."""
    findings: list[Finding] = []
    for sentence in _sentences(text, found):
        findings += _growth(text, sentence)
        findings += _change(text, sentence)
        findings += _listed_sums(text, sentence)
        findings += _parts_in_brackets(text, sentence)
        findings += _parts_above_whole(text, sentence)
        findings += _averages(text, sentence)
    for paragraph in _paragraphs(text, found):
        findings += _shares(text, paragraph)
    return tuple(findings)


def _sentences(text: str, found: list[Found]) -> Iterator[list[Found]]:
    return _grouped(text, found, _STOP)


def _paragraphs(text: str, found: list[Found]) -> Iterator[list[Found]]:
    return _grouped(text, found, re.compile(r"\n"))


def _grouped(text: str, found: list[Found], stop: re.Pattern[str]) -> Iterator[list[Found]]:
    group: list[Found] = []
    for one in found:
        if not isinstance(one.value, Decimal) or one.high is not None:
            continue
        if group and stop.search(text, group[-1].end, one.start):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _same(one: Found, other: Found) -> bool:
    return one.unit == other.unit and one.qualifier == other.qualifier == "exact"


def _between(text: str, first: Found, last: Found) -> str:
    return text[first.end : last.start]


def _ahead(text: str, one: Found) -> str:
    """The words before a figure in its own clause."""
    return re.split(r"[,。;:!?\n\t、]", text[max(0, one.start - 30) : one.start])[-1]


def _from_to(text: str, first: Found, second: Found) -> bool:
    """由A到B, or A and B in two clauses that set the first against the last (第一批…, 第十批…)."""
    if not _same(first, second) or _BESIDE.search(_between(text, first, second)):
        return False
    if _FROM.search(text[max(0, first.start - 22) : first.start]):
        return bool(_TO.search(_ahead(text, second)))
    contrast = _CONTRAST.match(_between(text, first, second))
    return contrast is not None and "第" in text[max(0, first.start - 10) : first.start]


def _growth(text: str, sentence: list[Found]) -> Iterator[Finding]:
    """From A to B a growth of so many per cent or times."""
    for first, second, change in zip(sentence, sentence[1:], sentence[2:], strict=False):
        ahead = _ahead(text, change)
        grown, fallen = _GROWN.search(ahead), _FALLEN.search(ahead)
        if change.unit not in {"percent", "times"} or change.qualifier != "exact" or not (grown or fallen):
            continue
        if _OTHER_BASE.search(ahead) or not _from_to(text, first, second) or not value_of(first):
            continue
        sign = 1 if grown else -1
        scale = 100 if change.unit == "percent" else 1
        (low_a, high_a), (low_b, high_b) = interval(text, first), interval(text, second)
        if low_a <= 0:
            continue
        ends = sorted(((low_b / high_a - 1) * scale * sign, (high_b / low_a - 1) * scale * sign))
        exact = (value_of(second) / value_of(first) - 1) * scale * sign
        if not _meets(text, change, ends):
            yield _finding("growth", text, (first, second, change), expected=rounded_as(exact, text, change))


def _meets(text: str, printed: Found, ends: list[Decimal]) -> bool:
    half = half_step(text, printed) or Decimal("0.5")
    return ends[0] - half <= value_of(printed) <= ends[1] + half


def _change(text: str, sentence: list[Found]) -> Iterator[Finding]:
    """From A to B, an increase by C of the same unit (or in percentage points)."""
    for first, second, change in zip(sentence, sentence[1:], sentence[2:], strict=False):
        points = first.unit == "percent" and change.unit == "pp" and change.qualifier == "exact"
        ahead = _ahead(text, change)
        if (
            not (points or _same(first, change))
            or not (_GROWN.search(ahead) or _FALLEN.search(ahead))
            or _OTHER_BASE.search(ahead)
        ):
            continue
        if not _from_to(text, first, second):
            continue
        room = half_step(text, first) + half_step(text, second) + half_step(text, change)
        exact = abs(value_of(second) - value_of(first))
        if abs(exact - value_of(change)) > room:
            yield _finding("change", text, (first, second, change), expected=shown_as(exact, change, text))


def _listed_sums(text: str, sentence: list[Found]) -> Iterator[Finding]:
    """A, B and C, 合计 T: a chain of one unit that is added up by the text itself."""
    for place, total in enumerate(sentence):
        if not _SUM.search(_ahead(text, total)) or total.qualifier != "exact":
            continue
        parts = sentence[:place]
        if (
            len(parts) < 2
            or not all(_same(part, total) for part in parts)
            or "其中" in text[parts[0].start : total.start]
        ):
            continue
        yield from _sum_finding(text, parts, total)


def _parts_in_brackets(text: str, sentence: list[Found]) -> Iterator[Finding]:
    """T(A、B、C): what stands in brackets behind a total is all of it, unless it says 其中 or 含."""
    for total in sentence:
        bracket = re.match(r"\(([^()]*)\)", text[total.end :])
        if bracket is None or _ONLY_SOME.search(bracket[1]) or total.unit not in _CLOSED:
            continue
        parts = [one for one in sentence if total.end < one.start < total.end + bracket.end()]
        if len(parts) >= 2 and all(_same(part, total) for part in parts):
            yield from _sum_finding(text, parts, total)


def _sum_finding(text: str, parts: list[Found], total: Found) -> Iterator[Finding]:
    exact = sum((value_of(part) for part in parts), Decimal(0))
    room = sum((half_step(text, part) for part in parts), half_step(text, total))
    if abs(exact - value_of(total)) > room:
        yield _finding("sum", text, (*parts, total), expected=shown_as(exact, total, text))


def _parts_above_whole(text: str, sentence: list[Found]) -> Iterator[Finding]:
    """A part after 其中 above its whole; parts of money are also added up, since money is not counted twice."""
    for place, (whole, part) in enumerate(pairwise(sentence)):
        if any(one.unit == whole.unit for one in sentence[:place]):
            continue
        says_part = _same(whole, part) and _OF_WHICH.search(_between(text, whole, part))
        if not says_part or "年" in _ahead(text, part)[:6]:
            continue
        if interval(text, part)[0] > interval(text, whole)[1]:
            yield _finding("part", text, (whole, part), expected=say("不超过{whole}", whole=surface_of(text, whole)))


def _averages(text: str, sentence: list[Found]) -> Iterator[Finding]:
    """分红T, N户, 户均X: the three of one sentence, each the only one of its sort."""
    means = [one for one in sentence if one.unit == "CNY" and _MEAN.search(text[max(0, one.start - 8) : one.start])]
    totals = [one for one in sentence if one.unit == "CNY" and one not in means]
    if len(means) != 1 or len(totals) != 1 or not _PAID.search(_ahead(text, totals[0])):
        return
    per = "household" if "户均" in text[max(0, means[0].start - 8) : means[0].start] else "person"
    counts = [one for one in sentence if one.unit == per]
    if (
        len(counts) != 1
        or any(one.qualifier != "exact" for one in (*means, *totals, *counts))
        or not value_of(counts[0])
    ):
        return
    ends = [bound / value_of(counts[0]) for bound in interval(text, totals[0])]
    half = half_step(text, means[0]) or Decimal("0.5")
    if not ends[0] - half <= value_of(means[0]) <= ends[1] + half:
        exact = value_of(totals[0]) / value_of(counts[0])
        yield _finding(
            "average",
            text,
            (totals[0], counts[0], means[0]),
            expected=f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}元",
        )


def _shares(text: str, paragraph: list[Found]) -> Iterator[Finding]:
    """A whole, a part, 占P%: the whole is the only larger figure of the unit before it, or that of the share before."""
    known: Found | None = None
    for place, share in enumerate(paragraph):
        if share.unit != "percent" or share.qualifier != "exact" or not _SHARE.search(_ahead(text, share)) or place < 2:
            continue
        part = paragraph[place - 1]
        if not _is_share_of(text, part, share):
            continue
        wholes = [one for one in paragraph[: place - 1] if _same(one, part) and value_of(one) >= value_of(part)]
        fitting = [one for one in wholes if _fits_share(text, one, part, share=share)]
        if fitting:
            known = fitting[0]
        elif known in wholes or len(wholes) == 1:
            whole = known if known is not None and known in wholes else wholes[0]
            exact = value_of(part) / value_of(whole) * 100
            yield _finding("share", text, (whole, part, share), expected=rounded_as(exact, text, share))


def _is_share_of(text: str, part: Found, share: Found) -> bool:
    """Whether the share speaks of the figure just before it, and that one is no part of another list or place."""
    rate = _RATE_OF.search(_ahead(text, share))
    if rate and rate[1] not in _ahead(text, part):
        return False
    between = _between(text, part, share)
    if len(between) > 14 or re.search(r"[。!\n]|分别", between):
        return False
    return not _OTHER_WHOLE.search(re.split(r"[。;!\n]", text[max(0, part.start - 60) : part.start])[-1])


def _fits_share(text: str, whole: Found, part: Found, *, share: Found) -> bool:
    (low_w, high_w), (low_p, high_p) = interval(text, whole), interval(text, part)
    if low_w <= 0:
        return True
    return _meets(text, share, [low_p / high_w * 100, high_p / low_w * 100])


_SAID = {
    "growth": noted("由{0}到{1}，增幅与文中不符"),
    "change": noted("由{0}到{1}，增减数与文中不符"),
    "sum": noted("各部分相加与合计不符"),
    "part": noted("“其中”的数大于总数{0}"),
    "average": noted("{0}除以{1}，与平均数不符"),
    "share": noted("{1}占{0}的比例与文中不符"),
}


def _finding(kind: str, text: str, figures: tuple[Found, ...], *, expected: str) -> Finding:
    surfaces = [surface_of(text, one) for one in figures]
    line = text.count("\n", 0, figures[-1].start) + 1
    said = say(_SAID[kind]).format(*surfaces)
    others = "、".join(surfaces[:-1])
    message = say(
        "第{line}行：{said}。文中写“{value}”，按同一处的数字（{others}）算应为{expected}。请核对这几个数。",
        line=line,
        said=said,
        value=surfaces[-1],
        others=others,
        expected=expected,
    )
    return Finding(
        f"check.arithmetic.{kind}",
        message,
        Place(column=say("第{line}行", line=line)),
        blocks=False,
        found=surfaces[-1],
        expected=expected,
    )
