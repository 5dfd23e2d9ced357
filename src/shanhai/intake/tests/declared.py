"""Sheets declared for the tests of intake; no area is needed to read a workbook."""

import datetime as dt
from pathlib import Path

import openpyxl
import polars as pl

from shanhai.intake import declare as sheet
from shanhai.intake.loading import Lookup

FIELDS = {"industry": "产业帮扶", "talent": "人才支援", "labour": "劳务协作"}
REGIONS = {"331081": "温岭市", "511381": "阆中市", "110105": "朝阳区", "220104": "朝阳区"}


def amount_below_limit(frame):
    """One payment is at most ten million yuan."""
    for row in frame.filter(pl.col("amount_fen") > 1_000_000_000).iter_rows(named=True):
        yield row["_row"], "amount_fen", "test.too_much", "一笔支付超过一千万元，请核对。"


def paid_on_workday(frame):
    """Payments on a Sunday are worth a look."""
    for row in frame.filter(pl.col("paid_on").dt.weekday() == 7).iter_rows(named=True):
        yield row["_row"], "paid_on", "test.sunday", "支付日期是星期日，请核对。"


PAYMENT = sheet.Sheet(
    "test.payment", "支付", key=("no",), checks=(amount_below_limit,), warnings=(paid_on_workday,),
    columns=(
        sheet.code("no", "编号", example="ZF-001"),
        sheet.money("amount_fen", "金额（元）", required=True, note="以元为单位", example="3000.00"),
        sheet.day("paid_on", "支付日期", example="2024-06-28"),
        sheet.choice("field_code", "领域", choices=FIELDS, example="产业帮扶"),
        sheet.ref("project_key", "项目编号", to="test.project", example="XM-1"),
        sheet.text("note", "备注", max_length=200),
    ),
)  # fmt: skip

PROJECT = sheet.Sheet(
    "test.project", "项目", key=("no",), aliases=("项目库",),
    columns=(
        sheet.code("no", "项目编号", example="XM-1"),
        sheet.text("name", "项目名称", required=True, example="示例项目"),
        sheet.money("budget_fen", "预算（元）", project_size=True),
        sheet.day("begun_on", "开工时间", partial=True),
        sheet.region("region_code", "地区"),
    ),
)  # fmt: skip

PEOPLE = sheet.Sheet(
    "test.person", "人员", key=("no",),
    columns=(
        sheet.code("no", "序号"),
        sheet.identity("identity_no", "身份证号", unique=True),
        sheet.account("account_no", "银行账号"),
        sheet.credit_code("unit_code", "单位代码"),
        sheet.whole("days", "天数", minimum=0, maximum=366),
        sheet.decimal("area_mu", "面积（亩）", places=2),
        sheet.decimal("share", "比例", percent=True),
        sheet.yes_no("is_local", "是否本地"),
    ),
)  # fmt: skip

SHEETS = (PAYMENT, PROJECT, PEOPLE)


def workbook(path: Path, **pages: list[list[object]]) -> Path:
    """A workbook with a worksheet per name; blank cells are None."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in pages.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


PAYMENT_HEADERS = [column.zh for column in PAYMENT.columns]


def payment(no: str, amount: object = 100.5, paid_on: object = dt.date(2024, 6, 28), *rest: object) -> list[object]:
    """A good row of 支付."""
    return [no, amount, paid_on, *(rest or ("产业帮扶",))]


def nothing_recorded(recorded: pl.DataFrame | None = None, existing: tuple[str, ...] = ()) -> Lookup:
    """A lookup over the given rows and keys."""
    return Lookup(
        recorded=lambda declared, _: pl.DataFrame(schema=declared.schema) if recorded is None else recorded,
        exists=lambda _, asked: asked.filter(pl.col("_key").is_in(existing)),
        regions=REGIONS,
    )
