"""What a reference may name, as it is being typed: the first records whose number or name has what was typed."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.access.entering import SEPARATOR
from shanhai.reference.models import Region, Scope
from shanhai.web.choosing import needed_scope
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import local, model_named, own_columns, title

MOST = 20
_NAMES = ("name", "title", "purpose", "payee_name")


@require_safe
def choices(request: SignedIn, type_name: str) -> HttpResponse:
    """The options of a list under a field; the field's own text comes under the field's name."""
    scope = needed_scope(request)
    typed = request.GET.get(request.GET.get("field", "q"), "").replace("\x00", "").strip()[:60]
    found = _regions(typed) if type_name == "reference.region" else _records(type_name, scope, typed)
    return render(request, "web/components/choices.html", {"options": found})


def _regions(typed: str) -> list[dict[str, str]]:
    if not typed:
        return []
    rows = Region.objects.filter(Q(code__startswith=typed) | Q(name__contains=typed), last_on__isnull=True)
    return [{"value": f"{row.code} {row.name}", "label": ""} for row in rows.order_by("code")[:MOST]]


def _records(type_name: str, scope: Scope, typed: str) -> list[dict[str, str]]:
    model = model_named(type_name)
    rows = model._default_manager.filter(scope=scope)
    if typed:
        condition = Q(key__startswith=f"{scope.code}{SEPARATOR}{typed}")
        for column in set(_NAMES) & set(own_columns(model)):
            condition |= Q(**{f"{column}__icontains": typed})
        rows = rows.filter(condition)
    return [{"value": local(row.key), "label": title(row)} for row in rows.order_by("key")[:MOST]]
