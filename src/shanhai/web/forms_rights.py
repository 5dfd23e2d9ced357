"""Which forms a user may fill in: for which sheets, in whose book. The action behind a form asks again."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from shanhai.access.sessions import Actor, may
from shanhai.base.language import say
from shanhai.intake.declare import SHEETS, Sheet
from shanhai.journal.acts import KINDS, ActKind
from shanhai.journal.models import Record
from shanhai.journal.terms import Side
from shanhai.reference.models import Scope
from shanhai.reference.terms import ScopeKind
from shanhai.web.wording import record_types, type_word, with_query

_SIDES = {ScopeKind.PAIRING: (Side.EAST, Side.WEST), ScopeKind.REGION_FUND: (Side.OWN,)}


def acts_of(sheet: Sheet) -> tuple[ActKind, ...]:
    """The kinds of act by which an area enters the rows of a sheet.

    An act is named `area.record.verb`; the area is the one whose action the sheet names, the record the sheet's own.
    """
    area = sheet.action.__module__.split(".")[-2] if sheet.action else ""
    begins = f"{area}.{sheet.name.partition('.')[2]}."
    return tuple(kind for code, kind in KINDS.items() if code.startswith(begins))


def sheet_named(type_name: str) -> Sheet:
    """The sheet of a record type that can be filled in; any other name is no page."""
    sheet = SHEETS.get(type_name)
    if sheet is None or not sheet.has_form or type_name not in record_types():
        raise Http404
    return sheet


def sides_of(actor: Actor, sheet: Sheet, scope: Scope) -> list[str]:
    """The sides of a scope in whose book the user may enter rows of a sheet."""
    possible = _SIDES[ScopeKind(scope.kind)]
    return [
        str(side)
        for side in possible
        if any(may(actor, kind, scope_id=scope.pk, side=str(side)) for kind in acts_of(sheet))
    ]


def may_correct(actor: Actor, record: Record) -> bool:
    """Whether the user may correct a record by its form."""
    sheet = SHEETS.get(record.type_name())
    return bool(sheet and sheet.has_form and record.owner_side in sides_of(actor, sheet, record.scope))


def new_url(type_name: str, scope: Scope, side: str = "") -> str:
    """The form for a new record of a type in a scope."""
    return with_query(reverse("form-new", args=[type_name]), scope=scope.code, side=side)


def correct_url(record: Record) -> str:
    """The form that corrects a record."""
    return reverse("form-correct", args=[record.type_name(), record.key])


def entry_links(actor: Actor, scope: Scope, *, area: str = "", only: str = "") -> list[dict[str, Any]]:
    """The forms for new records a user may open: of one area, or of one record type."""
    chosen = [name for name in record_types() if name in SHEETS and (name == only or name.partition(".")[0] == area)]
    return [
        {
            "label": say("登记{what}", what=type_word(record_types()[name])),
            "url": new_url(name, scope),
        }
        for name in chosen
        if SHEETS[name].has_form and sides_of(actor, SHEETS[name], scope)
    ]
