"""`verify` names what was changed, taken out, rewritten, cut or forged, whoever did it."""

import json

import psycopg
import pytest
from django.conf import settings

from shanhai.database.home import Home
from shanhai.database.keys import ensure_secrets
from shanhai.journal import actions, signing
from shanhai.journal.verification import verify

pytestmark = pytest.mark.slow

#: The digests of all entries taken anew from whatever stands there, and put where `verify` looks for them.
SEALED_AGAIN = """
UPDATE journal_link l SET digests = (
    SELECT string_agg(journal_digest(seq, act_id, scope_id, record_type, record_key, before, after), ''::bytea ORDER BY seq)
    FROM journal_entry WHERE seq BETWEEN l.first_seq AND l.last_seq
)
"""
#: Digests, folds and heads computed anew from whatever stands there: what an attacker with every right would do.
RECOMPUTED = f"""
{SEALED_AGAIN};
DO $$ DECLARE l record; fold bytea; prior bytea := ''; BEGIN
    FOR l IN SELECT * FROM journal_link ORDER BY n LOOP
        SELECT sha256(
            l.digests || (SELECT string_agg(journal_act_digest(a), ''::bytea ORDER BY a.id) FROM journal_act a
                WHERE a.id IN (SELECT act_id FROM journal_entry WHERE seq BETWEEN l.first_seq AND l.last_seq))
        ) INTO fold;
        prior := journal_head(prior, fold, l.n, l.first_seq, l.last_seq, l.entry_count) ;
        UPDATE journal_link SET folded = fold, head = prior WHERE n = l.n;
        UPDATE journal_link SET previous = prior WHERE n = (SELECT min(n) FROM journal_link WHERE n > l.n);
    END LOOP;
END $$;
"""


@pytest.fixture
def entries(kept):
    """Three acts with five entries; answers their numbers."""
    kept("一", "二")
    kept("三", "四")
    kept("五")
    return entry_numbers()


def entry_numbers():
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT seq FROM journal_entry ORDER BY seq")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def attack(committed):
    """Run statements as the administrator with every trigger silenced."""

    def run(*statements):
        with psycopg.connect(committed.urls.admin) as admin:
            admin.execute("SET session_replication_role = replica")
            for statement in statements:
                admin.execute(statement)

    return run


def found():
    return [(finding.code, finding.found) for finding in verify()[1]]


def test_a_sound_journal_is_proven_with_its_size(entries):
    size, findings = verify()
    assert findings == []
    assert size == {"entries": 5, "last": entries[-1], "links": 3}


def test_an_empty_journal_is_sound(committed):
    assert verify() == ({"entries": 0, "last": 0, "links": 0}, [])


def test_a_changed_entry_is_named(entries, attack):
    attack(
        f"UPDATE journal_entry SET after = jsonb_set(after::jsonb, '{{note}}', '\"x\"')::text WHERE seq = {entries[2]}"
    )
    findings = verify()[1]
    assert ("journal.entry_changed", str(entries[2])) in found()
    assert "三" in findings[0].message


def test_the_first_of_several_changed_entries_is_named(entries, attack):
    attack(f"UPDATE journal_entry SET record_key = 'x' WHERE seq IN ({entries[1]}, {entries[3]})")
    assert found()[0] == ("journal.entry_changed", str(entries[1]))


def test_a_changed_entry_with_its_digest_made_to_fit_is_named_by_its_link(entries, attack):
    attack(
        f"UPDATE journal_entry SET record_key = 'x' WHERE seq = {entries[2]}",
        SEALED_AGAIN,
    )
    assert found() == [("journal.link_broken", str(entries[2]))]


@pytest.mark.parametrize("column", ["acted_by", "acted_by_name", "reason", "code"])
def test_a_changed_author_reason_or_deed_is_named(entries, attack, column):
    attack(
        f"UPDATE journal_act SET {column} = 'x' WHERE id = (SELECT act_id FROM journal_entry WHERE seq = {entries[2]})"
    )
    assert found() == [("journal.link_broken", str(entries[2]))]


def test_a_changed_time_is_named(entries, attack):
    attack("UPDATE journal_act SET acted_at = acted_at - interval '1 day'")
    assert found() == [("journal.link_broken", str(entries[0]))]


def test_an_act_taken_out_is_named(entries, attack):
    attack(f"DELETE FROM journal_act WHERE id = (SELECT act_id FROM journal_entry WHERE seq = {entries[4]})")
    assert found() == [("journal.link_broken", str(entries[4]))]


def test_a_changed_digest_is_named_as_the_entry_it_no_longer_fits(entries, attack):
    attack(
        f"UPDATE journal_link SET digests = set_byte(digests, 32, 255 - get_byte(digests, 32)) WHERE first_seq = {entries[2]}"
    )
    assert found() == [("journal.entry_changed", str(entries[3])), ("journal.link_broken", str(entries[2]))]


@pytest.mark.parametrize("digests", ["digests || digests", "substring(digests FROM 1 FOR 32)"])
def test_more_or_fewer_digests_than_entries_are_named(entries, attack, digests):
    attack(f"UPDATE journal_link SET digests = {digests} WHERE first_seq = {entries[2]}")
    assert found()[-1] == ("journal.link_broken", str(entries[2]))


def test_a_deleted_entry_is_named(entries, attack):
    attack(f"DELETE FROM journal_entry WHERE seq = {entries[3]}")
    assert found() == [("journal.entries_missing", str(entries[3]))]


def test_a_deleted_link_is_named(entries, attack):
    attack("DELETE FROM journal_link WHERE n = 2")
    codes = dict(found())
    assert codes["journal.entry_unchained"] == str(entries[2])
    assert codes["journal.link_broken"] == str(entries[4])


def test_an_entry_put_in_past_the_chain_is_named(entries, attack):
    attack(
        "INSERT INTO journal_entry (act_id, scope_id, record_type, record_key)"
        " SELECT act_id, scope_id, 'a.b', 'k' FROM journal_entry LIMIT 1",
    )
    assert found() == [("journal.entry_unchained", str(entries[-1] + 1))]


def test_a_chain_rewritten_throughout_is_shown_by_the_signed_heads(entries, attack):
    attack(f"UPDATE journal_entry SET record_key = 'x' WHERE seq = {entries[2]}", RECOMPUTED)
    assert found() == [("journal.chain_rewritten", str(entries[2]))]


def test_recomputing_a_sound_chain_changes_nothing(entries, attack):
    attack(RECOMPUTED)
    assert found() == []


def test_a_cut_tail_is_shown_by_the_signed_heads(entries, attack):
    attack(f"DELETE FROM journal_entry WHERE seq = {entries[4]}", "DELETE FROM journal_link WHERE n = 3")
    assert found() == [("journal.tail_cut", "3")]


def test_everything_cut_is_shown_by_the_signed_heads(entries, attack):
    attack("TRUNCATE journal_entry, journal_link, journal_act")
    assert found() == [("journal.tail_cut", "1")]


def test_a_forged_signature_is_named(entries, tmp_path, attack, monkeypatch):
    attack(f"UPDATE journal_entry SET record_key = 'x' WHERE seq = {entries[2]}", RECOMPUTED)
    true = settings.HOME
    foreign = Home.at(true.root, tmp_path / "foreign.keys")
    ensure_secrets(foreign)
    signing.heads_file().unlink()
    monkeypatch.setattr(settings, "HOME", foreign)
    assert signing.sign_new_heads() == 3
    assert verify()[1] == []
    monkeypatch.setattr(settings, "HOME", true)
    assert found() == [("journal.signature_wrong", "1")]


def test_a_signature_put_on_another_head_does_not_hold(entries):
    lines = [json.loads(line) for line in signing.heads_file().read_text().splitlines()]
    lines[1]["signature"] = lines[0]["signature"]
    signing.heads_file().write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert found() == [("journal.signature_wrong", "2")]


def test_a_signature_that_is_no_signature_does_not_hold(entries):
    path = signing.heads_file()
    path.write_text(path.read_text().replace('"signature": "', '"signature": "%%', 1))
    assert found() == [("journal.signature_wrong", "1")]


def test_every_commit_is_signed_at_once(kept):
    kept("一")
    assert [head.n for head in signing.read_heads()] == [1]
    kept("二")
    assert [head.n for head in signing.read_heads()] == [1, 2]


def test_an_interrupted_signing_is_said_and_made_up_for_by_the_next_act(kept, monkeypatch):
    kept("一")
    with monkeypatch.context() as crashed:
        crashed.setattr(actions, "after_commit", [])
        kept("二")
    ((finding,),) = (verify()[1],)
    assert (finding.code, finding.blocks) == ("journal.heads_unsigned", False)
    kept("三")
    assert [head.n for head in signing.read_heads()] == [1, 2, 3]
    assert verify()[1] == []


@pytest.mark.parametrize("left", [1, 20, 60])
def test_a_line_cut_by_a_power_failure_is_signed_again(kept, left):
    kept("一")
    kept("二")
    path = signing.heads_file()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:left])
    assert signing.sign_new_heads() == 1
    assert [head.n for head in signing.read_heads()] == [1, 2]
    assert verify()[1] == []


def test_a_signing_that_fails_does_not_undo_what_is_committed(kept, monkeypatch, caplog):
    def broken():
        raise OSError("no space")

    monkeypatch.setattr(actions, "after_commit", [broken])
    kept("一")
    assert verify()[0]["entries"] == 1
    assert "no space" in caplog.text


def test_many_heads_are_signed_without_reading_them_all(kept):
    for number in range(40):
        kept(f"第{number}")
    assert signing.heads_file().stat().st_size > 4096
    assert [head.n for head in signing.read_heads()] == list(range(1, 41))
    assert verify()[1] == []


def test_what_is_written_while_it_is_verified_is_no_finding(kept, monkeypatch):
    kept("一")
    read = signing.read_heads

    def then_write():
        heads = list(read())
        kept("二")
        return iter(heads)

    monkeypatch.setattr("shanhai.journal.verification.read_heads", then_write)
    assert [finding.code for finding in verify()[1]] == ["journal.heads_unsigned"]
