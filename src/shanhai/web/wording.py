"""What record types, columns and values are called on pages, and where each is found."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast
from urllib.parse import quote, urlencode

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localtime

from shanhai.base.language import noted, say
from shanhai.catalogue.config import areas
from shanhai.intake.columns import Ref
from shanhai.intake.declare import SHEETS
from shanhai.journal.models import Record
from shanhai.loading.executing import ordered_sheets
from shanhai.web.reading import UNITS, reading

#: Columns that the mechanism keeps; pages tell them apart from what the record says.
FRAME = frozenset(
    {"id", "key", "scope", "scope_id", "scheme", "owner_side", "stage", "source", "act_id", "entry", "version"}
)
#: What an address's path may hold as it is.
_UNQUOTED = "!$&'()*+,;=/~:@"
_TITLES = ("title", "name", "purpose", "name_mask", "wording")
_SEALED = ("_sealed", "identity_index", "name_index")


@cache
def record_types() -> dict[str, type[Record]]:
    """Every record type by its name, in the order a load saves them; those without a sheet come last."""
    found = {model.type_name(): model for model in apps.get_models() if issubclass(model, Record)}
    ordered = [sheet.name for sheet in ordered_sheets() if sheet.name in found]
    return {name: found[name] for name in [*ordered, *sorted(found.keys() - set(ordered))]}


def area_words() -> dict[str, str]:
    """What each area is called, in the order of the menu."""
    return {area.label: say(str(area.verbose_name)) for area in areas()}


def model_named(name: str) -> type[Record]:
    """The model of a record type named in an address; any other name is no page."""
    if name not in record_types():
        raise Http404
    return record_types()[name]


def type_word(model: type[models.Model]) -> str:
    """What one record of the type is called."""
    return say(str(model._meta.verbose_name))


def is_secret(column: str) -> bool:
    """Whether a column holds ciphertext or a fingerprint of a person; no page shows it."""
    return column.endswith(_SEALED)


@cache
def own_columns(model: type[Record]) -> tuple[str, ...]:
    """The columns a page may show of what the record itself says."""
    columns = (str(field.column) for field in model._meta.concrete_fields if field.name not in FRAME)
    return tuple(column for column in columns if not is_secret(column))


def money_column(model: type[Record]) -> str:
    """The first column that holds money; empty where there is none."""
    return next((column for column in own_columns(model) if column.endswith("_fen")), "")


@cache
def references(model: type[Record]) -> Mapping[str, str]:
    """The columns that hold keys of other records, with the type each leads to."""
    name = model.type_name()
    told = (
        {column.field: column.to for column in SHEETS[name].columns if isinstance(column, Ref)}
        if name in SHEETS
        else {}
    )
    by_word = {each.rpartition(".")[2]: each for each in record_types()}
    keys = [column for column in own_columns(model) if column.endswith("_key")]
    found = {column: told.get(column) or by_word.get(column.removesuffix("_key"), "") for column in keys}
    return {column: target for column, target in found.items() if target in record_types()}


def spoken_of(record: Record) -> dict[str, str]:
    """A word of the other side names the type of its record in the row; all else names it by the column."""
    told = getattr(record, "record_type", "")
    return {"record_key": told} if told in record_types() else {}


@cache
def codes(model: type[models.Model], column: str) -> Mapping[Any, str]:
    """The Chinese words of the codes a column may hold; none where it holds no codes."""
    if column == "record_type":
        return {name: str(each._meta.verbose_name) for name, each in record_types().items()}
    try:
        declared = cast("models.Field[Any, Any]", model._meta.get_field(column)).flatchoices
    except FieldDoesNotExist:
        return {}
    return {code: str(told) for code, told in declared or ()}


def label(model: type[models.Model], column: str) -> str:
    """What a column is called."""
    try:
        return say(str(cast("models.Field[Any, Any]", model._meta.get_field(column)).verbose_name))
    except FieldDoesNotExist:
        return column


def cell(model: type[models.Model], column: str, value: Any) -> str:
    """A stored value as a reader sees it; nothing for what is blank."""
    if value is None or value == "":
        return ""
    if (told := codes(model, column).get(value)) is not None:
        return say(told)
    if column.endswith("_fen"):
        return money(int(value))
    return plain(value)


def yuan(fen: int) -> Decimal:
    """An amount as files carry it: yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def money(fen: int) -> str:
    """An amount to the fen, in the unit the reader chose."""
    return say("{amount}{unit}", amount=show_amount(yuan(fen)), unit=say(money_unit()))


def money_unit() -> str:
    """The unit amounts stand in where the reader chose one; 元 else."""
    return {"wan": noted("万元"), "yi": noted("亿元")}.get(reading().unit, noted("元"))


def show_amount(yuan: Decimal) -> str:
    """An amount in the unit the reader chose, without its word: never rounded, to the fen in 元."""
    per = UNITS[reading().unit] or 1
    if per == 1:
        return f"{yuan:,.2f}"
    shown = f"{yuan / per:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def plain(value: Any) -> str:
    """A value without a column, as a reader sees it."""
    if isinstance(value, bool):
        return say("是") if value else say("否")
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def moment(when: datetime) -> str:
    """A moment in Beijing time, to the minute."""
    return f"{localtime(when):%Y-%m-%d %H:%M}"


def local(key: str) -> str:
    """A key as its own pairing writes it, without the code of the scope."""
    return key.partition("/")[2] or key


def title(record: Record) -> str:
    """What a record is called: its name, else its amount and day, else its type and number."""
    for name in _TITLES:
        if told := getattr(record, name, ""):
            return str(told)[:60]
    model = type(record)
    columns = [column for column in own_columns(model) if getattr(record, column) is not None]
    money = next((column for column in columns if column.endswith("_fen")), "")
    day = next((column for column in columns if column.endswith("_on")), "")
    on, amount = (cell(model, column, getattr(record, column)) if column else "" for column in (day, money))
    if amount:
        return say("{amount}（{on}）", amount=amount, on=on) if on else amount
    return say("{amount}（{on}）", amount=type_word(model), on=on) if on else f"{type_word(model)} {local(record.key)}"


def record_url(type_name: str, key: str) -> str:
    """The page of a record; written as `reverse` writes it, which would look the route up for every cell of a list."""
    return _record_prefix(type_name) + quote(key, safe=_UNQUOTED)


def list_url(type_name: str) -> str:
    """The list of the records of a type."""
    return reverse("list", args=[type_name])


def new_url(type_name: str) -> str:
    """The form for a new record of a type."""
    return reverse("form-new", args=[type_name])


@cache
def _record_prefix(type_name: str) -> str:
    return reverse("record", args=[type_name, "-"])[:-1]


def named_record(name: str) -> dict[str, str]:
    """The link of a record named as figures name it: `funds.allocation:331081-511381/FP-1`."""
    type_name, _, key = name.partition(":")
    return {"key": local(key), "url": record_url(type_name, key), "type": type_word(model_named(type_name))}


def with_query(url: str, **asked: Any) -> str:
    """An address with what is asked of it; what is empty is left out."""
    told = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{url}?{urlencode(told, doseq=True)}" if told else url


def and_told(address: str, told: str) -> str:
    """An address with what was just done told on its page."""
    return f"{address}{'&' if '?' in address else '?'}told={told}"
