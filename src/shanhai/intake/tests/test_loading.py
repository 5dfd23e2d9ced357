"""What a load would do: new, the same, changed; doubled keys, references, corrections; all rows or none."""

import datetime as dt

import polars as pl
import pytest

from shanhai.base.findings import blocking
from shanhai.intake.loading import plan
from shanhai.intake.tests.declared import (
    PAYMENT,
    PAYMENT_HEADERS,
    PROJECT,
    SHEETS,
    nothing_recorded,
    payment,
    workbook,
)
from shanhai.intake.text_tables import brief


@pytest.fixture
def load(tmp_path):
    """Plan the load of a workbook with a worksheet per name."""

    def planned(lookup=None, correct="", accept_difference="", **pages):
        path = workbook(tmp_path / "a.xlsx", **pages)
        return plan([path], SHEETS, lookup or nothing_recorded(), correct=correct, accept_difference=accept_difference)

    return planned


def recorded(**changes):
    """The payment ZF-1 as it stands in the records, text that was left out being blank."""
    row = {"no": "ZF-1", "amount_fen": 10050, "paid_on": dt.date(2024, 6, 28), "field_code": "industry",
           "project_key": "", "note": ""} | changes  # fmt: skip
    frame = pl.DataFrame([row], schema={name: PAYMENT.schema[name] for name in row})
    return frame.with_columns(pl.col("no").alias("_key"))


def test_rows_not_recorded_are_new(load):
    made = load(支付=[PAYMENT_HEADERS, payment("ZF-1"), payment("ZF-2")])
    (each,) = made.sheets
    assert not made.blocked
    assert (each.new["_key"].to_list(), each.same, each.changed.height) == (["ZF-1", "ZF-2"], 0, 0)
    assert each.new.select("_file", "_sheet", "_row").row(1) == ("a.xlsx", "支付", 3)


def test_the_same_rows_again_in_another_order_with_one_added_are_one_record_more(load):
    lookup = nothing_recorded(pl.concat([recorded(), recorded(no="ZF-2")]))
    made = load(lookup, 支付=[PAYMENT_HEADERS, payment("ZF-3"), payment("ZF-2"), payment("ZF-1")])
    (each,) = made.sheets
    assert made.findings == []
    assert (each.new["_key"].to_list(), each.same) == (["ZF-3"], 2)


def test_the_same_key_with_other_values_asks_for_a_correction_field_by_field(load):
    made = load(
        nothing_recorded(recorded()), 支付=[PAYMENT_HEADERS, payment("ZF-1", 200, dt.date(2024, 6, 28), "人才支援")]
    )
    assert made.blocked
    assert brief(made.findings) == ["intake.correction at B2", "intake.correction at D2"]
    assert "已登记的金额是“100.50”，文件里是“200.00”" in made.findings[0].message
    assert [(each.field, each.old, each.new) for each in made.sheets[0].changes] == [
        ("amount_fen", "100.50", "200.00"), ("field_code", "产业帮扶", "人才支援"),
    ]  # fmt: skip


def test_a_correction_with_its_reason_goes_on_and_is_told(load):
    made = load(nothing_recorded(recorded()), correct="凭证录错", 支付=[PAYMENT_HEADERS, payment("ZF-1", 200)])
    assert not made.blocked
    assert made.sheets[0].changed.select("_key", "amount_fen").row(0) == ("ZF-1", 20000)
    assert brief(made.findings) == ["intake.correction at B2"]


def test_a_column_the_workbook_lacks_changes_nothing_and_keeps_what_is_recorded(load):
    lookup = nothing_recorded(recorded(note="原备注"))
    made = load(lookup, correct="更正", 支付=[["编号", "金额（元）"], ["ZF-1", 200]])
    assert made.sheets[0].changed.select("note", "field_code").row(0) == ("原备注", "industry")
    assert [each.field for each in made.sheets[0].changes] == ["amount_fen"]


def test_a_blank_cell_of_a_column_that_is_there_is_a_change(load):
    made = load(nothing_recorded(recorded(note="原备注")), 支付=[PAYMENT_HEADERS, payment("ZF-1")])
    assert [(each.old, each.new) for each in made.sheets[0].changes] == [("原备注", "（空）")]


def test_a_key_written_twice_is_found_at_both_rows_which_name_each_other(load):
    made = load(支付=[PAYMENT_HEADERS, payment("ZF-1"), payment("ZF-2"), payment("ZF-1", 9)])
    assert brief(made.findings) == ["intake.duplicate_key at A2", "intake.duplicate_key at A4"]
    assert ["A4" in made.findings[0].message, "A2" in made.findings[1].message] == [True, True]


def test_rows_copied_twice_and_doubles_across_worksheets_say_so(load):
    made = load(支付=[PAYMENT_HEADERS, payment("ZF-1")], 支付2=[PAYMENT_HEADERS, payment("ZF-1")])
    assert "“支付2”表 A2" in made.findings[0].message
    assert "完全相同" in made.findings[0].message


def test_a_value_that_must_be_unique_is_found_at_every_row(load):
    numbers = ["序号", "身份证号"], [1, "110101199003078515"], [2, "110101199003078515"]
    made = load(人员=list(numbers))
    assert brief(blocking(made.findings)) == ["intake.duplicate_value at B2", "intake.duplicate_value at B3"]
    assert "19900307" not in " ".join(each.message for each in made.findings)


def test_a_reference_is_known_when_recorded_or_in_the_same_load(load):
    rows = [payment(f"ZF-{n}", 5, None, None, key) for n, key in enumerate(("XM-1", "XM-2", "XM-3"))]
    made = load(
        nothing_recorded(existing=("XM-1",)),
        支付=[PAYMENT_HEADERS, *rows], 项目=[["项目编号", "项目名称"], ["XM-2", "甲"]],
    )  # fmt: skip
    assert brief(blocking(made.findings)) == ["intake.no_such_record at E4"]
    assert "“XM-3”" in blocking(made.findings)[0].message


def test_one_bad_cell_blocks_the_whole_load_and_other_rows_are_not_called_changed(load):
    made = load(nothing_recorded(recorded()), 支付=[PAYMENT_HEADERS, payment("ZF-1", "一百"), payment("ZF-2")])
    assert made.blocked
    assert brief(made.findings) == ["intake.not_yuan at B2"]
    assert made.sheets[0].new["_key"].to_list() == ["ZF-2"]


def test_several_files_are_one_load(tmp_path):
    one = workbook(tmp_path / "甲.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1")])
    two = workbook(tmp_path / "乙.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1")])
    made = plan([one, ("第二份.xlsx", two)], (PAYMENT, PROJECT), nothing_recorded())
    assert made.rows == 2
    assert "《第二份.xlsx》“支付”表 A2" in made.findings[0].message


def test_scopes_keep_equal_keys_apart(tmp_path):
    from shanhai.intake import declare as sheet

    scoped = sheet.Sheet(
        "a.b", "甲", key=("no",), columns=(sheet.code("scope_code", "结对代码"), sheet.code("no", "编号"))
    )
    path = workbook(tmp_path / "a.xlsx", 甲=[["结对代码", "编号"], ["331081-511381", 1], ["330000-510000", 1]])
    assert plan([path], (scoped,), nothing_recorded()).findings == []


def test_changed_values_are_told_as_clerks_write_them_and_personal_ones_masked(load):
    old = {
        "no": "1",
        "identity_no": "110101199003078515",
        "account_no": "6222020012345678901",
        "is_local": True,
        "days": 3,
    }
    frame = pl.DataFrame([old | {"_key": "1"}])
    lookup = nothing_recorded(frame)
    headers = ["序号", "身份证号", "银行账号", "是否本地", "天数"]
    made = load(lookup, 人员=[headers, [1, "110101199003078515", "6222020012345678999", "否", None]])
    assert [(each.field, each.old, each.new) for each in made.sheets[0].changes] == [
        ("account_no", "***************8901", "***************8999"), ("days", "3", "（空）"), ("is_local", "是", "否"),
    ]  # fmt: skip


def test_more_doubles_and_changes_than_anyone_reads_are_counted(load, monkeypatch):
    monkeypatch.setattr("shanhai.intake.comparing.MOST_LISTED", 1)
    lookup = nothing_recorded(pl.concat([recorded(), recorded(no="ZF-2")]))
    changed = load(lookup, 支付=[PAYMENT_HEADERS, payment("ZF-1", 1), payment("ZF-2", 1)])
    assert [each.code for each in changed.findings] == ["intake.correction", "intake.and_more"]
    doubled = load(支付=[PAYMENT_HEADERS, payment("ZF-1"), payment("ZF-1"), payment("ZF-1")])
    assert [each.code for each in doubled.findings] == ["intake.duplicate_key", "intake.and_more"]
