"""What the database refuses reads as a sentence."""

from types import SimpleNamespace

from django.db import IntegrityError

from shanhai.journal import refusals


def refused(**told):
    error = IntegrityError("refused")
    error.__cause__ = Exception()
    error.__cause__.diag = SimpleNamespace(**told)
    return error


def test_a_key_another_load_has_just_saved_is_told_without_the_databases_words():
    told = refusals.sentence(refused(sqlstate="23505", constraint_name="a_key", message_primary="duplicate key value"))
    assert "再装载一次" in told
    assert "duplicate" not in told
