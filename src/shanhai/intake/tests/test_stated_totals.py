"""What a notice's text states, held against its rows to the fen."""

from dataclasses import replace

import pytest

from shanhai.base.findings import blocking
from shanhai.intake.loading import plan
from shanhai.intake.tests.declared import PAYMENT, PAYMENT_HEADERS, PROJECT, nothing_recorded, payment, workbook

LINES = ["标签", "文中数值", "单位", "行条件", "关系"]


@pytest.fixture
def disagreements(tmp_path):
    """Load three payments of 1,000,000.01, 2,000,000 and 500,000 yuan beside the given lines of 文中合计."""

    def found(*lines, accept_difference="", headers=LINES, **more):
        rows = [payment("ZF-1", 1_000_000.01), payment("ZF-2", 2_000_000), payment("ZF-3", 500_000, None, "人才支援")]
        path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, *rows], 文中合计=[headers, *lines], **more)
        made = plan([path], (PAYMENT, PROJECT), nothing_recorded(), accept_difference=accept_difference)
        return made.findings

    return found


def test_totals_that_agree_to_the_fen_are_silent(disagreements):
    assert disagreements(
        ["合计", "350.000001", "万元", None, "等于"], ["产业", 3000000.01, "元", "领域 = 产业帮扶"],
        ["人才", 50, "万元", "领域=人才支援", "等于"], ["笔数", 3, "笔"], ["两类", 3, "笔", "领域 = 产业帮扶|人才支援"],
    ) == []  # fmt: skip


def test_a_difference_says_what_the_text_and_the_rows_give_and_by_how_much(disagreements):
    (finding,) = disagreements(["产业类", 305, "万元", "领域 = 产业帮扶", "等于"])
    assert (finding.code, finding.place.column, finding.place.row) == ("intake.stated_difference", "B", 2)
    assert "写的是 305万元" in finding.message
    assert "2 行合计 300.000001万元" in finding.message
    assert "表比正文少 4.999999万元" in finding.message
    assert finding.blocks


def test_one_fen_is_a_difference(disagreements):
    assert len(disagreements(["合计", "3500000.00", "元"])) == 1


def test_at_most_and_of_which_allow_one_side_only(disagreements):
    assert disagreements(["上限", 400, "万元", None, "至多"], ["其中债券", 5, "万元", None, "其中"]) == []
    found = disagreements(["上限", 300, "万元", None, "不超过"], ["其中债券", 400, "万元", None, "其中"])
    assert [finding.place.row for finding in found] == [2, 3]


def test_an_accepted_difference_is_told_and_does_not_block(disagreements):
    found = disagreements(["合计", 1, "元"], accept_difference="原文笔误")
    assert [finding.blocks for finding in found] == [False]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (["甲", "约300", "万元"], "B"),
        (["甲", 1, "万元", "类别 = 产业"], "D"),
        (["甲", 1, "万元", "领域 = 教育"], "D"),
        (["甲", 1, "万元", "产业类"], "D"),
        (["甲", 1, "万元", None, "大约"], "E"),
    ],
)
def test_a_line_that_cannot_be_held_against_the_rows_says_why(disagreements, line, column):
    (finding,) = disagreements(line)
    assert (finding.code, finding.place.column, finding.blocks) == ("intake.stated_unclear", column, True)


def test_with_several_tables_the_line_names_its_own(disagreements):
    project = [["项目编号", "项目名称", "预算（元）"], ["XM-1", "甲", 200000]]
    (unclear, *_) = blocking(disagreements(["预算", 20, "万元"], 项目=project))
    assert unclear.code == "intake.stated_unclear"
    named = disagreements(["预算", 20, "万元", None, None, "项目"], headers=[*LINES, "工作表"], 项目=project)
    assert blocking(named) == []


def test_rows_that_are_at_fault_themselves_are_not_added_up(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", "x")], 文中合计=[LINES, ["合计", 5, "元"]]
    )  # fmt: skip
    made = plan([path], (PAYMENT,), nothing_recorded())
    assert [finding.code for finding in blocking(made.findings)] == ["intake.not_money"]


def test_a_difference_of_rows_that_are_all_recorded_is_told_and_not_asked_again(tmp_path):
    rows = [payment("ZF-1", 1_000_000), payment("ZF-2", 2_000_000)]
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, *rows], 文中合计=[LINES, ["合计", 1, "元"]])
    first = plan([path], (PAYMENT, PROJECT), nothing_recorded())
    kept = first.sheets[0].frame.drop("_row", "_file", "_sheet")
    lookup = replace(nothing_recorded(), recorded=lambda _sheet, _identities: kept)
    again = plan([path], (PAYMENT, PROJECT), lookup)
    assert (first.blocked, again.blocked) == (True, False)
    assert [finding.code for finding in again.findings] == ["intake.stated_difference"]
