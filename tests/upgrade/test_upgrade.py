"""A home of release 0.1 goes on under today's program: nothing is lost, nothing counts otherwise, the chain still proves."""

import json
import re
import subprocess
import sys
from pathlib import Path

import office
import pytest
from serving import ROOT, done, free_port, serving, shanhai
from visiting import Visitor

FOLDER = Path(__file__).resolve().parent
BEFORE = json.loads((FOLDER / "before-0.1.json").read_text("utf-8"))
#: The demo's accounts and their password stand in its summary.
ACCOUNT, PASSWORD = "langzhong-caizheng", "shanhai-demo"
#: Columns that a later release changed on purpose, with its reason.
ON_PURPOSE = {
    ("access_user", "password"): "the operator's password that nobody knew became one that nobody can use; the others"
    " still open their accounts, as the pages show",
    ("journal_entry", "digest"): "the digests stand in the links, where the next test finds every one of them",
}
PAGES = (
    "/",
    "/areas/funds",
    "/lists/funds.payment",
    "/check",
    "/upload",
    f"/figures/funds.arranged?scope={office.PAIR}",
)
# Told in a process of its own: this one's settings belong to the test run.
_ASK = (
    "import json, sys, told; before = json.load(sys.stdin);"
    "print(json.dumps({'tables': told.told_tables(before), 'figures': told.told_figures(),"
    " 'digests': told.told_digests()}))"
)


@pytest.fixture(scope="session")
def now(said, restored):
    """What today's program sees, by the columns there were."""
    columns = {table: list(told["columns"]) for table, told in BEFORE["tables"].items()}
    answer = subprocess.run(
        [sys.executable, "-c", _ASK],
        input=json.dumps(columns),
        env=restored | {"PYTHONPATH": f"{ROOT / 'src'}:{FOLDER}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-4000:]
    return json.loads(answer.stdout)


def test_migrating_says_how_many_steps_it_took_and_then_that_there_are_none(said):
    assert re.search(r"数据库升级了 [1-9]\d* 步", said[0])
    assert "没有要做的" in said[1]


def test_the_old_home_was_worth_comparing():
    assert BEFORE["tables"]["journal_entry"]["rows"] == 1138
    assert sum(one["rows"] for one in BEFORE["figures"]["by the day"].values()) > 1000


@pytest.mark.parametrize("table", BEFORE["tables"])
def test_every_row_is_as_it_was(table, now):
    kept = {name for name in BEFORE["tables"][table]["columns"] if (table, name) not in ON_PURPOSE}
    before, found = BEFORE["tables"][table], now["tables"][table]
    assert found["rows"] == before["rows"]
    assert {name for name in kept if found["columns"][name] != before["columns"][name]} == set()


def test_every_digest_of_the_old_journal_is_kept(now):
    assert now["digests"] == BEFORE["tables"]["journal_entry"]["columns"]["digest"]


@pytest.mark.parametrize("asked", BEFORE["figures"])
def test_every_figure_has_the_value_unit_and_rows_it_had(asked, now):
    figures = now["figures"][asked]
    assert {name: figures.get(name) for name in BEFORE["figures"][asked]} == BEFORE["figures"][asked]


def test_the_old_chain_is_proved_and_a_new_load_works_on_top(now, restored, tmp_path):
    proved = json.loads(done(restored, "verify", "--json"))
    assert (proved["entries"], proved["links"], proved["findings"]) == (1138, 43, [])
    book = office.write_book(
        tmp_path / "pay.xlsx", "资金支付", office.PAYMENT, [office.payment("ZF-2024-9001", "10.00")]
    )
    loaded = json.loads(done(restored, "load", str(book), "--json"))
    assert loaded["saved"]
    proved = json.loads(done(restored, "verify", "--json"))
    assert proved["entries"] > 1138
    assert proved["findings"] == []


def test_the_pages_answer_under_the_old_accounts(now, restored, tmp_path):
    port = free_port()
    with serving(shanhai(port), restored, port=port, log=tmp_path / "serve.log"):
        visitor = Visitor(f"http://127.0.0.1:{port}")
        assert visitor.sign_in(ACCOUNT, PASSWORD).status == 302
        assert {path: visitor.get(path).status for path in PAGES} == dict.fromkeys(PAGES, 200)
        record = visitor.get(f"/records/funds.payment/{office.PAIR}/ZF-2021-0001")
        assert record.status == 200
        assert "日志" in record.words
