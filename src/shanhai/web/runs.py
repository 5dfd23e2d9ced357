"""What a load would do or did, told for its page: plain values, so that they can be kept with the delivery."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min
from django.urls import reverse

from shanhai.base.findings import Finding
from shanhai.base.language import again, noted, say
from shanhai.intake.declare import Sheet
from shanhai.intake.loading import SheetPlan
from shanhai.journal.models import Entry
from shanhai.loading.executing import Outcome
from shanhai.loading.movements import Movement
from shanhai.web import amounts
from shanhai.web.comparisons import DIFFERENCE, comparisons_of
from shanhai.web.keeping import Delivery
from shanhai.web.wording import moment, record_types, with_query

SHOWN = 50
_CORRECTION = "intake.correction"
_FIELDS: dict[str, dict[str, Any]] = {
    "correction": {
        "name": "correction",
        "label": noted("更正理由"),
        "type": "textarea",
        "rows": "2",
        "required": True,
        "maxlength": "500",
        "hint": noted("有些行与已存的不同，会作为更正保存；写明为什么，原值和理由都会留在日志里。"),
    },
    "difference": {
        "name": "difference",
        "label": noted("合计不一致仍要保存的理由"),
        "type": "textarea",
        "rows": "2",
        "required": True,
        "maxlength": "500",
        "hint": noted("正文写明的合计与各行相加不一致；确认按各行保存的，写明理由。"),
    },
}


def told_run(
    outcome: Outcome, delivery: Delivery, *, marked: Sequence[int] = (), read_at: datetime, after: int = 0
) -> dict[str, Any]:
    """The `run` of the upload page; `after` is the journal entry before the load."""
    findings = sorted(outcome.findings, key=_order)
    blocked, saved = outcome.blocked, outcome.saved
    new, changed = _sum(outcome, "new"), _sum(outcome, "changed")
    nothing = not blocked and not saved and not (new or changed)
    run: dict[str, Any] = {
        "files": say("、").join(delivery.names),
        "read_at": moment(read_at),
        "saved": saved,
        "blocked": blocked,
        "nothing_new": nothing,
        "verdict": _verdict(outcome, new=new, changed=changed),
        "counts": [_count(sheet, findings) for sheet in outcome.plan.sheets],
        "findings": [_finding(one, several=len(delivery.names) > 1) for one in findings[:SHOWN]],
        "findings_told": _more_told(len(findings)),
        "movements": [told_movement(one) for one in outcome.movements],
        "comparisons": comparisons_of(outcome),
        "movements_none": "" if blocked or nothing else say("没有数字会变动。"),
        "act": _act(outcome, after),
        "next": _next(outcome) if saved else [],
    }
    copies = [
        {"url": reverse("upload-marked", args=[delivery.token, number]), "name": delivery.names[number]}
        for number in marked
    ]
    run |= {"marked": copies[0] if copies else None, "marked_more": copies[1:]}
    if not (blocked or saved or nothing):
        run |= _confirmation(outcome, delivery, findings)
    return run


def _confirmation(outcome: Outcome, delivery: Delivery, findings: list[Finding]) -> dict[str, Any]:
    codes = {one.code for one in findings}
    rows = _sum(outcome, "new") + _sum(outcome, "changed")
    return {
        "confirm": {
            "url": reverse("upload-save", args=[delivery.token]),
            "token": delivery.token,
            "label": say("保存这 {rows} 行", rows=rows),
        },
        "stop_url": reverse("job-stop", args=[delivery.token]),
        "correction": _field("correction") if _CORRECTION in codes else None,
        "difference": _field("difference") if DIFFERENCE in codes else None,
    }


def _more_told(count: int) -> str:
    """That there are more findings than are shown."""
    sentence = noted("共 {count} 处，下面是前 {shown} 处；其余写在标出问题的工作簿里。")
    return say(sentence, count=count, shown=SHOWN) if count > SHOWN else ""


def _field(name: str) -> dict[str, Any]:
    """The field for a reason, in the language being read."""
    field = _FIELDS[name]
    return field | {"label": say(field["label"]), "hint": say(field["hint"])}


def asked_reasons(run: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any] | None:
    """The page again where a reason it asks for is missing, with the error beside the field; nothing where none is."""
    missing = [name for name in _FIELDS if run.get(name) and not given[name]]
    if not missing:
        return None
    again = dict(run)
    for name in _FIELDS:
        if run.get(name):
            errors = [say("请写明{label}。", label=say(_FIELDS[name]["label"]))] if name in missing else []
            again[name] = _field(name) | {"value": given[name], "errors": errors}
    return again


def _sum(outcome: Outcome, name: str) -> int:
    return sum(getattr(sheet, name).height for sheet in outcome.plan.sheets)


def _order(finding: Finding) -> tuple[Any, ...]:
    place = finding.place
    return (
        not finding.blocks,
        place.file if place else "",
        place.sheet if place else "",
        (place.row or 0) if place else 0,
    )


def _verdict(outcome: Outcome, *, new: int, changed: int) -> str:
    if outcome.blocked:
        stopping = sum(1 for one in outcome.findings if one.blocks)
        return say("不能保存：有 {stopping} 处要改正。改好后重新上传，全部一起保存。", stopping=stopping)
    parts = [say("新增 {n} 行", n=new) if new else "", say("更正 {n} 行", n=changed) if changed else ""]
    told = say("，").join(filter(None, parts))
    if outcome.saved:
        return say("已保存：{told}。", told=told)
    if told:
        return say("可以保存：{told}。还没有保存，请看过下面的内容再确认。", told=told)
    return say("没有新的内容：这些行都已经登记过，而且完全相同。")


def _count(sheet: SheetPlan, findings: list[Finding]) -> dict[str, Any]:
    places = set(sheet.columns)
    bad = {
        (one.place.file, one.place.sheet, one.place.row)
        for one in findings
        if one.blocks and one.place and one.place.row
    }
    return {
        "sheet": say(sheet.sheet.zh),
        "read": sheet.frame.height,
        "new": sheet.new.height,
        "same": sheet.same,
        "changed": sheet.changed.height,
        "bad": sum(1 for file, worksheet, _ in bad if (file, worksheet) in places),
    }


def _finding(finding: Finding, *, several: bool) -> dict[str, Any]:
    place = finding.place
    sheet = place.sheet if place else ""
    where = say("《{file}》{sheet}", file=place.file, sheet=sheet) if several and place and place.file else sheet
    return {
        "sheet": where,
        "cell": f"{place.column}{place.row or ''}" if place and (place.column or place.row) else say("整个文件"),
        "message": again(finding.message),
        "found": again(finding.found),
        "expected": again(finding.expected),
        "blocks": finding.blocks,
    }


def told_movement(movement: Movement) -> dict[str, Any]:
    """A figure that moves, from which value to which."""
    figure = movement.after.figure
    return {
        "label": amounts.figure_word(figure),
        "url": amounts.figure_url(movement.figure, movement.scope),
        "unit": amounts.unit_word(figure),
        "before": amounts.text(movement.before),
        "after": amounts.text(movement.after),
        "difference": amounts.difference(movement.before, movement.after),
    }


def _act(outcome: Outcome, after: int) -> dict[str, str] | None:
    if not (outcome.saved and outcome.act_id):
        return None
    found = Entry.objects.filter(seq__gt=after, act_id=outcome.act_id).aggregate(
        first=Min("seq"), last=Max("seq"), count=Count("seq")
    )
    sheet = _first_written(outcome)
    return {
        "entries": entries_told(found),
        "url": _list_url(outcome, sheet) if sheet else "/",
    }


def entries_told(found: Mapping[str, int]) -> str:
    """The entries of an act in words: the first, the last, how many."""
    return say("日志第 {first}–{last} 号，共 {count} 条", **found)


def _first_written(outcome: Outcome) -> Sheet | None:
    return next(
        (
            each.sheet
            for each in outcome.plan.sheets
            if outcome.written.get(each.sheet.name) and each.sheet.name in record_types()
        ),
        None,
    )


def _list_url(outcome: Outcome, sheet: Sheet) -> str:
    codes = next(
        (each.frame.get_column("scope_code").drop_nulls() for each in outcome.plan.sheets if each.sheet is sheet), None
    )
    return with_query(reverse("list", args=[sheet.name]), scope=codes[0] if codes is not None and len(codes) else "")


def _next(outcome: Outcome) -> list[dict[str, str]]:
    written = [
        each.sheet
        for each in outcome.plan.sheets
        if outcome.written.get(each.sheet.name) and each.sheet.name in record_types()
    ]
    return [{"label": say("看{sheet}", sheet=say(sheet.zh)), "url": _list_url(outcome, sheet)} for sheet in written[:6]]
