"""The API of scopes and figures: values, meaning, and the records behind."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from ninja import Query, Router

from shanhai.asking import scopes, values
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.figures.opening import plain_row
from shanhai.journal.terms import Scheme, Stage
from shanhai.reference.terms import RegionLevel
from shanhai.web import amounts
from shanhai.web.api_shapes import (
    AsOf,
    FigureOpened,
    FigureRows,
    FiguresShape,
    OfYear,
    Problem,
    ScopeCode,
    ScopeShape,
    Text,
)
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.figure_terms import TIMES
from shanhai.web.questions import Question
from shanhai.web.wording import with_query

router = Router(tags=["figures"])
_REFUSED = {400: Problem, 404: Problem, 422: Problem}
Slices = Annotated[list[Text], Query(description="名称=值，可以有几项 / name=value, repeatable")]
_MOST = 500


@router.get("/scopes", response={200: list[ScopeShape]}, summary="您能看到的范围 / scopes you see")
def list_scopes(request: HttpRequest) -> list[dict[str, Any]]:
    """Every pairing and fund the reader sees."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "kind": one.kind,
            "scheme": coded(one.scheme, Scheme),
            "level": coded(one.level, RegionLevel),
            "east_code": one.east_code,
            "west_code": one.west_code,
            "is_example": one.is_example,
            "is_notice": one.is_notice,
        }
        for one in scopes_of(request)
    ]


def coded(code: str, choices: Any) -> dict[str, str]:
    """A code with its word."""
    return {"code": str(code), "label": say(str(choices(code).label)) if code else ""}


@router.get("/figures", response={200: FiguresShape, **_REFUSED}, summary="全部指标的值 / values of all figures")
def list_figures(
    request: HttpRequest, *, scope: ScopeCode = "", as_of: AsOf = None, year: OfYear = None
) -> dict[str, Any]:
    """Every figure of a scope, up to a day, in one year or since the beginning."""
    asked, day = scopes.by_code(needed_scope(request).code), as_of or localdate()
    found = values.values(asked, values.window_of(asked, as_of=day, year=year))
    return {
        "scope": asked.scope.code,
        "as_of": day,
        "year": year,
        "figures": [_told(name, value, asked.scope.code, day=day, year=year) for name, value in found.items()],
    }


@router.get("/figures/{name}", response={200: FigureOpened, **_REFUSED}, summary="一个指标 / one figure")
def one_figure(
    request: HttpRequest,
    name: Text,
    *,
    slices: Slices = [],  # noqa: B006 - the framework reads it and changes nothing
    scope: ScopeCode = "",
    as_of: AsOf = None,
    year: OfYear = None,
) -> dict[str, Any]:
    """A figure: its value, what it counts, by which rule."""
    question = _question(request, name, slices, as_of=as_of, year=year)
    figure = question.figure
    value = values.value(question.asked, question.name, question.window)
    return _told(question.name, value, question.asked.scope.code, day=question.as_of, year=year) | {
        "scope": question.asked.scope.code,
        "as_of": question.as_of,
        "year": year,
        "rule": say(figure.rule),
        "basis": figure.basis,
        "how": str(figure.how),
        "time": say(TIMES[figure.time][0]),
        "version": figure.version,
        "slices": [{"name": one, "label": amounts.slice_label(figure, one)} for one in figure.slices],
    }


@router.get(
    "/figures/{name}/rows", response={200: FigureRows, **_REFUSED}, summary="指标背后的记录 / the records it counts"
)
def figure_rows(
    request: HttpRequest,
    name: Text,
    *,
    slices: Slices = [],  # noqa: B006 - the framework reads it and changes nothing
    scope: ScopeCode = "",
    as_of: AsOf = None,
    year: OfYear = None,
    first: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
    size: Annotated[int, Query(ge=1, le=_MOST)] = 50,
) -> dict[str, Any]:
    """A page of the records behind a figure: each with its key, its journal entry and the columns that were folded."""
    question = _question(request, name, slices, as_of=as_of, year=year)
    opened = question.opened(first=first, size=size)
    end = first + len(opened.rows)
    return {
        "figure": opened.name,
        "value": _plain(opened.value),
        "fold": _plain(opened.fold),
        "total_rows": opened.total_rows,
        "first": first,
        "rows": [plain_row(row) for row in opened.rows],
        "next": end if opened.rows and end < opened.total_rows else None,
    }


def _question(request: HttpRequest, name: str, slices: list[str], *, as_of: date | None, year: int | None) -> Question:
    """The question of an address; a figure that is not there, or cannot be narrowed so, is told in a sentence."""
    pairs = [one.partition("=") for one in slices]
    try:
        figure, _ = values.named(name)
        whole = amounts.narrowed_name(figure, {label: value for label, _, value in pairs})
        figure, narrowed = values.named(whole)
    except Refused as unknown:
        if slices:
            raise
        raise Http404 from unknown
    return Question(whole, figure, narrowed, scopes.by_code(needed_scope(request).code), as_of or localdate(), year)


def _plain(value: Value) -> str | None:
    return None if value.amount is None else str(value.plain)


def _told(name: str, value: Value, scope: str, *, day: date, year: int | None) -> dict[str, Any]:
    figure = value.figure
    state = amounts.state(value)
    return {
        "figure": name,
        "label": amounts.figure_label(figure, name),
        "area": figure.area,
        "value": _plain(value),
        "unit": {"code": figure.unit.code, "label": amounts.unit_word(figure)},
        "state": {"code": state["code"], "label": state["label"]},
        "stage": coded(str(figure.stage), Stage),
        "rows": value.rows,
        "url": with_query(reverse("figure", args=[name]), scope=scope, as_of=day.isoformat(), year=year),
    }
