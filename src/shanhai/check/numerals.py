"""Numbers as Chinese reports write them: 1200, 30多万, 1万2千, 二十六, 数百, 上千, 5.40万余."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_ARABIC = re.compile(
    rf"{DIGITS}(?:[余多来几]?(?:[十百万亿]|千(?![米瓦克卡伏]))+(?:(?:\d+|[一二三四五六七八九])(?:[余多来几]?[百千万])+)*(?:(?<=[万千])[1-9](?=[,。;、!?\n”)块元]|$))?)?"
)
_CHINESE = re.compile(
    r"(?:[数几](?=[十百千万亿]))?[零〇一二两三四五六七八九十百千万亿]+(?:[余多来几][十百千万亿]+)*几?|几"
)
STARTS = re.compile(r"(?<![\d.])\d|[零〇一二两三四五六七八九十百千万亿几数](?<![\d][十百千万亿])")
_UNITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_PIECE = re.compile(rf"{DIGITS}|.")
#: 十七八, 二十五六 and 两百三四十: two neighbouring digits behind a magnitude.
_NEIGHBOURS_BEHIND = re.compile(
    "([一二两三四五六七八九十百千万]*[十百千万])([一二两三四五六七八])([二两三四五六七八九])([十百千]?)"
)
#: 万把亩: about ten thousand.
_ROUNDLY = re.compile(r"[百千万]把(?=[亩斤块人户元个公里棵株只头件吨])")
_NEIGHBOURS = frozenset(["一二", "一两", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"])


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: text[start:end]; `value` is null where the words are vague (数百, 十几).

    `inside` is the particle within it (余, 多, 来); `bare` says that it is a magnitude without a digit (千, 万);
    `chinese` that no Arabic digit stands in it; `high` is the upper one of two neighbouring digits (两三).
    """

    start: int
    end: int
    value: Decimal | None
    inside: str
    bare: bool
    chinese: bool
    high: Decimal | None = None


def number_at(text: str, at: int) -> Number | None:
    """The longest number that begins at this place, without a particle behind it; None where none does."""
    match = _ARABIC.match(text, at) or _CHINESE.match(text, at)
    if match is None:
        return None
    written = match.group()
    chinese = not written[0].isdigit()
    if _ROUNDLY.match(text, at):
        return Number(at, at + 2, _value(written[0]), "来", bare=False, chinese=True)
    between = _NEIGHBOURS_BEHIND.fullmatch(written) if chinese else None
    if between is not None and between[2] + between[3] in _NEIGHBOURS:
        low, high = (_value(between[1] + between[place] + between[4]) for place in (2, 3))
        return Number(match.start(), match.end(), low, "", bare=False, chinese=True, high=high)
    if chinese and _runs_digits_together(written):
        return _neighbours(match)
    inside = next((letter for letter in written if letter in "余多来"), "")
    vague = any(letter in "数几" for letter in written)
    value = None if vague else _value(written.replace(inside, "") if inside else written)
    return Number(match.start(), match.end(), value, inside, written[0] in "百千万亿", chinese)


def amount(written: str) -> Decimal | None:
    """The value of a number written in digits, numerals or both; None where it is none."""
    number = number_at(written, 0)
    return number.value if number is not None and number.end == len(written) else None


def _runs_digits_together(written: str) -> bool:
    return len(written) > 1 and written[0] in _UNITS and written[1] in _UNITS


def _neighbours(match: re.Match[str]) -> Number | None:
    """两三 and 七八百: two neighbouring digits give a low and a high value."""
    written = match.group()
    if written[:2] not in _NEIGHBOURS or any(letter not in _MAGNITUDES for letter in written[2:]):
        return None
    low, high = _value(written[0] + written[2:]), _value(written[1:])
    return Number(match.start(), match.end(), low, "", bare=False, chinese=True, high=high)


def _value(written: str) -> Decimal:
    """Fold digits and magnitudes from the left; a digit left over counts in the magnitude below (一百五 is 150)."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    last = 1
    for piece in _PIECE.findall(written):
        if piece not in _MAGNITUDES:
            digit = Decimal(_UNITS[piece]) if piece in _UNITS else Decimal(piece.replace(",", ""))
            if piece in "零〇":
                last, digit = 1, None
            continue
        last = _MAGNITUDES[piece]
        if last < 10_000:
            section += (Decimal(1) if digit is None else digit) * last
        elif last == 10_000:
            total, section = total + _at_least_one(section, digit) * last, Decimal(0)
        else:
            total, section = _at_least_one(total + section, digit) * last, Decimal(0)
        digit = None
    rest = Decimal(0) if digit is None else digit
    return total + section + (rest * last / 10 if last >= 100 else rest)


def _at_least_one(section: Decimal, digit: Decimal | None) -> Decimal:
    found = section + (Decimal(0) if digit is None else digit)
    return found if section or digit is not None else Decimal(1)
