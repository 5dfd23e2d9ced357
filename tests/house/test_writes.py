"""Records are written in actions.py and nowhere else."""

import ast
import re

import pytest
from house_measures import Module

ALWAYS = {"create", "get_or_create", "update_or_create", "acreate", "aget_or_create", "aupdate_or_create"}
WITHOUT_ARGUMENTS = {"save", "delete", "asave", "adelete"}
WITH_NAMES_ONLY = {"update", "aupdate"}
STATEMENT = re.compile(r"\s*(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE|COPY\s+[^\s(].*\bFROM\b)", re.I)

# Reviewed: who may write without being an actions.py, and why.
REVIEWED = {
    "shanhai.database": "makes the cluster, roles and grants; no record exists there",
    "shanhai.figures.parquet": "fills throw-away tables of tests and benchmarks from Parquet, never a record",
    "shanhai.cli.bench_intake": "its baseline copies cells into a temporary table, never a record",
    "shanhai.intake.bench_usual": "the usual way copies its rows into a temporary table, never a record",
    "shanhai.cli.bench_overlaps": "fills a throw-away table of its baseline, never a record",
    "shanhai.cli.generating.writing": "keeps the keys of generated people; their records go by journal.actions",
    "shanhai.cli.bench_site": "grows the journal of a scratch home by entries of records that are none, under its own rules",
    "shanhai.journal": "the one place that writes records and their journal for actions",
}


def may_write(name):
    return name.endswith(".actions") or any(f"{name}.".startswith(f"{place}.") for place in REVIEWED)


def is_write(call):
    """Whether a call looks like the ORM's: `.save()`, not `.save(path)`; `.update(a=1)`, not `.update(other)`."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, positional = call.func.attr, call.args
    if name.startswith(("bulk_", "abulk_")) or name in ALWAYS:
        return True
    if name in WITHOUT_ARGUMENTS:
        return not positional
    return name in WITH_NAMES_ONLY and bool(call.keywords) and not positional


def orm_writes(module):
    calls = (node for node in module.nodes if isinstance(node, ast.Call))
    return [f"{module.name}:{call.lineno} .{call.func.attr}(" for call in calls if is_write(call)]


def sql_writes(module):
    """Strings that begin as an SQL statement that writes; docstrings are passed over."""
    told = {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
    strings = (node for node in module.nodes if isinstance(node, ast.Constant | ast.JoinedStr))
    texts = ((node.lineno, text_of(node)) for node in strings if id(node) not in told)
    return [f"{module.name}:{line} {text.strip()[:30]}" for line, text in texts if STATEMENT.match(text)]


def text_of(node):
    """The text of a string; what a format puts in stands as one letter."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(value) for value in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "x"


def test_records_are_written_only_in_actions(source):
    assert [place for module in source if not may_write(module.name) for place in orm_writes(module)] == []


def test_no_sql_that_writes_stands_outside_actions(source):
    assert [place for module in source if not may_write(module.name) for place in sql_writes(module)] == []


def test_every_reviewed_place_still_exists(source):
    names = {module.name for module in source}
    assert [place for place in REVIEWED if place not in names] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("payment.save()", 1),
        ("payment.save(update_fields=['stage'])", 1),
        ("Payment.objects.create(amount=1)", 1),
        ("Payment.objects.filter(id=1).update(amount=2)", 1),
        ("rows.delete()", 1),
        ("Payment.objects.bulk_create(rows)", 1),
        ("workbook.save(path)", 0),
        ("digest.update(block)", 0),
        ("names.update(other)", 0),
        ("cache.delete(key)", 0),
        ("action(rows=rows, save=True)", 0),
    ],
)
def test_a_write_is_told_from_what_only_looks_like_one(text, count):
    assert len(orm_writes(Module("shanhai.web.pages", text))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("run('INSERT INTO funds_payment SELECT 1')", 1),
        ("run(f'UPDATE {table} SET stage = 1')", 1),
        ("run('update funds_payment set stage = 1')", 1),
        ("run('SELECT 1 FROM funds_payment')", 0),
        ("run('COPY funds_payment (key) FROM STDIN')", 1),
        ("run('COPY (SELECT key FROM funds_payment) TO STDOUT')", 0),
        ('"""Insert into the book what was paid."""', 0),
    ],
)
def test_sql_is_read_from_its_first_words(text, count):
    assert len(sql_writes(Module("shanhai.web.pages", text))) == count
