"""Which lists of records a pairing has, with how many records each."""

from typing import Any

from django.db import connection
from django.urls import reverse
from psycopg import sql

from shanhai.reference.models import Scope
from shanhai.web.wording import record_types, type_word, with_query


def lists_of(scope: Scope, *, area: str = "") -> list[dict[str, Any]]:
    """Every record type the pairing has records of (those of one area where it is named), in one query."""
    chosen = {name: model for name, model in record_types().items() if not area or name.partition(".")[0] == area}
    if not chosen:
        return []
    parts = [
        sql.SQL("SELECT {name}, count(*) FROM {table} WHERE scope_id = {scope}").format(
            name=sql.Literal(name), table=sql.Identifier(model._meta.db_table), scope=sql.Literal(scope.pk)
        )
        for name, model in chosen.items()
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
        for name, model in chosen.items()
        if counts[name]
    ]
