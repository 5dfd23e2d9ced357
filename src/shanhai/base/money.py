"""Money as whole fen: reading it from cells, showing it, sharing it out, and exact shares of it.

Inside the program an amount is an `int` of fen (1 元 = 100 分); at the edges it is a decimal string.
Nothing here rounds an amount; only shares (`percent`) are rounded, half up, as the field rounds.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.base.text import squeeze

#: The fen in one of each unit in which amounts of money are written.
FEN_IN: dict[str, int] = {noted("元"): 100, noted("万元"): 1_000_000, noted("亿元"): 10_000_000_000}
#: Amounts above ten trillion yuan are refused: no book of this field holds them, and a float no longer holds fen.
LIMIT_FEN = 10**15

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_MINUS = str.maketrans("−–－", "---")


def parse_yuan(value: str | int | float | Decimal) -> int:
    """The fen of an amount given in yuan: `1,234.50`, `１２３４.5`, `¥300`, a Decimal, or a number from a cell.

    Raises `Refused` with a sentence for the clerk: not a number, more than two decimals, thousands set
    wrongly, another unit written behind it, or a float that is not exact to the fen.
    """
    return parse_amount(value, "元")


def parse_amount(value: str | int | float | Decimal, unit: str) -> int:
    """The fen of an amount given in `unit` (元, 万元, 亿元), exact: 300.123456 万元 is 300,123,456 fen.

    Raises `Refused` as `parse_yuan` does, also where the amount does not come out in whole fen.
    """
    if isinstance(value, bool):
        raise Refused(say("“{value}”不是金额。请填写数字。", value=value))
    if isinstance(value, float):
        return _fen_of_float(value, unit)
    number = _written(value, unit) if isinstance(value, str) else Decimal(value)
    if not number.is_finite():
        raise Refused(say("“{value}”不是金额。请填写数字。", value=value))
    numerator, denominator = number.as_integer_ratio()
    fen, rest = divmod(numerator * FEN_IN[unit], denominator)
    _check_limit(value, fen, unit)
    if rest:
        raise Refused(
            say(
                "金额“{value}”{unit}不足一分的部分无法入账。请以{unit}为单位，最多填写{places}位小数。",
                value=value,
                unit=say(unit),
                places=_places(unit),
            )
        )
    return fen


def _check_limit(value: object, fen: float, unit: str) -> None:
    if not -LIMIT_FEN <= fen <= LIMIT_FEN:
        raise Refused(
            say("金额“{value}”{unit}超过系统上限（十万亿元）。请核对单位和位数。", value=value, unit=say(unit))
        )


def _written(text: str, unit: str) -> Decimal:
    bare = squeeze(text).translate(_MINUS).removeprefix("¥").removeprefix("RMB").strip()
    for other in ("亿元", "万元", "元"):
        if bare.endswith(other):
            if other != unit:
                raise Refused(
                    say(
                        "“{text}”带有单位“{other}”，本栏以“{unit}”为单位。请换算后只填数字。",
                        text=text,
                        other=say(other),
                        unit=say(unit),
                    )
                )
            bare = bare.removesuffix(other).strip()
            break
    if not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        raise Refused(
            say("“{text}”不是以{unit}为单位的金额。请只填数字，如 1234.50 或 1,234.50。", text=text, unit=say(unit))
        )
    return Decimal(bare.replace(",", ""))


def _fen_of_float(value: float, unit: str) -> int:
    """The fen a float stands for: those whose amount, made a float again, is the very same float."""
    if not isfinite(value):
        raise Refused(say("“{value}”不是金额。请填写数字。", value=value))
    _check_limit(value, value * FEN_IN[unit], unit)
    fen = round(value * FEN_IN[unit])
    if fen / FEN_IN[unit] != value:
        raise Refused(
            say(
                "单元格里的数值是 {value!r}，不是整分，可能由公式算得。请用 ROUND 函数取到分，或直接填写金额。",
                value=value,
            )
        )
    return fen


def _places(unit: str) -> int:
    return len(str(FEN_IN[unit])) - 1


def yuan(fen: int) -> str:
    """The amount in yuan as a decimal string with two decimals, as every JSON carries it: `1234.50`."""
    sign, size = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{size // 100}.{size % 100:02d}"


def wan(fen: int) -> str:
    """The amount in 万元 as an exact decimal string, never rounded: `123.45`, `300`, `0.000001`."""
    return _exact(fen, "万元")


def show_money(fen: int, unit: str = "元") -> str:
    """The exact amount for a reader, with thousands and unit: `1,234.50元`, `123.45万元`, `1.2亿元`."""
    number = yuan(fen) if unit == "元" else _exact(fen, unit)
    whole, dot, rest = number.lstrip("-").partition(".")
    return f"{'-' if fen < 0 else ''}{int(whole):,}{dot}{rest}{unit}"


def _exact(fen: int, unit: str) -> str:
    whole, rest = divmod(abs(fen), FEN_IN[unit])
    decimals = f"{rest:0{_places(unit)}d}".rstrip("0")
    return f"{'-' if fen < 0 else ''}{whole}" + (f".{decimals}" if decimals else "")


def share_out(total_fen: int, weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """Share an amount by weight so that the shares add up to it to the fen (largest remainder).

    The fen left over go to the largest remainders, the first of equals first; a negative total is shared
    like its opposite. Raises `ValueError` for a negative weight or when all weights are zero.
    """
    exact = [Fraction(weight) for weight in weights]
    if any(weight < 0 for weight in exact) or not any(exact):
        raise ValueError("weights must not be negative, and one must be above zero")
    size, whole = abs(total_fen), sum(exact, Fraction())
    parts = [size * weight / whole for weight in exact]
    shares = [part.numerator // part.denominator for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (shares[place] - parts[place], place))
    for place in by_remainder[: size - sum(shares)]:
        shares[place] += 1
    return [-share for share in shares] if total_fen < 0 else shares


def ratio(numerator: int | Decimal | Fraction, denominator: int | Decimal | Fraction) -> Fraction:
    """The exact ratio of two amounts in the same unit. Raises `ZeroDivisionError`: a ratio to nothing is not zero."""
    return Fraction(numerator) / Fraction(denominator)


def percent(numerator: int | Decimal | Fraction, denominator: int | Decimal | Fraction, places: int = 2) -> Decimal:
    """A share in per cent, rounded half up (away from zero) at `places` decimals: 4 of 12 is 33.33.

    Raises `ZeroDivisionError` where there is nothing to divide by; the caller says "not applicable".
    """
    return round_half_up(100 * ratio(numerator, denominator), places)


def round_half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """An exact value rounded half up at `places` decimals, 2.5 to 3 and -2.5 to -3, as the field rounds."""
    scaled = Fraction(value) * 10**places
    size = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{-size if scaled < 0 else size}E-{places}")
