"""What the journal may be narrowed by: who, the act, the type and key of records, the days, words of the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import get_default_timezone

from shanhai.access.entering import SEPARATOR
from shanhai.base.language import say
from shanhai.journal.acts import KINDS
from shanhai.journal.models import Act, Entry, Span
from shanhai.reference.models import Scope
from shanhai.web import wording

NAMES = ("key", "who", "code", "type", "from", "to", "reason")
_LONGEST = 160
#: Types the journal has entries of beside records.
_BESIDE = ("journal.evidence",)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The journal of a scope as it is asked for; what the address says wrongly is passed over."""

    scope: Scope
    asked: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest, scope: Scope) -> "Narrowed":
        """What an address asks of the journal of a scope."""
        given = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in NAMES}
        return cls(scope, {name: value for name, value in given.items() if value and "\x00" not in value})

    def spans(self) -> "models.QuerySet[Span]":
        """The statements that are asked for, where no key is."""
        found = Span.objects.filter(scope_id=self.scope.pk).filter(self._act("code", "acted_by", "acted_at"))
        if "type" in self.asked:
            found = found.filter(record_type=self.asked["type"])
        if "reason" in self.asked:
            found = found.filter(act_id__in=Act.objects.filter(reason__icontains=self.asked["reason"]).values("pk"))
        return found

    def entries(self) -> "models.QuerySet[Entry]":
        """The entries of the records whose key is asked for."""
        key = self.asked["key"]
        types = [self.asked["type"]] if "type" in self.asked else [*wording.record_types(), *_BESIDE]
        keys = [key, f"{self.scope.code}{SEPARATOR}{key}"]
        found = Entry.objects.filter(record_type__in=types, record_key__in=keys, scope_id=self.scope.pk)
        if self.asked.keys() & {"who", "code", "from", "to", "reason"}:
            acts = Act.objects.filter(self._act("code", "acted_by", "acted_at"))
            if "reason" in self.asked:
                acts = acts.filter(reason__icontains=self.asked["reason"])
            found = found.filter(act_id__in=acts.values("pk"))
        return found

    def _act(self, code: str, author: str, moment: str) -> Q:
        condition = Q()
        if "code" in self.asked:
            condition &= Q(**{code: self.asked["code"]})
        if "who" in self.asked:
            condition &= Q(**{author: self.asked["who"]})
        if first := _day(self.asked.get("from", "")):
            condition &= Q(**{f"{moment}__gte": _begin(first)})
        if last := _day(self.asked.get("to", "")):
            condition &= Q(**{f"{moment}__lt": _begin(last) + timedelta(days=1)})
        return condition

    def fields(self) -> list[dict[str, Any]]:
        """The fields of the form above the journal."""
        codes = _codes_of(self.scope)
        acts = {code: say(KINDS[code].zh) if code in KINDS else code for code in codes}
        types = {name: wording.type_word(model) for name, model in wording.record_types().items()}
        return [
            self._text("key", say("记录编号"), "search"),
            self._text("who", say("经办账号")),
            self._choice("code", say("操作"), acts),
            self._choice("type", say("记录类型"), types | {"journal.evidence": say("佐证材料")}),
            self._text("from", say("从哪天"), "date"),
            self._text("to", say("到哪天"), "date"),
            self._text("reason", say("事由含有")),
        ]

    def _text(self, name: str, label: str, kind: str = "text") -> dict[str, Any]:
        return {"name": name, "label": label, "type": kind, "value": self.asked.get(name, "")}

    def _choice(self, name: str, label: str, options: Mapping[str, str]) -> dict[str, Any]:
        chosen = self.asked.get(name, "")
        told = [{"value": "", "label": say("全部"), "selected": not chosen}]
        told += [{"value": code, "label": word, "selected": code == chosen} for code, word in options.items()]
        return {"name": name, "label": label, "type": "select", "options": told}


#: The codes of acts there are, each found by one step along the index: a list of all would read every line.
_CODES = """
    WITH RECURSIVE found AS (
        (SELECT code FROM journal_span WHERE scope_id = %(scope)s ORDER BY code LIMIT 1)
        UNION ALL
        SELECT (SELECT s.code FROM journal_span s WHERE s.scope_id = %(scope)s AND s.code > found.code ORDER BY s.code LIMIT 1)
        FROM found WHERE found.code IS NOT NULL
    ) SELECT code FROM found WHERE code IS NOT NULL
"""


def _codes_of(scope: Scope) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_CODES, {"scope": scope.pk})
        return [row[0] for row in cursor.fetchall()]


def _day(given: str) -> date | None:
    """A day the calendar of the database has too; anything else is as if it were not there."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), get_default_timezone()).astimezone(UTC)
