"""What the pages of agreements are asked: a day, a year; and the way to them."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.base.language import say


def day_of(request: HttpRequest) -> date:
    """The day asked for; today where none is."""
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return localdate()


def year_of(request: HttpRequest) -> int | None:
    """The year asked for."""
    given = request.GET.get("year", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 and int(given) > 0 else None


def year_field(years: list[int], chosen: int | None, *, every: bool = True) -> dict[str, object]:
    """The choice of a year."""
    options = [{"value": year, "label": say("{year} 年", year=year), "selected": year == chosen} for year in years]
    first = [{"value": "", "label": say("全部年份"), "selected": chosen is None}] if every else []
    return {"name": "year", "label": say("年份"), "type": "select", "options": [*first, *options]}


def day_field(day: date) -> dict[str, object]:
    """The choice of a day."""
    return {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": day.isoformat()}


def crumbs() -> list[dict[str, str]]:
    """The way to the area's pages."""
    area = {"label": say("协议与交流"), "url": reverse("area", args=["agreements"])}
    return [{"label": say("首页"), "url": reverse("home")}, area]
