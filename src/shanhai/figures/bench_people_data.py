"""Benefits, placements, funds and registers of any size for measuring, drawn by NumPy from a fixed seed to Parquet.

A few pairings hold most of the people, as in life; people receive several benefits over the years and some also have
placements; some records of one person or household were recognised as one. Rows come in the order of their days, keys
carry their scope as records' keys do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shanhai.figures import bench_people_figures as measured
from shanhai.figures import people
from shanhai.figures.engines import arrow_schema
from shanhai.figures.tables import Table

FIRST, DAYS = np.datetime64("2020-07-01"), 1644
"""The first day and the number of days: a little before the first year asked to a little after the last day."""
SEED = 4
_BLOCK = 500_000
_COUNTIES = 380
_CLASSES = ("paired_east", "in_province", "elsewhere", "welfare")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is generated: rows of benefits, of placements, and pairings."""

    benefits: int
    placements: int
    pairings: int

    @property
    def persons(self) -> int:
        """Persons in the register."""
        return max(self.benefits // 5, 100)

    @property
    def households(self) -> int:
        """Households in the register."""
        return max(self.persons // 3, 40)


@dataclass(frozen=True, slots=True)
class _People:
    """The registers as columns: of each household its pairing, of each person the household, and the keys of both."""

    codes: Any
    scope_of_household: Any
    household_of: Any
    household_keys: Any
    person_keys: Any


def county_of(scope: int) -> str:
    """The county of a pairing; a few counties have two."""
    return f"{510000 + (scope - 1) % _COUNTIES:06d}"


def generate(folder: Path, size: Size) -> dict[Table, int]:
    """Write every table to `folder`; gives the rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    register = _registers(random, size)
    person_rows = _register(people.PERSON, random, keys=register.person_keys, groups=register.household_of)
    scope_of = register.scope_of_household
    household_rows = _register(people.HOUSEHOLD, random, keys=register.household_keys, groups=scope_of)
    chosen = random.permutation(size.persons)
    helped, placed = chosen[: size.persons * 3 // 4], chosen[size.persons * 2 // 5 :]
    blocks = {
        measured.BENEFIT: _lines(measured.BENEFIT, size.benefits, random, register=register, who=helped),
        measured.PLACEMENT: _lines(measured.PLACEMENT, size.placements, random, register=register, who=placed),
        measured.ALLOCATION: _lines(measured.ALLOCATION, size.benefits // 500, random, register=register),
        measured.PAYMENT: _lines(measured.PAYMENT, size.benefits // 100, random, register=register),
        people.PERSON: _with_scope(person_rows, people.PERSON, scope_of[register.household_of]),
        people.HOUSEHOLD: _with_scope(household_rows, people.HOUSEHOLD, scope_of),
    }
    return {table: _write(folder / f"{table.relation}.parquet", table, found) for table, found in blocks.items()}


def _write(file: Path, table: Table, blocks: Iterator[dict[str, Any]]) -> int:
    schema, rows = arrow_schema(table), 0
    with pq.ParquetWriter(file, schema) as writer:
        for block in blocks:
            held = pa.table({name: block[name] for name in schema.names}, schema=schema)
            writer.write_table(held)
            rows += held.num_rows
    return rows


def _registers(random: np.random.Generator, size: Size) -> _People:
    weights = random.lognormal(0, 0.8, size.pairings)
    scopes = np.sort(random.choice(size.pairings, size.households, p=weights / weights.sum()))
    household_of = np.sort(random.integers(0, size.households, size.persons))
    codes = pa.array([f"{330000 + number % 97:06d}-{county_of(number + 1)}" for number in range(size.pairings)])
    return _People(
        codes,
        scopes,
        household_of,
        _keys(codes.take(pa.array(scopes)), "H", np.arange(size.households)),
        _keys(codes.take(pa.array(scopes[household_of])), "P", np.arange(size.persons)),
    )


def _keys(codes: Any, letter: str, numbers: Any) -> Any:
    """Keys as records have them: the code of the scope and a number."""
    padded = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), 7, "0")
    return pc.binary_join_element_wise(codes, pc.binary_join_element_wise(letter, padded, ""), "/")


def _register(table: Table, random: np.random.Generator, *, keys: Any, groups: Any) -> dict[str, Any]:
    """The rows of a register; one in a hundred is known to be the same as the next of its group."""
    rows = len(keys)
    same = np.zeros(rows, dtype=bool)
    same[:-1] = (random.random(rows - 1) < 0.01) & (groups[1:] == groups[:-1])
    same[1:] &= ~same[:-1]
    canonical = pc.if_else(pa.array(same), pa.concat_arrays([keys[1:], keys[-1:]]), "")
    empty = {
        name: pa.nulls(rows, arrow_schema(table).field(name).type)
        for name in table.columns
        if name not in {"id", "key", "canonical_key"}
    }
    return {**empty, "id": pa.array(np.arange(rows)), "key": keys, "canonical_key": canonical}


def _with_scope(columns: dict[str, Any], table: Table, scopes: Any) -> Iterator[dict[str, Any]]:
    yield columns | {"scope_id": pa.array(scopes + 1), "stage": pa.array(["achieved"] * len(scopes))}


def _lines(
    table: Table, rows: int, random: np.random.Generator, *, register: _People, who: Any = None
) -> Iterator[dict[str, Any]]:
    """Rows of a table block by block; a few people have many of them, days go on from block to block."""
    for first in range(0, rows, _BLOCK):
        count = min(_BLOCK, rows - first)
        chosen = np.arange(len(register.household_of)) if who is None else who
        person = chosen[(random.random(count) ** 1.3 * len(chosen)).astype(np.int64)]
        household = register.household_of[person]
        scopes = register.scope_of_household[household]
        days = FIRST + ((np.sort(random.random(count)) * count + first) / rows * DAYS).astype(np.int64)
        letter = table.name.partition(".")[2][:1].upper()
        numbers = np.arange(first, first + count)
        yield {
            "id": pa.array(numbers),
            "entry": pa.array(numbers + 17),
            "key": _keys(register.codes.take(pa.array(scopes)), letter, numbers),
            "scope_id": pa.array(scopes + 1),
            "scheme": pa.array(["east_west"] * count),
            "owner_side": _one_of(random, ("east", "west"), count),
            "stage": _one_of(random, ("achieved", "planned"), count, shares=(0.97, 0.03)),
            **_cells(table, random, days, person=person, household=household, register=register),
        }


def _cells(
    table: Table, random: np.random.Generator, days: Any, *, person: Any, household: Any, register: _People
) -> dict[str, Any]:
    count = len(days)
    if table in {measured.ALLOCATION, measured.PAYMENT}:
        day = "allocated_on" if table is measured.ALLOCATION else "paid_on"
        typical = 12.0 if table is measured.ALLOCATION else 10.0
        return {day: pa.array(days), "amount_fen": _fen(random, count, typical, spread=1.0)}
    persons = register.person_keys.take(pa.array(person))
    if table is measured.PLACEMENT:
        ended = days + random.integers(30, 900, count)
        return {
            "person_key": persons,
            "class_code": _one_of(random, _CLASSES, count),
            "started_on": pa.array(days),
            "ended_on": pa.array(ended, mask=random.random(count) < 0.5),
            "monthly_wage_fen": _fen(random, count, 8.2, spread=0.4),
        }
    return {
        "person_key": persons,
        "household_key": register.household_keys.take(pa.array(household)),
        "base_key": _keys(register.codes.take(pa.array(register.scope_of_household[household])), "B", household % 40),
        "channel_code": _one_of(random, tuple(measured.CHANNELS), count, shares=(0.3, 0.5, 0.2)),
        "paid_on": pa.array(days),
        "amount_fen": _fen(random, count, 6.0, spread=1.0),
    }


def _fen(random: np.random.Generator, count: int, typical: float, *, spread: float) -> Any:
    """Amounts over orders of magnitude around e to the power of `typical` yuan."""
    return pa.array((np.exp(random.normal(typical, spread, count)) * 100).astype(np.int64))


def _one_of(
    random: np.random.Generator, texts: tuple[str, ...], count: int, shares: tuple[float, ...] | None = None
) -> Any:
    return pa.array(texts).take(pa.array(random.choice(len(texts), count, p=shares)))
