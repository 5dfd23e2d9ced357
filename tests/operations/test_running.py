"""The measures and the log of a site with two processes, under Granian and under Gunicorn."""

import json
import re
import socket
import time
from urllib.parse import quote, urlsplit

import office
import pytest
from visiting import Visitor

PERSON = {"name": "王小明", "id": "330102199001011234", "password": "hunter2-geheim", "account": "wang.xiaoming"}


def lines(log):
    """What the site has logged, as JSON; `serve` greets on the standard output before."""
    return [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith("{")]


def events(log, name="request.answered"):
    return [line for line in lines(log) if line["event"] == name]


def measures(site, **headers):
    answer = Visitor(site)._ask("GET", "/metrics", headers=headers)
    assert answer.status == 200
    return dict(re.findall(r"^(shanhai_[^ ]+) ([^ ]+)$", answer.text, re.M))


def value(site, name):
    return float(measures(site).get(name, 0))


def test_what_each_process_counts_is_added_up(server):
    site, _ = server
    name = 'shanhai_request_seconds_count{route="sign-in",status="200"}'
    before = value(site, name)
    for _ in range(12):
        Visitor(site).get("/sign-in")
    assert {value(site, name) for _ in range(6)} == {before + 12}


def test_loads_findings_and_checks_are_counted(server, tmp_path):
    site, _ = server
    visitor = Visitor(site)
    assert visitor.sign_in("west-finance", office.PASSWORD).status == 302
    before = measures(site)
    rows = [office.payment("ZF-2024-8001", "不是金额")]
    book = office.write_book(tmp_path / "pay.xlsx", "资金支付", office.PAYMENT, rows)
    visitor.follow(visitor.send("/upload", "files", "pay.xlsx", book.read_bytes()))
    visitor.follow(visitor.post("/check", {"text": "2023年，温岭市向阆中市支付协作资金10元。", "pairing": office.PAIR}))
    after = measures(site)
    for grown in (
        'shanhai_loads_total{outcome="blocked"}',
        'shanhai_findings_total{blocks="yes"}',
        "shanhai_checks_total",
    ):
        assert float(after[grown]) > float(before.get(grown, 0)), grown
    assert float(after["shanhai_sessions_open"]) >= 1
    assert float(after["shanhai_journal_entries"]) > 1000
    assert float(after["shanhai_database_bytes"]) > 1 << 20
    assert after["shanhai_journal_unsigned_links"] == "0.0"


def test_no_measure_names_a_person_or_a_record(server):
    site, _ = server
    Visitor(site).get(f"/records/funds.payment/{PERSON['id']}?name={PERSON['name']}")
    text = Visitor(site).get("/metrics").text
    assert set(re.findall(r"(\w+)=\"", text)) <= {"route", "status", "le", "outcome", "blocks", "verdict", "state"}
    assert not [word for word in PERSON.values() if word in text]


def test_measures_are_for_this_machine_or_for_who_brings_the_token(server):
    site, _ = server
    visitor = Visitor(site)

    def status(**headers):
        return visitor._ask(
            "GET", "/metrics", headers={name.replace("_", "-"): text for name, text in headers.items()}
        ).status

    assert status() == 200
    assert status(X_Forwarded_For="127.0.0.1") == 404
    assert status(X_Forwarded_For="127.0.0.1", Authorization="Bearer wrong") == 404
    assert status(X_Forwarded_For="127.0.0.1", Authorization="Bearer watchman-token") == 200


def test_a_request_is_one_line_with_its_page_and_its_cost(server):
    site, log = server
    visitor = Visitor(site)
    visitor.sign_in("viewer", office.PASSWORD)
    number = visitor.get(f"/records/funds.payment/{office.PAIR}/ZF-2021-0001").headers["x-request-id"]
    (line,) = [line for line in events(log) if line["request_id"] == number]
    assert line.keys() == {"time", "level", "event", "route", "status", "ms", "queries", "user", "request_id"}
    assert (line["route"], line["status"]) == ("record", 200)
    assert isinstance(line["user"], int)
    assert line["queries"] > 0


def test_nothing_a_person_typed_reaches_the_log(server, tmp_path):
    """The path, the query, the body, the headers and a broken request carry a name, an identity number and a password."""
    site, log = server
    words = list(PERSON.values())
    visitor = Visitor(site)
    headers = {
        "X-Request-ID": PERSON["id"], "User-Agent": PERSON["account"], "X-Name": quote(PERSON["name"]),
        "Authorization": f"Bearer {PERSON['password']}", "Cookie": f"shanhai={PERSON['id']}{PERSON['account']}",
        "Referer": f"{site}/?q={PERSON['id']}",
    }  # fmt: skip
    for path in (
        "/records/talent.posting/{}/{}",
        "/figures/{}?who={}",
        "/static/{}?q={}",
        "/nothing/{}?{}",
        "/upload/{}?x={}",
    ):
        visitor._ask("GET", path.format(PERSON["id"], PERSON["name"]), headers=headers)
    visitor.post(f"/sign-in?next=/{PERSON['id']}", {"name": PERSON["account"], "password": PERSON["password"]})
    visitor.post(
        f"/sign-in?next=/{PERSON['id']}", {"name": PERSON["name"], "password": PERSON["password"]}, token=False
    )
    visitor.sign_in("west-finance", office.PASSWORD)
    row = office.payment(PERSON["id"], PERSON["name"])
    book = office.write_book(tmp_path / "p.xlsx", "资金支付", office.PAYMENT, [row])
    visitor.follow(visitor.send("/upload", "files", f"{PERSON['name']}.xlsx", book.read_bytes()))
    visitor.follow(visitor.send("/upload", "files", f"{PERSON['name']}.xlsx", b"not a workbook"))
    visitor.follow(visitor.post("/check", {"text": f"{PERSON['name']}（{PERSON['id']}）2023年领取10元。"}))
    broken(site, f"GET /{PERSON['id']} {PERSON['account']}\r\n{PERSON['password']}\r\n\r\n")
    broken(site, f"GET / HTTP/1.1\r\nHost: {PERSON['account']}\r\nX: {PERSON['password']}\x00\r\n\r\n")
    time.sleep(0.5)
    text = log.read_text("utf-8")
    assert not [word for word in words if word in text or quote(word) in text or json.dumps(word)[1:-1] in text]
    assert len(events(log)) >= 10


def broken(site, text):
    """A request that is not HTTP."""
    place = urlsplit(site)
    with socket.create_connection((place.hostname, place.port), timeout=10) as asking:
        asking.sendall(text.encode("utf-8", "replace"))
        asking.settimeout(5)
        try:
            asking.recv(4000)
        except OSError:
            return


def test_every_line_of_the_log_is_json(server):
    _, log = server
    strange = [line for line in log.read_text("utf-8").splitlines() if not line.startswith("{")]
    greeting = ("山海运行在", "·", "后台处理")
    assert [line for line in strange if not line.startswith(greeting)] == []


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_open_and_tells_nothing_of_the_data(server, path, home):
    site, _ = server
    answer = Visitor(site).get(path)
    told = json.loads(answer.body)
    assert answer.status == 200
    assert told["sentence"]
    secret = [str(home[0]), "shanhai_web", office.PAIR, "funds_", "operations"]
    assert not [word for word in secret if word in answer.text]
