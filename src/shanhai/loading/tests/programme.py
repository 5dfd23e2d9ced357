"""A small programme of one pairing, as rows of sheets, and the workbooks that carry them.

Money in fen. Everything moves at least one figure; the records of 2023 are closed on its last day.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from shanhai.base.identifiers import example_identity
from shanhai.intake import columns as kinds
from shanhai.intake.declare import SHEETS

PAIRING, PROVINCES = "331081-511381", "330000-510000"
Rows = dict[str, list[dict[str, Any]]]
_STEPS = (
    "proposed", "library", "planned", "approved", "started", "progress", "completed", "accepted", "final_account",
    "asset",
    "handed_over", "upkeep",
)  # fmt: skip


def _west(*rows: dict[str, Any], side: str = "west", scope: str = PAIRING) -> list[dict[str, Any]]:
    return [{"scope_code": scope, "owner_side": side} | row for row in rows]


def _project(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "project_no": f"XM-{number}", "name": f"示例项目{number}", "short_name": f"示例{number}",
        "field_code": "health" if number % 2 else "education",
        "class_code": "welfare", "region_code": "511381", "town": "老观镇", "owner_unit": "示例单位",
        "planned_fen": 100_000_00 * number,
        "plan_year": 2022, "proposed_on": date(2022, 1, number), "parent_key": None,
    } | changed  # fmt: skip


def _life(number: int, steps: int) -> list[dict[str, Any]]:
    return [
        {
            "project_key": f"XM-{number}", "step_code": step, "happened_on": date(2022, 1 + place, number),
            "document_no": f"示例〔2022〕{place}号",
            "progress_percent": Decimal("55.5") if step == "progress" else None,
        }
        for place, step in enumerate(_STEPS[:steps])
    ]  # fmt: skip


def programme() -> Rows:
    """Every record type once at least."""
    first, second, third = 1, 2, 3
    return {
        "reference.pairing": [
            *_west({
                "pairing_no": "JD-1996", "scheme": "east_west", "level": "province", "round_no": 1,
                "east_code": "330000",
                "west_code": "510000", "first_on": "1996", "document_no": "示例", "is_example": True,
            }, {
                "pairing_no": "JD-2021", "scheme": "east_west", "level": "province", "round_no": 2,
                "east_code": "330000",
                "west_code": "510000", "first_on": "2021-04", "document_no": "示例", "is_example": True,
            }, side="east", scope=PROVINCES),
            *_west({
                "pairing_no": "JD-2021", "scheme": "east_west", "level": "county", "round_no": 1, "east_code": "331081",
                "west_code": "511381", "first_on": "2021-06", "document_no": "示例", "is_example": True,
            }, side="east"),
        ],
        "reference.closing": _west({"closed_on": date(2023, 12, 31), "closed_by": "示例"}),
        "agreements.agreement": _west(
            {"agreement_no": "XY-1", "title": "协作协议", "kind_code": "general", "field_code": None,
             "east_party": "甲", "west_party": "乙",
             "signed_on": date(2021, 6, 20)},
            {"agreement_no": "XY-2", "title": "跨省通办协议", "kind_code": "special", "field_code": "gov_services",
             "east_party": "甲",
             "west_party": "乙", "signed_on": date(2021, 9, 16)},
        ),
        "agreements.clause": _west({"agreement_key": "XY-2", "clause_no": "1", "wording": "互认材料"}),
        "agreements.target": _west(
            {"agreement_key": "XY-1", "target_year": 2022, "figure": "funds.arranged", "amount": Decimal("60"),
             "unit": "万元"}
        ),
        "agreements.meeting": _west(
            {"meeting_no": "HY-1", "kind_code": "joint", "title": "联席会议", "held_on": date(2022, 4, 12)},
            {"meeting_no": "HY-2", "kind_code": "topic", "title": "专题会议", "held_on": date(2023, 4, 12)},
        ),
        "agreements.visit": _west(
            {"visit_no": "HF-1", "direction_code": "east_to_west", "title": "考察", "started_on": date(2022, 5, 8),
             "person_time_count": 12},
            {"visit_no": "HF-2", "direction_code": "west_to_east", "title": "考察", "started_on": date(2023, 5, 8),
             "person_time_count": 7},
        ),
        "agreements.workingteam": _west(
            {"team_no": "GZD", "name": "温岭驻阆中工作队", "station": "阆中市", "first_on": date(2021, 6, 15)},
             side="east"
        ),
        "agreements.teammember": _west(*[
            {"member_no": f"GZD-{number}", "team_key": "GZD", "name": f"示例{name}",
             "identity": example_identity(number, date(1980, 1, number)),
             "role_code": "leader" if number == 1 else "member", "home_unit": "示例局", "first_on": date(2021, 6, 15)}
            for number, name in enumerate("甲乙丙", start=1)
        ], side="east"),
        "projects.project": _west(_project(first), _project(second), _project(third), _project(4, parent_key="XM-1",
        planned_fen=50_00)),
        "projects.milestone": _west(*_life(first, 12), *_life(second, 8), *_life(third, 5)),
        "projects.site": _west({"project_key": "XM-1", "site_no": "1", "name": "工地", "town": "老观镇",
        "opened_on": date(2022, 5, 1)}),
        "projects.contract": _west(
            {"contract_no": "HT-1", "project_key": "XM-1", "party_name": "示例公司", "amount_fen": 90_000_00,
             "signed_on": date(2022, 4, 20)},
            {"contract_no": "HT-2", "project_key": "XM-2", "party_name": "示例公司", "amount_fen": 180_000_50,
             "signed_on": date(2022, 4, 21)},
        ),
        "projects.acceptance": _west(
            {"project_key": "XM-1", "result_code": "passed", "accepted_on": date(2022, 8, 1), "document_no": "示例",
             "final_fen": 88_000_00},
            {"project_key": "XM-2", "result_code": "passed", "accepted_on": date(2022, 8, 2), "document_no": "示例",
             "final_fen": 170_000_00},
        ),
        "projects.asset": _west(
            {"asset_no": "ZC-1", "project_key": "XM-1", "name": "门诊楼", "class_code": "public",
             "value_fen": 88_000_00,
             "owner_unit": "示例卫生院", "registered_on": date(2022, 10, 1)}
        ),
        "projects.handover": _west(
            {"asset_key": "ZC-1", "from_unit": "甲", "to_unit": "乙", "handed_on": date(2022, 11, 1),
             "document_no": "示例"}
        ),
        **_money(),
    }  # fmt: skip


def _money() -> Rows:
    return {
        "funds.source": _west(
            {"source_no": "ZJ-2019", "name": "2019年资金", "level_code": "county", "budget_year": 2019,
             "registered_on": date(2021, 6, 20)},
            {"source_no": "ZJ-2022", "name": "2022年资金", "level_code": "province", "budget_year": 2022,
             "budget_fen": 900_000_00,
             "registered_on": date(2022, 1, 5)},
            side="east",
        ),
        "funds.issue": _west(
            {"document_no": "财〔2021〕1号", "source_key": "ZJ-2019", "amount_fen": 100_000_00,
             "issued_on": date(2021, 7, 1), "from_unit": "甲",
             "to_unit": "乙"},
            {"document_no": "财〔2022〕1号", "source_key": "ZJ-2022", "amount_fen": 800_000_00,
             "issued_on": date(2022, 1, 10), "from_unit": "甲",
             "to_unit": "乙"},
            side="east",
        ),
        "funds.allocation": _west(*[
            {"document_no": "分〔2022〕1号", "line_no": str(line), "source_key": source, "project_key": project,
             "field_code": field,
             "purpose": "示例", "unit_name": unit, "amount_fen": amount, "allocated_on": day}
            for line, (source, project, unit, field, amount, day) in enumerate((
                ("ZJ-2019", "XM-1", None, "health", 60_000_00, date(2021, 8, 1)),
                ("ZJ-2022", "XM-1", None, "health", 90_000_00, date(2022, 2, 1)),
                ("ZJ-2022", "XM-2", None, "education", 180_000_50, date(2022, 2, 2)),
                ("ZJ-2022", "XM-3", None, "health", 250_000_01, date(2022, 2, 3)),
                ("ZJ-2022", None, "老观镇", "village", 40_000_00, date(2023, 2, 4)),
            ), start=1)
        ]),
        "funds.release": [
            *_west(
                {"release_no": "BF-1", "kind_code": "transfer", "source_key": "ZJ-2022",
                 "document_no": "拨〔2022〕1号", "amount_fen": 795_000_00,
                 "released_on": date(2022, 1, 20), "payer_name": "甲财政局", "payee_name": "乙财政局"}, side="east",
            ),
            *_west(*[
                {"release_no": f"BF-X{number}", "kind_code": "project", "source_key": source, "project_key": project,
                 "document_no": "拨〔2022〕2号", "amount_fen": amount, "released_on": date(2022, 3, number),
                 "payer_name": "乙财政局",
                 "payee_name": "示例单位"}
                for number, (source, project, amount) in enumerate(
                    (("ZJ-2019", "XM-1", 50_000_00), ("ZJ-2022", "XM-1", 80_000_00), ("ZJ-2022", "XM-2", 170_000_00)),
                     start=1
                )
            ]),
        ],
        "funds.receipt": _west(
            {"voucher_no": "DZ-1", "release_key": "BF-1", "source_key": "ZJ-2022", "amount_fen": 790_000_00,
             "received_on": date(2022, 1, 22)}
        ),
        "funds.payment": _west(*[
            {"voucher_no": f"ZF-{number}", "source_key": source, "project_key": project, "payee_name": "示例公司",
             "amount_fen": amount,
             "paid_on": date(2022, 6, number)}
            for number, (source, project, amount) in enumerate(
                (("ZJ-2019", "XM-1", 40_000_00), ("ZJ-2022", "XM-1", 70_000_00), ("ZJ-2022", "XM-2", 150_000_03)),
                 start=1
            )
        ]),
        "funds.refund": _west(
            {"document_no": "收〔2022〕1号", "source_key": "ZJ-2022", "project_key": "XM-2", "amount_fen": 5_000_00,
             "refunded_on": date(2022, 12, 10)}
        ),
        "funds.carryover": _west(
            {"source_key": "ZJ-2022", "project_key": "XM-1", "from_year": 2022, "to_year": 2023,
             "amount_fen": 10_000_00,
             "carried_on": date(2022, 12, 31)}
        ),
    }  # fmt: skip


def write(path: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """A workbook with a worksheet for each record type, as a clerk would have filled it in."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, records in rows.items():
        sheet = SHEETS[name]
        fields = {column.field for column in sheet.columns}
        assert all(row.keys() <= fields for row in records), name
        page = book.create_sheet(sheet.zh)
        page.append([column.zh for column in sheet.columns])
        for row in records:
            page.append([_cell(column, row.get(column.field)) for column in sheet.columns])
    book.save(path)
    return path


def _cell(column: kinds.Column, value: Any) -> Any:
    if value is None:
        return None
    match column:
        case kinds.Money():
            return Decimal(value).scaleb(-2)
        case kinds.Choice():
            return column.choices[value]
        case kinds.YesNo():
            return "是" if value else "否"
    return value
