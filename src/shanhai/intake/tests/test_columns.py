"""What a cell of each kind may hold and what is found in it, written as the tables clerks fill in."""

import datetime as dt
from decimal import Decimal

from shanhai.base.identifiers import example_identity
from shanhai.intake import declare as sheet
from shanhai.intake.tests.declared import PAYMENT, PEOPLE, PROJECT, REGIONS
from shanhai.intake.text_tables import read_text, reads_sheet
from shanhai.intake.typed import Known


@reads_sheet(PAYMENT)
def test_a_negative_amount_is_found_at_its_cell(findings):
    """
    编号  | 金额（元） | 支付日期
    ZF-1 | 100.00   | 2025-03-01
    ZF-2 |  -5.00   | 2025-03-03
    """
    assert findings == ["intake.negative at B3"]


@reads_sheet(PAYMENT)
def test_amounts_are_whole_fen_however_they_are_written(frame, findings):
    """
    编号 | 金额（元）
    1   | 0.1
    2   | '1234.50
    3   | 1,234,567.89
    4   | １２３４
    5   | ¥300
    6   | 3000元
    7   | 300.10
    8   | 0
    """
    assert findings == []
    assert frame["amount_fen"].to_list() == [10, 123450, 123456789, 123400, 30000, 300000, 30010, 0]


@reads_sheet(PAYMENT)
def test_an_amount_in_wan_or_in_words_is_refused_with_the_number_to_write(read):
    """
    编号 | 金额（元）
    1   | 一百万
    2   | 300万
    3   | 12.5万元
    4   | 三百二十万元整
    """
    remedies = [each.message.split("请改为 ")[1].split()[0] for each in read.findings]
    assert remedies == ["1000000", "3000000", "125000", "3200000"]


def test_the_sentence_names_file_sheet_cell_value_need_and_remedy():
    read = read_text("编号|金额（元）\nZF-1|5\nZF-2|5\nZF-3|一百万", PAYMENT)
    assert str(read.findings[0]) == (
        "《测试.xlsx》 “支付”表 B4：金额是“一百万”，这里需要数字（单位：元，最多两位小数）。请改为 1000000 后重新上传。"
    )


@reads_sheet(PAYMENT)
def test_what_is_no_amount_of_whole_fen_is_refused(findings):
    """
    编号 | 金额（元）
    1   | 1.005
    2   | 12%
    3   | 约三百
    4   | —
    5   | 1,23
    6   | 2024-06-30
    7   | 99999999999999
    """
    assert sorted(findings) == [
        "intake.date_for_number at B7", "intake.not_fen at B2", "intake.not_fen at B8", "intake.not_money at B4",
        "intake.not_money at B6", "intake.percent_for_money at B3", "intake.placeholder at B5",
    ]  # fmt: skip


@reads_sheet(PAYMENT)
def test_the_noise_behind_fifteen_digits_of_a_computed_amount_is_no_fault(frame, findings):
    """
    编号 | 金额（元）
    1   | 0.30000000000000004
    """
    assert findings == []
    assert frame["amount_fen"].to_list() == [30]


@reads_sheet(PAYMENT)
def test_dates_are_understood_as_clerks_write_them(frame, findings):
    """
    编号 | 金额（元） | 支付日期
    1   | 1        | '2024-06-28
    2   | 1        | 2024年6月28日
    3   | 1        | 2024.6.28
    4   | 1        | 2024/06/28
    5   | 1        | 20240628
    6   | 1        | 二〇二四年六月二十八日
    7   | 1        | 45471
    8   | 1        | 2024-06-28
    """
    assert findings == []
    assert frame["paid_on"].unique().to_list() == [dt.date(2024, 6, 28)]


@reads_sheet(PAYMENT)
def test_what_is_no_whole_day_is_refused(findings):
    """
    编号 | 金额（元） | 支付日期
    1   | 1        | 2024-02-30
    2   | 1        | 2024年6月
    3   | 1        | 6月3日
    4   | 1        | 待定
    5   | 1        | 1900-01-05
    6   | 1        | 24.6.3
    """
    assert sorted(findings) == [
        "intake.day_missing at C3", "intake.day_unlikely at C6", "intake.not_day at C2", "intake.not_day at C4",
        "intake.not_day at C7", "intake.placeholder at C5",
    ]  # fmt: skip


@reads_sheet(PROJECT)
def test_a_partial_date_keeps_how_much_is_known(frame, findings):
    """
    项目编号 | 项目名称 | 开工时间
    1      | 甲      | 2021年6月
    2      | 乙      | 2021
    3      | 丙      | 2021-06-02
    4      | 丁      |
    """
    assert findings == []
    assert frame["begun_on"].to_list() == [dt.date(2021, 6, 1), dt.date(2021, 1, 1), dt.date(2021, 6, 2), None]
    assert frame["begun_on_precision"].to_list() == ["month", "year", "day", None]


@reads_sheet(PAYMENT)
def test_a_choice_is_taken_by_label_or_code_and_others_are_answered_with_the_list(read):
    """
    编号 | 金额（元） | 领域
    1   | 1        | 产业帮扶
    2   | 1        | talent
    3   | 1        | 产业 帮扶
    4   | 1        | 产业
    """
    assert read.frame["field_code"].to_list() == ["industry", "talent", "industry", None]
    assert read.findings[-1].message.endswith("可选：产业帮扶、人才支援、劳务协作。是不是“产业帮扶”？")


def test_identity_and_account_numbers_stored_as_numbers_are_refused_masked_with_the_reason():
    good = example_identity(1, dt.date(1990, 3, 7))
    read = read_text(
        f"序号|身份证号|银行账号\n1|'{good}|'6222 0200 1234 5678 901\n2|{good[:17]}0|6222020012345678", PEOPLE
    )
    assert read.frame["identity_no"].to_list() == [good, None]
    assert read.frame["account_no"].to_list() == ["6222020012345678901", None]
    assert {(each.code, each.place.column) for each in read.findings if each.blocks} == {
        ("intake.digits_lost", "B"), ("intake.digits_lost", "C"),
    }  # fmt: skip
    told = " ".join(each.message for each in read.findings)
    assert "已丢失" in told
    assert good[6:14] not in told
    assert "622202001" not in told


@reads_sheet(PEOPLE)
def test_wrong_identity_numbers_say_what_is_wrong(findings):
    """
    序号 | 身份证号
    1   | '110101199003078516
    2   | '11010119900307851
    3   | '110101900307851
    4   | 3.31081E+17
    """
    assert findings == [
        "intake.identity_check at B2", "intake.identity_form at B3",
        "intake.identity_old at B4", "intake.digits_lost at B5",
    ]  # fmt: skip


@reads_sheet(PEOPLE)
def test_counts_decimals_shares_and_yes_no(frame, findings):
    """
    序号 | 天数   | 面积（亩） | 比例   | 是否本地
    1   | 12    | 1.25     | 42%   | 是
    2   | '1,200| 0.5      | 42.5  | 否
    3   | 12人  | 1.255    | 0     | 也许
    4   | 1.5   | 3亩      | x     | √
    """
    assert frame["days"].to_list() == [12, None, None, None]
    assert frame["area_mu"].to_list() == [Decimal("1.25"), Decimal("0.50"), None, None]
    assert frame["share"].to_list() == [42, Decimal("42.5"), 0, None]
    assert frame["is_local"].to_list() == [True, False, None, True]
    assert sorted(findings) == [
        "intake.not_number at C4", "intake.not_number at C5", "intake.not_number at D5", "intake.not_whole at B4",
        "intake.not_whole at B5", "intake.not_yes_no at E4", "intake.too_large at B3",
    ]  # fmt: skip


@reads_sheet(PROJECT, Known(REGIONS))
def test_places_by_code_by_code_and_name_and_by_a_name_only_one_has(frame, findings):
    """
    项目编号 | 项目名称 | 地区
    1      | 甲      | 331081
    2      | 乙      | 331081 温岭市
    3      | 丙      | 阆中市
    4      | 丁      | 331081 阆中市
    5      | 戊      | 999998
    6      | 己      | 朝阳区
    """
    assert frame["region_code"].to_list() == ["331081", "331081", "511381", None, None, None]
    assert sorted(findings) == [
        "intake.region_mismatch at C5", "intake.region_name at C7", "intake.region_unknown at C6",
    ]  # fmt: skip


@reads_sheet(PEOPLE)
def test_organisation_codes_have_a_right_check_character(frame, findings):
    """
    序号 | 单位代码
    1   | 91999999000000019D
    2   | 9133
    3   | 91999999000000019E
    4   | 9199999900000001ID
    """
    assert findings == ["intake.credit_code at B3", "intake.credit_code at B4", "intake.credit_code at B5"]
    assert frame["unit_code"].to_list() == ["91999999000000019D", None, None, None]


def test_codes_become_half_width_and_lose_the_apostrophe():
    declared = sheet.Sheet("a.b", "甲", key=("no",), columns=(sheet.code("no", "文号", pattern=".+号", shape="文号"),))
    read = read_text("文号\n阆财农〔２０２１〕15号\n''财1号\n12", declared)
    assert read.frame["no"].to_list() == ["阆财农〔2021〕15号", "财1号", None]


@reads_sheet(PAYMENT)
def test_checks_of_the_area_see_typed_rows_and_warnings_do_not_block(read, findings):
    """
    编号 | 金额（元）  | 支付日期
    1   | 99999999  | 2024-06-30
    """
    assert findings == ["test.too_much at B2", "test.sunday at C2"]
    assert [each.blocks for each in read.findings] == [True, False]


@reads_sheet(PROJECT)
def test_a_column_of_amounts_all_below_ten_thousand_is_asked_about(read):
    """
    项目编号 | 项目名称 | 预算（元）
    1      | 甲      | 300
    2      | 乙      | 1200.5
    """
    asked = read.findings[-1]
    assert (asked.code, asked.place.column, asked.blocks) == ("intake.maybe_wan", "C", False)


@reads_sheet(PROJECT)
def test_one_amount_of_project_size_settles_the_question(findings):
    """
    项目编号 | 项目名称 | 预算（元） | 开工时间 | 地区
    1      | 甲      | 300      |         |
    2      | 乙      | 120000   |         |
    """
    assert findings == []


def test_account_numbers_of_the_wrong_length_and_long_numbers_in_text_columns_are_found():
    people = read_text("序号|银行账号\n1|'1234567\n2|'6.22202E+18\n3|622202", PEOPLE)
    assert [each.code for each in people.findings] == [
        "intake.account_form", "intake.digits_lost", "intake.digits_lost",
    ]  # fmt: skip
    payments = read_text("编号|金额（元）|备注\n1|5|12345678901234567\n2|5|2024-06-30\n3|5|" + "长" * 201, PAYMENT)
    assert [each.code for each in payments.findings] == ["intake.digits_lost", "intake.too_long"]
    assert payments.frame["note"][1] == "2024-06-30"
