"""A load: one transaction, one act, a journal line for each record; the same again changes nothing."""

import copy
from decimal import Decimal

import pytest

from shanhai.journal.models import Act, Entry, Record
from shanhai.loading.lookups import model_of
from shanhai.loading.tests.programme import PAIRING, PROVINCES, programme

pytestmark = pytest.mark.slow
ROWS = sum(len(rows) for rows in programme().values())
PEOPLE = 3


def moved(outcome):
    return {
        movement.figure: (movement.before.plain, movement.after.plain)
        for movement in outcome.movements
        if movement.scope == PAIRING
    }


def only(name, *rows):
    return {name: list(rows)}


def row_of(record_type, place=0, **changed):
    return programme()[record_type][place] | changed


def test_the_programme_has_rows_for_every_sheet_of_agreements_projects_and_money():
    from shanhai.intake.declare import SHEETS

    ours = {name for name in SHEETS if name.partition(".")[0] in ("agreements", "projects", "funds")}
    assert ours <= set(programme()) <= set(SHEETS)


def test_a_load_is_one_act_with_a_line_for_each_record(loading):
    loaded = loading(programme())
    act = Act.objects.get()
    assert str(act.id) == loaded.act_id
    assert (act.code, act.acted_by) == ("loading.workbook.loaded", "operator-any-all")
    assert set(Entry.objects.values_list("act_id", flat=True)) == {act.id}
    assert Entry.objects.count() == ROWS + PEOPLE
    assert sum(loaded.written.values()) == ROWS


def test_the_act_names_the_file_and_its_content(loaded):
    (file,) = Act.objects.get().source["files"]
    assert file["name"] == "programme.xlsx"
    assert len(file["sha256"]) == 64


def test_every_record_names_its_sheet_row_and_entry(loaded):
    for name, rows in programme().items():
        records: list[Record] = list(model_of(name)._default_manager.order_by("entry"))
        assert len(records) == len(rows)
        for number, record in enumerate(records, start=2):
            assert (record.source["sheet"], record.source["row"], record.source["file"]) == (
                str(_sheet(name)), number, "programme.xlsx"
            )  # fmt: skip
            entry = Entry.objects.get(seq=record.entry)
            assert (entry.record_type, entry.record_key) == (name, record.key)


def _sheet(name):
    from shanhai.intake.declare import SHEETS

    return SHEETS[name].zh


def test_the_cell_of_every_field_can_be_found(loaded):
    columns = Act.objects.get().source["columns"]["funds.allocation|programme.xlsx|资金分配"]
    assert columns["scope_code"] == "A"
    assert set(columns) >= {"amount_fen", "allocated_on", "project_key"}


def test_the_same_rows_again_are_nothing(loaded, loading, standing):
    before = standing()
    outcome = loading(programme())
    assert (outcome.saved, outcome.blocked, outcome.movements) == (False, False, [])
    assert sum(sheet.same for sheet in outcome.plan.sheets) == ROWS
    assert standing() == before


def test_the_same_rows_in_another_order_with_one_added_are_one_record_more(loaded, loading, standing):
    rows = {name: list(reversed(records)) for name, records in programme().items()}
    rows["funds.payment"].insert(1, row_of("funds.payment", voucher_no="ZF-9", amount_fen=10_00))
    before = standing()
    outcome = loading(rows)
    assert outcome.saved
    after = standing()
    changed = {table: after[table] - before[table] for table in after if after[table] != before[table]}
    assert changed.pop("funds_posting") == 2
    assert changed == {"funds_payment": 1, "journal_act": 1, "journal_entry": 1, "journal_link": 1}
    assert moved(outcome)["funds.paid_out"] == ("260000.03", "260010.03")


def test_other_values_under_the_same_key_ask_for_a_correction(loaded, loading, standing):
    before = standing()
    outcome = loading(only("funds.payment", row_of("funds.payment", amount_fen=39_000_00)))
    assert outcome.blocked
    assert not outcome.saved
    (finding,) = outcome.findings
    assert finding.code == "intake.correction"
    assert (finding.place.sheet, finding.place.row) == ("资金支付", 2)
    assert "40000.00" in finding.message
    assert standing() == before


def test_a_correction_keeps_before_and_after_and_moves_figures_by_the_difference(loaded, loading):
    outcome = loading(only("funds.payment", row_of("funds.payment", amount_fen=39_000_00)), correct="凭证录错")
    assert outcome.saved
    entry = Entry.objects.order_by("-seq").first()
    assert (entry.before["amount_fen"], entry.after["amount_fen"]) == (40_000_00, 39_000_00)
    act = Act.objects.get(id=entry.act_id)
    assert (act.code, act.reason) == ("loading.workbook.corrected", "凭证录错")
    figures = moved(outcome)
    assert figures["funds.paid_out"] == ("260000.03", "259000.03")
    assert figures["funds.balance"] == ("355000.48", "356000.48")
    assert set(figures) == {
        "funds.paid_out", "funds.balance", "funds.spending_rate", "funds.unspent_at_units", "funds.paid_over_two_years", "funds.idle_over_two_years",
    }  # fmt: skip


def test_a_correction_and_new_rows_may_come_together(loaded, loading):
    rows = [
        row_of("funds.payment", amount_fen=39_000_00),
        row_of("funds.payment", voucher_no="ZF-9", amount_fen=1_000_00),
    ]
    outcome = loading(only("funds.payment", *rows), correct="拆成两笔")
    assert outcome.saved
    assert "funds.paid_out" not in moved(outcome)


def test_a_corrected_record_loaded_again_is_the_same(loaded, loading):
    changed = only("funds.payment", row_of("funds.payment", amount_fen=39_000_00))
    loading(changed, correct="凭证录错")
    assert not loading(changed).blocked


def test_a_chain_of_money_is_lowered_by_one_load(loaded, loading):
    rows = programme()
    chosen = {
        "funds.allocation": [rows["funds.allocation"][2] | {"amount_fen": 160_000_00}],
        "funds.release": [rows["funds.release"][3] | {"amount_fen": 150_000_00}],
        "funds.payment": [rows["funds.payment"][2] | {"amount_fen": 140_000_00}],
    }
    outcome = loading(chosen, correct="合同变更")
    assert [str(finding) for finding in outcome.refused] == []
    assert moved(outcome)["funds.arranged"] == ("620000.51", "600000.01")


def test_a_name_is_corrected_and_then_the_same(loaded, loading):
    changed = only("agreements.teammember", row_of("agreements.teammember", name="示例丁"))
    assert loading(changed).blocked
    assert loading(changed, correct="姓名录错").saved
    again = loading(changed)
    assert (again.blocked, again.saved) == (False, False)


def test_a_record_is_not_moved_into_the_book_of_the_other_side(loaded, loading, standing):
    before = standing()
    outcome = loading(only("funds.payment", row_of("funds.payment", owner_side="east")), correct="换一方")
    assert not outcome.saved
    assert any(finding.code == "loading.side_changed" for finding in outcome.findings)
    assert standing() == before


def test_a_dry_run_leaves_nothing_and_says_what_would_move(loading, standing):
    loading(only("reference.pairing", *programme()["reference.pairing"]))
    before = standing()
    outcome = loading({name: rows for name, rows in programme().items() if name != "reference.pairing"}, dry_run=True)
    assert (outcome.saved, outcome.blocked, outcome.act_id) == (False, False, "")
    assert standing() == before
    assert moved(outcome)["funds.arranged"] == (None, "620000.51")
    assert outcome.written["funds.allocation"] == 5


def test_a_dry_run_says_the_same_movements_as_the_load_after_it(loading):
    assert moved(loading(programme(), dry_run=True)) == moved(loading(programme()))


def test_one_bad_cell_keeps_every_row_out(loading, standing):
    before = standing()
    rows = programme()
    rows["funds.payment"][1] = row_of("funds.payment", 1, amount_fen=-5_00)
    outcome = loading(rows)
    assert outcome.blocked
    assert [(finding.code, finding.place.sheet, finding.place.row) for finding in outcome.findings] == [
        ("intake.negative", "资金支付", 3)
    ]
    assert standing() == before


def test_what_the_database_refuses_keeps_every_row_out(loading, standing):
    before = standing()
    rows = programme()
    rows["funds.payment"].append(row_of("funds.payment", voucher_no="ZF-8", amount_fen=900_000_00))
    outcome = loading(rows)
    assert outcome.blocked
    (finding,) = outcome.findings
    assert finding.code == "loading.refused"
    assert f"资金支付“{PAIRING}/ZF-8”没有保存" in finding.message
    assert standing() == before


def test_a_life_out_of_order_keeps_every_row_out(loading, standing):
    before = standing()
    rows = programme()
    del rows["projects.milestone"][3]
    outcome = loading(rows)
    assert "在“列入年度计划”之后是“开工”" in outcome.findings[0].message
    assert standing() == before


def test_a_reference_to_nothing_is_found_in_its_cell(loading):
    rows = programme()
    rows["funds.payment"][0] = row_of("funds.payment", project_key="XM-99")
    outcome = loading(rows)
    assert [(finding.code, finding.place.row) for finding in outcome.findings] == [("intake.no_such_record", 2)]


def test_a_clerk_loads_projects_and_not_payments(loaded, loading):
    more = only("projects.project", row_of("projects.project", project_no="XM-9"))
    assert loading(more, role="clerk", side="west", reach="scope").saved
    outcome = loading(
        only("funds.payment", row_of("funds.payment", voucher_no="ZF-7", amount_fen=1_00)),
        role="clerk",
        side="west",
        reach="scope",
    )
    assert "由财务人员、管理员办理" in outcome.findings[0].message


def test_a_clerk_of_another_pairing_is_refused_and_sees_no_row(loaded, place, tmp_path, today):
    from shanhai.loading.executing import Order, load
    from shanhai.loading.tests.programme import write

    path = write(tmp_path / "a.xlsx", only("projects.project", row_of("projects.project", name="改名")))
    outcome = load(
        Order([("a.xlsx", path)], correct="改名"), actor=place.sign_in("clerk", scope="330282-513324"), today=today
    )
    assert not outcome.saved
    assert [finding.code for finding in outcome.findings] == ["loading.refused"]
    assert "没有找到结对关系" in outcome.findings[0].message
    assert all("示例项目" not in finding.message for finding in outcome.findings)


def test_a_load_founds_the_pairings_it_brings(loading, acting):
    from shanhai.reference.models import Scope

    row = programme()["reference.pairing"][2] | {
        "scope_code": "330383-513325",
        "east_code": "330383",
        "west_code": "513325",
    }
    assert loading(only("reference.pairing", row)).saved
    scope = Scope.objects.get(code="330383-513325")
    assert (scope.kind, scope.level, scope.is_notice) == ("pairing", "county", False)


def test_a_pairing_that_contradicts_its_code_is_refused(loading):
    row = programme()["reference.pairing"][2] | {
        "scope_code": "330383-513325",
        "east_code": "330302",
        "west_code": "513325",
    }
    outcome = loading(only("reference.pairing", row))
    assert "不一致，应为 330302-513325" in outcome.findings[0].message


def test_rows_of_an_unknown_pairing_are_refused(loading):
    row = row_of("projects.project", scope_code="330383-513325")
    assert "还没有登记结对关系" in loading(only("projects.project", row)).findings[0].message


def test_the_provinces_pairing_stands_beside_the_countys(loaded):
    from shanhai.reference.models import Pairing

    assert {pairing.scope.code for pairing in Pairing.objects.select_related("scope")} == {PAIRING, PROVINCES}


def test_the_rows_given_are_left_as_they_were(loading):
    rows = programme()
    kept = copy.deepcopy(rows)
    loading(rows, dry_run=True)
    assert rows == kept
    assert isinstance(rows["agreements.target"][0]["amount"], Decimal)
