"""资金台账: every step of money in the order of days, narrowed, totalled, taken away."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.funds.models import Movement
from shanhai.areas.funds.pages.choices import PROJECT, Look, choices, project_words, select, table_of
from shanhai.areas.funds.queries.ledger import Narrowing, Standing, StepTotal, movements, standings, totals
from shanhai.base.language import noted, say
from shanhai.web import amounts, keysets, wording
from shanhai.web.declare import area_page_url, page
from shanhai.web.downloads import rows_as
from shanhai.web.keysets import Found, Order
from shanhai.web.memory import remembered

SIZE = 50
_CHUNK = 2_000
_BY_DAY = Order("moved_on")
_FILED = (
    "moved_on", "step_code", "document_no", "source_key", "project_key", "field_code", "from_name", "to_name", "amount_fen", "owner_side", "record_key",
)  # fmt: skip
#: The figure that adds up the lines of a step, and what else than the year it can be narrowed by.
FIGURES = {
    "issue": ("funds.issued", {"source"}), "transfer": ("funds.transferred", {"source"}),
    "receipt": ("funds.received", {"source"}), "allocation": ("funds.arranged", {"source", "project", "field"}),
    "release": ("funds.released", {"source", "project"}), "payment": ("funds.paid_out", {"source", "project"}),
    "refund": ("funds.refunded", {"source", "project"}), "carryover": ("funds.carried_over", {"source", "project"}),
}  # fmt: skip
#: What stands on an account after a step, by the account's first word.
_STANDING = {
    "issued": noted("已下达未分配"), "due": noted("待跨区域拨付"), "transit": noted("在途"), "allocated": noted("已分配未拨付"),
    "released": noted("已拨付未支付"),
}  # fmt: skip


@page("ledger", "资金台账", order=10)
@remembered
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """One page of the ledger."""
    look = Look.of(request)
    rows = movements(look.scope.pk, look.narrowing, until=look.day)
    place = (request.GET.get("after", ""), request.GET.get("before", ""))
    found = keysets.page_of(rows.defer("field_code"), _BY_DAY, place, SIZE)
    context = {
        "title": say("资金台账"),
        "lead": _lead(look),
        "filters": _filters(look),
        "totals": _totals(look, totals(rows)),
        "table": _table(look, found),
        "pages": _pages(look, found),
        "downloads": [
            {"label": say("下载工作簿"), "url": url_of(look, form="xlsx")},
            {"label": say("下载 CSV"), "url": url_of(look, form="csv")},
        ]
        if found.rows
        else [],
        "as_of": look.day.isoformat(),
    }
    return render(request, "funds/ledger.html", context)


def url_of(look: Look, *, form: str = "", **changed: Any) -> str:
    """The address of the ledger as it is narrowed, with something else in it; or of its file."""
    base = area_page_url(ledger_file, form=form) if form else area_page_url(ledger)
    return wording.with_query(base, **look.told(**changed))


def _lead(look: Look) -> str:
    """What the ledger is narrowed by that the form does not show."""
    told = []
    if look.narrowing.payee:
        told.append(say("收款方“{name}”", name=look.narrowing.payee))
    if look.narrowing.project:
        names = project_words(look.scope.pk, [look.narrowing.project])
        told.append(say("项目“{name}”", name=names.get(look.narrowing.project, wording.local(look.narrowing.project))))
    return say("只列{what}的记录。", what=say("、").join(told)) if told else ""


def _filters(look: Look) -> dict[str, Any]:
    asked = look.narrowing
    years = [(str(year), str(year)) for year in look.years()]
    fields = [
        {"name": "q", "label": say("收款方、文号或凭证号"), "type": "search", "value": asked.words},
        select("year", say("年份"), years, asked.year),
        look.source_field(),
        select("step", say("环节"), choices(Movement, "step_code"), asked.step),
        select("field", say("领域"), choices(Movement, "field_code"), asked.field),
        select("level", say("资金级次"), _levels(look), asked.level),
        look.budget_field(),
        look.day_field(),
    ]
    return {
        "action": area_page_url(ledger),
        "fields": fields,
        "kept": [("scope", look.scope.code), ("project", asked.project), ("payee", asked.payee)],
        "narrowed": any((asked.year, asked.source, asked.step, asked.field, asked.level, asked.budget)),
        "clear_url": wording.with_query(area_page_url(ledger), scope=look.scope.code) if asked != Narrowing() else "",
    }


def _levels(look: Look) -> list[tuple[str, str]]:
    """The levels that the scope's sources have."""
    held = {source.level_code for source in look.sources.values()}
    sample = next(iter(look.sources.values()), None)
    return [one for one in choices(type(sample), "level_code") if one[0] in held] if sample else []


def _totals(look: Look, found: list[StepTotal]) -> dict[str, Any]:
    """Each step's lines together; the sum opens to the figure where one is narrowed alike, else to the lines."""
    rows = [
        [
            {"text": step_word(one.step), "head": True},
            {"text": str(one.count), "url": url_of(look, step=one.step), "number": True},
            {"text": wording.money(one.amount_fen), "url": _sum_url(look, one.step), "number": True},
        ]
        for one in found
    ]
    columns: list[dict[str, Any]] = [
        {"label": say("环节")},
        {"label": say("笔数"), "number": True},
        {"label": say("金额"), "number": True},
    ]
    return table_of(say("各环节合计"), columns, rows)


def _sum_url(look: Look, step: str) -> str:
    """The figure that the sum of a step is; the lines themselves where no figure is narrowed so."""
    name, known = FIGURES[step]
    asked = look.narrowing
    narrowed = {part: getattr(asked, part) for part in ("source", "project", "field") if getattr(asked, part)}
    if asked.words or asked.payee or asked.level or asked.budget or not narrowed.keys() <= known:
        return url_of(look, step=step)
    figure = amounts.declared(name)
    return amounts.figure_url(amounts.narrowed_name(figure, narrowed), look.scope.code, year=asked.year, as_of=look.day)


def step_word(step: str) -> str:
    """What a step is called."""
    return wording.cell(Movement, "step_code", step)


def _table(look: Look, found: Found) -> dict[str, Any]:
    lines: list[Movement] = found.rows
    projects = project_words(look.scope.pk, [line.project_key for line in lines if line.project_key])
    stood = standings(look.scope.pk, lines)
    heads = [
        say("日期"),
        say("环节"),
        say("文号或凭证号"),
        say("资金来源"),
        say("从"),
        say("到"),
        say("金额"),
        say("记后余额"),
    ]
    rows = [[*_cells(look, line, projects), _standing(look, line, stood.get(line.key))] for line in lines]
    columns = [{"label": head, "number": place > 5} for place, head in enumerate(heads)]
    return table_of(say("资金台账"), columns, rows)


def _cells(look: Look, line: Movement, projects: Mapping[str, str]) -> list[dict[str, Any]]:
    """A line without its standing. What a project is called leads to the project's own lines."""
    origin, target = ends(line, projects)
    own = url_of(look, project=line.project_key) if line.project_key else ""
    record = wording.record_url(line.record_type, line.record_key)
    return [
        {"text": line.moved_on.isoformat()},
        {"text": step_word(line.step_code)},
        {"text": line.document_no or wording.local(line.record_key), "url": record, "head": True},
        {"text": look.source_word(line.source_key), "url": wording.record_url("funds.source", line.source_key)},
        {"text": origin or "–", "url": own if line.step_code in ("payment", "refund") else ""},
        {"text": target or "–", "url": own if line.step_code == "allocation" else ""},
        {"text": wording.money(line.amount_fen), "url": record, "number": True},
    ]


def _standing(look: Look, line: Movement, stood: Standing | None) -> dict[str, Any]:
    """What stood on the account after the line; it opens to the lines that lead there."""
    if stood is None:
        return {"text": "–", "number": True}
    kind = stood.account.partition("/")[0]
    project = line.project_key if kind in ("allocated", "released") else ""
    url = url_of(look, source=line.source_key, project=project, step="", field="", payee="", q="", year=None)
    return {"text": wording.money(stood.amount_fen), "url": url, "note": say(_STANDING[kind]), "number": True}


def ends(line: Movement, projects: Mapping[str, str]) -> tuple[str, str]:
    """Where a step takes the money from and where it brings it, in words."""
    project = projects.get(line.project_key, wording.local(line.project_key))
    match line.step_code:
        case "receipt":
            return say("跨区域在途"), say("收款方财政")
        case "allocation":
            return say("已下达资金"), project or line.to_name
        case "payment":
            return project, line.to_name
        case "refund":
            return project, say("可重新安排的资金")
        case "carryover":
            return say("{year} 年", year=line.from_name), say("{year} 年", year=line.to_name)
    return line.from_name, line.to_name


def _pages(look: Look, found: Found) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    first, last = found.rows[:1], found.rows[-1:]
    return {
        "previous_url": url_of(look, before=keysets.place_of(first[0], _BY_DAY)) if found.before and first else "",
        "next_url": url_of(look, after=keysets.place_of(last[0], _BY_DAY)) if found.after and last else "",
        "first_url": url_of(look) if found.before else "",
        "told": say("本页 {n} 条", n=len(found.rows)),
    }


@page("ledger/<str:form>", "资金台账")
@require_safe
def ledger_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every line of the ledger as it is narrowed."""
    look = Look.of(request)
    heads = [
        say("日期"), say("环节"), say("文号或凭证号"), say("来源编号"), say("资金来源"), say("项目编号"), wording.label(wording.model_named(PROJECT), "name"), say("领域"), say("从"),
        say("到"), say("金额（元）"), say("填报方"), say("记录编号"),
    ]  # fmt: skip
    return rows_as(form, say("资金台账"), heads, _file_rows(look))


def _file_rows(look: Look) -> Iterator[list[Any]]:
    """The cells of every line; words are looked up once, for there may be hundreds of thousands of lines."""
    projects = project_words(look.scope.pk)
    steps, fields, sides = (dict(choices(Movement, name)) for name in ("step_code", "field_code", "owner_side"))
    sources = {key: source.name for key, source in look.sources.items()}
    local = wording.local
    rows: Any = keysets.ordered(movements(look.scope.pk, look.narrowing, until=look.day), _BY_DAY)
    for line in rows.values_list(*_FILED, named=True).iterator(_CHUNK):
        origin, target = ends(line, projects)
        yield [
            line.moved_on, steps[line.step_code], line.document_no, local(line.source_key), sources.get(line.source_key, ""),
            local(line.project_key), projects.get(line.project_key, ""), fields.get(line.field_code, ""), origin, target,
            wording.yuan(line.amount_fen), sides[line.owner_side], local(line.record_key),
        ]  # fmt: skip
