"""How fast a workbook is read and checked, beside the bare pipeline and the usual way, in the same run.

The parts that need no database: a workbook of 200,000 rows and 20 columns with 1 % bad rows is made once;
`bare` is calamine to Polars, `ours` reads, types and checks it, `usual` is openpyxl with a pydantic model and COPY.
"""

import datetime as dt
import importlib.util
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine
import xlsxwriter

from shanhai.base.findings import blocking
from shanhai.base.identifiers import example_organisation
from shanhai.intake import declare as sheet
from shanhai.intake.loading import Lookup, Plan, plan
from shanhai.intake.marks import column_letters

ROWS, BAD_SHARE = 200_000, 0.01
CHOICES = {"industry": "产业帮扶", "talent": "人才支援", "labour": "劳务协作", "consumption": "消费帮扶"}

BENCH = sheet.Sheet(
    "bench.payment", "资金支付明细", key=("voucher_no",),
    columns=(
        sheet.code("voucher_no", "凭证号"),
        sheet.code("document_no", "文号", required=True),
        sheet.code("project_no", "项目编号", required=True),
        sheet.text("project_name", "项目名称", required=True),
        sheet.text("payee_name", "收款单位", required=True),
        sheet.credit_code("payee_code", "统一社会信用代码", required=True),
        sheet.account("account_no", "收款账号", required=True),
        sheet.region("region_code", "行政区划", required=True),
        sheet.choice("field_code", "领域", required=True, choices=CHOICES),
        sheet.yes_no("is_final", "是否尾款"),
        sheet.money("amount_fen", "支付金额（元）", required=True),
        sheet.money("tax_fen", "税额（元）"),
        sheet.money("retained_fen", "质保金（元）"),
        sheet.day("approved_on", "审批日期", required=True),
        sheet.day("paid_on", "支付日期", required=True),
        sheet.whole("household_count", "受益户数", minimum=0),
        sheet.whole("person_count", "受益人数", minimum=0),
        sheet.decimal("area_mu", "面积（亩）", places=2),
        sheet.decimal("done_percent", "完成比例", places=2, percent=True),
        sheet.text("note", "备注"),
    ),
)  # fmt: skip
_SPOILT: dict[str, object] = {
    "amount_fen": "三十万", "tax_fen": "3万", "approved_on": "2024-02-30", "paid_on": "六月三日",
    "field_code": "其它领域", "payee_code": "91330000710924811P", "account_no": 6.22202e18,
    "household_count": "12户", "area_mu": 1.2345, "region_code": "99", "project_name": "", "is_final": "也许",
}  # fmt: skip
"""A wrong value for a column, put into the bad rows in turn."""


def write_bench_workbook(path: Path, *, rows: int = ROWS, seed: int = 1) -> set[str]:
    """Write the workbook; answers the addresses of its bad cells."""
    random_ = random.Random(seed)  # noqa: S311 - made-up rows, not secrets
    fields = [column.field for column in BENCH.columns]
    codes = [example_organisation(number) for number in range(400)]
    bad: set[str] = set()
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        page = workbook.add_worksheet(BENCH.zh)
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, [column.zh for column in BENCH.columns])
        for number in range(1, rows + 1):
            values = _row(number, random_, codes)
            if random_.random() < BAD_SHARE:
                spoilt = random_.choice(sorted(_SPOILT))
                values[spoilt] = _SPOILT[spoilt]
                bad.add(f"{column_letters(fields.index(spoilt))}{number + 1}")
            for place, value in enumerate(values.values()):
                if isinstance(value, dt.datetime):
                    page.write_datetime(number, place, value, day)
                else:
                    page.write(number, place, value)
    return bad


def _row(number: int, random_: random.Random, codes: list[str]) -> dict[str, Any]:
    amount = random_.randrange(100, 900_000_000)
    approved = dt.datetime(2021, 6, 1) + dt.timedelta(days=random_.randrange(1200))  # noqa: DTZ001 - cells have no zone
    project = random_.randrange(3000)
    return {
        "voucher_no": f"ZF-{number:07d}", "document_no": f"示例财农〔{approved.year}〕{project % 90}号",
        "project_no": f"XM-{project:05d}", "project_name": f"示例产业项目第{project}期",
        "payee_name": f"示例建设有限公司{project % 400}", "payee_code": codes[project % 400],
        "account_no": f"6222{random_.randrange(10**12):012d}", "region_code": "331081" if number % 2 else "511381",
        "field_code": list(CHOICES.values())[number % 4], "is_final": "是" if number % 3 else "否",
        "amount_fen": amount / 100, "tax_fen": (amount // 17) / 100, "retained_fen": (amount // 20) / 100,
        "approved_on": approved, "paid_on": approved + dt.timedelta(days=30), "household_count": number % 300,
        "person_count": number % 1000, "area_mu": (number % 5000) / 4, "done_percent": number % 101,
        "note": "" if number % 5 else f"第{number % 7}批",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds on the wall and of the processor, and the highest memory of the process so far in bytes."""

    wall: float
    cpu: float
    memory: int


def timed(work: Callable[[], Any]) -> tuple[Any, Timing]:
    """Do the work once; its result and what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return result, Timing(time.perf_counter() - wall, time.process_time() - cpu, memory)


def bare(path: Path) -> pl.DataFrame:
    """The least that gets a workbook into Polars: no marks, no meaning, no findings; cells that do not fit are null."""
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    header = [str(name) for name in rows[0]]
    return pl.DataFrame(
        {name: pl.Series([row[place] for row in rows[1:]], strict=False) for place, name in enumerate(header)}
    )  # fmt: skip


def ours(path: Path) -> Plan:
    """Read, type, check, compare with nothing recorded: the plan of the load."""
    regions = {"331081": "温岭市", "511381": "阆中市"}
    lookup = Lookup(
        recorded=lambda declared, identities: pl.DataFrame(schema=declared.schema),
        exists=lambda _, identities: identities,
        regions=regions,
    )
    return plan([path], (BENCH,), lookup)


def usual(path: Path, database: str = "") -> tuple[Timing, Timing] | None:
    """The usual way, openpyxl with a pydantic model, in a process of its own: reading, and reading with loading.

    None where pydantic is not installed; `database` is the address of one that rows may be copied into.
    """
    if importlib.util.find_spec("pydantic") is None:
        return None
    command = [sys.executable, "-m", "shanhai.intake.bench_usual", str(path)]
    told = json.loads(subprocess.run(command, check=True, input=database.encode(), stdout=subprocess.PIPE).stdout)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Timing(told["read_wall"], told["read_cpu"], memory), Timing(told["wall"], told["cpu"], memory)


def found_cells(made: Plan) -> set[str]:
    """The addresses of the cells that block, to be held against the bad cells of the workbook."""
    places = [finding.place for finding in blocking(made.findings)]
    return {f"{place.column}{place.row}" for place in places if place}


def without_bad_cells(made: Plan) -> pl.DataFrame:
    """The typed rows free of blocking findings, as they would be saved once the others are mended."""
    return made.sheets[0].new
