"""How records are found that are put right."""

from django.db import connection

from shanhai.journal import actions


def _loops_allowed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_nestloop') || current_setting('enable_mergejoin')")
        return cursor.fetchone()[0]


def test_a_table_nobody_has_measured_is_gone_through_once_and_others_as_postgresql_sees_fit(saying, monkeypatch):
    """No table of a test has been measured: autovacuum is off there."""
    allowed = {}

    def seen(point):
        if point in {"statement.running", "act.closing"}:  # others lie inside a COPY, where nothing can be asked
            allowed[point] = _loops_allowed()

    saying("甲", "乙")
    monkeypatch.setattr(actions, "reach", seen)
    assert saying("甲", "乙", correcting=True, reason="更正", word="disputed", note="金额不符") == 2
    assert allowed["statement.running"] == "offoff"
    assert allowed["act.closing"] == "onon"
