"""The two pages of a form: filling in, and confirming with the figures that would move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shanhai.base.language import say
from shanhai.intake import columns as kinds
from shanhai.intake.columns import Column
from shanhai.journal.terms import Side
from shanhai.loading.executing import Outcome
from shanhai.loading.forms import as_recorded
from shanhai.web import wording
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_fields import groups_of
from shanhai.web.forms_filled import Filled
from shanhai.web.forms_found import Told
from shanhai.web.forms_opening import side_choices
from shanhai.web.forms_sealing import seal
from shanhai.web.runs import told_movement
from shanhai.web.sessions import SignedIn


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a form: sentences about it, fields both changed, when its draft was kept."""

    told: Told = field(default_factory=Told)
    notes: tuple[str, ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()
    kept: str = ""
    status: int = 200
    fresh: bool = False


def fill_in(request: SignedIn, form: AskedForm, filled: Filled, beside: Beside) -> HttpResponse:
    """The page on which a form is filled in."""
    told = beside.told
    context = _frame(request, form) | {
        "title": _title(form),
        "form": _form(request, form, filled)
        | {"fresh": beside.fresh, "groups": groups_of(form, filled.values, told.fields)},
        "reason": _reason(filled, told) if form.record else None,
        "errors": _summary(form, told),
        "told_notes": beside.notes,
        "conflicts": beside.conflicts,
        "kept": beside.kept,
        "facts": _known_facts(form),
        "sides": side_choices(request.actor, form),
    }
    return render(request, "web/form.html", context, status=beside.status)


def confirm(
    request: SignedIn, form: AskedForm, filled: Filled, beside: Beside, *, outcome: Outcome
) -> HttpResponse:  # fmt: skip
    """The page that says what would be saved and which figures would move."""
    values = as_recorded(form.sheet, form.row(filled.values))
    context = _frame(request, form) | {
        "title": _title(form),
        "form": _form(request, form, filled),
        "confirm": {
            "lines": [line for column in form.columns if (line := _line(form, column, values, filled))],
            "reason": filled.reason,
            "correcting": form.record is not None,
            "movements": [told_movement(one) for one in outcome.movements],
            "warnings": beside.told.warnings,
        },
        "told_notes": beside.notes,
        "facts": _known_facts(form),
    }
    return render(request, "web/form_confirm.html", context)


def _title(form: AskedForm) -> str:
    what = wording.type_word(wording.model_named(form.sheet.name))
    return say("更正{what}", what=what) if form.record else say("登记{what}", what=what)


def _frame(request: SignedIn, form: AskedForm) -> dict[str, Any]:
    model = wording.model_named(form.sheet.name)
    crumbs = [
        {"label": say("首页"), "url": reverse("home")},
        {
            "label": wording.type_word(model),
            "url": wording.with_query(reverse("list", args=[form.sheet.name]), scope=form.scope.code),
        },
    ]
    if form.record:
        url = wording.record_url(form.sheet.name, form.record.key)
        crumbs.append({"label": wording.local(form.record.key), "url": url})
    return {
        "crumbs": crumbs,
        "book": {"scope": form.scope.name, "side": say(str(Side(form.side).label))},
        "sheet_note": say(form.sheet.note),
        "example": form.scope.is_example,
    }


def _form(request: SignedIn, form: AskedForm, filled: Filled) -> dict[str, Any]:
    """What a form carries beside its fields."""
    personal = sorted(form.personal)
    hidden = [("version", str(filled.version)), ("token", filled.token)]
    if form.record:
        hidden += [(f"was_{name}", value) for name, value in filled.opened.items()]
    sealed = [name for name in personal if filled.values.get(name)]
    hidden += [
        (f"sealed_{name}", seal(filled.values[name], user_id=request.actor.user_id, field=name)) for name in sealed
    ]
    return {
        "action": form.address,
        "name": "|".join([form.scope.code, form.side, form.sheet.name, form.record.key if form.record else ""]),
        "user": request.actor.user_id,
        "personal": " ".join(personal),
        "unsent": ",".join(["-", *personal, *(f"sealed_{name}" for name in personal)]),
        "sealed": [say(form.sheet.column(name).zh) for name in sealed],
        "sign_in": f"{reverse('sign-in')}?{urlencode({'next': form.address})}",
        "beat_url": form.beat_address,
        "hidden": [{"name": name, "value": value} for name, value in hidden],
        "values": [
            {"name": name, "value": value} for name, value in filled.values.items() if name not in form.personal
        ],
        "reason": filled.reason,
        "version": filled.version,
        "correcting": form.record is not None,
        "back": wording.record_url(form.sheet.name, form.record.key)
        if form.record
        else wording.with_query(reverse("list", args=[form.sheet.name]), scope=form.scope.code),
    }


def _reason(filled: Filled, told: Told) -> dict[str, Any]:
    return {
        "name": "reason",
        "label": say("更正理由"),
        "type": "textarea",
        "rows": "2",
        "required": True,
        "maxlength": "500",
        "value": filled.reason,
        "hint": say("为什么改，依据哪份文件或凭证；原值、新值和理由都留在日志里。"),
        "errors": told.fields.get("reason", []),
    }


def _summary(form: AskedForm, told: Told) -> list[dict[str, str]]:
    """The error summary: what is about the whole first, then field by field in the order of the page."""
    order = [*(column.field for column in form.columns), *(f"choose_{c.field}" for c in form.columns), "reason"]
    lines = [{"href": "", "text": sentence} for sentence in told.whole]
    return lines + [
        {"href": f"#id_{name}", "text": sentence} for name in order for sentence in told.fields.get(name, ())
    ]


def _known_facts(form: AskedForm) -> list[dict[str, str]]:
    """What names the record, which a correction cannot change."""
    if form.record is None:
        return []
    keys = [column for column in form.sheet.columns if column.field in form.sheet.key]
    return [{"label": say(column.zh), "value": form.recorded.get(column.field, "")} for column in keys]


def _line(form: AskedForm, column: Column, values: Mapping[str, str], filled: Filled) -> dict[str, Any] | None:
    """A field as it would be saved, beside what is recorded; a blank one that stays blank is left out."""
    before, after = form.recorded.get(column.field, ""), values.get(column.field, "")
    if column.field in form.personal:
        typed = bool(filled.values.get(column.field)) and before != after
        masked = say("（个人信息，不显示）")
        return {"label": say(column.zh), "before": masked if before else "", "after": masked, "changed": typed}
    if not (before or after):
        return None
    told = {"label": say(column.zh), "before": _text(form, column, before), "after": _text(form, column, after)}
    return told | {"changed": before != after}


def _text(form: AskedForm, column: Column, value: str) -> str:
    """A value as a reader sees it: amounts in the unit chosen, labels in the language, references by their title too."""
    match column:
        case kinds.Money() if value:
            try:
                return wording.money(int(Decimal(value) * 100))
            except (InvalidOperation, ValueError):
                return value
        case kinds.Choice() | kinds.YesNo():
            return say(value)
        case kinds.Ref() if value and column.to in wording.record_types():
            rows = wording.model_named(column.to)._default_manager
            found = rows.filter(scope=form.scope, key=f"{form.scope.code}/{value}").first()
            return f"{value} {wording.title(found)}" if found else value
    return value
