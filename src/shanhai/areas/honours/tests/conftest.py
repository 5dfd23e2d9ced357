"""A clerk's desk for honours: rows written by an action, as a load would."""

from datetime import date
from typing import Any

import polars
import pytest

from shanhai.access.entering import Context
from shanhai.areas.honours import actions as honours
from shanhai.base.findings import RefusedRows
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import write

ACT = ActKind("honours.tests.recorded", "登记", ("clerk",))
PAIRING = "331081-511381"
#: Every row tells all columns of its sheet, as a load does.
ROWS: dict[str, dict[str, Any]] = {
    "register_sites": {
        "name": "示例示范点", "kind_code": "village", "region_code": "511381", "town": "示例镇", "village": "示例村", "project_key": None,
        "proposed_on": date(2022, 2, 18), "started_on": None, "accepted_on": None, "dropped_on": None, "drop_reason": None,
        "household_count": None,
    },
    "award": {
        "title": "示例称号", "level_code": "provincial", "kind_code": "unit", "holder_name": "示例局", "site_key": None, "sharing_code": "own",
        "joint_names": None, "region_code": "511381", "town": None, "village": None, "origin_key": None, "awarding_body": "示例组委会",
        "document_no": "示例〔2023〕8号", "nominated_on": None, "nominated_on_precision": None, "announced_on": None,
        "announced_on_precision": None, "awarded_on": date(2023, 6, 20), "awarded_on_precision": "day", "expires_on": None,
    },
    "review": {
        "honour_key": "RY-1", "reviewed_on": date(2024, 3, 1), "result_code": "passed", "expires_on": None, "reason": None,
        "document_no": "示例〔2024〕5号",
    },
}  # fmt: skip
_TYPES = dict.fromkeys((name for row in ROWS.values() for name in row if name.endswith("_on")), polars.Date) | {
    "household_count": polars.Int64
}
#: What a title of the site SFD leaves to its site.
OF_SITE = {"site_key": "SFD", "kind_code": "site", "holder_name": None, "region_code": None}


def frame_of(name, given):
    """Rows as a sheet types them; what a row leaves out is as in `ROWS`."""
    rows = [
        {"_row": number, "_file": "", "_sheet": "", **ROWS[name], **row} for number, row in enumerate(given, start=2)
    ]
    kinds = {column: _TYPES.get(column, polars.String) for column in ROWS[name]}
    return polars.DataFrame(rows, infer_schema_length=None, schema_overrides=kinds)


@pytest.fixture
def enter(acting, office, today):
    """Write rows by an action in an act of a clerk: `enter("award", {"_key": …}, {…}, correcting=True, side="east")`."""

    def written(name, *given, side="west", **told):
        actor, scope = acting("clerk", side=side, scope=PAIRING), office.scopes[PAIRING]
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            context = Context(
                actor=actor, scope_id=scope, scope_code=PAIRING, side=side, act=opened, today=today, is_example=True,
                **told,
            )  # fmt: skip
            return getattr(honours, name)(rows=frame_of(name, given), context=context)

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


def _belongs(number, row):
    return {"scope_code": PAIRING, "owner_side": "west", **number, **row}


def site_row(number, village, **told):
    """A row of the sheet of sites."""
    return _belongs({"site_no": f"SFD-{number}"}, ROWS["register_sites"] | {"name": f"{village}示范点", "village": village} | told)  # fmt: skip


def title_row(number, **told):
    """A row of the sheet of titles; how exactly a day is known follows from the cell."""
    told = told | ({name: OF_SITE[name] for name in OF_SITE if name != "site_key"} if told.get("site_key") else {})
    whole = {name: cell for name, cell in ROWS["award"].items() if not name.endswith("_precision")}
    return _belongs({"honour_no": f"RY-{number}"}, whole | {"title": f"称号{number}"} | told)


def review_row(number, **told):
    """A row of the sheet of reviews."""
    return _belongs({}, ROWS["review"] | {"honour_key": f"RY-{number}"} | told)


#: Five sites (one named at two levels, one only by the county, one withdrawn), a national base, a village, a joint title.
BOOK: dict[str, list[dict[str, Any]]] = {
    "honours.site": [
        *(site_row(place, f"示例{word}村", town=f"示例{'东西'[place % 2]}镇", project_key="XM-2021-003" if place == 1 else None)
          for place, word in enumerate("甲乙丙丁戊", start=1)),
        site_row(6, "示例己村", started_on=date(2024, 3, 1), proposed_on=date(2024, 1, 8), household_count=1320),
    ],
    "honours.honour": [
        title_row(1, site_key="SFD-1", level_code="prefecture", awarded_on=date(2022, 12, 20), expires_on=date(2025, 12, 19)),
        title_row(2, site_key="SFD-1", awarded_on=date(2023, 11, 2), document_no="示例〔2023〕31号"),
        title_row(3, site_key="SFD-2", awarded_on=date(2023, 11, 2), expires_on=date(2024, 11, 1)),
        title_row(4, site_key="SFD-3", level_code="prefecture", awarded_on=date(2023, 12, 8)),
        title_row(5, site_key="SFD-4", level_code="prefecture", awarded_on="2022", expires_on=date(2023, 12, 31)),
        title_row(6, site_key="SFD-5", level_code="county", awarded_on=date(2022, 6, 1)),
        title_row(7, title="示例村级实践交流基地", level_code="national", kind_code="base", holder_name="示例甲村",
                  awarded_on=date(2023, 5, 10), town="示例西镇", village="示例甲村"),
        title_row(8, kind_code="village", holder_name="示例丙村", town="示例西镇", village="示例丙村", awarded_on=date(2023, 7, 4)),
        title_row(9, title="示例协作先进集体", level_code="national", kind_code="team", sharing_code="both", holder_name="示例驻阆中工作队",
                  joint_names="示例协作办", awarded_on=date(2024, 2, 1)),
        title_row(10, title="示例典型案例", kind_code="case", awarded_on=None, document_no=None, announced_on=date(2024, 6, 3)),
    ],
    "honours.honourreview": [
        review_row(3, result_code="withdrawn", reason="示例：不再符合命名条件"),
    ],
}  # fmt: skip


@pytest.fixture
def honoured(example_loaded, tmp_path):
    """The example with the titles of `BOOK` loaded beside it, in the transaction that is taken back."""
    path = write(tmp_path / "荣誉.xlsx", BOOK)
    actor = example_loaded.sign_in("operator", reach="all")
    outcome = load(Order([(path.name, path)]), actor=actor, today=date(2024, 7, 1))
    assert outcome.saved, [str(finding) for finding in outcome.findings]
    return example_loaded
