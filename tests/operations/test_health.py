"""What the health pages say, and what they say when something is in the way."""

import json
import os

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from shanhai.catalogue import steps
from shanhai.database.home import Home
from shanhai.journal import signing
from shanhai.web import health


@pytest.fixture
def whole(committed):
    """An office whose data folder is there."""
    settings.HOME.root.mkdir(parents=True)
    return committed


def ready():
    answer = Client().get("/health/ready")
    return answer.status_code, {one["name"]: one for one in answer.json()["checks"]}


def failing():
    status, checks = ready()
    assert status == 503
    return [name for name, check in checks.items() if not check["ok"]]


def test_live_asks_the_database_nothing():
    # No fixture of the database: pytest-django refuses every question to it.
    answer = Client().get("/health/live")
    assert answer.status_code == 200
    assert answer.json() == {"status": "live", "sentence": "网站在运行。"}


def test_another_page_does_ask_it():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Client().get("/sign-in")


def test_ready_says_each_thing_by_name_and_in_a_sentence(whole):
    status, checks = ready()
    assert status == 200
    assert list(checks) == ["database", "migrations", "walls", "folder", "disk", "journal"]
    assert all(check["ok"] and check["sentence"].endswith("。") for check in checks.values())


def test_health_is_open_without_signing_in_and_only_read():
    assert Client().post("/health/live").status_code == 405


def test_a_step_not_taken_or_not_known_is_not_in_step(whole, monkeypatch):
    more = steps.known() | {("funds", "9999_later")}
    monkeypatch.setattr(steps, "known", lambda: more)
    assert failing() == ["migrations"]
    fewer = steps.known() - {("funds", "9999_later"), ("funds", "0001_initial")}
    monkeypatch.setattr(steps, "known", lambda: fewer)
    assert failing() == ["migrations"]


def test_a_table_without_its_wall_is_seen(whole):
    with psycopg.connect(whole.urls.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE funds_payment DISABLE ROW LEVEL SECURITY")
    assert failing() == ["walls"]


def test_another_role_than_the_webs_is_not_the_database_meant(whole, monkeypatch):
    monkeypatch.setattr(settings, "WEB_ROLE", "somebody_else")
    assert failing() == ["database", "migrations", "walls"]


def test_a_database_that_is_away_is_one_failure_not_three_waits(whole, monkeypatch):
    asked = []

    def away():
        asked.append("database")
        raise psycopg_error()

    def psycopg_error():
        from django.db import OperationalError

        return OperationalError("connection refused for 王小明")

    checks = health._CHECKS
    monkeypatch.setitem(checks, "database", (away, *checks["database"][1:]))
    monkeypatch.setitem(checks, "walls", (lambda: asked.append("walls"), *checks["walls"][1:]))
    status, found = ready()
    assert status == 503
    assert asked == ["database"]
    assert "王小明" not in json.dumps(found, ensure_ascii=False)


def test_a_data_folder_that_is_gone_can_be_neither_written_nor_signed_in(whole, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "HOME", Home.at(tmp_path / "nowhere", settings.HOME.keys))
    assert failing() == ["folder", "disk", "journal"]


def test_too_little_room_is_seen(whole, monkeypatch):
    monkeypatch.setattr(settings, "LEAST_FREE_BYTES", 1 << 60)
    assert failing() == ["disk"]


def test_missing_keys_and_strange_keys_cannot_sign(whole, monkeypatch, tmp_path):
    root = settings.HOME.root
    signing.heads_file().write_bytes(json.dumps({"n": 1, "head": "00", "signature": "c3RyYW5nZXI="}).encode() + b"\n")
    assert failing() == ["journal"]
    os.truncate(signing.heads_file(), 0)
    assert ready()[0] == 200
    monkeypatch.setattr(settings, "HOME", Home.at(root, tmp_path / "no-keys"))
    assert failing() == ["journal"]
