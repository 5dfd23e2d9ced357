"""The office the site tests visit: a home of its own with the embedded database, and the real server process."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect, sync_playwright

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

import browser  # noqa: E402 - the folder must be on the path first
from office import PASSWORD, ROOT, environment_of  # noqa: E402 - the folder must be on the path first
from visiting import Visitor  # noqa: E402
from workers import workers_of  # noqa: E402

from shanhai.database import Cluster, Home  # noqa: E402

STARTS_WITHIN = 60
expect.set_options(timeout=30_000)  # milliseconds: on a machine that does much else, a page comes late but right


def pytest_collection_modifyitems(items):
    """Every test here speaks with the server on this machine, and only with it."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"]))
            item.add_marker(pytest.mark.slow)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def home(tmp_path_factory, settle_office):
    """The folder of an office with the example's records."""
    folder = tmp_path_factory.mktemp("site")
    try:
        settle_office(folder)
        yield folder
    finally:
        subprocess.run(
            [sys.executable, "-m", "shanhai.cli", "stop"],
            env=environment_of(folder),
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def site(home):
    """The address of the server, run as `shanhai serve` runs it."""
    port = _free_port()
    log = (home / "serve.log").open("wb")
    arguments = [sys.executable, "-m", "shanhai.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(arguments, env=environment_of(home), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        _await(port, server, home / "serve.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=120)
        log.close()
        assert workers_of(home) == []


def _await(port, server, log):
    """Until the site answers and the worker beside it is ready."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                if "后台处理已就绪" in log.read_text("utf-8", "replace"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace")[-4000:])


@pytest.fixture(scope="session")
def signed_in(site, home):
    """A visitor signed in under an account; signed in once per run."""
    known = {}

    def visitor(account):
        if account not in known:
            fresh = Visitor(site)
            if account != "nobody":
                answer = fresh.sign_in(account, PASSWORD)
                if answer.status == 429:  # other tests gave wrong passwords from this address
                    _end_waits(home)
                    answer = fresh.sign_in(account, PASSWORD)
                assert answer.status == 302, answer.words
            known[account] = fresh
        return known[account]

    return visitor


def _end_waits(home):
    with psycopg.connect(Cluster(Home.at(home / "home", home / "keys")).url("admin"), autocommit=True) as admin:
        admin.execute("DELETE FROM access_attempt")


@pytest.fixture(scope="session")
def chromium():
    path, reason = browser.ready()
    if path is None:
        assert not os.environ.get("CI"), reason
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--lang=zh-CN"])
        yield opened
        opened.close()


@pytest.fixture
def page_of(chromium, site, signed_in):
    """A page of a width, signed in under an account where one is given; at its end no request has left the host, and the browser has not complained."""
    contexts, strangers, complaints = [], [], []

    def opened(width=1440, account=""):
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", base_url=site)
        contexts.append(context)
        if account:
            context.add_cookies([{"name": "shanhai", "value": signed_in(account).cookies["shanhai"], "url": site}])
        page = context.new_page()
        page.on("request", lambda asked: None if asked.url.startswith((site, "data:")) else strangers.append(asked.url))
        page.on(
            "console", lambda told: complaints.append(told.text) if "Content Security Policy" in told.text else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert strangers == []
    assert complaints == []
