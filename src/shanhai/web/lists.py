"""Lists of records of any type: narrowed, sorted, with the columns one chose, paged by key, taken away as filtered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.intake.declare import SHEETS
from shanhai.journal.models import Record
from shanhai.reference.models import Scope
from shanhai.web import keysets, list_columns, list_filters, wording
from shanhai.web.choosing import needed_scope
from shanhai.web.downloads import rows_as
from shanhai.web.forms_rights import entry_links
from shanhai.web.keysets import Found, Order
from shanhai.web.memory import remembered
from shanhai.web.sessions import SignedIn

SIZE = 50
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is asked for: the type, the scope, what narrows it, its order and its columns."""

    model: type[Record]
    scope: Scope
    asked: dict[str, str]
    order: Order
    columns: list[str]

    @classmethod
    def of(cls, request: HttpRequest, type_name: str) -> "Listing":
        """The list an address asks for."""
        model = wording.model_named(type_name)
        chosen = [name for name in request.GET.getlist("column") if name in list_columns.choosable(model)]
        order = Order.asked(request.GET.get("sort", ""), list_columns.sortable(model))
        asked = list_filters.asked_of(request, model)
        return cls(model, needed_scope(request), asked, order, chosen or list_columns.usual(model))

    @property
    def rows(self) -> "QuerySet[Record]":
        """Every row of the list, in no order yet."""
        return list_filters.narrowed(self.model, self.model._default_manager.filter(scope=self.scope), self.asked)

    def url(self, *, to: str = "list", sort: str | None = None, **more: str) -> str:
        """The address of this list, in another order or from another place where they are given."""
        columns = "" if self.columns == list_columns.usual(self.model) else self.columns
        told = {**self.asked, "sort": self.order.told if sort is None else sort, "column": columns, **more}
        arguments = [self.model.type_name()] if to == "list" else [self.model.type_name(), to]
        name = "list" if to == "list" else "list-file"
        return wording.with_query(reverse(name, args=arguments), scope=self.scope.code, **told)


@remembered
@require_safe
def page(request: SignedIn, type_name: str) -> HttpResponse:
    """One page of the records of a type in the pairing looked at."""
    listing = Listing.of(request, type_name)
    found = keysets.page_of(
        listing.rows, listing.order, (request.GET.get("after", ""), request.GET.get("before", "")), SIZE
    )
    word = wording.type_word(listing.model)
    area = listing.model._meta.app_label
    crumbs = [{"label": say("首页"), "url": "/"}]
    if area in wording.area_words():
        crumbs.append({"label": wording.area_words()[area], "url": reverse("area", args=[area])})
    context = {
        "title": word,
        "lead": list_filters.told_references(listing.model, listing.asked),
        "filters": _filters(listing),
        "chooser": _chooser(listing),
        "table": _table(listing, found),
        "acts": entry_links(request.actor, listing.scope, only=type_name),
        "crumbs": crumbs,
        "help_url": reverse("sheet-help", args=[type_name]) if type_name in SHEETS else "",
        "pages": _pages(listing, found),
        "downloads": [
            {"label": say("下载工作簿"), "url": listing.url(to="xlsx")},
            {"label": say("下载 CSV"), "url": listing.url(to="csv")},
        ]
        if found.rows
        else [],
    }
    return render(request, "web/list.html", context)


def _filters(listing: Listing) -> dict[str, Any]:
    """The form that narrows; the order and the columns chosen go along."""
    columns = [] if listing.columns == list_columns.usual(listing.model) else listing.columns
    narrowed = {name for name in listing.asked if name != "q"}
    return {
        "action": reverse("list", args=[listing.model.type_name()]),
        "fields": list_filters.fields_of(listing.model, listing.asked),
        "kept": [("sort", listing.order.told), *(("column", name) for name in columns)],
        "narrowed": bool(narrowed),
        "clear_url": wording.with_query(reverse("list", args=[listing.model.type_name()]), scope=listing.scope.code)
        if listing.asked
        else "",
    }


def _chooser(listing: Listing) -> dict[str, Any]:
    """The form in which columns are chosen."""
    kept = [*listing.asked.items(), ("sort", listing.order.told)]
    return {
        "action": reverse("list", args=[listing.model.type_name()]),
        "kept": [(name, value) for name, value in kept if value],
        "columns": [
            {"value": name, "label": wording.label(listing.model, name), "checked": name in listing.columns}
            for name in list_columns.choosable(listing.model)
        ],
    }


def _table(listing: Listing, found: Found) -> dict[str, Any]:
    heads = [
        _head(listing, "key", say("编号")),
        *(_head(listing, column, wording.label(listing.model, column)) for column in listing.columns),
        {"label": say("填报方")},
    ]
    return {
        "caption": wording.type_word(listing.model),
        "hide_caption": True,
        "stack": True,
        "columns": heads,
        "rows": list_columns.rows_of(listing.model, found.rows, listing.columns),
        "empty": {"text": say("没有符合条件的记录。")},
    }


def _head(listing: Listing, column: str, word: str) -> dict[str, Any]:
    told: dict[str, Any] = {"label": word, "number": list_columns.is_number(column)}
    if column not in list_columns.sortable(listing.model):
        return told
    sorted_by = listing.order.column == column
    turned = "" if column == "key" else column
    again = f"-{column}" if sorted_by and not listing.order.descending else turned
    state = ("descending" if listing.order.descending else "ascending") if sorted_by else ""
    return told | {"sort_url": listing.url(sort=again), "sorted": state}


def _pages(listing: Listing, found: Found) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    first, last = found.rows[:1], found.rows[-1:]
    return {
        "previous_url": listing.url(before=keysets.place_of(first[0], listing.order)) if found.before and first else "",
        "next_url": listing.url(after=keysets.place_of(last[0], listing.order)) if found.after and last else "",
        "first_url": listing.url() if found.before else "",
        "told": say("本页 {n} 条", n=len(found.rows)),
    }


@require_safe
def download(request: HttpRequest, type_name: str, form: str) -> HttpResponseBase:
    """Every record of the list as it is narrowed and sorted, with the columns chosen."""
    listing = Listing.of(request, type_name)
    word = wording.type_word(listing.model)
    heads = [
        say("编号"),
        *(list_columns.heading(listing.model, column, in_file=True) for column in listing.columns),
        say("填报方"),
    ]
    rows = keysets.ordered(listing.rows, listing.order).iterator(_CHUNK)
    cells = (list_columns.file_cells(listing.model, record, listing.columns) for record in rows)
    return rows_as(form, word, heads, cells)
