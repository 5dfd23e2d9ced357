"""Pages that are remembered change with what they show, end with the session, and are each reader's own."""

import office
import pytest
from visiting import Visitor

HOME = f"/?scope={office.PAIR}"


@pytest.fixture
def fresh(site):
    """A visitor of one account with a session of their own."""

    def visitor(account):
        made = Visitor(site)
        assert made.sign_in(account, office.PASSWORD).status == 302
        made.get(HOME)
        return made

    return visitor


def test_a_new_word_is_on_a_list_that_was_seen_before(fresh):
    speaker = fresh("west-clerk")
    path = f"/lists/funds.release?scope={office.PAIR}&word=confirmed"
    before = speaker.get(path).words
    assert speaker.get(path).words == before
    record = f"{office.PAIR}/BF-2021-003"
    assert record.rpartition("/")[2] not in before
    assert speaker.post(f"/words/confirm/funds.release/{record}").status == 302
    assert record.rpartition("/")[2] in speaker.get(path).words


def test_a_page_is_gone_with_its_session(fresh):
    visitor = fresh("viewer")
    assert visitor.get(HOME).status == 200
    token = visitor.cookies["shanhai"]
    visitor.post("/sign-out")
    visitor.cookies["shanhai"] = token
    answer = visitor.get(HOME)
    assert (answer.status, answer.location.startswith("/sign-in")) == (302, True)


def test_a_page_is_nobody_elses(fresh):
    mine, other = fresh("east-clerk"), fresh("viewer")
    assert "上传工作簿" in mine.get(HOME).words
    assert "上传工作簿" not in other.get(HOME).words
    stranger = fresh("other-clerk")
    stranger.cookies["csrftoken"] = mine.cookies["csrftoken"]
    assert stranger.get(HOME).status == 404


def test_the_same_page_in_another_language_or_unit_is_another_page(fresh):
    visitor = fresh("viewer")
    path = f"/figures/funds.arranged?scope={office.PAIR}&as_of=2024-06-30"
    assert "11,700 万元" in visitor.get(path).words
    visitor.post("/reading", {"unit": "yi", "next": path})
    assert "1.17 亿元" in visitor.get(path).words
    visitor.post("/reading", {"unit": "yuan", "next": path})
    assert "117,000,000.00 元" in visitor.get(path).words
