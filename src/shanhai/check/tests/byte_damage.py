"""A small damager for tests: traditional characters, pinyin behind byte pairs across character borders, shown again."""

import random
from itertools import pairwise

from opencc import OpenCC

from shanhai.check.damage_bytes import choices_of, shown
from shanhai.check.damage_readings import readings
from shanhai.check.simplified import simplified


def damaged(text: str, *, seed: int, cuts: int, headings: int) -> str:
    """The text with `cuts` byte pairs across characters and `headings` characters taken for table entries."""
    chance = random.Random(seed)
    converter = OpenCC("s2t")
    traditional = "".join(_one(converter.convert(char), char) for char in text)
    data = traditional.encode("gbk", "replace")
    borders = sorted({(at, data[at : at + 2]) for at in _across(traditional)})
    chosen = {pair for _, pair in chance.sample(borders, min(cuts, len(borders)))}
    whole = sorted({char.encode("gbk") for char in traditional if simplified(char) != char})
    chosen |= set(chance.sample(whole, min(headings, len(whole))))
    return _shown(_with_pinyin(data, chosen))


def _one(new: str, old: str) -> str:
    return new if len(new) == 1 and len(new.encode("gbk", "replace")) == 2 else old


def _across(text: str) -> list[int]:
    """Positions in the bytes where the end of one character and the begin of the next look like a traditional one."""
    found, at = [], 0
    for one, two in pairwise(text):
        size = len(one.encode("gbk", "replace"))
        if size == 2 and not two.isascii():
            char = shown(one.encode("gbk")[1], two.encode("gbk")[0])
            if char and simplified(char) != char and readings(char):
                found.append(at + 1)
        at += size
    return found


def _with_pinyin(data: bytes, pairs: set[bytes]) -> bytes:
    out, at = b"", 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair in pairs:
            out += pair + f"({min(readings(pair.decode('gbk')))})".encode("gbk")
            at += 2
        else:
            out += data[at : at + 1]
            at += 1
    return out


def _shown(data: bytes) -> str:
    out, at = [], 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        part = data[at : at + size]
        whole = size == 1 or (len(part) == 2 and 0x40 <= part[1] <= 0xFE and part[1] != 0x7F)
        out.append(_as_character(part) if whole else "?")
        at += size
    return "".join(out)


def _as_character(part: bytes) -> str:
    if len(part) == 1:
        return part.decode("ascii")
    return shown(part[0], part[1]) or _private(part)


def _private(part: bytes) -> str:
    """The private-use character of a user-defined code, found by asking which one has these bytes."""
    return next((chr(code) for code in range(0xE000, 0xE766) if part in choices_of(chr(code))[:1]), "?")
