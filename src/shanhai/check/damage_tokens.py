"""A damaged text as the byte stream it came from: tokens with their GBK bytes, and the pinyin between them.

The damage was done to GBK bytes and shown as characters again. Here every character is turned back into its bytes; what
the showing lost (a byte that became "?") stays open for the search.
"""

import re
from dataclasses import dataclass

from shanhai.check.damage_bytes import choices_of
from shanhai.check.damage_readings import readings, toneless
from shanhai.check.simplified import simplified

VOWELS = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
GROUP = re.compile(rf"(\()?([a-z{VOWELS}]{{1,6}})\)")
PRIVATE = re.compile("[\ue000-\ue765]")
ENTITY_AFTER = re.compile(r"/?[a-z]{1,10}\d?/?>|nbsp;|amp;|quot;")
LOST = "?\ufffd"
LOW_TRAILS = "@[\\]^_`{|}~)"  # besides letters: ASCII marks that can be the second byte of the character that was read
TONELESS = ("men", "de", "le", "ma", "ne", "zi", "tou")  # readings without a tone


@dataclass(frozen=True, slots=True)
class Token:
    """One character as given, with the byte strings it may stand for; none where "?" stands for something lost.

    `start`, `end` are offsets into the text as given. `reading` is the pinyin that followed; `cut` says that the
    opening bracket of that pinyin was swallowed by the byte before it: the token is exactly one lost byte.
    """

    start: int
    end: int
    char: str
    choices: tuple[bytes, ...] = ()
    reading: str = ""
    cut: bool = False
    opens_tag: bool = False

    @property
    def lost(self) -> bool:
        """Whether the bytes of the token have to be guessed."""
        return self.char in LOST


def tokens(text: str) -> list[Token]:
    """Split a text into its characters, taking pinyin groups out and hanging each on the character before it."""
    groups = {match.start(): match for match in GROUP.finditer(text) if _is_pinyin(text, match)}
    result: list[Token] = []
    at = 0
    while at < len(text):
        group = groups.get(at)
        if group is not None:
            result[-1] = _with_reading(result[-1], group)
            at = group.end()
        else:
            result.append(_token(text, at))
            at += 1
    return result


def is_cut(text: str) -> bool:
    """Whether a text carries marks of pinyin that was put in between bytes; a gloss on one rare character is none."""
    if PRIVATE.search(text):
        return True
    groups = [match for match in GROUP.finditer(text) if _is_pinyin(text, match)]
    return len(groups) > 1 or any(_is_put_in(text[match.start() - 1]) for match in groups)


def _is_put_in(before: str) -> bool:
    return before in LOST or simplified(before) != before


def _is_pinyin(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    if not before or before.isspace():
        return False
    toned = any(char in VOWELS for char in match[2])
    if before in LOST:
        return toned or match[2] in TONELESS
    if match[1] is None:
        return False
    if toned:
        return not before.isascii() or before.isalpha() or before in LOW_TRAILS
    return match[2] in {toneless(reading) for reading in readings(before)}


def _with_reading(token: Token, group: re.Match[str]) -> Token:
    return Token(token.start, token.end, token.char, token.choices, group[2], cut=group[1] is None)


def _token(text: str, at: int) -> Token:
    char = text[at]
    if char in LOST:
        return Token(at, at + 1, char, opens_tag=ENTITY_AFTER.match(text, at + 1) is not None)
    return Token(at, at + 1, char, choices_of(char))
