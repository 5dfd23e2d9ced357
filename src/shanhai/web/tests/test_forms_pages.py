"""Pages of forms ask the database a fixed number of questions, and each sheet's acts are found by its name."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.access import sessions
from shanhai.access.models import User
from shanhai.intake.declare import SHEETS
from shanhai.loading.tests.programme import PAIRING
from shanhai.web.forms_rights import acts_of
from shanhai.web.forms_sealing import mark_of, open_seal, seal

MOST = 12


@pytest.mark.parametrize("name", [name for name, sheet in SHEETS.items() if sheet.has_form])
def test_the_acts_behind_every_sheet_are_found(name):
    assert acts_of(SHEETS[name]), f"no act is named after {name}: its form would open to nobody"


@pytest.fixture
def questions(programme_loaded):
    """How many SQL queries a page makes for an account of a role."""

    def asked(path, role="finance", side="west"):
        user = User.objects.get(username=programme_loaded.account(role, side=side))
        client = Client()
        client.cookies["shanhai"] = sessions.open_session(user.pk)
        with CaptureQueriesContext(
            connection,
        ) as found:
            answer = client.get(path, headers={"host": "127.0.0.1"})
        assert answer.status_code == 200
        return len([each for each in found.captured_queries if "SAVEPOINT" not in each["sql"]])

    return asked


@pytest.mark.slow
def test_pages_of_forms_ask_the_database_a_fixed_number_of_questions(questions):
    pages = [
        f"/forms/new/funds.payment?scope={PAIRING}", f"/forms/correct/funds.payment/{PAIRING}/ZF-1", "/drafts",
        f"/forms/choices/projects.project?scope={PAIRING}&q=XM",
    ]  # fmt: skip
    assert [questions(page) for page in pages] == [3, 5, 3, 3]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["projects.project", "projects.milestone", "agreements.agreement"])
def test_no_form_asks_more_than_a_page_may(name, questions):
    assert questions(f"/forms/new/{name}?scope={PAIRING}", role="clerk") <= MOST


def test_a_seal_opens_for_its_user_and_field_alone():
    sealed = seal("一个号码", user_id=1, field="identity")
    assert "一个号码" not in sealed
    assert open_seal(sealed, user_id=1, field="identity") == "一个号码"
    assert open_seal(sealed, user_id=2, field="identity") == ""
    assert open_seal(sealed, user_id=1, field="name") == ""
    assert open_seal("一", user_id=1, field="identity") == open_seal("", user_id=1, field="identity") == ""


def test_a_mark_tells_values_apart_without_showing_them():
    assert mark_of("甲") != mark_of("乙")
    assert "甲" not in mark_of("甲")
    assert mark_of("") == ""
