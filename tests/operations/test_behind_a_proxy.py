"""docs/do tried word by word: one's own PostgreSQL over TCP, nginx with TLS before Granian and before Gunicorn."""

import json
import os
import re
import shutil
import ssl
import subprocess
import time
from contextlib import ExitStack
from http.client import HTTPSConnection

import nginx
import office
import own_postgresql
import psycopg
import pytest
from serving import ROOT, command, done, environment, free_port, gunicorn, serving, shanhai, working
from visiting import Visitor

from shanhai.database import programs
from shanhai.database.roles import database_statements

#: Agreements, money, projects, bases and orders; the long lists of people say nothing more about a proxy.
EXAMPLE = sorted((ROOT / "examples" / "wenling-langzhong").glob("0*.xlsx"))
OWN_PASSWORD = "山海相连-27-own"
IN_SERVER, IN_DATABASE, GRANT, REVOKE = own_postgresql.statements()


class SecureVisitor(Visitor):
    """A visitor who comes over https and trusts this certificate alone."""

    trusting = None

    def _connection(self, host):
        context = ssl.create_default_context(cafile=str(self.trusting))
        return HTTPSConnection(host, timeout=60, context=context, source_address=(self.address, 0))


@pytest.fixture(scope="module")
def proxy():
    """The program of the proxy; where it cannot be had this is skipped, but never in continuous integration."""
    program, reason = nginx.ready()
    if not program:
        assert not os.environ.get("CI"), reason
        pytest.skip(reason)
    return program


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The server with its roles and its empty database, as the guide makes them."""
    with own_postgresql.server(tmp_path_factory.mktemp("own") / "postgresql") as running:
        running.run(IN_SERVER, "postgres")
        running.run(IN_DATABASE)
        yield running


@pytest.fixture(scope="module")
def told(database, tmp_path_factory):
    """The office on it, brought up step by step: the surroundings, and what each step said."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "home").mkdir(mode=0o700)
    guide = "\n".join(nginx.block("sh"))
    chosen = {"SHANHAI_HTTPS": "1", "SHANHAI_PROXIES": "127.0.0.1"}
    assert all(f"{name}={value}" in guide for name, value in chosen.items())
    surroundings = environment(folder, **database.surroundings, **chosen)
    said = {"folder": folder, "surroundings": surroundings}
    said["not yet"] = command(surroundings, "serve", "--port", str(free_port()))
    said["not granted"] = command(surroundings, "migrate")
    database.run(GRANT)
    said["migrated"] = command(surroundings, "migrate")
    said["not revoked"] = command(surroundings, "ready")
    database.run(REVOKE)
    said["ready"] = command(surroundings, "ready")
    said["loaded"] = command(surroundings, "load", *map(str, EXAMPLE), "--json")
    for name, role, side in (("west-finance", "finance", "west"), ("viewer", "viewer", "any")):
        options = ["--name", "示例账号", "--role", role, "--side", side, "--pairing", office.PAIR]
        done(surroundings, "user", "add", name, *options, "--password", office.PASSWORD)
    said["again"] = command(surroundings | {"DATABASE_ADMIN_URL": database.url("postgres")}, "migrate")
    return said


@pytest.fixture(scope="module", params=["granian", "gunicorn"])
def behind(request, proxy, told):
    """The proxy's address and certificate, the site's own port and log, and a way to restart the site."""
    folder = told["folder"] / request.param
    folder.mkdir()
    port, secure = free_port(), free_port()
    surroundings = told["surroundings"] | {"WEB_CONCURRENCY": "2"}
    # The processes of the site need no more than the web role.
    surroundings = {name: value for name, value in surroundings.items() if name != "DATABASE_OWNER_URL"}
    arguments = shanhai(port, "--workers", "2") if request.param == "granian" else gunicorn(port)
    log = folder / "site.log"

    site = ExitStack()

    def restart():
        """Start the site, or end it and start it anew."""
        site.close()
        site.enter_context(serving(arguments, surroundings, port=port, log=log))
        if request.param == "gunicorn":
            site.enter_context(working(surroundings, log=folder / f"worker-{time.monotonic_ns()}.log"))

    options, public = nginx.write_site(folder, port=secure, behind=port)
    before = subprocess.Popen([proxy, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        restart()
        _await(secure, public, folder)
        yield {"site": f"https://127.0.0.1:{secure}", "port": port, "log": log, "public": public, "restart": restart}
    finally:
        site.close()
        before.terminate()
        before.wait(timeout=120)


def _await(port, public, folder):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            visitor_to(f"https://127.0.0.1:{port}", public).get("/metrics")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((folder / "error.log").read_text("utf-8", "replace"))


def visitor_to(site, public):
    visitor = SecureVisitor(site)
    visitor.trusting = public
    return visitor


def test_the_guide_lays_the_database_out_as_the_embedded_one_is():
    assert [f"{statement};" for statement in database_statements("shanhai")] == IN_DATABASE


def test_an_own_database_is_never_migrated_by_itself(told):
    assert told["not yet"].returncode == 1
    assert re.search(r"还差 \d+ 步升级，没有启动。.*shanhai migrate", told["not yet"].stderr)


def test_migrating_without_the_journals_role_says_what_to_grant(told):
    assert told["not granted"].returncode == 1
    assert GRANT[0].rstrip(";") in told["not granted"].stderr


def test_migrating_says_its_steps_and_what_to_take_back(told):
    assert told["migrated"].returncode == 0, told["migrated"].stderr
    assert re.search(r"数据库已建立，共 \d+ 步", told["migrated"].stdout)
    assert REVOKE[0].rstrip(";") in told["migrated"].stdout
    assert "没有要做的" in told["again"].stdout


def test_the_site_does_not_start_while_the_owner_owns_the_journal(told):
    assert told["not revoked"].returncode == 1
    assert "shanhai_journal 的成员" in told["not revoked"].stderr
    assert told["ready"].returncode == 0, told["ready"].stdout + told["ready"].stderr


def test_the_example_loads_and_its_journal_proves(told):
    assert told["loaded"].returncode == 0, told["loaded"].stderr[-3000:]
    assert json.loads(told["loaded"].stdout)["saved"]
    proved = json.loads(done(told["surroundings"], "verify", "--json"))
    assert proved["entries"] > 500
    assert proved["findings"] == []


def test_work_goes_on_over_https_and_sessions_outlive_a_restart(behind, tmp_path):
    visitor = visitor_to(behind["site"], behind["public"])
    assert visitor.get("/health/ready").status == 200
    answer = enter(visitor)
    assert answer.status == 302, answer.words
    cookies = [line for line in answer.headers["set-cookie"].splitlines() if line.startswith("__Host-shanhai=")]
    assert "Secure" in cookies[0]
    figure = visitor.get(f"/figures/funds.arranged?scope={office.PAIR}&as_of=2024-06-30")
    assert figure.status == 200
    assert "117,000,000.00 元" in figure.words
    number = f"ZF-2024-{behind['port']}"
    rows = [office.payment(number, "10.00")]
    book = office.write_book(tmp_path / "pay.xlsx", "资金支付", office.PAYMENT, rows)
    sent = visitor.send("/upload", "files", "pay.xlsx", book.read_bytes())
    assert sent.status == 302, sent.words
    tried = _finished(visitor, sent.location)
    assert "可以保存" in tried.words
    saved = visitor.post(f"{sent.location}/save")
    assert "已保存" in _finished(visitor, saved.location).words
    behind["restart"]()
    record = visitor.get(f"/records/funds.payment/{office.PAIR}/{number}")
    assert record.status == 200
    assert number in record.words


def enter(visitor):
    """Sign in with one's own password; the first time with the one handed out, which is changed at once."""
    answer = visitor.sign_in("west-finance", OWN_PASSWORD)
    if answer.status == 302:
        return answer
    answer = visitor.sign_in("west-finance", office.PASSWORD)
    assert answer.location.startswith("/sign-in/password"), answer.words
    return visitor.post(answer.location, {"new_password": OWN_PASSWORD, "new_again": OWN_PASSWORD})


def _finished(visitor, location):
    """The page of a load, looked at again where the load is done in the background."""
    until = time.monotonic() + 60
    while True:
        answer = visitor.get(location)
        if ("保存" in answer.words and re.search("可以保存|已保存|不能保存", answer.words)) or time.monotonic() > until:
            return answer
        time.sleep(0.3)


def test_only_the_proxys_word_is_believed(behind):
    direct = Visitor(f"http://127.0.0.1:{behind['port']}", address="127.0.0.2")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    token = re.search('value="([^"]+)"', direct.get("/sign-in").text)[1]
    assert token
    fields = f"csrfmiddlewaretoken={token}&name=viewer&password={office.PASSWORD}"
    head = {"Content-Type": "application/x-www-form-urlencoded", **told}
    answer = direct._ask("POST", "/sign-in", fields.encode(), head)
    # Had it been believed to come over https, a form sent from a page that did not would have been refused.
    assert answer.status == 302, answer.words
    assert direct._ask("GET", "/metrics", headers=told).status == 404
    # Through the proxy nobody is this machine itself, whatever they write.
    assert visitor_to(behind["site"], behind["public"])._ask("GET", "/metrics", headers=told).status == 404


def test_the_proxys_number_of_a_request_is_the_logs(behind):
    number = visitor_to(behind["site"], behind["public"]).get("/sign-in").headers["x-request-id"]
    lines = [json.loads(line) for line in behind["log"].read_text("utf-8").splitlines() if line.startswith("{")]
    assert [line["route"] for line in lines if line.get("request_id") == number] == ["sign-in"]


def test_a_backup_by_the_databases_own_tools_comes_back_whole(database, told, tmp_path):
    before = json.loads(done(told["surroundings"], "verify", "--json"))
    dump, guide = tmp_path / "shanhai.dump", "\n".join(nginx.block("sh"))
    heads = shutil.copy(told["folder"] / "home" / "journal-heads.jsonl", tmp_path)
    tool("pg_dump", "--format=custom", f"--file={dump}", database.url("postgres"))
    _, restoring = re.search(r"pg_restore (.*) --dbname=shanhai", guide), "--exit-on-error --clean --if-exists"
    assert f"pg_restore {restoring} --dbname=shanhai /backup/shanhai.dump" in guide
    database.run(["CREATE DATABASE back TEMPLATE template0 ENCODING 'UTF8'"], "postgres")
    database.run([line.replace("DATABASE shanhai", "DATABASE back") for line in IN_DATABASE], "back")
    tool("pg_restore", *restoring.split(), f"--dbname={database.url('postgres', 'back')}", str(dump))
    (tmp_path / "home").mkdir()
    shutil.copy(heads, tmp_path / "home")
    shutil.copytree(told["folder"] / "keys", tmp_path / "keys")
    urls = {
        "DATABASE_URL": database.url("shanhai_web", "back"),
        "DATABASE_OWNER_URL": database.url("shanhai_owner", "back"),
    }
    surroundings = environment(tmp_path, **urls)
    assert json.loads(done(surroundings, "verify", "--json")) == before
    assert json.loads(done(surroundings, "ready", "--json"))["ready"]
    with psycopg.connect(urls["DATABASE_URL"]) as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("DELETE FROM journal_entry")


def tool(name, *arguments):
    made = programs.run([programs.program(name), *arguments])
    assert made.returncode == 0, made.stderr
