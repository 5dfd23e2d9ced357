"""The drawing of weekly prices: a line through the published prices, and what was settled by each as a bar beside it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shanhai.areas.orders.pages.asking import price
from shanhai.areas.orders.queries.weeks import Week
from shanhai.base.language import say

WIDTH, HEIGHT = 940, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 16, 40
_LINE, _BAR, _REVISED, _INK, _GRID = "#0b4f5e", "#c98a1b", "#a61b1b", "#17242b", "#c9d2d3"
_FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
#: Between prices named at the side, in fen.
_STEP = 200


class _Scale:
    """Where days and prices stand on the drawing."""

    def __init__(self, found: Sequence[Week]) -> None:
        """As wide as the weeks and as high as the prices need."""
        every = [price for one in found for _, price, _ in one.prices]
        every += [price for one in found if one.count for price in (one.lowest, one.highest)]
        self.low, self.high = min(every) // _STEP * _STEP, -(-max(every) // _STEP) * _STEP
        self.high += _STEP * (self.low == self.high)
        self.first, self.last = found[0].monday, found[-1].monday

    def x(self, day: date) -> float:
        """From the left."""
        days = max(1, (self.last - self.first).days)
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (day - self.first).days / days, 1)

    def y(self, fen: int) -> float:
        """From the top."""
        return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (self.high - fen) / (self.high - self.low), 1)


def drawn(found: Sequence[Week], urls: Mapping[date, str]) -> SafeString:
    """The drawing; a week with settlements leads to them."""
    scale = _Scale(found)
    return format_html(
        '<svg class="drawing" role="group" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}" font-family="{}">{}{}{}{}</svg>',
        _told(found), WIDTH, HEIGHT, WIDTH, HEIGHT, _FONT, _grid(scale, found), _line(scale, found), _revisions(scale, found),
        format_html_join("", "{}", ((bar,) for bar in _bars(scale, found, urls))),
    )  # fmt: skip


def _told(found: Sequence[Week]) -> str:
    count = sum(one.count for one in found)
    low, high = min(one.price for one in found), max(one.price for one in found)
    return say(
        "{first} 至 {last} 的每周参考价，{low} 至 {high} 元/公斤；按它们结算 {count} 份。",
        first=found[0].monday.isoformat(), last=found[-1].monday.isoformat(), low=price(low), high=price(high), count=count,
    )  # fmt: skip


def _grid(scale: _Scale, found: Sequence[Week]) -> SafeString:
    heights = range(scale.low, scale.high + 1, _STEP)
    across = format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/><text x="{}" y="{}" text-anchor="end" font-size="14" fill="{}" aria-hidden="true">{}</text>',
        ((_LEFT, WIDTH - _RIGHT, scale.y(fen), scale.y(fen), _GRID, _LEFT - 8, scale.y(fen) + 5, _INK, price(fen)) for fen in heights),
    )  # fmt: skip
    return format_html("{}{}", across, _months(scale, found))


def _months(scale: _Scale, found: Sequence[Week]) -> SafeString:
    """The first week of each quarter, or of each year where there are many."""
    every = 12 if (scale.last - scale.first).days > 800 else 3
    named: dict[tuple[int, int], date] = {}
    for one in found:
        named.setdefault((one.monday.year, (one.monday.month - 1) // every), one.monday)
    return format_html_join(
        "",
        '<text x="{}" y="{}" font-size="14" fill="{}" aria-hidden="true">{}</text>',
        ((min(scale.x(day), WIDTH - 70), HEIGHT - 14, _INK, f"{day:%Y-%m}") for day in named.values()),
    )


def _line(scale: _Scale, found: Sequence[Week]) -> SafeString:
    points = " ".join(f"{scale.x(one.monday)},{scale.y(one.price)}" for one in found)
    return format_html('<polyline points="{}" fill="none" stroke="{}" stroke-width="2.5"/>', points, _LINE)


def _revisions(scale: _Scale, found: Sequence[Week]) -> SafeString:
    """A cross-like mark where a published price was revised later."""
    revised = [one for one in found if len(one.prices) > 1]
    return format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="5" fill="none" stroke="{}" stroke-width="2"/>',
        ((scale.x(one.monday), scale.y(one.prices[0][1]), _REVISED) for one in revised),
    )


def _bars(scale: _Scale, found: Sequence[Week], urls: Mapping[date, str]) -> Iterator[SafeString]:
    for one in found:
        if not one.count:
            continue
        name = say(
            "{week} 那一周：参考价 {price}，结算 {count} 份，结算价 {low} 至 {high} 元/公斤",
            week=one.monday.isoformat(), price=price(one.price), count=one.count, low=price(one.lowest), high=price(one.highest),
        )  # fmt: skip
        top, bottom = scale.y(one.highest), scale.y(one.lowest)
        yield format_html(
            '<a href="{}" aria-label="{}"><title>{}</title><rect x="{}" y="{}" width="6" height="{}" fill="{}" fill-opacity="0.75"/></a>',
            urls[one.monday], name, name, round(scale.x(one.monday) - 3, 1), top - 2, round(bottom - top + 4, 1), _BAR,
        )  # fmt: skip
