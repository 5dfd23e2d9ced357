"""Whose duty the acts of labour are, and what its figures may never be."""

import pytest

from shanhai.access.terms import ROLES
from shanhai.areas.labour import figures as labour
from shanhai.figures import declare
from shanhai.journal.acts import KINDS

MINE = {code: kind for code, kind in KINDS.items() if code.startswith("labour.") and ".tests." not in code}


@pytest.mark.parametrize("code", MINE)
def test_every_duty_is_a_role_there_is_and_who_only_looks_has_none(code):
    assert set(MINE[code].duties) <= ROLES.keys()
    assert "operator" in MINE[code].duties
    assert not {"auditor", "viewer"} & set(MINE[code].duties)


def test_vacancies_are_never_counted_as_jobs():
    offered = declare.registry()["labour.vacancies_offered"]
    assert (str(offered.stage), offered.unit.code) == ("capacity", "job")
    readers = [
        figure.name for figure in declare.registry() if any(table.name == "labour.vacancy" for table in figure.reads)
    ]
    assert readers == ["labour.vacancies_offered"]
    told = {
        "zh": "就业",
        "en": "Jobs",
        "unit": "job",
        "rule": "…",
        "basis": "…",
        "time": "flow",
        "how": "sum",
        "column": "opening_count",
        "on": "first_on",
    }
    with (
        declare.collecting(declare.Registry()),
        pytest.raises(declare.DeclarationError, match="stages are never mixed"),
    ):
        declare.figure("labour.jobs", stage="achieved", reads=(labour.VACANCY,), **told)(lambda vacancy: vacancy)


def test_vacancies_and_people_placed_are_neither_added_nor_divided():
    told = {"zh": "比", "en": "Share", "rule": "…", "basis": "…", "stage": "achieved"}
    with pytest.raises(declare.DeclarationError):
        declare.ratio(
            "labour.filled",
            unit="percent",
            numerator="labour.people_placed",
            denominator="labour.vacancies_offered",
            **told,
        )
    with pytest.raises(declare.DeclarationError):
        declare.total(
            "labour.all_away", unit="person", of=("labour.residents_away", "labour.people_away"), time="stock", **told
        )


def test_persons_come_from_a_published_statistic_only_as_what_stands_on_a_day():
    told = {
        "zh": "数",
        "en": "Number",
        "unit": "person",
        "rule": "…",
        "basis": "…",
        "stage": "achieved",
        "column": "person_count",
        "on": "counted_on",
    }
    with declare.collecting(declare.Registry()):
        with pytest.raises(declare.DeclarationError, match="counted once each"):
            declare.figure("labour.away", time="flow", how="sum", reads=(labour.STATISTIC,), **told)(lambda rows: rows)
        other = declare.table("labour.other", person_count="person", counted_on="date")
        with pytest.raises(declare.DeclarationError, match="counted once each"):
            declare.figure("labour.away", time="stock", how="balance", reads=(other,), **told)(lambda rows: rows)
        first = declare.figure("labour.away", time="stock", how="balance", reads=(labour.STATISTIC,), **told)(
            lambda rows: rows
        )
        declare.figure("labour.again", time="stock", how="balance", reads=(labour.STATISTIC,), **told)(
            lambda rows: rows
        )
        with pytest.raises(declare.DeclarationError, match="counted once each"):
            declare.total(
                "labour.both",
                unit="person",
                of=(first.name, "labour.again"),
                time="stock",
                stage="achieved",
                zh="和",
                en="Sum",
                rule="…",
                basis="…",
            )
