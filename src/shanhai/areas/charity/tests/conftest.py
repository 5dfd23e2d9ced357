"""A clerk's desk for charity: rows written by an action, as a load would."""

from datetime import date
from typing import Any

import polars
import pytest

from shanhai.access import people
from shanhai.access.entering import Context
from shanhai.access.entering import enter as entered
from shanhai.areas.charity import actions as charity
from shanhai.base.findings import RefusedRows
from shanhai.base.identifiers import example_identity
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.reference.models import Person

ACT = ActKind("charity.tests.recorded", "登记", ("clerk",))
PAIRING, OTHER = "331081-511381", "330282-513324"
#: Every row tells all columns of its sheet, as a load does.
ROWS: dict[str, dict[str, Any]] = {
    "run_campaigns": {
        "name": "示例暖冬公益活动", "brand": None, "theme_code": "warm_winter", "campaign_year": 2023, "first_on": date(2023, 12, 4),
        "last_on": date(2024, 1, 19), "organiser": None, "child_count": None,
    },
    "appeal": {"name": "示例募捐", "level_no": 1, "parent_key": None},
    "receive": {
        "donor_name": "示例商会", "origin_code": "east", "level_code": "society", "kind_code": "goods", "amount_fen": 36_000_00,
        "valuation_code": "invoice", "item_name": "棉服", "item_count": 300, "received_on": date(2023, 11, 20), "purpose": None,
        "campaign_key": None, "appeal_key": None,
    },
    "distribute": {
        "donation_key": None, "campaign_key": "GY", "theme_code": None, "school_key": None, "receiver_name": "示例学校", "person_key": None,
        "receiver_code": "left_behind", "head_count": None, "item_name": "棉服", "item_count": None, "given_on": date(2023, 12, 12),
    },
    "open_centres": {
        "name": "示例残疾人之家", "kind_code": "home", "action_code": "new", "opened_on": date(2023, 10, 18), "town": None, "project_key": None,
    },
    "found_brands": {
        "name": "示例善坊", "holder_name": "示例中心", "craft": None, "centre_key": None, "founded_on": date(2022, 4, 12),
    },
    "note_sales": {"brand_key": "PP", "sale_key": "XS", "noted_on": date(2023, 12, 20)},
    "hold_trainings": {
        "name": "示例编织班", "course": "手工编织", "organiser": "示例残联", "centre_key": None, "brand_key": None,
        "first_on": date(2023, 4, 10), "last_on": date(2023, 4, 14),
    },
    "attend": {
        "training_key": "CP", "person_key": "RY-1", "standing_code": "disabled", "attended_on": date(2023, 4, 11),
    },
    "employ": {
        "person_key": "RY-1", "standing_code": "disabled", "employer_name": "示例合作社", "job_name": None, "workplace_code": "nearby",
        "brand_key": None, "started_on": date(2023, 5, 6), "ended_on": None,
    },
}  # fmt: skip


_TYPES: dict[str, Any] = {
    **dict.fromkeys(("last_on", "ended_on"), polars.Date), **dict.fromkeys(("child_count", "head_count", "item_count"), polars.Int64),
}  # fmt: skip


def _blank(rows):
    """Columns of text that every row leaves blank."""
    return [name for name in rows[0] if name not in _TYPES and all(row[name] is None for row in rows)]


@pytest.fixture
def within(acting, office, today):
    """Do something in an act of a clerk of one side of the example pairing: `within(doing, correcting=True)`."""

    def done(doing, *, side="west", pairing=PAIRING, **told):
        actor = acting("clerk", side=side, scope=pairing)
        scope = office.scopes[pairing]
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            return doing(
                Context(
                    actor=actor, scope_id=scope, scope_code=pairing, side=side, act=opened, today=today, is_example=True,
                    **told,
                )
            )  # fmt: skip

    return done


@pytest.fixture
def enter(within):
    """Write rows by an action: `enter("attend", {"_key": …}, {…})`; what a row leaves out is as in `ROWS`."""

    def written(name, *given, **told):
        rows = [
            {"_row": number, "_file": "", "_sheet": "", **ROWS[name], **row}
            for number, row in enumerate(given, start=2)
        ]
        frame = polars.DataFrame(
            rows,
            infer_schema_length=None,
            schema_overrides={name: kind for name, kind in _TYPES.items() if name in rows[0]}
            | dict.fromkeys(_blank(rows), polars.String),
        )
        return within(lambda context: getattr(charity, name)(rows=frame, context=context), **told)

    return written


@pytest.fixture
def refused(enter):
    """What was refused of rows, as (row, field, code)."""

    def told(name, *given, **rest):
        with pytest.raises(RefusedRows) as caught:
            enter(name, *given, **rest)
        assert all(problem.message.endswith("。") for problem in caught.value.problems)
        return [(problem.row, problem.field, problem.code) for problem in caught.value.problems]

    return told


@pytest.fixture
def person(within):
    """Register a person: `person("RY-1", birth)`; the same birth and seed give the same number."""

    def registered(number, birth=date(1980, 5, 6), seed=500, **told):
        row = {
            "_row": 2,
            "key": f"{PAIRING}/{number}",
            "name": f"示例{number}",
            "identity": example_identity(seed, birth),
        } | told
        return within(
            lambda context: entered(Person, people.seal(polars.DataFrame([row]), context), kind=ACT, context=context)
        )

    return registered
