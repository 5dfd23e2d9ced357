"""A project unit's desk."""

from datetime import date
from typing import Any

import polars
import pytest

from shanhai.access.entering import Context
from shanhai.areas.projects import actions as projects
from shanhai.journal import actions
from shanhai.journal.acts import ActKind

ACT = ActKind("projects.tests.recorded", "登记", ("clerk",))
PAIRING = "331081-511381"
START = date(2024, 1, 1)


@pytest.fixture
def enter(acting, office, today):
    """Write rows by an action: `enter("move", {...}, {...})`, as a clerk of the west unless told otherwise."""

    def written(name: str, *rows: dict[str, Any], role: str = "clerk", **context: Any) -> int:
        actor = acting(role, side="west")
        frame = polars.DataFrame([{"_row": number} | row for number, row in enumerate(rows, start=2)])
        with actions.act(ACT, author=actor.author, scope_id=office.scopes[PAIRING]) as opened:
            where = Context(
                actor=actor,
                scope_id=office.scopes[PAIRING],
                scope_code=PAIRING,
                side="west",
                act=opened,
                today=today,
                **context,
            )
            return getattr(projects, name)(rows=frame, context=where)

    return written


def project(key: str = "XM", **changed: Any) -> dict[str, Any]:
    return {
        "_key": key, "project_no": key, "name": "示例卫生院门诊楼", "field_code": "health", "class_code": "welfare",
        "region_code": "511381",
        "owner_unit": "示例卫生院", "plan_year": 2024, "proposed_on": date(2024, 1, 1), "parent_key": "",
        "planned_fen": 100,
    } | changed  # fmt: skip


def move(step: str, day: date, key: str = "XM", **changed: Any) -> dict[str, Any]:
    return {
        "_key": f"{key}/{step}/{day}", "project_key": key, "step_code": step, "happened_on": day, "document_no": "示例",
        "progress_percent": None,
    } | changed  # fmt: skip
