"""A labour station's desk: write rows by an action, with the people they name already in the register."""

from datetime import date
from typing import Any

import polars
import pytest

from shanhai.access.entering import Context
from shanhai.areas.labour import actions as labour
from shanhai.base.findings import RefusedRows
from shanhai.base.identifiers import example_identity
from shanhai.journal import actions
from shanhai.journal.actions import Setting
from shanhai.journal.acts import ActKind
from shanhai.reference.actions import seal_people
from shanhai.reference.models import Person

ACT = ActKind("labour.tests.recorded", "登记", ("clerk",))
PAIRING = "331081-511381"
#: The fields a sheet may leave empty; an action finds them in its rows all the same.
EMPTY: dict[str, tuple[str, ...]] = {
    "place": ("ended_on", "monthly_wage_fen", "vacancy_key"), "set_rules": ("group_code", "class_code", "months_maximum", "cap_fen", "last_on"),
    "decide": ("claimed_fen", "paid_on", "account"), "take_up": ("recovered_fen", "recovered_on", "station_key"),
    "register": ("station_key", "wish_code", "wage_wish_fen", "last_on"), "open_stations": ("closed_on", "operator_name"),
    "offer": ("station_key", "last_on"), "prove": ("document_no",), "sign_in": ("is_passed",), "publish": ("document_no",),
    "agree": ("station_key", "last_on", "promised_count"), "hold_courses": ("place",),
}  # fmt: skip
_DAYS = ("ended_on", "last_on", "paid_on", "recovered_on", "closed_on")
_WHOLE = (
    "monthly_wage_fen",
    "months_maximum",
    "cap_fen",
    "claimed_fen",
    "recovered_fen",
    "wage_wish_fen",
    "promised_count",
)


@pytest.fixture
def desk(acting, office, paired, today):
    """Write rows by an action, as a clerk of the western side: `desk("place", {...}, {...})`; the pairing began in June 2021."""
    scope = office.scopes[PAIRING]

    def written(name: str, *rows: dict[str, Any], **context: Any) -> int:
        actor = acting("operator", reach="all")
        empty = EMPTY.get(name, ())
        frame = polars.DataFrame(
            [dict.fromkeys(empty) | {"_row": number, "scope_code": PAIRING} | row for number, row in enumerate(rows, start=2)],
            schema_overrides={field: polars.Date if field in _DAYS else polars.Int64 if field in _WHOLE else polars.String for field in empty
                              if field != "is_passed"},
        )  # fmt: skip
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            where = Context(
                actor=actor, scope_id=scope, scope_code=PAIRING, side="west", act=opened, today=today, is_example=True, **context
            )  # fmt: skip
            if name == "people":
                setting = Setting(scope, "west")
                actions.record(Person, seal_people(frame, setting=setting), under=opened, setting=setting)
                return frame.height
            return getattr(labour, name)(rows=frame, context=where)

    paired((date(2021, 6, 1), None))
    return written


@pytest.fixture
def people(desk):
    """Register people by number and day of birth: `people(1990, 1995)` gives P1 and P2, born in June of these years."""

    def registered(*years: int) -> None:
        desk("people", *[
            {"key": f"{PAIRING}/P{number}", "name": f"示例{number}", "identity": example_identity(600 + number, date(year, 6, 15))}
            for number, year in enumerate(years, start=1)
        ])  # fmt: skip

    return registered


def placement(**changed: Any) -> dict[str, Any]:
    """A placement of P1 in the paired east from February 2023."""
    return {
        "_key": "JY-1", "person_key": "P1", "class_code": "paired_east", "employer": "示例鞋厂", "region_code": "331081",
        "started_on": date(2023, 2, 20),
    } | changed  # fmt: skip


def refused(raised: "pytest.ExceptionInfo[RefusedRows]") -> list[tuple[int, str, str]]:
    """Row, field and code of each problem."""
    return [(problem.row, problem.field, problem.code) for problem in raised.value.problems]
