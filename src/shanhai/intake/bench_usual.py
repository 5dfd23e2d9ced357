"""The usual way to get a workbook into a database, as the baseline of the intake benchmark: openpyxl, a pydantic model,
and COPY of the rows that fit it into a table of texts, without journal and walls.

Run as `python -m shanhai.intake.bench_usual FILE`, with the database's address on standard input; without one it reads
only. Answers in JSON how many rows were good and how many bad, and what reading, and reading and loading, took: seconds
of the wall and of the processor, without starting Python and without imports.
"""

import json
import re
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import openpyxl
import psycopg
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from shanhai.intake.bench import BENCH, CHOICES


def _day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def _text(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("a number where digits must all be kept")
    return value


Money = Annotated[Decimal, Field(decimal_places=2, max_digits=15)]
Day = Annotated[date, BeforeValidator(_day)]
Digits = Annotated[str, BeforeValidator(_text), Field(pattern=r"^\d{8,32}$")]


class Payment(BaseModel):
    """A row of the bench workbook."""

    voucher_no: str
    document_no: str
    project_no: str
    project_name: str
    payee_name: str
    payee_code: Annotated[str, Field(pattern=r"^[0-9A-HJ-NP-RTUW-Y]{18}$")]
    account_no: Digits
    region_code: Annotated[str, Field(pattern=r"^\d{6}$")]
    field_code: Annotated[str, Field(pattern="^(" + "|".join(map(re.escape, CHOICES.values())) + ")$")]
    is_final: Annotated[str, Field(pattern="^[是否]$")]
    amount_fen: Money
    tax_fen: Money
    retained_fen: Money
    approved_on: Day
    paid_on: Day
    household_count: Annotated[int, Field(ge=0)]
    person_count: Annotated[int, Field(ge=0)]
    area_mu: Annotated[Decimal, Field(decimal_places=2)]
    done_percent: Annotated[Decimal, Field(decimal_places=2)]
    note: str | None


def read(path: str) -> tuple[list[Payment], int]:
    """The rows that fit the model, and how many do not."""
    page = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    fields = [column.field for column in BENCH.columns]
    good: list[Payment] = []
    bad = 0
    for values in page.iter_rows(min_row=2, values_only=True):
        try:
            good.append(Payment.model_validate(dict(zip(fields, values, strict=False))))
        except ValidationError:
            bad += 1
    return good, bad


def load(rows: list[Payment], database: str) -> None:
    """COPY the rows into a table that is gone at the end."""
    names = ", ".join(f"{name} text" for name in Payment.model_fields)
    with psycopg.connect(database) as connection:
        connection.execute(f"CREATE TEMPORARY TABLE usual_rows ({names}) ON COMMIT DROP")
        with connection.cursor().copy("COPY usual_rows FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row.model_dump().values()))


def main(path: str, database: str) -> dict[str, float]:
    """Read, then load where there is a database; what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    good, bad = read(path)
    took = {"read_wall": time.perf_counter() - wall, "read_cpu": time.process_time() - cpu}
    if database:
        load(good, database)
    told = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return {"good": len(good), "bad": bad, **took, **told}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.stdin.read())))
