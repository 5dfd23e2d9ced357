"""The chain: one link for each statement, every line held by it, nothing in it but what was written."""

import hashlib
import json
import threading
import uuid

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from shanhai.base.findings import Refused
from shanhai.journal.models import Act, Entry, Link, PartnerWord
from shanhai.journal.verification import verify


def test_each_statement_adds_one_link_whatever_the_number_of_its_lines(saying):
    saying("一", "二", "三")
    saying("四")
    links = list(Link.objects.order_by("n"))
    assert [link.entry_count for link in links] == [3, 1]
    assert bytes(links[1].previous) == bytes(links[0].head)
    assert bytes(links[0].previous) == b""


def test_the_lines_of_a_statement_are_neighbours_in_the_order_of_the_rows(saying):
    saying("丙", "甲", "乙")
    assert list(Entry.objects.order_by("seq").values_list("record_key", flat=True)) == ["丙", "甲", "乙"]
    link = Link.objects.get()
    assert link.last_seq - link.first_seq + 1 == link.entry_count == 3


def test_an_entry_holds_the_record_as_it_was_stored(saying):
    saying("一", note="对方已收到")
    entry, stored = Entry.objects.get(), PartnerWord.objects.get()
    assert entry.before is None
    assert entry.after["note"] == stored.note == "对方已收到"
    assert entry.seq == stored.entry
    assert entry.act_id == stored.act_id
    assert entry.record_type == "journal.partnerword"


def test_an_act_says_who_when_why_and_from_what(saying):
    saying("一", reason="月末对账")
    act = Act.objects.get()
    assert (act.acted_by, act.acted_by_name, act.reason, act.code) == (
        "finance",
        "示例财务",
        "月末对账",
        "journal.tests.said",
    )
    assert act.acted_at.tzinfo is not None


def test_a_correction_keeps_before_and_after(saying):
    saying("一", note="旧")
    saying("一", correcting=True, note="新", reason="笔误")
    entry = Entry.objects.order_by("-seq").first()
    assert (entry.before["note"], entry.after["note"]) == ("旧", "新")
    assert (entry.before["version"], entry.after["version"]) == (1, 2)
    assert PartnerWord.objects.get().version == 2


def test_a_correction_changes_only_the_columns_given(saying):
    saying("一", note="旧", record_key="乙")
    saying("一", correcting=True, note="新")
    assert PartnerWord.objects.get().record_key == "乙"


def test_a_correction_of_many_keeps_a_line_for_each(saying):
    keys = [f"第{number}" for number in range(200)]
    saying(*keys, note="旧")
    assert saying(*keys, correcting=True, note="新") == 200
    changed = Entry.objects.filter(before__isnull=False)
    assert changed.count() == 200
    assert {entry.before["note"] for entry in changed} == {"旧"}


def test_a_correction_of_a_key_nobody_recorded_is_refused_and_changes_nothing(saying):
    saying("一", note="旧")
    with pytest.raises(Refused, match="1 条没有登记过"):
        saying("一", "没有", correcting=True, note="新")
    assert PartnerWord.objects.get().note == "旧"


def test_a_key_recorded_twice_is_refused_with_a_sentence(saying):
    saying("一")
    with pytest.raises(Refused, match="没有保存任何内容"):
        saying("一")
    assert Entry.objects.count() == 1


def test_an_act_that_fails_leaves_neither_act_nor_entry(saying):
    with pytest.raises(Refused):
        saying("一", "一")
    assert not Act.objects.exists()
    assert not Link.objects.exists()


def insert_entry(**changed):
    line = {
        "seq": None, "act_id": uuid.uuid4(), "record_type": "a.b", "record_key": "k", "after": json.dumps({"a": 1}),
    } | changed  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (seq, act_id, scope_id, record_type, record_key, after) VALUES"
            " (coalesce(%(seq)s, nextval(pg_get_serial_sequence('journal_entry', 'seq'))), %(act_id)s, %(scope)s,"
            " %(record_type)s, %(record_key)s, %(after)s) RETURNING seq",
            line,
        )
        return cursor.fetchone()[0]


def test_digests_are_the_databases_own_one_for_each_entry_in_their_order(saying, shared_office):
    saying("一")
    scope, act = shared_office.scopes["331081-511381"], Act.objects.get().id
    seq = insert_entry(scope=scope, act_id=act)
    link = Link.objects.get(first_seq=seq)
    told = f'{seq}|{act}|{scope}|a.b|k|-|{{"a": 1}}'
    assert bytes(link.digests) == hashlib.sha256(told.encode()).digest()
    saying("二", "三", "四")
    assert len(bytes(Link.objects.latest("n").digests)) == 3 * 32


def test_an_entry_of_no_act_is_refused(saying, shared_office):
    with pytest.raises(DatabaseError, match="没有登记"):
        insert_entry(scope=shared_office.scopes["331081-511381"])


def test_an_entry_before_the_end_of_the_chain_is_refused(saying, shared_office):
    saying("一", "二")
    first = Entry.objects.order_by("seq").first()
    with pytest.raises(DatabaseError, match=r"链尾|duplicate"):
        insert_entry(scope=first.scope_id, act_id=first.act_id, seq=first.seq - 1)


@pytest.mark.slow
def test_writers_at_the_same_time_keep_one_chain(committed, kept):
    failed = []

    def work(name):
        try:
            for number in range(5):
                kept(f"{name}-{number}-a", f"{name}-{number}-b")
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    committed.account("finance", side="west")
    workers = [threading.Thread(target=work, args=(name,)) for name in "甲乙丙丁"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    size, findings = verify()
    assert findings == []
    assert size == {"entries": 40, "last": size["last"], "links": 20}


def test_a_temporary_table_of_the_same_name_does_not_fork_the_chain(saying):
    saying("一")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE journal_link (LIKE journal_link)")
        cursor.execute("GRANT ALL ON pg_temp.journal_link TO PUBLIC")
    saying("二")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_temp.journal_link")
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT count(*) FROM public.journal_link")
        assert cursor.fetchone()[0] == 2
        cursor.execute("DROP TABLE pg_temp.journal_link")


def test_nobody_signs_in_as_the_journal(shared_office):
    with psycopg.connect(shared_office.urls.admin, autocommit=True) as admin:
        row = admin.execute("SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = 'shanhai_journal'").fetchone()
        assert row == (False, False)
