"""Give back what a scraped text was before it was damaged, with the way from every character to the file as given."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from shanhai.check.damage_score import Likelihood, is_word
from shanhai.check.damage_search import Emitted, Search
from shanhai.check.damage_tokens import LOST, Token, is_cut, tokens
from shanhai.check.damage_traces import Char, Working, take_out
from shanhai.check.furniture import furniture_of
from shanhai.check.simplified import is_traditional, simplified, to_simplified

NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿半数几")
TAKEN_WITH_DIGITS = frozenset("0123456789十百千万亿")
ASKING = re.compile(r"[吗呢么吧][”\"]?$|什么|多少|哪|谁|怎|为何|如何|是否|能否|可否|何时|何在|几")
CLAUSE_END = re.compile(r"[。！;；\n]")
CLAUSE = 40
COUNTING = "个家名户亩元万亿倍吨台辆场次批届期项所岁年月日"


@dataclass(frozen=True, slots=True)
class Restored:
    """A text as it was meant, in simplified characters, and the way back to the text as given.

    `origin`: for each character of `text` the offsets [start, end) of what it was read from; empty where a character
    was put in. `doubtful`: indices of digits and numerals that touch lost text; a number that holds one must not be
    compared as if it were whole. `furniture`: spans of `text` that are no part of the article, each with its kind (see
    `furniture_of`). `damaged`: whether the bytes of the text were damaged. `rebuilt`: indices of characters that were
    put together from cut bytes, or put in.
    """

    text: str
    origin: tuple[tuple[int, int], ...]
    doubtful: frozenset[int]
    furniture: tuple[tuple[int, int, str], ...]
    damaged: bool
    rebuilt: frozenset[int] = frozenset()


def restore(text: str) -> Restored:
    """Restore a text; a clean one in simplified characters comes back as it is, but for marks and spaces put right."""
    damaged = is_cut(text)
    working = Working(_from_bytes(text) if damaged else _as_it_stands(text))
    if is_traditional(working.text):
        working.rewrite(to_simplified(working.text))
    take_out(working)
    final = working.text
    return Restored(
        final,
        tuple((one.start, one.end) for one in working.chars),
        frozenset(at for at, one in enumerate(working.chars) if one.doubtful),
        furniture_of(final),
        damaged,
        frozenset(at for at, one in enumerate(working.chars) if one.rebuilt),
    )


def span_as_given(restored: Restored, start: int, end: int) -> tuple[int, int]:
    """Offsets in the text as given of `restored.text[start:end]`, with pinyin inside it, without pinyin behind it.

    Raises ValueError for an empty span and for one outside the text.
    """
    if not 0 <= start < end <= len(restored.text):
        raise ValueError(f"no such span: {start}..{end} of {len(restored.text)} characters")
    return restored.origin[start][0], restored.origin[end - 1][1]


def _as_it_stands(text: str) -> list[Char]:
    chars = [Char(char, at, at + 1) for at, char in enumerate(text)]
    for before, one in pairwise(chars):
        one.doubtful = before.char in LOST and one.char.isdigit() and not _is_question(text, before.start)
    return chars


def _is_question(text: str, at: int) -> bool:
    clause = CLAUSE_END.split(text[max(0, at - CLAUSE) : at])[-1]
    return text[at] == "?" and ASKING.search(clause) is not None


def _from_bytes(text: str) -> list[Char]:
    found = tokens(text)
    traditional = is_traditional("".join(token.char for token in found))
    emitted = Search(found, Likelihood(_certain_part(found), traditional)).run()
    chars: list[Char] = []
    after_lost = False
    for position, one in enumerate(emitted):
        char = one.char or _swallowed(emitted, position, opens_tag=found[one.last].opens_tag)
        if char:
            put_together = one.first != one.last or not one.char
            doubtful = _is_doubtful(one, after_lost)
            chars.append(Char(char, found[one.first].start, found[one.last].end, doubtful, put_together))
        after_lost = one.lost
    return chars


def _is_doubtful(one: Emitted, after_lost: bool) -> bool:
    """A digit or power of ten behind something lost may be the rest of a number; a guessed numeral is only a guess."""
    char = simplified(one.char) if one.char else ""
    return (after_lost and char in TAKEN_WITH_DIGITS) or (one.guess and char in NUMERALS)


def _certain_part(found: Iterable[Token]) -> str:
    """What certainly reads as it is shown: everything but the runs from a lost byte to the next ASCII character."""
    certain = True
    parts = []
    for token in found:
        certain = not token.lost and (certain or token.char.isascii())
        parts.append(simplified(token.char) if certain else " ")
    return "".join(parts)


def _swallowed(emitted: list[Emitted], position: int, *, opens_tag: bool) -> str:
    """The ASCII character that a trail byte swallowed, as far as its neighbours tell; "?" where it was a digit."""
    ahead = "".join(simplified(one.char) for one in emitted[position + 1 : position + 3]) or "\n"
    if opens_tag:
        return "&" if ahead[0] in "naq" else "<"
    if ahead[0].isascii() and not ahead[0].isalnum():
        return ""
    if ahead[0] in COUNTING and not is_word(ahead):
        return "?"
    return "\n" if emitted[position - 1].char in "。！？”" else ","
