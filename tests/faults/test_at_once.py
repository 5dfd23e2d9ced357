"""Several people at the same time: the same workbook loaded twice at once, corrections against each other."""

import threading

import psycopg
import pytest
from django.db import connections, transaction

from shanhai.journal.verification import verify
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import programme, write

pytestmark = [pytest.mark.fault, pytest.mark.slow]


def at_once(office, paths, today, **order):
    """Load every file in a thread of its own, all let go together; answers the outcomes."""
    office.account("operator", reach="all")
    gate, outcomes, broken = threading.Barrier(len(paths)), [], []

    def work(path):
        try:
            gate.wait()
            with transaction.atomic():
                actor = office.sign_in("operator", reach="all")
                outcomes.append(load(Order([(path.name, path)], **order), actor=actor, today=today))
        except Exception as error:
            broken.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=(path,)) for path in paths]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert broken == []
    return outcomes


def counted(office, table):
    with psycopg.connect(office.urls.admin) as admin:
        return admin.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_the_same_workbook_loaded_twice_at_once_is_recorded_once(committed, tmp_path, today):
    path = write(tmp_path / "一.xlsx", programme())
    outcomes = at_once(committed, [path, path], today)
    assert sorted(outcome.saved for outcome in outcomes) == [False, True]
    (other,) = (outcome for outcome in outcomes if not outcome.saved)
    assert all("没有保存任何内容" in finding.message for finding in other.refused)
    assert counted(committed, "journal_act") == 1
    assert counted(committed, "funds_payment") == 3
    assert verify()[1] == []


def test_two_corrections_of_one_record_at_once_are_both_journalled_in_their_order(committed, tmp_path, today):
    rows = programme()
    at_once(committed, [write(tmp_path / "一.xlsx", rows)], today)
    payment = rows["funds.payment"][0]
    paths = [
        write(tmp_path / f"更正{amount}.xlsx", {"funds.payment": [payment | {"amount_fen": amount}]})
        for amount in (39_000_00, 38_000_00)
    ]
    outcomes = at_once(committed, paths, today, correct="核对")
    assert [outcome.saved for outcome in outcomes] == [True, True]
    with psycopg.connect(committed.urls.admin) as admin:
        lines = admin.execute(
            "SELECT (before::jsonb ->> 'amount_fen')::bigint, (after::jsonb ->> 'amount_fen')::bigint FROM journal_entry"
            " WHERE record_key LIKE '%/ZF-1' AND before IS NOT NULL ORDER BY seq"
        ).fetchall()
        (standing,) = admin.execute("SELECT amount_fen FROM funds_payment WHERE key LIKE '%/ZF-1'").fetchone()
        off = admin.execute("SELECT record_key FROM funds_posting GROUP BY 1 HAVING sum(amount_fen) <> 0").fetchall()
        (paid,) = admin.execute(
            "SELECT sum(amount_fen) FROM funds_posting WHERE record_key LIKE '%/ZF-1' AND account LIKE 'paid/%'"
        ).fetchone()
    assert lines[0][0] == 40_000_00
    assert lines[0][1] == lines[1][0]
    assert lines[1][1] == standing == paid
    assert off == []
    assert verify()[1] == []


def test_two_payments_that_together_overdraw_are_not_both_saved(committed, tmp_path, today):
    rows = programme()
    at_once(committed, [write(tmp_path / "一.xlsx", rows)], today)
    payment = rows["funds.payment"][0]
    paths = [
        write(
            tmp_path / f"支付{number}.xlsx",
            {"funds.payment": [payment | {"voucher_no": f"ZF-{number}", "amount_fen": 6_000_00}]},
        )
        for number in (81, 82)
    ]
    outcomes = at_once(committed, paths, today)
    assert sorted(outcome.saved for outcome in outcomes) == [False, True]
    (refused,) = (outcome for outcome in outcomes if not outcome.saved)
    assert "还差 2,000.00元" in refused.findings[0].message
