"""Fault points cost nothing until one is asked for."""

import pytest

from shanhai.journal import faults, refusals
from shanhai.journal.acts import ActKind, kind


def test_points_are_passed_over_when_none_is_asked_for():
    for point in faults.POINTS:
        faults.reach(point)


def test_a_point_that_is_not_listed_is_a_broken_program():
    with pytest.raises(ValueError, match="not listed"):
        faults.reach("somewhere")


def test_the_passing_that_was_asked_for_is_struck(monkeypatch):
    struck = []
    monkeypatch.setattr(faults, "_asked", "sheet.saved")
    monkeypatch.setattr(faults, "_which", "2")
    monkeypatch.setattr(faults, "_passed", faults.Counter())
    monkeypatch.setattr(faults, "_strike", struck.append)
    faults.reach("sheet.saved")
    faults.reach("act.opened")
    assert struck == []
    faults.reach("sheet.saved")
    faults.reach("sheet.saved")
    assert struck == [0.0]


def test_an_act_declared_twice_with_another_meaning_is_a_broken_program():
    declared = kind("journal.tests.once", "一次", duties=("clerk",))
    assert (
        kind("journal.tests.once", "一次", duties=("clerk",))
        == declared
        == ActKind("journal.tests.once", "一次", ("clerk",))
    )
    with pytest.raises(ValueError, match="declared twice"):
        kind("journal.tests.once", "另一次", duties=("clerk",))


def test_a_rule_nobody_explained_is_told_in_the_words_of_the_database():
    from django.db import IntegrityError

    assert "不允许这些值（broken）" in refusals.sentence(IntegrityError("broken"))
