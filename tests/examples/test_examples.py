"""The example workbooks: made by their scripts alone, true to the published totals, in order in themselves."""

import csv
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine
from polars import DataFrame

from shanhai.areas.projects.checks import life_in_order
from shanhai.base.identifiers import is_example
from shanhai.intake.declare import SHEETS
from shanhai.intake.loading import Lookup, plan
from shanhai.intake.stated_totals import STATED
from shanhai.reference.calendar import shipped_calendar
from shanhai.reference.loading import load_regions

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = ("wenling-langzhong", "notices")
CLOSED = date(2024, 6, 30)
AGREEING = {"T01": "40000000.00", "T12": "14863280.00", "T17": "12000000.00", "T31": "12590000.00"}
DISAGREEING = {"T14": ("8500", "8126.728603"), "T34": ("150", "100"), "T42": ("4422", "5066")}


def rows_of(path):
    """Rows of every declared worksheet as {record type: [{field: cell}]}."""
    names = {sheet.zh: sheet for sheet in (*SHEETS.values(), STATED)}
    found = {}
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for title in book.sheet_names:
        if title in names:
            sheet = names[title]
            headers = {column.zh: column.field for column in sheet.columns}
            first, *rest = book.get_sheet_by_name(title).to_python()
            fields = [headers[header] for header in first]
            found[sheet.name] = [
                {field: None if cell == "" else cell for field, cell in zip(fields, row, strict=True)} for row in rest
            ]
    return found


@pytest.fixture(scope="module")
def rows():
    found = defaultdict(list)
    for path in sorted((EXAMPLES / "wenling-langzhong").glob("*.xlsx")):
        for name, records in rows_of(path).items():
            found[name] += records
    return found


def day(cell):
    return cell.date() if isinstance(cell, datetime) else cell


def fen(row):
    return int(Decimal(str(row["amount_fen"])) * 100)


def arranged(rows, until=CLOSED, **wanted):
    return sum(
        fen(row)
        for row in rows["funds.allocation"]
        if day(row["allocated_on"]) <= until and all(row[name] == value for name, value in wanted.items())
    )


def started(rows, until=CLOSED):
    parts = {row["project_no"] for row in rows["projects.project"] if row["parent_key"]}
    return {
        row["project_key"]
        for row in rows["projects.milestone"]
        if row["step_code"] == "开工" and day(row["happened_on"]) <= until and row["project_key"] not in parts
    }


def notice(prefix):
    return next((EXAMPLES / "notices").glob(f"{prefix}-*.xlsx"))


def run(folder, out):
    subprocess.run([sys.executable, EXAMPLES / folder / "make.py", out], check=True, capture_output=True)


def contents(path):
    """The parts of a workbook, unpacked: packing may differ from one zlib to another."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_script_run_again_gives_the_committed_workbooks(folder, tmp_path):
    run(folder, tmp_path / "again")
    made = sorted(path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*.xlsx"))
    assert made == sorted(path.relative_to(EXAMPLES / folder) for path in (EXAMPLES / folder).rglob("*.xlsx"))
    for name in made:
        assert contents(tmp_path / "again" / name) == contents(EXAMPLES / folder / name)


def test_the_funds_arranged_are_the_published_sum(rows):
    assert arranged(rows) == 117_000_000_00


@pytest.mark.parametrize(
    ("field", "sum_fen"), [("教育帮扶", 33_850_000_00), ("园区共建", 30_000_000_00), ("劳务协作", 600_000_00)]
)
def test_a_field_gets_what_was_published(rows, field, sum_fen):
    assert arranged(rows, field_code=field) == sum_fen


def test_health_lies_between_eight_and_nine_million_for_six_institutions(rows):
    assert 8_000_000_00 < arranged(rows, field_code="医疗帮扶") < 9_000_000_00
    assert len({row["unit_name"] for row in rows["funds.allocation"] if row["field_code"] == "医疗帮扶"}) == 6


def test_education_is_the_three_schools_and_nothing_else(rows):
    keys = {row["project_key"] for row in rows["funds.allocation"] if row["field_code"] == "教育帮扶"}
    names = " ".join(row["name"] for row in rows["projects.project"] if row["project_no"] in keys)
    assert len(keys) == 3
    assert all(school in names for school in ("阆中温岭幼儿园", "盘龙小学", "阆中温岭实验学校"))


def test_park_health_schools_and_labour_are_parts_of_the_whole(rows):
    fields = ("园区共建", "教育帮扶", "医疗帮扶", "劳务协作")
    assert sum(arranged(rows, field_code=field) for field in fields) <= arranged(rows)
    assert {row["project_key"] for row in rows["funds.allocation"] if row["field_code"] == "园区共建"} == {
        "XM-2021-001"
    }


def test_an_allocation_stands_in_the_field_of_its_project(rows):
    fields = {row["project_no"]: row["field_code"] for row in rows["projects.project"]}
    assert all(fields[row["project_key"]] == row["field_code"] for row in rows["funds.allocation"])


def test_forty_three_projects_began_and_parts_are_not_counted(rows):
    assert len(started(rows)) == 43
    assert sum(bool(row["parent_key"]) for row in rows["projects.project"]) == 3


def test_earlier_days_gave_other_values(rows):
    new_year = date(2023, 12, 31)
    assert arranged(rows, new_year) == 105_000_000_00
    assert len(started(rows, new_year)) == 38
    for field in ("园区共建", "教育帮扶", "医疗帮扶", "劳务协作"):
        assert arranged(rows, new_year, field_code=field) < arranged(rows, field_code=field)
    assert arranged(rows, new_year, field_code="医疗帮扶") < 8_000_000_00


def test_one_special_agreement_on_services_was_signed_in_2021(rows):
    signed = [row for row in rows["agreements.agreement"] if row["field_code"] == "政务服务"]
    assert [(row["kind_code"], row["east_party"], row["west_party"]) for row in signed] == [
        ("专项协议", "温岭市行政服务中心", "阆中市行政审批局")
    ]
    assert day(signed[0]["signed_on"]).year == 2021


def test_the_pairings_are_known_as_exactly_as_published(rows):
    first_days = {(row["scope_code"], row["pairing_no"]): row["first_on"] for row in rows["reference.pairing"]}
    assert first_days == {
        ("330000-510000", "JD-1996"): "1996",
        ("330000-510000", "JD-2021"): "2021",
        ("331081-511381", "JD-2021"): "2021-06",
    }


def test_every_life_is_in_order(rows):
    lives = defaultdict(list)
    codes = {label: code for code, label in SHEETS["projects.milestone"].column("step_code").choices.items()}
    for row in rows["projects.milestone"]:
        lives[row["project_key"]].append((day(row["happened_on"]), codes[row["step_code"]]))
    assert lives.keys() == {row["project_no"] for row in rows["projects.project"]}
    assert [sentence for project, life in lives.items() if (sentence := life_in_order(project, life))] == []


def test_only_projects_of_the_library_get_money(rows):
    library = {
        row["project_key"]: day(row["happened_on"]) for row in rows["projects.milestone"] if row["step_code"] == "入库"
    }
    assert all(day(row["allocated_on"]) >= library[row["project_key"]] for row in rows["funds.allocation"])


def test_acceptances_assets_and_hand_overs_match_the_moves(rows):
    moves = {(row["project_key"], row["step_code"]): day(row["happened_on"]) for row in rows["projects.milestone"]}
    projects = {row["asset_no"]: row["project_key"] for row in rows["projects.asset"]}
    for step, record, column in (
        ("验收", "projects.acceptance", "accepted_on"),
        ("形成资产", "projects.asset", "registered_on"),
    ):
        assert all(moves[row["project_key"], step] == day(row[column]) for row in rows[record])
    assert all(moves[projects[row["asset_key"]], "移交"] == day(row["handed_on"]) for row in rows["projects.handover"])


def events(rows):
    """Every movement of money as (day, order within a day, account drawn on, account filled, fen)."""
    for row in rows["funds.issue"]:
        yield day(row["issued_on"]), 0, None, ("issued", row["source_key"]), fen(row)
        yield day(row["issued_on"]), 0, None, ("due", row["source_key"]), fen(row)
    for row in rows["funds.receipt"]:
        yield day(row["received_on"]), 2, ("transit", row["source_key"]), ("treasury", row["source_key"]), fen(row)
    for row in rows["funds.allocation"]:
        where = ("allocated", row["source_key"], row["project_key"])
        yield day(row["allocated_on"]), 3, ("issued", row["source_key"]), where, fen(row)
    for row in rows["funds.release"]:
        source, where = row["source_key"], (row["source_key"], row["project_key"])
        if row["project_key"] is None:
            yield day(row["released_on"]), 1, ("due", source), ("transit", source), fen(row)
        else:
            yield day(row["released_on"]), 4, ("allocated", *where), ("released", *where), fen(row)
            yield day(row["released_on"]), 4, ("treasury", source), None, fen(row)
    for row in rows["funds.payment"]:
        where = ("released", row["source_key"], row["project_key"])
        yield day(row["paid_on"]), 5, where, ("paid", row["project_key"]), fen(row)
    for row in rows["funds.refund"]:
        where = ("released", row["source_key"], row["project_key"])
        yield day(row["refunded_on"]), 6, where, ("issued", row["source_key"]), fen(row)


def test_no_account_is_overdrawn_on_any_day(rows):
    balance = defaultdict(int)
    for when, _, drawn, filled, amount in sorted(events(rows), key=lambda event: event[:2]):
        balance[drawn] -= amount if drawn else 0
        balance[filled] += amount if filled else 0
        assert not drawn or balance[drawn] >= 0, (when, drawn, balance[drawn])
    assert sum(value for account, value in balance.items() if account and account[0] == "issued") > 0


def test_payments_stay_within_their_contract(rows):
    agreed = {
        row["contract_no"]: (fen(row), row["project_key"], row["party_code"]) for row in rows["projects.contract"]
    }
    paid = Counter()
    for row in rows["funds.payment"]:
        if row["contract_key"]:
            assert agreed[row["contract_key"]][1:] == (row["project_key"], row["payee_code"])
            paid[row["contract_key"]] += fen(row)
    assert all(amount <= agreed[number][0] for number, amount in paid.items())


def test_one_transfer_waits_for_its_receipt(rows):
    sent = {row["release_no"]: row for row in rows["funds.release"] if row["kind_code"] == "跨区域拨付"}
    received = {row["release_key"]: row for row in rows["funds.receipt"]}
    waiting = sent.keys() - received.keys()
    assert waiting == {max(sent, key=lambda number: day(sent[number]["released_on"]))}
    assert all(fen(row) == fen(sent[number]) for number, row in received.items())


def test_what_is_carried_over_stands_unpaid_at_the_end(rows):
    (carried,) = rows["funds.carryover"]
    where = (carried["source_key"], carried["project_key"])
    given = sum(fen(row) for row in rows["funds.allocation"] if (row["source_key"], row["project_key"]) == where)
    spent = sum(fen(row) for row in rows["funds.payment"] if (row["source_key"], row["project_key"]) == where)
    assert 0 < fen(carried) <= given - spent


def test_nothing_lies_behind_the_closing_and_papers_are_dated_on_working_days(rows):
    columns = {
        name: [column.field for column in sheet.columns if column.field.endswith("_on")]
        for name, sheet in SHEETS.items()
    }
    dated = ("funds.", "projects.")
    days = {day(row[field]) for name in rows if name.startswith(dated) for row in rows[name] for field in columns[name]}
    assert max(days) <= CLOSED
    assert [each for each in days if not shipped_calendar().is_workday(each)] == []
    assert [day(row["closed_on"]) for row in rows["reference.closing"]] == [CLOSED]


def test_people_and_firms_are_plainly_invented(rows):
    members, bodies = rows["agreements.teammember"], rows["reference.organisation"]
    assert all(row["name"].startswith("示例") and is_example(row["identity"]) for row in members)
    assert all("示例" in row["name"] and is_example(row["credit_code"]) for row in bodies)
    assert len({row["team_key"] for row in members}) == 2
    papers = [row["document_no"] for records in rows.values() for row in records if row.get("document_no")]
    assert all(number.startswith("示例") for number in papers)


@pytest.mark.parametrize("name", ["13-温岭的意见", "14-阆中的意见"])
def test_words_are_of_one_side_and_said_at_reviews_after_the_pairing_and_before_the_closing(name):
    words = rows_of(EXAMPLES / "wenling-langzhong" / "words" / f"{name}.xlsx")["journal.partnerword"]
    assert {row["owner_side"] for row in words} == {{"温岭": "东部帮扶方", "阆中": "西部受援方"}[name[3:5]]}
    days = {day(row["said_on"]) for row in words}
    assert date(2021, 6, 1) < min(days)
    assert max(days) <= CLOSED
    assert [each for each in days if each.month not in (1, 4, 7, 10) or not shipped_calendar().is_workday(each)] == []
    assert all(row["note"] for row in words if row["word"] == "有异议")


@pytest.fixture(scope="module")
def lookup():
    names = {region.code: region.name for region in load_regions() if region.last_on is None}
    return Lookup(
        recorded=lambda sheet, frame: DataFrame(schema=sheet.schema),
        exists=lambda name, frame: frame.clear(),
        regions=names,
    )


@pytest.mark.slow
def test_the_intake_reads_the_example_without_a_finding(lookup):
    paths = sorted((EXAMPLES / "wenling-langzhong").rglob("*.xlsx"))
    assert plan(paths, list(SHEETS.values()), lookup).findings == []


@pytest.mark.slow
@pytest.mark.parametrize("prefix", AGREEING)
def test_a_notice_whose_text_and_rows_agree_may_be_saved(prefix, lookup):
    made = plan([notice(prefix)], list(SHEETS.values()), lookup)
    assert made.findings == []
    (allocated,) = (sheet.frame for sheet in made.sheets if sheet.sheet.name == "funds.allocation")
    assert allocated["amount_fen"].sum() == int(Decimal(AGREEING[prefix]) * 100)


@pytest.mark.slow
@pytest.mark.parametrize("prefix", DISAGREEING)
def test_a_notice_whose_text_and_rows_disagree_waits_for_a_clerk(prefix, lookup):
    made = plan([notice(prefix)], list(SHEETS.values()), lookup)
    (finding,) = made.findings
    assert (finding.code, finding.found, finding.expected) == ("intake.stated_difference", *DISAGREEING[prefix])
    assert made.blocked
    assert not plan([notice(prefix)], list(SHEETS.values()), lookup, accept_difference="按表保存").blocked


@pytest.mark.parametrize("prefix", [*AGREEING, *DISAGREEING])
def test_a_notice_never_allocates_more_than_it_issues(prefix):
    found = rows_of(notice(prefix))
    issued, given = Counter(), Counter()
    for row in found.get("funds.issue", ()):
        issued[row["source_key"]] += fen(row)
    for row in found.get("funds.allocation", ()):
        given[row["source_key"]] += fen(row)
    assert all(amount <= issued[source] for source, amount in given.items())


def test_the_second_level_of_a_notice_is_planned_and_not_allocated_again():
    found = rows_of(notice("T17"))
    assert sum(row["planned_fen"] for row in found["projects.project"]) == 12_000_000
    assert [row["project_key"] for row in found["funds.allocation"]] == [None] * 4


def test_the_expected_verdicts_point_at_words_of_the_texts():
    with (EXAMPLES / "twelve-facts.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    twelve = {"C04", "C05", "C06", "C07", "C16", "C17", "C18", "C22", "C25", "C28", "C33", "C43"}
    for line in lines:
        text = (EXAMPLES / line["file"]).read_text(encoding="utf-8")
        assert text[int(line["start"]) :].startswith(line["surface"])
    for name in ("twelve-facts-other-words.txt", "twelve-facts-third.txt"):
        assert Counter(line["fact"] for line in lines if line["file"] == name) == Counter(twelve)
