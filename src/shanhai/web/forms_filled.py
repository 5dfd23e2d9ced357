"""What was sent with a form: the values, what it was opened with, and what was chosen where two people disagreed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from shanhai.access.sessions import Actor
from shanhai.loading.forms import as_recorded
from shanhai.web.actions import Typed
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_merge import Merged, merge
from shanhai.web.forms_sealing import mark_of, open_seal
from shanhai.web.models import Draft

_UNDECIDED = "？未定？"
_WAS, _SEALED, _CHOICE = "was_", "sealed_", "choose_"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in; personal values in clear, so it never goes to a page as it is."""

    values: dict[str, str]
    opened: dict[str, str] = field(default_factory=dict)
    version: int = 0
    reason: str = ""
    token: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()

    @property
    def unanswered(self) -> list[str]:
        """The fields both changed for which nothing was chosen yet."""
        return [name for name in self.asked if name not in self.choices]

    def kept(self, form: AskedForm) -> Typed:
        """What a draft keeps of it: no personal values."""
        values = {name: value for name, value in self.values.items() if name not in form.personal}
        told = values | ({"reason": self.reason} if self.reason else {})
        if self.unanswered:
            # The question must come back with the draft: as if the form had been opened with yet another value.
            return Typed(told, self.opened | dict.fromkeys(self.unanswered, _UNDECIDED), 0)
        return Typed(told, self.opened, self.version)


def new_token() -> str:
    """A token a form carries so that it is saved once."""
    return secrets.token_urlsafe(24)


def opened(form: AskedForm, given: Mapping[str, str] | None = None) -> Filled:
    """The form as it is opened: blank, or as the record stands; a blank one with what its address gives.

    Nothing personal is taken from an address.
    """
    version = form.record.version if form.record else 0
    asked = {column.field for column in form.columns} - set(form.personal) if not form.record else set()
    prefilled = {name: value for name, value in (given or {}).items() if name in asked}
    return Filled(dict(form.shown) | prefilled, dict(form.marked), version, token=new_token())


def of_draft(form: AskedForm, draft: Draft) -> Filled:
    """The form as its user left it."""
    values = {column.field: str(draft.values.get(column.field, "")) for column in form.columns}
    was = {str(name): str(value) for name, value in draft.opened.items()}
    return Filled(values, was, draft.version, str(draft.values.get("reason", "")), new_token())


def of_post(form: AskedForm, sent: QueryDict, actor: Actor) -> Filled:
    """The form as it was sent; a field of a known record that was not sent is as it was opened."""
    fields = [column.field for column in form.columns]
    was = {name: _clean(sent.get(_WAS + name, "")) for name in fields if form.record}
    values = {name: _clean(sent.get(name, was.get(name, "") if name not in form.personal else "")) for name in fields}
    for name in form.personal:
        sealed = sent.get(_SEALED + name, "")
        values[name] = values[name] or open_seal(sealed, user_id=actor.user_id, field=name)
    answers = {name: str(sent.get(_CHOICE + name, "")) for name in fields}
    choices = {name: answer for name, answer in answers.items() if answer in ("mine", "theirs")}
    asked = tuple(name for name in sent.getlist("asked") if name in fields)
    version = sent.get("version", "")
    filled = Filled(
        values, was, int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
        _clean(sent.get("reason", ""))[:500], _clean(sent.get("token", ""))[:64], choices, asked,
    )  # fmt: skip
    return _chosen(form, filled)


def _clean(text: str) -> str:
    """Text as PostgreSQL takes it, with the line breaks of a worksheet."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _chosen(form: AskedForm, filled: Filled) -> Filled:
    """The other's value where it was chosen: the form was opened anew with it when the question was asked."""
    theirs = [name for name in filled.asked if filled.choices.get(name) == "theirs"]
    taken = {name: "" if name in form.personal else filled.opened.get(name, "") for name in theirs}
    return replace(filled, values=filled.values | taken)


def merged_with(form: AskedForm, filled: Filled) -> tuple[Filled, Merged]:
    """The form brought up to the record as it stands now: what the other changed taken over, conflicts told."""
    mine = _for_merging(form, filled.values, filled.opened)
    was = _for_merging(form, {**filled.opened, **dict.fromkeys(form.personal, "")}, filled.opened)
    found = merge(was, mine, form.marked)
    assert form.record is not None
    values = dict(filled.values)
    for name in found.taken:
        values[name] = "" if name in form.personal else found.values[name]
    return replace(filled, values=values, opened=dict(form.marked), version=form.record.version), found


def _for_merging(form: AskedForm, values: Mapping[str, str], was: Mapping[str, str]) -> dict[str, str]:
    """Values as the record would tell them, personal ones by their fingerprint; a blank one is as it was opened."""
    row = form.row({name: value for name, value in values.items() if name not in form.personal})
    told = as_recorded(form.sheet, row)
    plain = {column.field: told[column.field] for column in form.columns if column.field not in form.personal}
    marks = {name: mark_of(values.get(name, "")) or was.get(name, "") for name in form.personal}
    return plain | marks
