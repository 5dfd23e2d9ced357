"""Files kept until they are decided on."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from shanhai.access.sessions import Actor
from shanhai.base.findings import Refused
from shanhai.database import Home
from shanhai.web import keeping
from shanhai.web.reading import Reading, read_as

NOW = datetime.now(UTC)
CHEN, LI = Actor(1, "chen", "陈", ()), Actor(2, "li", "李", ())


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = Home.at(tmp_path / "home")


def kept(*names, actor=CHEN, now=NOW):
    return keeping.keep(actor, [SimpleUploadedFile(name, b"rows") for name in names], now=now)


def test_a_delivery_is_found_by_its_sender_and_by_nobody_else():
    delivery = kept("台账.xlsx")
    assert keeping.find(CHEN, delivery.token).names == ("台账.xlsx",)
    with pytest.raises(Http404):
        keeping.find(LI, delivery.token)


def test_two_files_of_one_name_are_told_apart():
    assert kept("台账.xlsx", "台账.xlsx").names == ("台账.xlsx", "（2）台账.xlsx")


def test_a_name_carries_no_folder():
    assert kept("..\\..\\etc\\台账.xlsx").names == ("台账.xlsx",)


def test_its_folder_is_entered_by_its_owner_alone():
    delivery = kept("台账.xlsx")
    assert delivery.folder.stat().st_mode & 0o077 == 0
    assert delivery.folder.parent.stat().st_mode & 0o077 == 0


def test_after_saving_the_files_are_gone_and_the_answer_stays():
    delivery = kept("台账.xlsx")
    delivery.keep_answers({"zh-hans": {"saved": True}, "en": {"saved": False}})
    delivery.close()
    found = keeping.find(CHEN, delivery.token)
    assert not found.open
    assert found.answer() == {"saved": True}
    with read_as(Reading("en")):
        assert found.answer() == {"saved": False}


def test_what_is_older_than_a_day_is_removed_by_the_next_delivery():
    old = kept("旧.xlsx")
    yesterday = (NOW - timedelta(days=2)).timestamp()
    os.utime(old.folder, (yesterday, yesterday))
    kept("新.xlsx")
    with pytest.raises(Http404):
        keeping.find(CHEN, old.token)


def test_none_and_too_many_are_refused():
    with pytest.raises(Refused, match="还没有选择文件"):
        kept()
    with pytest.raises(Refused, match="最多 20 个文件"):
        kept(*(f"{number}.xlsx" for number in range(21)))
