"""Numbers in cells: money in yuan to whole fen, whole numbers, exact decimals."""

import re
from decimal import Decimal as Exact
from functools import partial

import cn2an
import polars as pl

from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.base.money import parse_yuan
from shanhai.base.text import squeeze
from shanhai.intake import columns as kinds
from shanhai.intake.cells import Cells
from shanhai.intake.typed import (
    Fault,
    Misread,
    Typed,
    by_value,
    first_of,
    keep_where,
    nothing,
    others,
    positions,
    without,
)

_PLAIN = r"^(-?)([0-9]{1,12})(?:\.([0-9]{1,2}))?$"
_LARGEST_FAST = 1e12
_NOISE = 3e-16
"""A share of a number too small to show in 15 digits: with the rounding of the quotient still under half a digit."""
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_SCALED = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)([十百千]?[万亿]|[十百千])(?:多|余)?元?整?", re.ASCII)
_HAN_NUMBER = re.compile(r"[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟点.\d]+")
_WRITTEN = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
_WITH_UNIT = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)\s*[^\d\s.,%+-]{1,6}")
_DASHES = {"-", "--", "—", "——", "－", "/", "／", "\\", "无", "空", "不适用", "N/A", "n/a"}
_BLANK_ADVICE = noted("没有就把这一格留空；是零就填 0。")
_SMALL_FEN = 1_000_000


def money(column: kinds.Money, cells: Cells) -> Typed:
    """Fen of every amount; 万 behind an amount, Chinese numerals, parts of a fen, per cent are found."""
    quick_number = _fen_of_numbers(cells.number)
    quick_text = _fen_of_texts(cells.text)
    rest_number = keep_where(cells.number, quick_number.is_null())
    rest_text = keep_where(cells.text, quick_text.is_null())
    slow_number, number_faults = by_value(rest_number, _fen_of_number, dtype=pl.Int64(), code="intake.not_money")
    slow_text, text_faults = by_value(rest_text, _fen_of_text, dtype=pl.Int64(), code="intake.not_money")
    fen = first_of(quick_number, slow_number, quick_text, slow_text)
    faults = number_faults + text_faults + others(cells) + _wrong_dates(cells)
    faults += _percents(cells, "intake.percent_for_money")
    if not column.negative:
        below = positions(fen < 0)
        faults += [Fault(place, "intake.negative", say("请核对。"), say("这里不应小于零。")) for place in below]
    return Typed({column.field: without(fen, faults)}, faults)


def looks_like_wan(column: kinds.Money, fen: pl.Series) -> bool:
    """Whether a whole column of project amounts is so small that 万元 may have been meant."""
    amounts = fen.drop_nulls().filter(fen.drop_nulls() != 0)
    largest = amounts.abs().max() if len(amounts) else None
    return column.project_size and isinstance(largest, int) and largest < _SMALL_FEN


def whole(column: kinds.Whole, cells: Cells) -> Typed:
    """Whole numbers; a unit behind the number, a fraction, or a number outside the limits is found."""
    exact = cells.number.round() == cells.number
    number = keep_where(cells.number, exact & (cells.number.abs() < 1e15)).cast(pl.Int64)
    rest = keep_where(cells.number, number.is_null())
    _, number_faults = by_value(rest, _not_whole, dtype=pl.Int64(), code="intake.not_whole")
    text, text_faults = by_value(cells.text, _whole_of_text, dtype=pl.Int64(), code="intake.not_whole")
    values = first_of(number, text)
    faults = number_faults + text_faults + others(cells) + _wrong_dates(cells) + _outside(column, values)
    faults += _percents(cells, "intake.percent_for_number")
    return Typed({column.field: without(values, faults)}, faults)


def decimal(column: kinds.Decimal, cells: Cells) -> Typed:
    """Exact decimals; more places than declared are found, never rounded away."""
    numbers = cells.number
    if cells.percent:
        spots = sorted(cells.percent)
        numbers = numbers.scatter(spots, numbers.gather(spots) * 100)
    scale = 10.0**column.places
    quick = (numbers * scale).round()
    exact = (quick / scale == numbers) & (quick.abs() < 1e15)
    quick_number = (keep_where(quick, exact) / scale).cast(column.dtype)
    rest = keep_where(numbers, quick_number.is_null())
    read = partial(_read_decimal, column)
    slow, number_faults = by_value(rest, read, dtype=column.dtype, code="intake.not_number")
    text, text_faults = by_value(cells.text, read, dtype=column.dtype, code="intake.not_number")
    values = first_of(quick_number, slow, text)
    faults = number_faults + text_faults + others(cells) + _wrong_dates(cells) + _outside(column, values)
    if not column.percent:
        faults += _percents(cells, "intake.percent_for_number")
    return Typed({column.field: without(values, faults)}, faults)


def _fen_of_numbers(numbers: pl.Series) -> pl.Series:
    """Fen of numbers that show no part of a fen in the 15 digits of a worksheet; null for the rest."""
    fen = (numbers * 100).round()
    exact = ((fen / 100 - numbers).abs() <= numbers.abs() * _NOISE) & (numbers.abs() < _LARGEST_FAST)
    return keep_where(fen, exact).cast(pl.Int64)


def _fen_of_texts(texts: pl.Series) -> pl.Series:
    """Fen of texts such as 1234.5 and -300; null for the rest."""
    if texts.null_count() == len(texts):
        return nothing(len(texts), pl.Int64())
    parts = texts.str.extract_groups(_PLAIN).struct.unnest()
    fraction = parts["3"].fill_null("").str.pad_end(2, "0").cast(pl.Int64)
    size = parts["2"].cast(pl.Int64) * 100 + fraction
    return size.zip_with(parts["1"] != "-", -size)


def _fen_of_number(number: float) -> int:
    """A number cell means what the worksheet shows: 15 digits, not the noise behind them."""
    try:
        return parse_yuan(Exact(f"{number:.15g}"))
    except Refused as refused:
        advice = (
            say("请四舍五入到分（如 {number:.2f}），或在公式外加 ROUND(…, 2)。", number=number)
            if abs(number) < _LARGEST_FAST
            else ""
        )
        raise Misread("intake.not_fen", advice or say("请核对位数。")) from refused


def _fen_of_text(text: str) -> int:
    try:
        return parse_yuan(_unwrapped(text))
    except Refused as refused:
        raise _money_misread(text) from refused


def _unwrapped(text: str) -> str:
    """A text without the bookkeeper's brackets (负数) and without 整 at its end."""
    bare = squeeze(text).removesuffix("整")
    if bare.startswith("(") and bare.endswith(")"):
        return "-" + bare[1:-1]
    return bare


def _money_misread(text: str) -> Misread:
    if text in _DASHES:
        return Misread("intake.placeholder", say(_BLANK_ADVICE))
    if text.endswith(("%", "％")):
        return Misread("intake.percent_for_money", say("请填写金额，不要填百分比。"))
    meant = number_meant(text)
    if meant is not None:
        return Misread("intake.not_yuan", say("请改为 {meant} 后重新上传。", meant=meant))
    if re.fullmatch(r"[\d,]+\.\d{3,}", squeeze(text)):
        return Misread("intake.not_fen", say("金额最多两位小数，请核对单位和位数。"))
    return Misread("intake.not_money", say("请改为数字后重新上传。"))


def number_meant(text: str) -> str | None:
    """The plain number a text such as 300万, 一百万元 or 三百二十万 most likely means, to be suggested."""
    bare = squeeze(text).replace(" ", "").removeprefix("¥").removeprefix("人民币")
    scaled = _SCALED.fullmatch(bare)
    if scaled:
        value = Exact(scaled[1].replace(",", ""))
        for letter in scaled[2]:
            value *= _SCALES[letter]
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    bare = bare.rstrip("整圆元")
    if not _HAN_NUMBER.fullmatch(bare) or bare.replace(".", "").isdigit():
        return None
    try:
        return f"{Exact(str(cn2an.cn2an(bare, 'smart'))):f}"
    except (ValueError, ArithmeticError):
        return None


def _not_whole(number: float) -> int:
    raise Misread(
        "intake.not_whole", say("这里不能有小数，请核对。") if abs(number) < 1e15 else say("数字超过 15 位，请核对。")
    )


def _whole_of_text(text: str) -> int:
    return int(_number_written(text, "intake.not_whole", 0))


def _number_written(text: str, code: str, places: int) -> Exact:
    """The exact number a text writes with at most so many places; anything else is a `Misread`."""
    bare = squeeze(text).replace(" ", "").translate(str.maketrans("−–－", "---"))
    found = _WRITTEN.fullmatch(bare)
    if found and len((found[3] or "").rstrip("0")) <= places and len(bare) <= 20:
        return Exact(bare.replace(",", ""))
    if found:
        raise Misread(
            code, say("最多 {places} 位小数，请核对。", places=places) if places else say("这里不能有小数，请核对。")
        )
    if text in _DASHES:
        raise Misread("intake.placeholder", say(_BLANK_ADVICE))
    unit = _WITH_UNIT.fullmatch(bare)
    meant = number_meant(text) or (unit[1].replace(",", "") if unit else None)
    raise Misread(code, say("请只填数字，如 {meant}。", meant=meant) if meant else say("请改为数字后重新上传。"))


def _read_decimal(column: kinds.Decimal, value: float | str) -> Exact:
    text = value if isinstance(value, str) else f"{Exact(f'{value:.15g}'):f}"
    if column.percent:
        text = text.removesuffix("%").removesuffix("％")
    return _number_written(text, "intake.not_number", column.places)


def _outside(column: kinds.Whole | kinds.Decimal, values: pl.Series) -> list[Fault]:
    faults = []
    if column.minimum is not None:
        lead = say("这里不应小于 {minimum}。", minimum=column.minimum)
        faults += [
            Fault(place, "intake.too_small", say("请核对。"), lead) for place in positions(values < column.minimum)
        ]
    if column.maximum is not None:
        lead = say("这里不应大于 {maximum}。", maximum=column.maximum)
        faults += [
            Fault(place, "intake.too_large", say("请核对。"), lead) for place in positions(values > column.maximum)
        ]
    return faults


def _percents(cells: Cells, code: str) -> list[Fault]:
    return [Fault(place, code, say("这里不是百分比，请改用“常规”格式填写。")) for place in sorted(cells.percent)]


def _wrong_dates(cells: Cells) -> list[Fault]:
    advice = say("这一格是日期格式，请改为“常规”格式后重新填写数字。")
    return [Fault(place, "intake.date_for_number", advice) for place in positions(cells.moment.is_not_null())]
