"""Which form a page is: the sheet, the book it writes in, and the record where one is corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from shanhai.access.entering import local_key
from shanhai.intake.columns import Column
from shanhai.intake.declare import Sheet
from shanhai.journal.models import Record
from shanhai.loading.forms import recorded_values
from shanhai.reference.models import Scope
from shanhai.web.actions import FormName
from shanhai.web.forms_rights import correct_url, new_url
from shanhai.web.forms_sealing import mark_of
from shanhai.web.wording import model_named

BELONGING = ("scope_code", "owner_side")


@dataclass(frozen=True)
class AskedForm:
    """A form as its address names it. Scope and side are the page's; nothing that is sent changes them."""

    sheet: Sheet
    scope: Scope
    side: str
    record: Record | None = None

    @property
    def name(self) -> FormName:
        """The form among the forms of its user."""
        return FormName(self.scope.pk, self.side, self.sheet.name, self.record.key if self.record else "")

    @property
    def address(self) -> str:
        """Where the form lies and is sent."""
        return correct_url(self.record) if self.record else new_url(self.sheet.name, self.scope, self.side)

    @property
    def beat_address(self) -> str:
        """Where the page asks who else is at this record; a new one is nobody else's."""
        return reverse("form-beat", args=[self.sheet.name, self.record.key]) if self.record else ""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What the form asks: not whose book it is, and of a known record not the number that names it."""
        away = {*BELONGING, *(self.sheet.key if self.record else ())}
        return tuple(column for column in self.sheet.columns if column.field not in away)

    @cached_property
    def personal(self) -> frozenset[str]:
        """The fields that hold personal identifiers: masked ones, and what the record keeps only sealed elsewhere."""
        stored = {str(field.column) for field in model_named(self.sheet.name)._meta.concrete_fields}
        kept = {*stored, *self.sheet.key, *BELONGING}
        return frozenset(column.field for column in self.columns if column.secret or column.field not in kept)

    @cached_property
    def recorded(self) -> dict[str, str]:
        """The record as a clerk would write it, personal values in clear; nothing for a new one."""
        if self.record is None:
            return {}
        key = local_key(self.record.key, self.scope.code)
        return recorded_values(self.sheet, scope_code=self.scope.code, local_key=key)

    @cached_property
    def shown(self) -> dict[str, str]:
        """The record as its form may show it: personal values left out."""
        return {
            column.field: "" if column.field in self.personal else self.recorded.get(column.field, "")
            for column in self.columns
        }

    @cached_property
    def marked(self) -> dict[str, str]:
        """The record for merging: personal values by their fingerprint."""
        return self.shown | {name: mark_of(self.recorded.get(name, "")) for name in self.personal}

    def row(self, values: Mapping[str, str]) -> dict[str, str]:
        """The whole row of the sheet: what was filled in, the book it stands in, and the number of a known record.

        A personal field of a known record that was left blank keeps what is recorded.
        """
        told = {column.field: values.get(column.field, "") for column in self.columns}
        told |= {name: told[name] or self.recorded.get(name, "") for name in self.personal}
        told |= {name: self.recorded.get(name, "") for name in self.sheet.key} if self.record else {}
        return told | {"scope_code": self.scope.code, "owner_side": self.side}
