"""Any sequence of deeds: the database accepts exactly what a few lines of Python accept, and keeps the same books."""

from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.areas.funds.tests.conftest import balances
from shanhai.base.findings import Refused

#: Where each deed takes money from and where it brings it; {p} is the project.
MOVES = {
    "issue": [("source/ZJ", "issued/ZJ"), ("promised/ZJ", "due/ZJ")],
    "allocate": [("issued/ZJ", "allocated/ZJ/{p}")],
    "release": [("allocated/ZJ/{p}", "released/ZJ/{p}")],
    "transfer": [("due/ZJ", "transit/ZJ")],
    "receive": [("transit/ZJ", "treasury/ZJ")],
    "record_payment": [("released/ZJ/{p}", "paid/ZJ/{p}/示例公司")],
    "refund": [("released/ZJ/{p}", "issued/ZJ")],
}
AMOUNTS = st.sampled_from([1, 3, 50, 100, 101, 10**14])
DEEDS = st.tuples(st.sampled_from(sorted(MOVES)), st.sampled_from(["甲", "乙"]), AMOUNTS)
CORRECTIONS = st.tuples(st.just("correct"), st.integers(0, 30), AMOUNTS)


class Books:
    """The same ledger in a few lines: every record with its amount, balances counted from all of them."""

    def __init__(self) -> None:
        self.records: dict[str, tuple[str, str, int]] = {}

    def balances(self) -> Counter[str]:
        standing: Counter[str] = Counter()
        for deed, project, amount in self.records.values():
            for origin, target in MOVES[deed]:
                standing[origin.format(p=project)] -= amount
                standing[target.format(p=project)] += amount
        return standing

    def accepts(self, key: str, deed: str, project: str, amount: int) -> bool:
        """Keep the record, unless an account would then stand below zero."""
        before = dict(self.records)
        self.records[key] = (deed, project, amount)
        if any(
            amount < 0 and not account.startswith(("source/", "promised/"))
            for account, amount in self.balances().items()
        ):
            self.records = before
            return False
        return True


@pytest.mark.slow
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS | CORRECTIONS, max_size=25))
def test_the_database_accepts_exactly_what_the_rules_allow(desk, deeds):
    books = Books()
    with transaction.atomic():
        for number, (deed, which, amount) in enumerate(
            [("issue", "甲", 200), ("allocate", "甲", 120), ("release", "甲", 100), *deeds]
        ):
            if deed == "correct":
                _corrected(desk, books, which, amount)
            else:
                _done(desk, books, key=f"{number}", deed=deed, project=which, amount=amount)
        assert balances(desk.scope_id) == {account: amount for account, amount in books.balances().items() if amount}
        assert _recounted(desk.scope_id) == balances(desk.scope_id)
        transaction.set_rollback(True)


def _accepted(deed):
    try:
        with transaction.atomic():
            deed()
    except Refused:
        return False
    return True


def _done(desk, books, *, key, deed, project, amount):
    given = {"key": key, "amount": amount}
    if deed == "transfer":
        given |= {"kind_code": "transfer", "project_key": ""}
    elif deed in ("allocate", "release", "record_payment", "refund"):
        given["project_key"] = project
    name = "release" if deed == "transfer" else deed
    assert _accepted(lambda: desk.told((name, given))) == books.accepts(key, deed, project, amount)


def _corrected(desk, books, which, amount):
    key = sorted(books.records)[which % len(books.records)]
    deed, project, _ = books.records[key]
    name = "release" if deed == "transfer" else deed
    assert _accepted(lambda: desk.correct(name, key=key, amount=amount)) == books.accepts(key, deed, project, amount)


#: Table, sign, account and condition of every way in which a record stands on an account; {s} and {p} are its keys.
LINES = (
    ("issue", -1, "source/{s}", "true"), ("issue", -1, "promised/{s}", "true"), ("issue", 1, "issued/{s}", "true"),
    ("issue", 1, "due/{s}", "true"), ("allocation", -1, "issued/{s}", "true"), ("allocation", 1, "allocated/{s}/{p}", "true"),
    ("release", -1, "allocated/{s}/{p}", "kind_code = 'project'"), ("release", 1, "released/{s}/{p}", "kind_code = 'project'"),
    ("release", -1, "due/{s}", "kind_code = 'transfer'"), ("release", 1, "transit/{s}", "kind_code = 'transfer'"),
    ("receipt", -1, "transit/{s}", "true"), ("receipt", 1, "treasury/{s}", "true"),
    ("payment", -1, "released/{s}/{p}", "true"), ("payment", 1, "paid/{s}/{p}/示例公司", "true"),
    ("refund", -1, "released/{s}/{p}", "true"), ("refund", 1, "issued/{s}", "true"),
)  # fmt: skip


def _recounted(scope_id):
    """Balances counted from the records themselves, by SQL that knows nothing of postings."""
    standing = Counter()
    with connection.cursor() as cursor:
        for table, sign, account, condition in LINES:
            project = "project_key" if "{p}" in account else "''"
            cursor.execute(
                f"SELECT source_key, {project}, sum(amount_fen) FROM funds_{table}"
                f" WHERE scope_id = %s AND {condition} GROUP BY 1, 2",
                [scope_id],
            )
            for source, named, amount in cursor.fetchall():
                place = account.format(s=source.rpartition("/")[2], p=named.rpartition("/")[2])
                standing[place] += sign * int(amount)
    return {account: amount for account, amount in standing.items() if amount}
