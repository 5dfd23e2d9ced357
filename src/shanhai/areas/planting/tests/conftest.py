"""A base operator's desk: rows written by action, each call an act of its own."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars
import pytest

from shanhai.access.entering import Context
from shanhai.areas.planting import actions as planting
from shanhai.journal import actions
from shanhai.journal.acts import ActKind

ACT = ActKind("planting.tests.recorded", "登记", ("clerk",))
PAIRING = "331081-511381"
DAY = date(2024, 3, 1)
#: A row of each kind as it stands where a test says nothing else.
ROWS: dict[str, dict[str, Any]] = {
    "register_industries": {"_key": "CY", "name": "油橄榄产业", "crop_code": "olive", "region_code": "511381", "began_on": date(2014, 1, 1), "began_on_precision": "year", "document_no": "示例市志"},
    "register_bases": {
        "_key": "JD", "name": "示例镇油橄榄产业园", "short_name": "", "kind_code": "park", "crop_code": "olive", "action_code": "new", "is_demonstration": True,
        "region_code": "511381", "town": "示例镇", "operator": "示例公司", "project_key": "", "started_on": DAY, "right_last_on": date(2040, 12, 31),
    },
    "register_parcels": {"_key": "DK", "base_key": "JD", "crop_code": "olive", "area_mu": Decimal("100.00"), "built_on": DAY, "registered_on": DAY, "former_key": ""},
    "lease": {
        "_key": "LZ", "base_key": "JD", "household_key": "NH", "area_mu": Decimal("10.50"), "rate_fen": 300_00, "first_on": date(2024, 1, 1),
        "last_on": date(2033, 12, 31), "document_no": "示例合同",
    },
    "fall_due": {"_key": "ZJ", "lease_key": "LZ", "due_year": 2024, "months": 12, "due_on": date(2024, 12, 15), "amount_fen": 3_150_00},
    "record_work": {"_key": "RY/2024-03-01/JD", "person_key": "RY", "worked_on": DAY, "base_key": "JD", "hours": Decimal("8.0"), "wage_fen": 100_00},
    "decide_dividend": {"_key": "JD/1", "base_key": "JD", "round_no": "1", "decided_on": DAY, "income_fen": 1000_00, "kept_fen": 300_00, "shared_fen": 700_00, "document_no": "示例决议"},
    "list_dividend": {"_key": "JD/1/1", "round_key": "JD/1", "line_no": "1", "household_key": "NH", "person_key": "", "amount_fen": 700_00},
    "pay": {
        "_key": "LJ", "base_key": "JD", "household_key": "NH", "person_key": "RY", "channel_code": "rent", "paid_on": date(2024, 12, 20), "amount_fen": 3_150_00,
        "ref_no": "示例", "due_key": "ZJ", "line_key": "", "account": None,
    },
}  # fmt: skip


@pytest.fixture
def enter(acting, office, today):
    """Write rows by an action, `enter("lease", {...})`, as a western clerk unless told otherwise; what is not told is ordinary."""

    def written(name: str, *rows: dict[str, Any], role: str = "clerk", **context: Any) -> int:
        actor = acting(role, side="west")
        told = [
            {"_row": number, "_sheet": "示例", "_file": "示例.xlsx"} | ROWS[name] | row
            for number, row in enumerate(rows or ({},), start=2)
        ]
        with actions.act(ACT, author=actor.author, scope_id=office.scopes[PAIRING]) as opened:
            where = Context(
                actor=actor, scope_id=office.scopes[PAIRING], scope_code=PAIRING, side="west", act=opened, today=today,
                is_example=True, **context,
            )  # fmt: skip
            return getattr(planting, name)(rows=polars.DataFrame(told, infer_schema_length=None), context=where)

    return written


@pytest.fixture
def base(enter):
    """A park of 100 mu stands."""
    enter("register_bases")
    enter("register_parcels")


@pytest.fixture
def problems(enter):
    """What is refused, as row, field and code: `problems("lease", {...})`."""
    from shanhai.base.findings import RefusedRows

    def refused(name: str, *rows: dict[str, Any], **context: Any) -> list[tuple[int, str, str]]:
        with pytest.raises(RefusedRows) as told:
            enter(name, *rows, **context)
        return [(one.row, one.field, one.code.removeprefix("planting.")) for one in told.value.problems]

    return refused
