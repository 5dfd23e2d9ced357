"""The words around a number that speak of it: its clause cut at the numbers beside it, its sentence, what stands above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shanhai.check.reading import ReadClaim, Reading

_SENTENCE_ENDS = "。!?！？\n"
_CLAUSE_ENDS = ",，;；" + _SENTENCE_ENDS
_SENTENCE_END = re.compile(f"[{_SENTENCE_ENDS}]")
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_LISTING = re.compile("[、和及与（(]")
#: Before a number nothing but words of adding up, being and time: what it counts stands one clause further ahead.
_THIN = re.compile(
    r"(?:[共约近超逾达为是有即计已先后仅都就也:：\s“”\"‘’（(—◆●■▶·*]|累计|合计|总计|总额|总数|总量|总共|一共|共计|达到|超过|突破|加起来|合起来|整整|大约|"
    r"[自从]|\d{4}年|\d{1,2}月|到|至|今天|现在|目前|如今|眼下|今|以来|起|底|末|今年|去年|[一二三四五六七八九十两\d]+年[来间里]?|这|的|就是|高达)*"
)
_HEADING_MARK = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十]{1,3}[是、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|第[一二三四五六七八九十]{1,3}[,，、])?"
)
_QUESTION = re.compile(r"^[\s　]*(?:问|Q|记者|[一二三四五六七八九十\d]{1,2}问)[\s　]*[:：]")
_ANSWER = re.compile(r"^[\s　]*(?:答|A|回应|回复|[^\s,，。:：]{2,8})[\s　]*[:：]")
_HEADING_LENGTH = 16
_TITLE = 200
#: How far above a line its heading is looked for.
_FAR = 3000
#: Behind a number: what it is or does; then its clause is told without the one ahead.
_SAYS = re.compile(r"[”\"]?[^\W\d_的了左右以上余多]{2}")
_YEAR = re.compile(r"(?:19|20)\d\d年")


@dataclass(frozen=True, slots=True)
class Territory:
    """The text that belongs to one claim.

    `own`: its clause, cut at the numbers beside it, with the clause ahead where its own says no more than "in all"
    or "is". `before` reaches back to the clause of the number before in the same sentence, `after` to the next; `left` is the whole
    sentence up to the number, `right` from it. `topic`: the sentence ahead in its paragraph, or the question it answers; `heading`: the
    heading of its paragraph or of the lines above; `since`: all that stands between the
    claim of its sort before and this one; `around`: its line, the one above, and the head of the text.
    """

    before: str
    number: str
    after: str
    own: str
    left: str
    sentence: str
    right: str
    topic: str
    heading: str
    inline_heading: bool
    since: str
    around: str

    @property
    def whole(self) -> str:
        """Everything that may name what is counted."""
        return self.before + self.number + self.after


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a claim stands, and its sort: money, time and counts cut the territory of their own sort only."""

    start: int
    end: int
    sort: str


@dataclass(frozen=True, slots=True)
class _Beside:
    """What limits a number's territory: sentence start, end and start of the numbers of its sort, and its very neighbours."""

    first: int
    previous: int
    following: int
    before: _Span | None
    behind: _Span | None


_SORTS = {"CNY": "money", "date": "time", "year": "time"}


def territories(reading: Reading) -> list[Territory]:
    """The territory of every claim, in their order."""
    text = reading.restored.text
    spans = [
        _Span(claim.at, _restored_end(reading, claim), _SORTS.get(claim.unit, "count")) for claim in reading.claims
    ]
    return [_territory(text, spans, place) for place in range(len(spans))]


def _territory(text: str, spans: Sequence[_Span], place: int) -> Territory:
    span = spans[place]
    start, end = span.start, span.end
    first, last = _sentence(text, start, end)
    previous = next((one.end for one in reversed(spans[:place]) if one.sort == span.sort), 0)
    following = next((one.start for one in spans[place + 1 :] if one.sort == span.sort), len(text))
    if span.sort == "time" and (year := _YEAR.search(text, end, following)):
        following = year.start()
    beside = _Beside(
        first,
        previous,
        following,
        spans[place - 1] if place else None,
        spans[place + 1] if place + 1 < len(spans) else None,
    )
    heading, inline = _heading(text, first)
    return Territory(
        before=text[_behind_number(text, previous, start) if previous > first else first : start], number=text[start:end], after=text[end : min(last, max(following, end))],
        own=_own(text, span, beside), left=text[first:start], sentence=text[first:last],
        right=text[end:last],        topic=_topic(text, first), heading=heading, inline_heading=inline,
        since=text[previous:start], around=_around(text, start),
    )  # fmt: skip


def _behind_number(text: str, previous: int, start: int) -> int:
    """Where the clause of the number before is over: its tail tells of that number."""
    found = _CLAUSE_END.search(text, previous, start)
    return found.start() if found else start


def _restored_end(reading: Reading, claim: ReadClaim) -> int:
    end = claim.at
    origin = reading.restored.origin
    while end < len(origin) and origin[end][0] < claim.end:
        end += 1
    return end


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a number; a line that holds nothing but the number is told by the line behind it."""
    first = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    found = _SENTENCE_END.search(text, end)
    last = found.start() if found else len(text)
    if not re.search(r"[㐀-鿿]", text[first:start] + text[end:last]) and text[last : last + 1] == "\n":
        told = _SENTENCE_END.search(text, last + 1)
        last = told.start() if told else len(text)
    return first, last


def _own(text: str, span: _Span, beside: _Beside) -> str:
    """Its clause between the numbers of its sort; a list (24家、投入3000万元) is cut at its marks whatever the sort."""
    return text[_own_start(text, span, beside) : _own_end(text, span, beside)]


def _own_start(text: str, span: _Span, beside: _Beside) -> int:
    first, previous, before = beside.first, beside.previous, beside.before
    opened = _clause_start(text, span.start, first)
    listed = span.sort == "count" and text[previous : span.start] in ("、", "和", "及")
    begin = opened if listed and not _SAYS.match(text, span.end) else max(opened, previous)
    for _ in range(2):
        if (
            begin <= max(first, previous)
            or _SAYS.match(text, span.end)
            or not _THIN.fullmatch(text[begin : span.start])
        ):
            break
        ahead = _clause_start(text, begin - 1, first)
        if ahead < previous:
            break
        begin = ahead
    if (
        before
        and before.sort != "time"
        and before.end > begin
        and (mark := _LISTING.search(text, before.end, span.start))
    ):
        begin = (
            begin if _THIN.fullmatch(text[mark.end() : span.start]) and not _SAYS.match(text, span.end) else mark.end()
        )
    return begin


def _own_end(text: str, span: _Span, beside: _Beside) -> int:
    behind = beside.behind
    found = _CLAUSE_END.search(text, span.end)
    finish = found.start() if found else len(text)
    if not re.search(r"[㐀-鿿]", text[beside.first : span.start] + text[span.end : finish]):
        finish = _sentence(text, span.start, span.end)[1]
    if (
        behind
        and behind.sort != "time"
        and behind.start < finish
        and (mark := _LISTING.search(text, span.end, behind.start))
    ):
        finish = mark.start()
    return min(finish, beside.following)


def _clause_start(text: str, at: int, first: int) -> int:
    return max(first, *(text.rfind(mark, first, max(at, first)) + 1 for mark in _CLAUSE_ENDS))


def _line(text: str, at: int) -> str:
    """The line in which a sentence stands, from its beginning to that sentence."""
    return text[text.rfind("\n", 0, at) + 1 : at]


def _line_above(text: str, begin: int) -> str:
    """The nearest line with something in it above the one that begins here."""
    return text[max(0, begin - _FAR) : begin].rstrip().rpartition("\n")[2]


def _topic(text: str, first: int) -> str:
    """The sentence ahead in the same paragraph, else the question that this paragraph answers."""
    ahead = [part for part in _SENTENCE_END.split(_line(text, first)) if part.strip()]
    if ahead:
        return ahead[-1]
    begin = text.rfind("\n", 0, first) + 1
    above = _line_above(text, begin)
    return above if _QUESTION.match(above) and _ANSWER.match(text[begin:]) else ""


def _around(text: str, at: int) -> str:
    begin = text.rfind("\n", 0, at) + 1
    finish = text.find("\n", at)
    line = text[begin : finish if finish >= 0 else len(text)]
    above = _line_above(text, begin)
    return "\n".join((line, above, text[:_TITLE]))


def _heading(text: str, first: int) -> tuple[str, bool]:
    """The short first sentence of the paragraph (and that it stands in it), else the nearest short line above without a number."""
    ahead = [part for part in _SENTENCE_END.split(_line(text, first)) if part.strip()]
    if ahead:
        head = _HEADING_MARK.sub("", ahead[0])
        if len(head) <= _HEADING_LENGTH and not re.search(r"\d|[,，]", head):
            return head, len(ahead) == 1
    for line in reversed(text[max(0, first - _FAR) : text.rfind("\n", 0, first) + 1].split("\n")):
        head = _HEADING_MARK.sub("", line.strip())
        if 2 <= len(head) <= _HEADING_LENGTH and not re.search(r"\d|[。;；]", head):
            return head, False
    return "", False
