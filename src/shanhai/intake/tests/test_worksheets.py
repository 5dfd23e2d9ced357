"""Where headers and rows stand in a worksheet, and what is no record in it."""

from shanhai.intake.tests.declared import PAYMENT, PEOPLE
from shanhai.intake.text_tables import read_text, reads_sheet

FULL = "编号|金额（元）|支付日期|领域|项目编号|备注\n"


@reads_sheet(PAYMENT)
def test_the_header_row_may_stand_under_title_rows(frame, findings):
    """
    2025年资金台账
    填报单位：示例县
    编号 | 金额（元） | 支付日期 | 领域 | 项目编号 | 备注
    1   | 5        |        |     |        |
    """
    assert findings == []
    assert frame["_row"].to_list() == [4]


def test_headers_are_known_without_unit_star_or_full_width_and_in_any_order():
    read = read_text("*备注|领 域|支付日期：|项目编号|金额|编号（必填）\n|产业帮扶||XM-1|5|1", PAYMENT)
    assert read.findings == []
    assert read.frame.select("no", "amount_fen", "field_code").row(0) == ("1", 500, "industry")
    assert read.letters["no"] == "F"


def test_missing_columns_are_one_finding_that_lists_them_and_names_what_looks_alike():
    (missing, unknown) = read_text("编号|支付金额|备注\n1|5|", PAYMENT).findings
    assert missing.code == "intake.missing_columns"
    assert "“金额（元）”（必填）、“支付日期”、“领域”、“项目编号”" in missing.message
    assert "“支付金额”是不是“金额（元）”？" in missing.message
    assert missing.blocks
    assert (unknown.code, unknown.found, unknown.blocks) == ("intake.unknown_column", "支付金额", False)


def test_a_header_in_wan_is_refused_and_a_doubled_header_too():
    read = read_text("编号|金额（万元）|支付日期|领域|项目编号|备注|备注\n1|5", PAYMENT)
    assert [(each.code, str(each.place)[-2:]) for each in read.findings] == [
        ("intake.doubled_column", "G1"), ("intake.header_in_wan", "B1"),
    ]  # fmt: skip


def test_two_row_headers_are_read_together():
    read = read_text("编号|资金|||其他|\n|金额|支付日期|领域|项目编号|备注\n1|5|2024-06-28|人才支援||", PAYMENT)
    assert read.frame.select("no", "amount_fen", "field_code").row(0) == ("1", 500, "talent")


def test_a_worksheet_without_the_headers_says_which_are_expected():
    (only,) = read_text("甲|乙\n1|2", PAYMENT).findings
    assert (only.code, only.blocks) == ("intake.no_header", True)
    assert "编号、金额（元）" in only.message


def test_blank_rows_in_the_middle_keep_the_numbers_of_the_others():
    table = FULL + "1|5\n||\n  |　|\n2|x"
    read = read_text(table, PAYMENT)
    assert read.frame["_row"].to_list() == [2, 5]
    assert str(read.findings[0].place).endswith("B5")


def test_the_untouched_example_row_is_left_out_and_a_changed_one_is_asked_about():
    read = read_text(FULL + "示例：ZF-001|3000|2024-06-28|产业帮扶|XM-1|\n示例：ZF-9|7|||", PAYMENT)
    assert read.frame.is_empty()
    assert [(each.code, each.place.row, each.blocks) for each in read.findings] == [("intake.example_changed", 3, True)]


def test_total_rows_and_remarks_below_the_table_are_named_not_read():
    read = read_text(FULL + "1|5\n合 计|5\n填表人：张三", PAYMENT)
    assert read.frame["no"].to_list() == ["1"]
    assert [(each.code, each.place.row) for each in read.findings] == [
        ("intake.total_row", 3), ("intake.footer_row", 4),
    ]  # fmt: skip


def test_required_cells_are_found_and_blank_others_are_null():
    read = read_text(FULL + "|5\n2|", PAYMENT)
    assert [each.code + str(each.place)[-2:] for each in read.findings] == ["intake.requiredA2", "intake.requiredB3"]
    assert read.frame["_key"].to_list() == [None, "2"]


def test_more_findings_than_anyone_reads_are_counted_at_the_end(monkeypatch):
    monkeypatch.setattr("shanhai.intake.rows.MOST_PER_COLUMN", 3)
    read = read_text(FULL + "\n".join(f"{n}|x" for n in range(10)), PAYMENT)
    assert [each.code for each in read.findings] == ["intake.not_money"] * 3 + ["intake.and_more"]
    assert "还有 7 处" in read.findings[-1].message


def test_a_personal_number_never_stands_in_a_message():
    read = read_text("序号|身份证号\n1|110101199003071234", PEOPLE)
    assert "19900307" not in " ".join(each.message + each.found for each in read.findings)
