"""A cooperation office's desk for talent exchange, with a register of people."""

from datetime import date
from typing import Any

import polars
import pytest

from shanhai.access.entering import Context
from shanhai.areas.talent import actions as talent
from shanhai.base.identifiers import example_identity
from shanhai.intake.declare import SHEETS
from shanhai.journal import actions
from shanhai.journal.acts import ActKind

ACT = ActKind("talent.tests.recorded", "登记", ("clerk",))
PAIRING, OTHER = "331081-511381", "330282-513324"
BORN = date(1985, 5, 6)


@pytest.fixture
def enter(acting, office, today):
    """Write rows by an action, as a clerk of a side of a pairing; a word with a dot names the action of a sheet."""

    def written(name: str, *rows: dict[str, Any], side: str = "east", **context: Any) -> int:
        pairing = context.pop("pairing", PAIRING)
        actor = acting(context.pop("role", "clerk"), side=side, scope=pairing, reach=context.pop("reach", ""))
        action = SHEETS[name].action if "." in name else getattr(talent, name)
        frame = polars.DataFrame(
            [{"_row": number} | row for number, row in enumerate(rows, start=2)], infer_schema_length=None
        )
        scope = office.scopes[pairing]
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            where = Context(
                actor=actor, scope_id=scope, scope_code=pairing, side=side, act=opened,
                today=context.pop("on", today), **({"is_example": True} | context),
            )  # fmt: skip
            return action(rows=frame, context=where)

    return written


@pytest.fixture
def register(enter):
    """Register people by their places: `register(1, 2)` makes RY-1 and RY-2."""

    def registered(*places: int, **rest: Any) -> None:
        rows = [
            {"_key": f"RY-{place}", "name": f"示例{place}", "identity": example_identity(300 + place, BORN), "birth_on": None,
             "household_key": None}
            for place in places
        ]  # fmt: skip
        enter("reference.person", *rows, **rest)

    return registered


def posting(key: str = "XP-1", **changed: Any) -> dict[str, Any]:
    """A teacher who came for a year and is still there."""
    return {
        "_key": key, "person_key": "RY-1", "direction_code": "east_to_west", "kind_code": "teacher",
        "role_code": "vice_principal", "post": "副校长（挂职）", "from_unit": "示例小学", "to_unit": "示例实验学校",
        "first_on": date(2022, 9, 1), "last_on": date(2023, 8, 31), "arrived_on": date(2022, 9, 2), "left_on": None,
        "cancelled_on": None, "document_no": "示例温组〔2022〕1号",
    } | changed  # fmt: skip


def course(key: str = "PX-1", **changed: Any) -> dict[str, Any]:
    """A course of two days that was planned."""
    return {
        "_key": key, "title": "示例：干部培训班", "kind_code": "officials", "venue_code": "west", "place": "阆中",
        "organiser": "示例市委组织部", "first_on": date(2024, 6, 24), "last_on": date(2024, 7, 2),
        "planned_person_count": 20, "document_no": "",
    } | changed  # fmt: skip


def course_day(day: date, course_key: str = "PX-1") -> dict[str, Any]:
    """A day of a course."""
    return {
        "_key": f"{course_key}/{day}",
        "course_key": course_key,
        "held_on": day,
        "topic": "现场教学",
        "hour_count": 6,
    }


def signed(person: str, day: date, course_key: str = "PX-1") -> dict[str, Any]:
    """A line of a list of who signed in."""
    return {"_key": f"{course_key}/{day}/{person}", "course_key": course_key, "attended_on": day, "person_key": person}
