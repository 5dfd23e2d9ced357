"""The floor under the site benchmark: an empty Django view, and Django's own admin list of the same table.

The admin is Django's as it comes, with the columns of our list and fifty rows a page; its reader is a superuser who
costs no question about rights, and its connection meets no row rights.
"""

import os

from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path

TABLE = "funds.Payment"
COLUMNS = ("key", "source_key", "project_key", "payee_name", "payee_code", "amount_fen", "paid_on", "owner_side")


class _Everybody:
    """A reader who may see everything, without a question to the database."""

    is_active = is_staff = is_superuser = is_authenticated = True
    pk = id = 1

    def has_perm(self, *_: object) -> bool:
        return True

    has_module_perms = has_perm

    def get_username(self) -> str:
        return "floor"

    def has_usable_password(self) -> bool:
        return False


def empty(_: HttpRequest) -> HttpResponse:
    """Nothing but an answer."""
    return HttpResponse(b"ok")


def admin_list(request: HttpRequest) -> HttpResponseBase:
    """Django's list of the table."""
    request.user = _Everybody()  # type: ignore[assignment]
    answer = _ADMIN.changelist_view(request)
    return answer.render() if isinstance(answer, TemplateResponse) else answer


class _List(ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = COLUMNS
    list_display_links = ("key",)
    list_per_page = 50


_SITE = AdminSite(name="admin")
os.environ["DJANGO_SETTINGS_MODULE"] = "shanhai.cli.floor_settings"
application = get_wsgi_application()
_SITE.register(apps.get_model(TABLE), _List)
_ADMIN = _SITE.get_model_admin(apps.get_model(TABLE))
urlpatterns = [path("empty", empty), path("list", admin_list), path("admin/", _SITE.urls)]
