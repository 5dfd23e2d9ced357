"""The API of records: their types, lists narrowed and sorted as on the pages, one record with its history."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, cast

from django.db import models
from django.http import Http404, HttpRequest
from ninja import Query, Router

from shanhai.access.readings import people_of
from shanhai.journal.models import Record
from shanhai.journal.terms import Scheme, Side, Stage
from shanhai.web import keysets, list_columns, list_filters, wording
from shanhai.web.api_figures import coded
from shanhai.web.api_shapes import Problem, RecordList, RecordOpened, RecordType, ScopeCode, Sort, Text
from shanhai.web.history import acts_of, beside, entries_of, history_of
from shanhai.web.keysets import place_of
from shanhai.web.lists import Listing
from shanhai.web.proof import files_of
from shanhai.web.records import record_named
from shanhai.web.sessions import tells_of

router = Router(tags=["records"])
_REFUSED = {400: Problem, 404: Problem, 422: Problem}


@router.get("/record-types", response={200: list[RecordType]}, summary="记录类型 / record types")
def list_types(request: HttpRequest) -> list[dict[str, Any]]:
    """Every type of record with its columns."""
    return [
        {
            "name": name,
            "label": wording.type_word(model),
            "area": model._meta.app_label,
            "crosses_border": model.crossing is not None,
            "columns": _columns(model),
        }
        for name, model in wording.record_types().items()
    ]


def _columns(model: type[Record]) -> list[dict[str, Any]]:
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    links, choices = wording.references(model), list_filters.choices_of(model)
    sortable = list_columns.sortable(model)
    return [
        {
            "name": column,
            "label": wording.label(model, column),
            "kind": "money" if column.endswith("_fen") else _kind(fields[column]),
            "sortable": column in sortable,
            "filterable": column in links or column in choices,
            "refers_to": links.get(column),
            "codes": [{"code": code, "label": word} for code, word in choices.get(column, [])],
        }
        for column in wording.own_columns(model)
    ]


def _kind(field: "models.Field[Any, Any]") -> str:
    kinds = (
        (models.BooleanField, "boolean"), (models.DateTimeField, "moment"), (models.DateField, "day"),
        (models.DecimalField, "decimal"), (models.IntegerField, "integer"),
    )  # fmt: skip
    return next((name for kind, name in kinds if isinstance(field, kind)), "text")


@router.get(
    "/records/{type_name}", response={200: RecordList, **_REFUSED}, summary="一类记录的列表 / a list of records"
)
def list_records(
    request: HttpRequest,
    type_name: Text,
    *,
    scope: ScopeCode = "",
    q: Text = "",
    sort: Sort = "",
    after: Text = "",
    before: Text = "",
    size: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """Records of a type, paged by key.

    Every filterable column of the type is a parameter of its own name; `from` and `to` are its days.
    """
    listing = Listing.of(request, type_name)
    found = keysets.page_of(listing.rows, listing.order, (after, before), size)
    rows = cast("Sequence[Record]", found.rows)
    return {
        "type": type_name,
        "scope": listing.scope.code,
        "sort": listing.order.told,
        "records": [_told(record, listing.scope.code) for record in rows],
        "next": place_of(rows[-1], listing.order) if found.after and rows else None,
        "previous": place_of(rows[0], listing.order) if found.before and rows else None,
    }


@router.get(
    "/records/{type_name}/{path:key}", response={200: RecordOpened, **_REFUSED}, summary="一条记录 / one record"
)
def one_record(request: HttpRequest, type_name: Text, key: Text) -> dict[str, Any]:
    """A record with its source and everything that happened to it."""
    if len(key) > 200:
        raise Http404
    record = record_named(type_name, key)
    tells_of(request, record.scope_id, people_of(record), page=record.type_name())
    others = beside(record, files_of(record))
    own = entries_of(record)
    lines = history_of(record, own, others, acts_of(record, own, others))
    return _told(record, record.scope.code) | {"source": record.source, "history": lines}


def _told(record: Record, scope: str) -> dict[str, Any]:
    model = type(record)
    return {
        "type": record.type_name(),
        "key": record.key,
        "scope": scope,
        "title": wording.title(record),
        "owner_side": coded(record.owner_side, Side),
        "stage": coded(record.stage, Stage),
        "scheme": coded(record.scheme, Scheme),
        "version": record.version,
        "entry": record.entry,
        "fields": [_field(model, record, column) for column in wording.own_columns(model)],
        "url": wording.record_url(record.type_name(), record.key),
    }


def _field(model: type[Record], record: Record, column: str) -> dict[str, Any]:
    value = getattr(record, column)
    return {
        "name": column.removesuffix("_fen"),
        "label": wording.label(model, column),
        "value": _plain(column, value),
        "text": wording.cell(model, column, value),
    }


def _plain(column: str, value: Any) -> str | int | bool | None:
    """A value as JSON carries it exactly: money in yuan and decimals as text, days as days."""
    if value is None or isinstance(value, bool):
        return value
    if column.endswith("_fen"):
        return f"{wording.yuan(int(value)):.2f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)
