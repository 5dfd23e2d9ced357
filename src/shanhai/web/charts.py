"""Charts as SVG: drawn here, so that no page needs another host or a script. One drawing serves page and paper."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

import altair
import noto_cjk_sans_otc  # type: ignore[import-untyped]
import vl_convert
from django.utils.html import escape

from shanhai.base.language import noted, say
from shanhai.base.units import Kind
from shanhai.figures.folding import Value

WIDTH, HEIGHT = 460, 300
FONTS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK, _LINE = "#17242b", "#c9d2d3"
#: Colours of series in their order; they differ in lightness too, and a legend names them.
COLOURS = ("#0b4f5e", "#c98a1b", "#5d8f76", "#5b3a8c", "#a61b1b", "#7d8c90")
_MOST_LABELS = 8
_WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it stands, how high it is, the series it belongs to, its name for who cannot see it, its address."""

    at: str
    height: Decimal
    told: str
    url: str = ""
    series: str = ""


def drawable(points: Mapping[int, Value]) -> bool:
    """Whether there is a number to draw in more than one year."""
    return len(points) > 1 and any(isinstance(value.amount, Decimal) for value in points.values())


def drawn_unit(points: Mapping[int, Value]) -> tuple[Decimal, str]:
    """By how much values are divided for drawing, and the unit of the axis."""
    unit = next(iter(points.values())).figure.unit
    largest = max(
        (abs(value.amount) for value in points.values() if isinstance(value.amount, Decimal)), default=Decimal(0)
    )
    wan = unit.kind is Kind.MONEY and largest >= _WAN
    return (_WAN, say(noted("万元"))) if wan else (Decimal(1), say(unit.zh))


def bars(found: Sequence[Bar], *, order: Sequence[str], width: int = WIDTH, height: int = HEIGHT) -> str:
    """Bars over the places of `order`, side by side where there are series; a place without a bar stays empty.

    What is drawn is kept without its addresses, which are put in last: the same bars stand on many pages, and lead from
    each with what was asked there.
    """
    placed = tuple(replace(bar, url=f"{_PLACE}{number}" if bar.url else "") for number, bar in enumerate(found))
    drawn = _bars(placed, tuple(order), width, height)
    return _PLACES.sub(lambda place: f'xlink:href="{escape(found[int(place[1])].url)}"', drawn)


@lru_cache(maxsize=256)
def _bars(found: tuple[Bar, ...], order: tuple[str, ...], width: int, height: int) -> str:
    series = list(dict.fromkeys(bar.series for bar in found))
    rows = [
        {"at": bar.at, "height": float(bar.height), "short": _short(bar.height), "told": bar.told, "url": bar.url,
         "series": bar.series}
        for bar in found
    ]  # fmt: skip
    base = altair.Chart({"values": rows}).encode(
        x=altair.X(
            "at:O", title=None, axis=altair.Axis(labelAngle=0, labelOverlap=True), scale=altair.Scale(domain=list(order))
        ),
        y=altair.Y("height:Q", title=None, axis=altair.Axis(tickCount=4, format=",~r")),
    )  # fmt: skip
    marks = {"description": "told:N", **({"href": "url:N"} if any(bar.url for bar in found) else {})}
    if len(series) > 1:
        colour = altair.Color(
            "series:N",
            title=None,
            sort=series,
            scale=altair.Scale(domain=series, range=list(COLOURS[: len(series)])),
            legend=altair.Legend(orient="top", labelFontSize=14),
        )
        chart = base.mark_bar().encode(color=colour, xOffset=altair.XOffset("series:N", sort=series), **marks)
    else:
        chart = base.mark_bar(color=COLOURS[0]).encode(**marks)
        if len(order) <= _MOST_LABELS:
            chart = chart + base.mark_text(dy=-9, fontSize=14, color=_INK).encode(text="short:N")
    return _svg(chart.properties(width=width - 90, height=height - 60))


def _svg(chart: altair.TopLevelMixin) -> str:
    finished = chart.configure(font=FONTS, background="white").configure_axis(
        labelFontSize=14, titleFontSize=14, labelColor=_INK, titleColor=_INK, gridColor=_LINE, titleFontWeight="normal"
    )
    _fonts()
    return str(vl_convert.vegalite_to_svg(finished.configure_view(stroke=None).to_dict()))


#: What stands in a drawing for the address of a bar, and how the renderer writes it: behind a host of its own.
_PLACE = "/bar/"
_PLACES = re.compile(rf'xlink:href="[^"]*{_PLACE}(\d+)"')


def _short(amount: Decimal) -> str:
    """A label over a bar; the exact number stands in the table."""
    rounded = amount.quantize(Decimal(1)) if abs(amount) >= 100 else amount.quantize(Decimal("0.1"))
    return f"{rounded:,f}".removesuffix(".0")


@cache
def _fonts() -> None:
    """Make the Chinese font of the wheel known once."""
    vl_convert.register_font_directory(str(Path(noto_cjk_sans_otc.__file__).parent))
