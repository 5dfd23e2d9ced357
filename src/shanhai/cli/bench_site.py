"""The site benchmark: requests a second on an office of 200,000 records, beside an empty view and Django's admin list.

The office is the example with payments of one yuan added to it through the area's own action. Before that the journal
is grown to a million entries, and every page must take about as long as it did.
"""

import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any
from urllib.parse import quote

import polars
from django.db import connection, connections

from shanhai.access.entering import Context
from shanhai.access.models import User
from shanhai.access.sessions import acting_as, open_session
from shanhai.asking.scopes import by_code
from shanhai.base.findings import Refused
from shanhai.cli.bench_clock import examples_folder
from shanhai.cli.load_generator import Answers, load
from shanhai.cli.showing import PAIRING, load_examples
from shanhai.cli.starting import OPERATOR
from shanhai.intake.declare import SHEETS
from shanhai.journal.actions import act
from shanhai.journal.acts import kind

RECORDS, ENTRIES = 200_000, 1_000_000
SECONDS = 4.0
_TRIED = 25
GROW = kind("bench.journal.grown", "基准测试：填充日志", duties=("operator",))
#: The pages held against the growth of the journal, by name.
PAGES = {
    "home": "/",
    "area": "/areas/funds",
    "list": "/lists/projects.milestone",
    "record": f"/records/projects.project/{PAIRING}/XM-2022-010",
    "figure": "/figures/projects.started",
}


def site() -> dict[str, Any]:
    """Measure once and answer requests a second, times, ratios."""
    load_examples(examples_folder())
    cookies = _signed_in()
    with _server("shanhai.wsgi:application", "shanhai.settings") as port:
        before = _page_times(port, cookies)
        _grow_journal()
        after = _page_times(port, cookies)
        keys = _pay()
        ours = {name: load(port, paths, seconds=SECONDS, cookies=cookies) for name, paths in _asked(keys).items()}
    with _server("shanhai.cli.floor:application", "shanhai.cli.floor_settings") as port:
        floor = {name: load(port, [f"/{name}"], seconds=SECONDS) for name in ("empty", "list")}
    return {
        "bench": "site", "records": RECORDS, "entries": ENTRIES,
        "ours": {name: answers.told for name, answers in ours.items()},
        "floor": {name: answers.told for name, answers in floor.items()},
        "journal": {name: _grown(before[name], after[name]) for name in PAGES},
        "ratios": _ratios(ours, floor),
    }  # fmt: skip


def _ratios(ours: dict[str, Answers], floor: dict[str, Answers]) -> dict[str, float]:
    def over(mine: Answers, other: Answers) -> float:
        return round(mine.told["requests_per_second"] / other.told["requests_per_second"], 3)

    return {
        "home_to_empty": over(ours["home"], floor["empty"]),
        "list_to_admin_list": over(ours["list"], floor["list"]),
        "record_to_admin_list": over(ours["record"], floor["list"]),
    }


def _grown(before: list[float], after: list[float]) -> dict[str, float]:
    one, million = (round(statistics.median(times) * 1000, 2) for times in (before, after))
    return {"small_journal_ms": one, "million_ms": million, "ratio": round(million / one, 3)}


def _signed_in() -> str:
    """The cookies of a session of the operator."""
    token = open_session(User.objects.get(username=OPERATOR).pk)
    return f"shanhai={token}; shanhai_scope={PAIRING}; csrftoken={secrets.token_hex(16)}"


@contextmanager
def _server(application: str, settings_module: str) -> Iterator[int]:
    """A server of one process, as `serve` runs it, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings_module, "SHANHAI_POOL": "1"}
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "8", "--no-ws", "--log-level", "warning", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    try:
        _await(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise Refused("基准测试的服务器没有启动。")


_NUMBER = count()


def _page_times(port: int, cookies: str) -> dict[str, list[float]]:
    """Seconds of each page made anew, asked one after the other by one reader; a number in the address keeps memory out."""
    found = {}
    for name, path in PAGES.items():
        paths = [f"{path}?n={next(_NUMBER)}" for _ in range(10_000)]
        answers = load(port, paths, seconds=2.5, cookies=cookies, connections=1)
        if answers.wrong:
            raise Refused(f"{path} 答复了 {answers.wrong[0]}。")
        found[name] = answers.seconds[min(3, len(answers.seconds) - 1) :]
    return found


def _grow_journal() -> None:
    """Entries of records long gone, written under the rules of the journal, until there are a million."""
    with acting_as(OPERATOR) as actor:
        scope = by_code(PAIRING).scope
        with act(GROW, author=actor.author, scope_id=scope.pk) as opened, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO journal_entry (seq, act_id, scope_id, record_type, record_key, before, after)"
                " SELECT nextval('journal_entry_seq_seq'), %s, %s, 'bench.payment', 'B-' || n / 5, NULL,"
                " json_build_object('key', 'B-' || n / 5, 'amount_fen', n, 'payee_name', '示例建设有限公司')::text"
                " FROM generate_series(1, %s) AS n",
                [opened.id, scope.pk, ENTRIES],
            )
    _analyse()


def _pay() -> list[str]:
    """Payments of one yuan from the projects that have most left; answers their keys."""
    with acting_as(OPERATOR) as actor:
        scope = by_code(PAIRING).scope
        accounts = _accounts(scope.pk)
        rows = polars.DataFrame(
            {
                "key": [f"ZF-B-{n:06d}" for n in range(RECORDS)],
                "voucher_no": [f"ZF-B-{n:06d}" for n in range(RECORDS)],
                "source_key": [accounts[n % len(accounts)][0] for n in range(RECORDS)],
                "project_key": [accounts[n % len(accounts)][1] for n in range(RECORDS)],
                "payee_name": [f"示例单位{n % 997}" for n in range(RECORDS)],
                "payee_code": [""] * RECORDS,
                "contract_key": [""] * RECORDS,
                "amount_fen": [100] * RECORDS,
                "paid_on": [date(2024, 1 + n % 6, 1 + n % 28) for n in range(RECORDS)],
            }
        )
        action = SHEETS["funds.payment"].action
        assert action is not None
        with act(GROW, author=actor.author, scope_id=scope.pk) as opened:
            context = Context(
                actor=actor, scope_id=scope.pk, scope_code=PAIRING, side="west", act=opened, today=date(2024, 6, 30)
            )
            action(rows=rows, context=context)
    _analyse()
    return [f"{PAIRING}/{key}" for key in rows.get_column("key")]


def _analyse() -> None:
    """What the database does by itself within a minute of a large load."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _accounts(scope_id: int) -> list[tuple[str, str]]:
    """The sources and projects with the most money released and not paid."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_key, project_key FROM funds_release AS r WHERE scope_id = %s AND kind_code = 'project'"
            " GROUP BY 1, 2 ORDER BY sum(amount_fen) - coalesce((SELECT sum(p.amount_fen) FROM funds_payment AS p"
            " WHERE (p.scope_id, p.source_key, p.project_key) = (%s, r.source_key, r.project_key)), 0) DESC LIMIT 5",
            [scope_id, scope_id],
        )
        return list(cursor.fetchall())


def _asked(keys: list[str]) -> dict[str, list[str]]:
    """The addresses of each kind of page: the home as it is asked again and again, the others each time another one."""
    places = [quote(f'["{key}", "{key}"]') for key in keys[::37]]
    figures = ("funds.arranged", "funds.paid_out", "projects.started", "funds.spending_rate", "agreements.visits")
    return {
        "home": ["/"],
        "figure": [f"/figures/{name}?as_of=2024-0{month}-1{day}" for month in range(1, 7) for day in range(10) for name in figures],
        "list": [f"/lists/funds.payment?after={place}" for place in places],
        "record": [f"/records/funds.payment/{key}" for key in keys[::41]],
    }  # fmt: skip
