"""What agreements put on the site: the targets of the year on the home page, and what is behind time."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse

from shanhai.areas.agreements.queries import Progress, latest_targets, progress_of_year
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.figures.terms import State
from shanhai.reference.models import Scope
from shanhai.web import amounts, shares, wording
from shanhai.web.declare import Look, Waiting, home_section, waiting


@home_section("年度目标与序时进度", "agreements/home_targets.html", order=10)
def targets_on_home(look: Look) -> dict[str, Any] | None:
    """The targets of the latest year that has any, as they stand on the day (or on the last day of that year)."""
    year, day, found = look.once("agreements.targets", lambda: _standing(look))
    if year is None:
        return None
    return {
        "year": year,
        "note": say("{year} 年的目标，算到 {day}；竖线是时间已过的比例。", year=year, day=day.isoformat()),
        "rows": [told_row(one, look.scope, day) for one in found],
        "url": wording.with_query(reverse("list", args=["agreements.target"]), scope=look.scope.code),
    }


@waiting
def targets_behind(look: Look) -> Iterator[Waiting]:
    """Targets of the running year that are behind the time that is over."""
    year, _, found = look.once("agreements.targets", lambda: _standing(look))
    if year == look.day.year and any(book.scope_id == look.scope.pk for book in look.actor.books):
        behind = [one for one in found if one.behind]
        if behind:
            url = wording.with_query(reverse("list", args=["agreements.target"]), scope=look.scope.code)
            yield Waiting(say("{year} 年有目标落后于序时进度", year=year), url, len(behind))


def _standing(look: Look) -> tuple[int | None, date, list[Progress]]:
    """The latest year with targets that has begun, the day they are told for, and how they stand.

    A year that is over is told for the last day the records were closed for, or for its end where nobody closed them.
    """
    targets = latest_targets(look.asked, look.day)
    year, day = targets[0].target_year if targets else None, look.day
    if year is not None and year < day.year:
        closed: date | None = getattr(targets[0], "closed_on", None)
        day = closed if closed and closed.year == year else date(year, 12, 31)
    return year, day, progress_of_year(look.asked, targets, on=day)


def told_row(progress: Progress, scope: Scope, day: date) -> dict[str, Any]:
    """A target as the home page and the page of targets tell it."""
    figure = progress.value.figure
    promised = amounts.told(Value(figure, progress.promised, State.VALUE, 0))
    value = amounts.told(progress.value)
    share, lead = progress.share, progress.lead
    return {
        "label": amounts.figure_label(figure, progress.target.figure),
        "url": amounts.figure_url(
            progress.target.figure, scope.code, year=progress.target.target_year, as_of=day.isoformat()
        ),
        "value": f"{value['value']} {value['unit']}" if value["value"] else amounts.state(progress.value)["label"],
        "promised": f"{promised['value']} {promised['unit']}",
        "share": say("完成 {percent}%", percent=shares.percent(share)) if share is not None else say("没有数值"),
        "lead": _lead(lead),
        "behind": progress.behind,
        "width": shares.width(share),
        "time": shares.percent(progress.time),
    }


def _lead(lead: Fraction | None) -> str:
    if lead is None:
        return say("无法比较")
    if lead < 0:
        return say("落后序时进度 {points} 个百分点", points=shares.percent(-lead))
    return say("快于序时进度 {points} 个百分点", points=shares.percent(lead))
