"""People as actions enter them: registered under a key of their own, found again by their number, counted as one.

A person's name and identity number are sealed on the way in. Rows that name a person by number get the `person_key` of
the record that is known, or of one that is registered with them.
"""

from collections.abc import Iterable
from datetime import date, datetime

import polars

from shanhai.access.entering import SEPARATOR, Context, enter, hold
from shanhai.base.identifiers import is_example
from shanhai.base.language import say
from shanhai.journal.actions import Setting
from shanhai.journal.acts import ActKind
from shanhai.reference import vault
from shanhai.reference.actions import reseal_people, seal_people
from shanhai.reference.models import Person
from shanhai.reference.queries import personal_values


def known_by_number(rows: polars.DataFrame, *, kind: ActKind, context: Context) -> polars.DataFrame:
    """Rows with `name` and `identity` instead told by `person_key`; who is new is registered.

    A correction of the name is one of the person; another identity number makes the row another person's.
    """
    hold_examples(rows, context)
    indexed = with_index(rows)
    known = _registered(indexed, kind=kind, context=context)
    told = indexed.with_columns(
        person_key=polars.col("identity_index").replace_strict(known, return_dtype=polars.String)
    )
    if context.correcting:
        rename(told.with_columns(key="person_key"), kind=kind, context=context)
    return told.drop("name", "identity", "identity_index")


def with_index(rows: polars.DataFrame) -> polars.DataFrame:
    """The rows with the fingerprint of each identity number."""
    return rows.with_columns(
        identity_index=polars.Series([vault.blind_index(number or "") for number in rows.get_column("identity")])
    )


def numbers_known(context: Context) -> dict[str, str]:
    """The key of every person of the scope by the fingerprint of the identity number."""
    people = Person.objects.filter(scope_id=context.scope_id).exclude(identity_index="")
    return dict(people.values_list("identity_index", "key"))


def _registered(indexed: polars.DataFrame, *, kind: ActKind, context: Context) -> dict[str, str]:
    known = numbers_known(context)
    fresh = indexed.filter(~polars.col("identity_index").is_in(list(known))).unique(
        "identity_index", keep="first", maintain_order=True
    )
    if fresh.is_empty():
        return known
    key = context.scope_code + SEPARATOR + polars.lit("RY-") + polars.col("identity_index").str.slice(0, 12)
    named = fresh.select("_row", "name", "identity", key=key)
    enter(Person, seal(named, context), kind=kind, context=context.under(correcting=False))
    return known | dict(zip(fresh.get_column("identity_index"), named.get_column("key"), strict=True))


def seal(named: polars.DataFrame, context: Context) -> polars.DataFrame:
    """People's names and numbers as ciphertext, each under a new key of their own."""
    return seal_people(named, setting=Setting(context.scope_id, context.side, context.scheme))


def rename(told: polars.DataFrame, *, kind: ActKind, context: Context) -> None:
    """Put right the names of people, found by `key`; each stays under the key they have."""
    recorded = personal_values(told.get_column("key"))
    named = told.select("_row", "name", "identity", "key").unique("key", keep="first", maintain_order=True)
    other = [row["name"] != recorded.get(row["key"], {}).get("name") for row in named.iter_rows(named=True)]
    changed = named.filter(polars.Series(other, dtype=polars.Boolean))
    if not changed.is_empty():
        enter(Person, reseal_people(changed), kind=kind, context=context)


def hold_examples(rows: polars.DataFrame, context: Context) -> None:
    """Example identity numbers, which belong to nobody, are taken only where the pairing is an example."""
    if context.is_example:
        return
    sentence = say("身份证号码用的是示例号段，只能用在标为示例的结对关系里。请填写真实号码。")
    hold(
        (row, "identity", "people.example_number", sentence)
        for row in rows.iter_rows(named=True)
        if is_example(row["identity"] or "")
    )


def birth_days(keys: Iterable[str]) -> dict[str, date]:
    """The days of birth of people by their key, from their identity numbers or as recorded; unknown ones left out."""
    wanted = list(dict.fromkeys(keys))
    recorded = Person.objects.filter(key__in=wanted, birth_on__isnull=False).values_list("key", "birth_on")
    found = {key: day for key, day in recorded if day}
    for key, values in personal_values(wanted).items():
        if number := values["identity"]:
            found[key] = datetime.strptime(number[6:14], "%Y%m%d").date()  # noqa: DTZ007 - a day knows no time zone
    return found
