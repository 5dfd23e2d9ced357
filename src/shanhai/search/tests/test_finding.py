"""Records are found by any two characters, as they are now, and only by who may see them."""

import polars
import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from shanhai.journal import actions
from shanhai.journal.acts import ActKind, Author
from shanhai.journal.models import PartnerWord
from shanhai.search import building, queries
from shanhai.search.actions import catch_up
from shanhai.search.models import Document, Progress
from shanhai.search.queries import Asked

SAY = ActKind("search.tests.said", "表态", ("finance",))
WORD = "journal.partnerword"
PAIRING = "331081-511381"


def write(scope, notes, *, correcting=False):
    """Write words whose notes are searched; `notes` by key."""
    frame = polars.DataFrame({"key": list(notes), "note": list(notes.values())})
    if not correcting:
        rest = {"record_type": "funds.release", "record_key": "甲", "word": "confirmed"}
        frame = frame.with_columns(**{name: polars.lit(value) for name, value in rest.items()})
        frame = frame.with_columns(said_on=polars.lit("2024-06-01").str.to_date())
    with actions.act(SAY, author=Author("finance", "示例财务"), scope_id=scope, reason="") as opened:
        act = actions.correct if correcting else actions.record
        act(PartnerWord, frame, under=opened, setting=actions.Setting(scope, "west"))


def read_all():
    while catch_up(2):
        pass


def found(text, scope=None):
    asked = Asked.of(text, scope)
    late = [hit.key for hit in queries.unread(asked).hits if hit.record_type == WORD]
    return sorted({*(hit.key for hit in queries.find(asked, [WORD], most=50)), *late})


@pytest.fixture
def scope(acting):
    return acting("finance", side="west").books[0].scope_id


@pytest.fixture
def notes(scope):
    write(scope, {f"{PAIRING}/BT-1": "到账金额与本方一致", f"{PAIRING}/BT-2": "缺少川阆财〔2023〕15号回单"})
    return scope


@pytest.mark.parametrize("read", [False, True], ids=["not read yet", "read"])
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("到账", [1]), ("金额", [1]), ("账金", [1]), ("本方一致", [1]), ("到账 一致", [1]), ("到账 回单", []), ("川阆财", [2]),
        ("〔2023〕15号", [2]), ("（2023）15号", [2]), ("15", [2]), ("回单", [2]), ("BT-1", [1]), ("bt", [1, 2]), ("bt-", [1, 2]),
        ("一致到账", []), ("账", []), ("", []), ("%", []), ("金_", []),
    ],
)  # fmt: skip
def test_any_two_characters_find_a_record_before_and_after_it_is_read(text, keys, read, notes):
    if read:
        read_all()
        assert Document.objects.filter(record_type=WORD).count() == 2
    assert found(text) == [f"{PAIRING}/BT-{key}" for key in keys]


def test_a_number_that_goes_on_is_found_by_its_beginning(notes):
    read_all()
    assert found("川阆财〔20") == [f"{PAIRING}/BT-2"]


def test_a_corrected_record_is_found_by_its_new_text_only(notes):
    read_all()
    write(notes, {f"{PAIRING}/BT-1": "差额已经核对"}, correcting=True)
    record = PartnerWord.objects.get(key=f"{PAIRING}/BT-1")
    old = queries.find(Asked.of("到账"), [WORD], most=5)
    assert [hit.entry for hit in old] != [record.entry]
    assert found("差额") == [record.key]
    read_all()
    assert found("到账") == []
    assert found("差额") == [record.key]


def test_nothing_is_found_in_a_scope_that_is_not_the_readers(notes, acting):
    read_all()
    acting("clerk", scope="330282-513324")
    assert found("到账") == []
    assert not Document.objects.exists()
    acting("auditor", reach="all")
    assert found("到账") == [f"{PAIRING}/BT-1"]
    assert found("到账", scope=notes) == [f"{PAIRING}/BT-1"]
    assert found("到账", scope=notes + 1) == []


def test_pages_of_a_type_follow_one_another_by_key(scope):
    write(scope, {f"{PAIRING}/BT-{number:03}": f"第{number}次核对" for number in range(25)})
    read_all()
    keys, after = [], ""
    while page := queries.find(Asked.of("次核对"), [WORD], after=after, most=10):
        keys += [hit.key for hit in page]
        after = page[-1].key
    assert keys == [f"{PAIRING}/BT-{number:03}" for number in range(25)]


def test_entries_that_are_too_many_to_look_through_are_told(scope, monkeypatch):
    monkeypatch.setattr(queries, "MOST_UNREAD", 10)
    read_all()
    write(scope, {f"{PAIRING}/BT-{number:03}": "核对无误" for number in range(25)})
    late = queries.unread(Asked.of("核对"))
    assert (len(late.hits), late.count, late.left) == (10, 10, 15)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE search_document SET words = ''", "DELETE FROM search_document", "UPDATE search_progress SET last_seq = 0",
     "INSERT INTO search_progress (last_seq, recipe) VALUES (0, '')", "SELECT search_begin('x')"],
)  # fmt: skip
def test_the_site_cannot_write_what_search_looks_in(statement, scope):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def plan(cursor):
    for kind in ("seqscan", "indexscan"):
        cursor.execute(f"SET LOCAL enable_{kind} = off")
    cursor.execute("EXPLAIN SELECT 1 FROM search_document WHERE tokens @> ARRAY['到账']")
    return "\n".join(line for (line,) in cursor.fetchall())


def test_the_index_serves_the_function_and_would_not_serve_the_policy(notes, shared_office):
    """Containment of arrays is no leakproof operator; this is why the wall stands inside the function."""
    with psycopg.connect(shared_office.urls.owner) as owner, owner.cursor() as cursor:
        assert "search_document_tokens" in plan(cursor)
    with connection.cursor() as cursor:
        assert "search_document_tokens" not in plan(cursor)
        cursor.execute(
            "SELECT prosecdef, pg_get_userbyid(proowner) = %s FROM pg_proc WHERE proname = 'search_find'",
            [settings.OWNER_ROLE],
        )
        assert cursor.fetchone() == (True, True)


def test_personal_values_references_and_codes_are_never_searched():
    for model in building.searched_models():
        columns = building.searched_columns(model)
        assert not [name for name in columns if name.endswith(("_sealed", "_index", "_mask", "_key"))]
    person = next(model for model in building.searched_models() if model.type_name() == "reference.person")
    assert building.searched_columns(person) == []


def test_where_reading_stands_is_one_line(db):
    assert Progress.objects.count() == 1
