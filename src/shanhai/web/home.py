"""The first page: what one may do here, and every figure of the pairing."""

from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from psycopg import sql

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.figures.folding import Value
from shanhai.reference.models import Scope
from shanhai.web import amounts
from shanhai.web.choosing import scope_of, writes
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import area_words, record_types, type_word, with_query


@require_safe
def home(request: SignedIn) -> HttpResponse:
    """The figures of the pairing looked at, by area, and its lists of records."""
    scope = scope_of(request)
    if scope is None:
        lead = "还没有登记任何结对关系，或您的账号还没有可查看的范围。请联系本单位的管理人员。"
        return render(request, "web/home.html", {"title": "山海", "lead": lead, "doors": _doors(request)})
    day = localdate()
    asked = by_code(scope.code)
    found = values.values(asked, values.window_of(asked, as_of=day))
    context = {
        "title": scope.name,
        "lead": f"{scope.get_scheme_display()} · {scope.get_level_display()} · {scope.code}",
        "doors": _doors(request),
        "groups": _groups(found, scope),
        "lists": _lists(scope),
        "as_of": day.isoformat(),
    }
    return render(request, "web/home.html", context)


def _doors(request: SignedIn) -> list[dict[str, str]]:
    upload = {"label": "上传工作簿", "url": reverse("upload"), "text": "先试读：哪里要改、会改变哪些数字，看过再保存。"}
    check = {"label": "核对文章", "url": reverse("check"), "text": "稿件里的每个数字，与记录算出的数逐个对照。"}
    return [upload, check] if writes(request) else [check]


def _groups(found: dict[str, Value], scope: Scope) -> list[dict[str, Any]]:
    groups = []
    for label, word in area_words().items():
        tiles = [_tile(name, value, scope) for name, value in found.items() if value.figure.area == label]
        if tiles:
            groups.append({"label": word, "tiles": tiles})
    return groups


def _tile(name: str, value: Value, scope: Scope) -> dict[str, Any]:
    note = f"{value.rows} 条记录" if value.amount is not None else ""
    return {
        "label": value.figure.zh,
        "url": amounts.figure_url(name, scope.code),
        "state": amounts.state(value),
        "note": note,
        **amounts.told(value),
    }


def _lists(scope: Scope) -> list[dict[str, Any]]:
    """Every record type with how many records the pairing has, in one query."""
    parts = [
        sql.SQL("SELECT {name}, count(*) FROM {table} WHERE scope_id = {scope}").format(
            name=sql.Literal(name), table=sql.Identifier(model._meta.db_table), scope=sql.Literal(scope.pk)
        )
        for name, model in record_types().items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        counts = dict(cursor.fetchall())
    return [
        {
            "label": type_word(model),
            "url": with_query(reverse("list", args=[name]), scope=scope.code),
            "count": counts[name],
        }
        for name, model in record_types().items()
        if counts[name]
    ]
