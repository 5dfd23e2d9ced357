"""Writes of reference data: scopes with their pairings, organisations, people under their keys, closings."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import polars
from django.db import connections
from psycopg import sql

from shanhai.base.findings import Refused
from shanhai.base.language import listed, say
from shanhai.journal import actions
from shanhai.reference import vault
from shanhai.reference.models import CalendarDay, PersonKey, PersonReading, Region, Scope


def found_scopes(scopes: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Make sure the scopes exist; answers the id of each code. What is known already stays as it is."""
    wanted = {scope["code"]: scope for scope in scopes}
    known = dict(Scope.objects.filter(code__in=wanted).values_list("code", "id"))
    for code, scope in wanted.items():
        if code not in known:
            known[code] = Scope.objects.create(**scope).pk
    return known


def seal_people(frame: polars.DataFrame, *, setting: actions.Setting) -> polars.DataFrame:
    """Turn `name` and `identity` of each row into ciphertext under a new key per person.

    Answers the frame with the sealed columns; the wrapped keys are stored, the plain values nowhere.
    """
    sealed, keys = [], []
    for row in frame.iter_rows(named=True):
        person, wrapped = vault.seal_person(row["name"], row.get("identity") or "")
        sealed.append(person)
        keys.append(
            PersonKey(scope_id=setting.scope_id, owner_side=setting.owner_side, person_key=row["key"], wrapped=wrapped)
        )
    PersonKey.objects.bulk_create(keys)
    return _sealed(frame, sealed)


def reseal_people(frame: polars.DataFrame) -> polars.DataFrame:
    """Turn corrected names and numbers of known people into ciphertext under the key each has.

    A person whose key was destroyed is refused.
    """
    keys = PersonKey.objects.filter(person_key__in=frame.get_column("key").to_list())
    wrapped = dict(keys.values_list("person_key", "wrapped"))
    gone = [key for key in frame.get_column("key") if key not in wrapped]
    if gone:
        raise Refused(say("人员“{keys}”的个人信息已经销毁，不能再更正。", keys=listed(gone[:5])))
    return _sealed(
        frame,
        [
            vault.seal_person(row["name"], row["identity"] or "", wrapped=wrapped[row["key"]])[0]
            for row in frame.iter_rows(named=True)
        ],
    )


def _sealed(frame: polars.DataFrame, sealed: list[dict[str, str]]) -> polars.DataFrame:
    return frame.drop([name for name in ("name", "identity") if name in frame.columns]).hstack(polars.DataFrame(sealed))


def destroy_person(scope_id: int, person_key: str) -> bool:
    """Destroy the key of a person: whatever was sealed with it, journal included, can never be read again."""
    destroyed, _ = PersonKey.objects.filter(scope_id=scope_id, person_key=person_key).delete()
    return bool(destroyed)


def note_readings(person_keys: list[str], *, scope_id: int, reader: tuple[int, str], page: str, at: datetime) -> int:
    """Note that somebody (number of the account, name) opened a page about these people; answers how many lines."""
    user_id, name = reader
    lines = [
        PersonReading(scope_id=scope_id, person_key=key, user_id=user_id, name=name, read_at=at, page=page)
        for key in person_keys
    ]
    return len(PersonReading.objects.bulk_create(lines))


def load_reference(using: str, *, regions: Iterable[dict[str, Any]], days: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Replace the regions and the calendar by the versions that come with the program; the owner role does this."""
    return _replace(using, Region, list(regions)), _replace(using, CalendarDay, list(days))


def _replace(using: str, model: type[Region] | type[CalendarDay], rows: list[dict[str, Any]]) -> int:
    columns = list(rows[0])
    body = io.StringIO()
    writer = csv.DictWriter(body, columns)
    writer.writerows(rows)
    table = sql.Identifier(model._meta.db_table)
    with connections[using].cursor() as cursor:
        cursor.execute(sql.SQL("DELETE FROM {table}").format(table=table))
        copy = sql.SQL("COPY {table} ({columns}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({texts}))").format(
            table=table, columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            texts=sql.SQL(", ").join(sql.Identifier(name) for name in columns if not name.endswith("_on")),
        )  # fmt: skip
        with cursor.connection.cursor() as raw, raw.copy(copy) as into:
            into.write(body.getvalue())
    return len(rows)
