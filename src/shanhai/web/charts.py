"""A figure by year as an SVG: drawn here, so that no page needs another host or a script."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import altair
import noto_cjk_sans_otc  # type: ignore[import-untyped]
import vl_convert

from shanhai.base.units import Kind
from shanhai.figures.folding import Value

WIDTH, HEIGHT = 460, 300
_FONTS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK, _SEA, _LINE = "#17242b", "#0b4f5e", "#c9d2d3"
_MOST_LABELS = 8
_WAN = Decimal(10_000)


def drawable(points: Mapping[int, Value]) -> bool:
    """Whether there is a number to draw in more than one year."""
    return len(points) > 1 and any(isinstance(value.amount, Decimal) for value in points.values())


def drawn_unit(points: Mapping[int, Value]) -> tuple[Decimal, str]:
    """By how much values are divided for drawing, and the unit of the axis."""
    unit = next(iter(points.values())).figure.unit
    largest = max(
        (abs(value.amount) for value in points.values() if isinstance(value.amount, Decimal)), default=Decimal(0)
    )
    return (_WAN, f"万{unit.zh}") if unit.kind is Kind.MONEY and largest >= _WAN else (Decimal(1), unit.zh)


def by_year(points: Mapping[int, Value]) -> str:
    """The bars of a figure by year; a year without a number has no bar, its state stands in the table below."""
    by, _ = drawn_unit(points)
    rows = [
        {"year": str(year), "height": float(value.amount / by), "told": _short(value.amount / by)}
        for year, value in points.items()
        if isinstance(value.amount, Decimal)
    ]
    base = altair.Chart({"values": rows}).encode(
        x=altair.X(
            "year:O",
            title=None,
            axis=altair.Axis(labelAngle=0, labelOverlap=True),
            scale=altair.Scale(domain=[str(year) for year in points]),
        ),
        y=altair.Y("height:Q", title=None, axis=altair.Axis(tickCount=4, format=",~r")),
    )
    chart = base.mark_bar(color=_SEA)
    if len(points) <= _MOST_LABELS:
        chart = chart + base.mark_text(dy=-9, fontSize=14, color=_INK).encode(text="told:N")
    chart = chart.properties(width=WIDTH - 90, height=HEIGHT - 60).configure(font=_FONTS, background="white")
    chart = chart.configure_axis(
        labelFontSize=14, titleFontSize=14, labelColor=_INK, titleColor=_INK, gridColor=_LINE, titleFontWeight="normal"
    )
    _fonts()
    return str(vl_convert.vegalite_to_svg(chart.configure_view(stroke=None).to_dict()))


def _short(amount: Decimal) -> str:
    """A label over a bar; the exact number stands in the table."""
    rounded = amount.quantize(Decimal(1)) if abs(amount) >= 100 else amount.quantize(Decimal("0.1"))
    return f"{rounded:,f}".removesuffix(".0")


@cache
def _fonts() -> None:
    """Make the Chinese font of the wheel known once."""
    vl_convert.register_font_directory(str(Path(noto_cjk_sans_otc.__file__).parent))
