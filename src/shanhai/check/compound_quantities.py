"""Quantities said in two steps: nine years and three months, two yuan five, a quarter of an hour, cut by half."""

import re
from collections.abc import Callable
from decimal import Decimal

from shanhai.check.numerals import DIGITS, amount

_N = rf"({DIGITS}|[一二两三四五六七八九十百]+)"
_PLUS = "[零又]?"
#: What is left after a share or an amount is halved.
_HALVED = re.compile(r"(?<!第.年)(?:减半|折半)(?!径)")
_QUARTERS = re.compile(r"([一两三])刻钟")
_COINS = re.compile(
    rf"{_N}块(?:(?P<jiao>[一二三四五六七八九\d])(?:[毛角]|(?![\d.十百千万亿个多余来至到-]))|(?P<half>半)(?![天年月]))"
)
_CENTS = re.compile(r"([一二两三四五六七八九\d])[毛角]([一二三四五六七八九\d])(?:分)?(?![\d.十百千万亿个多余])")
_YUAN_JIAO = re.compile(rf"{_N}元(?P<jiao>[一二三四五六七八九\d])角(?:(?P<fen>[一二三四五六七八九\d])分)?")
_SPANS = tuple(
    (re.compile(rf"{_N}{large}{_PLUS}{_N}{small}"), unit, Decimal(parts))
    for large, small, unit, parts in (
        ("亩", "分(?:地)?(?![之成支店公])", "mu", 10),
        ("年", r"个月(?!半)", "year", 12),
        ("个月", r"(?:天|日)(?!前)", "month", 30),
        ("天", "个?(?:小时|钟头)", "day", 24),
        ("个?(?:小时|钟头)", "分(?:钟)?", "hour", 60),
        ("分(?:钟)?", r"秒(?:钟)?", "minute", 60),
    )
)
#: 一米八: a height or a depth.
_METRES = re.compile(rf"{_N}米([一二三四五六七八九\d])(?![\d.十百千万亿个多余米至到-])")
#: A span of more years than this is the number of a year.
_MOST_YEARS = 100

#: End, value, unit and measure word.
Compound = tuple[int, Decimal, str, str]


def compound_at(text: str, at: int) -> Compound | None:
    """The quantity in two steps that begins at this place; None where none does."""
    readers: tuple[Callable[[str, int], Compound | None], ...] = (_halved, _quarters, _coins, _metres, _span)
    return next((found for read in readers if (found := read(text, at)) is not None), None)


def _halved(text: str, at: int) -> Compound | None:
    match = _HALVED.match(text, at)
    return (match.end(), Decimal("0.5"), "fraction", "半") if match else None


def _quarters(text: str, at: int) -> Compound | None:
    match = _QUARTERS.match(text, at)
    return (match.end(), 15 * (amount(match[1]) or Decimal(1)), "minute", "刻钟") if match else None


def _coins(text: str, at: int) -> Compound | None:
    """两块五, 三块八毛, 三元五角, 一毛八."""
    cents = _CENTS.match(text, at)
    if cents is not None:
        tenths, hundredths = (amount(part) or Decimal(0) for part in cents.groups())
        return cents.end(), tenths / 10 + hundredths / 100, "CNY", "毛"
    match = _COINS.match(text, at) or _YUAN_JIAO.match(text, at)
    whole = amount(match[1]) if match else None
    if match is None or whole is None:
        return None
    parts = match.groupdict()
    jiao = Decimal(5) if parts.get("half") else amount(parts["jiao"] or "") or Decimal(0)
    fen = amount(parts.get("fen") or "") or Decimal(0)
    return match.end(), whole + jiao / 10 + fen / 100, "CNY", "块"


def _metres(text: str, at: int) -> Compound | None:
    match = _METRES.match(text, at)
    whole = amount(match[1]) if match else None
    if match is None or whole is None:
        return None
    return match.end(), whole + (amount(match[2]) or Decimal(0)) / 10, "metre", "米"


def _span(text: str, at: int) -> Compound | None:
    for pattern, unit, parts in _SPANS:
        match = pattern.match(text, at)
        large, small = (amount(match[1]), amount(match[2])) if match else (None, None)
        if match and large is not None and small is not None and large < _MOST_YEARS and small < parts:
            return match.end(), large + round(small / parts, 4), unit, unit
    return None
