"""Opening a form by its address: in the scope looked at and the side the user writes for, or at a record; else refused."""

from django.urls import reverse

from shanhai.access.sessions import Actor
from shanhai.base.language import say
from shanhai.journal.terms import Side
from shanhai.web.choosing import needed_scope
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_rights import may_correct, sheet_named, sides_of
from shanhai.web.records import record_named
from shanhai.web.sessions import Forbidden, SignedIn
from shanhai.web.wording import with_query


def new_form(request: SignedIn, type_name: str) -> AskedForm:
    """The form for a new record, in the scope looked at and the side the user writes for."""
    sheet, scope = sheet_named(type_name), needed_scope(request)
    sides = sides_of(request.actor, sheet, scope)
    if not sides:
        raise Forbidden(say("您的账号在这个范围里不登记这类记录；没有写入任何内容。"))
    wanted = request.GET.get("side", "")
    if wanted and wanted not in sides:
        raise Forbidden(say("您的账号不在这一方的账上登记；没有写入任何内容。"))
    return AskedForm(sheet, scope, wanted or sides[0])


def correct_form(request: SignedIn, type_name: str, key: str) -> AskedForm:
    """The form that corrects a record, in the book it stands in."""
    sheet, record = sheet_named(type_name), record_named(type_name, key)
    if not may_correct(request.actor, record):
        side = say(str(Side(record.owner_side).label))
        raise Forbidden(say("这条记录记在{side}的账上，由那一方有这项职责的人更正；没有写入任何内容。", side=side))
    return AskedForm(sheet, record.scope, record.owner_side, record)


def side_choices(actor: Actor, form: AskedForm) -> list[dict[str, object]]:
    """The other sides a user may write for, where there are several."""
    sides = [] if form.record else sides_of(actor, form.sheet, form.scope)
    return [
        {
            "label": say(str(Side(side).label)),
            "url": with_query(reverse("form-new", args=[form.sheet.name]), scope=form.scope.code, side=side),
            "current": side == form.side,
        }
        for side in sides
        if len(sides) > 1
    ]
