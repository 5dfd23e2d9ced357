"""补助核定: every decision with the rule it was made by, what went in, what came out, and whether it still holds."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.labour.models import Subsidy, SubsidyRule
from shanhai.areas.labour.pages.asking import (
    SIZE,
    chosen,
    crumbs,
    day_field,
    day_of,
    filters,
    page_of,
    pages_of,
    select,
    table,
    tile,
    words_of,
)  # fmt: skip
from shanhai.areas.labour.queries import reading
from shanhai.areas.labour.queries.reading import Told
from shanhai.areas.labour.terms import Destination, Per, SubsidyKind, SubsidyResult, WorkerGroup
from shanhai.asking import values
from shanhai.asking.scopes import among
from shanhai.base.language import say, together
from shanhai.web import amounts, wording
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.memory import remembered

_FIGURES = ("labour.subsidies_paid", "labour.people_subsidised")


@page("subsidies", "补助核定", order=40)
@remembered
@require_safe
def subsidies(request: HttpRequest) -> HttpResponse:
    """Decisions, the latest first, narrowed by what they are for and by their result."""
    scope, day, number = needed_scope(request), day_of(request), page_of(request)
    kind, result = chosen(request, "kind", SubsidyKind.values), chosen(request, "result", SubsidyResult.values)
    rows = Subsidy.objects.filter(scope=scope, applied_on__lte=day)
    rows = rows.filter(kind_code=kind) if kind else rows
    rows = rows.filter(result_code=result) if result else rows
    first = (number - 1) * SIZE
    found = list(rows.order_by("-applied_on", "key")[first : first + SIZE + 1])
    told = reading.decisions(scope, found[:SIZE])
    names = reading.names_of(scope, [one.person_key for one in found])
    asked = among(scope, scopes_of(request))
    counted = values.values(
        asked, values.window_of(asked, as_of=day), figures=[amounts.declared(name) for name in _FIGURES]
    )
    fields = [
        select("kind", say("补助类别"), words_of(SubsidyKind.choices), kind, every=say("全部")),
        select("result", say("结论"), words_of(SubsidyResult.choices), result, every=say("全部")), day_field(day),
    ]  # fmt: skip
    address = {"scope": scope.code, "as_of": request.GET.get("as_of", ""), "kind": kind, "result": result}
    context = {
        "title": say("补助核定"),
        "lead": say("每一笔都由当日有效的规则算出：用了哪一版规则、依据什么、算得多少。"),
        "tiles": [tile(counted[name], name, scope.code, as_of=day.isoformat()) for name in _FIGURES],
        "table": _table(told, names),
        "filters": filters("labour-subsidies", scope.code, fields, narrowed=bool(kind or result)),
        "pages": pages_of("labour-subsidies", number, more=len(found) > SIZE, **address),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "labour/subsidies.html", context)


def _table(found: list[Told], names: Mapping[str, str]) -> dict[str, Any]:
    heads = [
        say("人员"),
        say("补助类别"),
        say("申请日期"),
        say("结论"),
        say("补助金额（元）"),
        say("怎样算出"),
        say("按现在的记录"),
    ]
    columns = [{"label": head, "number": head == heads[4]} for head in heads]
    return table(say("补助核定"), columns, [_row(one, names) for one in found], empty=say("没有符合条件的补助。"))


def _row(told: Told, names: Mapping[str, str]) -> list[dict[str, Any]]:
    one = told.subsidy
    granted = one.result_code == SubsidyResult.GRANTED
    again = say("不变") if told.holds else say("应为 {amount}", amount=wording.money(told.again.amount_fen))
    rule_url = wording.record_url(SubsidyRule.type_name(), told.rule.key) if told.rule else ""
    return [
        {"text": names.get(one.person_key, wording.local(one.person_key)), "url": wording.record_url(Subsidy.type_name(), one.key), "head": True},
        {"text": say(str(SubsidyKind(one.kind_code).label))}, {"text": one.applied_on.isoformat()},
        {"badge": {"code": "good" if granted else "", "label": say(str(SubsidyResult(one.result_code).label))}},
        {"text": wording.show_amount(wording.yuan(one.amount_fen)) if granted else "–", "number": True},
        {"text": explained(told), "url": rule_url}, {"badge": {"code": "good" if told.holds else "late", "label": again}},
    ]  # fmt: skip


def explained(told: Told) -> str:
    """A decision in sentences: the version of the rule, what went in, and how the amount came about."""
    one, rule = told.subsidy, told.rule
    group = say(str(WorkerGroup(one.group_code).label)) if one.group_code else say("没有登记为劳动力")
    place = say(str(Destination(told.class_code).label)) if told.class_code else "–"
    facts = say("{group}，{place}，有凭证 {months} 个月。", group=group, place=place, months=one.months_count)
    if rule is None:
        return together(say("当日没有适用的规则。"), facts)
    version = say(
        "{paper}（{rule}，{first} 起施行）。",
        paper=rule.document_no,
        rule=wording.local(rule.key),
        first=rule.first_on.isoformat(),
    )
    return together(version, facts, _worked_out(told, rule))


def _worked_out(told: Told, rule: SubsidyRule) -> str:
    one = told.subsidy
    if one.result_code == SubsidyResult.MONTHS:
        return say("规则要求至少 {months} 个月。", months=rule.months_minimum)
    if one.result_code == SubsidyResult.GROUP:
        return say("规则只限{group}。", group=say(str(WorkerGroup(rule.group_code).label)) if rule.group_code else "–")
    if one.result_code == SubsidyResult.DESTINATION:
        return say("规则只限{place}。", place=say(str(Destination(rule.class_code).label)) if rule.class_code else "–")
    cap = (
        say(
            "当年已补助 {earlier}，每人每年上限 {cap}。",
            earlier=wording.money(one.earlier_fen),
            cap=wording.money(rule.cap_fen),
        )
        if rule.cap_fen
        else ""
    )
    if one.result_code == SubsidyResult.CAP:
        return cap
    if rule.per_code == Per.ONCE:
        return together(say("一次性 {amount}。", amount=wording.money(rule.amount_fen)), cap if one.earlier_fen else "")
    months = min(one.months_count, rule.months_maximum or one.months_count)
    sum_told = say("每月 {amount} × {months} 个月。", amount=wording.money(rule.amount_fen), months=months)
    return together(sum_told, cap if one.amount_fen != rule.amount_fen * months else "")
