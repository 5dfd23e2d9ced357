"""Traces that the way through a web page leaves in a text, taken out one kind at a time.

Each kind is a pattern and what stays of it. Digits are never changed: a full-width digit becomes the same digit in
ASCII, and what goes between digits is a space that grouped them or a stop that stood for a decimal point.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

TAG_NAMES = "strong|b|p|br|span|div|font|em|i|u|a|img|section|td|tr|table|tbody|ul|li|h[1-6]|center|su[bp]"
ENTITIES = "nbsp|amp|quot|lt|gt|ldquo|rdquo|mdash|middot|hellip|emsp|ensp"
TAG = re.compile(rf"</?(?:{TAG_NAMES})\b[^<>\n]{{0,200}}>|&(?:{ENTITIES}|#\d{{2,5}});", re.IGNORECASE)
DOUBLED = re.compile(r"(?<=([,，、;；:：]))\1+")
SPACE = "[ \u00a0\u2002-\u200b\u202f\u3000]"
BEFORE_UNIT = re.compile(rf"(?<=\d){SPACE}(?=[一-鿿%％])")
GROUPED = re.compile(rf"(?<![\d.,:：\-/])[1-9]\d{{0,2}}(?:{SPACE}\d{{3}})+(?![\d.:：\-/])")
GROUPING = re.compile(SPACE)
# a count of whole things has no point
FRACTIONED = "[万亿千%％‰倍元亩吨米度岁成]|公里|公顷|公斤|平方|立方|个?百分点|小时|美元|分(?!钟)"
STOP_FOR_POINT = re.compile(rf"(?<=\d)。(?=\d{{1,4}}(?:{FRACTIONED}|\s*[～~\-—至到]\s*\d))")
YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=(?:1[0-2]|[1-9])月)")
YEAR_MONTH_LOST = re.compile(r"(?<!\d)(?:19|20)\d\d([?\ufffd])(?=(?:1[0-2]|0?[1-9])月)")
MONTH_LOST = re.compile(r"年(?:1[0-2]|0?[1-9])([?\ufffd])(?=(?:[12]\d|3[01]|0?[1-9])日)")
YEAR_LOST = re.compile(
    r"(?:^|[自从在于到至,，。;；(（“])(?:19|20)\d\d([?\ufffd])(?=[起以底初末度春夏秋冬上下全,，至])", re.M
)
YUAN_LOST = re.compile(r"\d亿([?\ufffd])(?=[,，。;；、:：)）\n]|左右|以上|资金|投资|$)")
DAY_LOST = re.compile(r"月(?:[12]\d|3[01]|0?[1-9])([?\ufffd])(?=[,，。;；、上下晚至到起前后在]|$)", re.M)
LOST_UNITS = (
    (YEAR_MONTH_LOST, "年"),
    (MONTH_LOST, "月"),
    (DAY_LOST, "日"),
    (YEAR_LOST, "年"),
    (YUAN_LOST, "元"),  # hundreds of millions are counted in hardly anything else
)
WIDE = re.compile("[０-９]|(?<=[0-9０-９])[％．]|[Ａ-Ｚａ-ｚ](?=[0-9０-９])|(?<=[0-9０-９])[Ａ-Ｚａ-ｚ]")


@dataclass(slots=True)
class Char:
    """One character: the offsets of what it was read from, and whether it touches lost text or was put together."""

    char: str
    start: int
    end: int
    doubtful: bool = False
    rebuilt: bool = False


@dataclass(slots=True)
class Working:
    """A text on its way to what it was."""

    chars: list[Char]

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join([one.char for one in self.chars])

    def rewrite(self, text: str) -> None:
        """Put another text of the same length in the place of the characters."""
        for one, char in zip(self.chars, text, strict=True):
            one.char = char

    def drop(self, pattern: re.Pattern[str]) -> None:
        """Take out every match of a pattern."""
        self.drop_at({at for match in pattern.finditer(self.text) for at in range(match.start(), match.end())})

    def drop_at(self, gone: set[int]) -> None:
        """Take out characters by their index."""
        if gone:
            self.chars = [one for at, one in enumerate(self.chars) if at not in gone]

    def put(self, pattern: re.Pattern[str], new: Callable[[str], str]) -> None:
        """Replace every single character that a pattern finds."""
        for match in pattern.finditer(self.text):
            self.chars[match.start()].char = new(match[0])

    def insert_behind(self, pattern: re.Pattern[str], char: str) -> None:
        """Put a character behind every match; it stands for nothing in the text as given."""
        for match in reversed(list(pattern.finditer(self.text))):
            place = self.chars[match.end() - 1].end
            self.chars.insert(match.end(), Char(char, place, place, rebuilt=True))


def take_out(working: Working) -> None:
    """Undo every trace, in an order in which no kind hides another."""
    working.drop(TAG)
    working.put(WIDE, _narrow)
    _join_groups(working)
    working.drop(BEFORE_UNIT)
    working.drop(DOUBLED)
    working.put(STOP_FOR_POINT, lambda _: ".")
    _put_units_back(working)


def _narrow(char: str) -> str:
    return chr(ord(char) - 0xFEE0)


def _join_groups(working: Working) -> None:
    found = GROUPED.finditer(working.text)
    working.drop_at({match.start() + gap.start() for match in found for gap in GROUPING.finditer(match[0])})


def _put_units_back(working: Working) -> None:
    for pattern, char in LOST_UNITS:
        for match in pattern.finditer(working.text):
            lost = working.chars[match.start(1)]
            lost.char, lost.rebuilt = char, True
            _trust_digits(working, match.end())
    working.insert_behind(YEAR_MONTH, "年")


def _trust_digits(working: Working, at: int) -> None:
    """The digits behind a "?" that is known to be a part of the date were not touched."""
    while at < len(working.chars) and working.chars[at].char.isdigit():
        working.chars[at].doubtful = False
        at += 1
