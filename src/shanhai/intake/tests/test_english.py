"""What is wrong in a row is told in the language of whoever reads it."""

import re

import pytest
from django.utils.translation import override

from shanhai.intake import declare as sheet
from shanhai.intake.one_row import read_one

_SHEET = sheet.Sheet(
    "test.thing", "测试", key=("no",),
    columns=(
        sheet.code("no", "编号", required=True), sheet.money("amount_fen", "金额"), sheet.day("happened_on", "日期"),
        sheet.choice("kind_code", "类别", choices={"a": "甲", "b": "乙"}),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "written"),
    [("no", ""), ("amount_fen", "300万"), ("amount_fen", "(1"), ("happened_on", "2024"), ("happened_on", "31.2.2024")],
)
def test_an_english_reader_is_told_in_english(field: str, written: str) -> None:
    with override("en"):
        read = read_one(_SHEET, {"no": "N-1", "kind_code": "甲"} | {field: written}).sheets[0]
    assert read.findings
    for finding in read.findings:
        told = re.sub("“[^”]*”", "", finding.message + finding.expected).replace("金额", "")
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", told), finding.message


def test_a_chinese_reader_is_told_in_chinese() -> None:
    with override("zh-hans"):
        read = read_one(_SHEET, {"no": "N-1", "kind_code": "丙"}).sheets[0]
    assert [finding.message for finding in read.findings] == [
        "类别是“丙”，这里需要下拉列表中的一项。可选：甲、乙。请从下拉列表中选择。"
    ]
