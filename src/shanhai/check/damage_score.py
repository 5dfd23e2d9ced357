"""How likely one character is after another: what decides between the characters that a lost byte leaves open.

Three sources, the nearest first: the undamaged parts of the text itself, the words of the field, the words of the
dictionary of readings. A cost is about a negative logarithm; only differences count.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise

from shanhai.check.simplified import simplified

COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年"
    "动同工也能下过子说产种面而方后多定行学法所民得经"
)
ENDS = "，。"
STOPS = "、；：“”（）《》·—…！？"
MARKS = frozenset(("。”", "！”", "？”", "”。", "”，", "”、", "、“", "：“", "，“", "》《", "……", "——"))
SELF, FIELD, DICTIONARY = 1.0, 1.5, 3.0
UNLIKELY = 14.0


def _words() -> list[str]:
    lines = files("shanhai.check").joinpath("damage_words.txt").read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@cache
def field_words() -> frozenset[str]:
    """The words of the field that the package carries."""
    return frozenset(_words())


@cache
def _field_pairs() -> frozenset[str]:
    return frozenset(_pairs(field_words()))


@cache
def _dictionary_pairs() -> frozenset[str]:
    # Large, and wanted for damaged texts alone: every start of a command would wait for it.
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415

    return frozenset(_pairs(word for word in phrases_dict if len(word) <= 3))


def is_word(pair: str) -> bool:
    """Whether two characters are a word or stand together in one."""
    return pair in _field_pairs() or pair in _dictionary_pairs()


def _pairs(words: Iterable[str]) -> Iterable[str]:
    return (one + two for word in words for one, two in pairwise(word))


@cache
def rank(char: str) -> float:
    """The cost of a simplified character by itself: by its place in the standard sets and by the words it stands in."""
    if char in ENDS:
        return 3.0
    if char in STOPS or char in COMMON:
        return 4.0
    if not "一" <= char <= "鿿":
        return UNLIKELY
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return UNLIKELY
    if lead >= 0xD8:
        return 10.0
    return 5.0 if char in _field_characters() else 7.0


@cache
def _field_characters() -> frozenset[str]:
    return frozenset("".join(field_words()))


class Likelihood:
    """Costs of characters within one text."""

    def __init__(self, text: str, traditional: bool) -> None:
        """Learn from `text`, the parts of the text that are certain, in simplified characters."""
        self._own = {one + two for one, two in pairwise(text) if "一" <= one <= "鿿" and "一" <= two <= "鿿"}
        self._own_characters = frozenset(text)
        self._traditional = traditional
        self._known: dict[tuple[str, str], float] = {}

    def cost(self, before: str, char: str) -> float:
        """The cost of a character as the bytes say it, after a character in simplified form."""
        found = self._known.get((before, char))
        if found is None:
            found = self._known[before, char] = self._cost(before, char)
        return found

    def _cost(self, before: str, char: str) -> float:
        if char.isascii():
            return 3.0
        plain = simplified(char)
        return self._pair(before + plain, plain) + (4.0 if self._wrong_script(char, plain) else 0.0)

    def _pair(self, pair: str, plain: str) -> float:
        if pair in self._own or pair in MARKS:
            return SELF
        if pair in _field_pairs():
            return FIELD
        if pair in _dictionary_pairs():
            return min(DICTIONARY, rank(plain))
        return rank(plain) - (0.5 if plain in self._own_characters else 0.0)

    def _wrong_script(self, char: str, plain: str) -> bool:
        """A character that exists only since the simplification has no place in a traditional text."""
        return self._traditional and char == plain and _is_simplified_only(char)


@cache
def _is_simplified_only(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return "一" <= char <= "鿿"
    return False
