"""A workbook with slips: every one is told in its very cell, in words, and nothing is saved."""

from datetime import date
from pathlib import Path

import pytest

from shanhai.areas.talent.models import Secondment
from shanhai.base.identifiers import example_identity
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import write

pytestmark = pytest.mark.slow
PAIRING = "331081-511381"


def row(number, person, first, last, **changed):
    return {
        "scope_code": PAIRING, "owner_side": "east", "secondment_no": f"XP-示例-{number}", "person_key": person,
        "direction_code": "east_to_west", "kind_code": "teacher", "role_code": "vice_principal", "post": "副校长（挂职）",
        "from_unit": "示例小学", "to_unit": "示例学校", "first_on": first, "last_on": last, "arrived_on": first,
        "left_on": None, "cancelled_on": None, "document_no": "示例〔2024〕1号",
    } | changed  # fmt: skip


@pytest.fixture
def loading(example_loaded, tmp_path):
    """Load rows by sheets; answers the outcome."""

    def loaded(**rows):
        path = write(Path(tmp_path) / "人才.xlsx", {name.replace("__", "."): told for name, told in rows.items()})
        actor = example_loaded.sign_in("operator", reach="all")
        return load(Order([(path.name, path)]), actor=actor, today=date(2024, 7, 1))

    return loaded


def told(outcome):
    return [(finding.code, finding.place.row, finding.place.column) for finding in outcome.findings]


def test_slips_are_marked_in_their_cells_and_nothing_is_saved(loading):
    before = Secondment.objects.count()
    born = {"scope_code": PAIRING, "owner_side": "west", "person_no": "RY-迟生", "name": "示例迟生",
            "identity": example_identity(399, date(2023, 3, 3)), "birth_on": None, "household_key": None}  # fmt: skip
    outcome = loading(
        reference__person=[born],
        talent__secondment=[
            row(1, "RY-RC-001", date(2021, 10, 8), date(2021, 12, 31)),
            row(2, "RY-RC-005", date(2021, 5, 10), date(2021, 8, 31), left_on=date(2021, 8, 31)),
            row(3, "RY-迟生", date(2023, 3, 3), date(2023, 8, 31)),
        ],
    )
    assert not outcome.saved
    assert sorted(told(outcome)) == [
        ("reference.outside_pairing", 3, "K"), ("reference.outside_pairing", 3, "M"),
        ("talent.before_birth", 4, "K"), ("talent.before_birth", 4, "M"), ("talent.two_places", 2, "M"),
    ]  # fmt: skip
    sentence = next(finding.message for finding in outcome.findings if finding.code == "talent.two_places")
    assert "选派“XP-2021-001”（示例阆中温岭实验学校）是 2021-09-01 至" in sentence
    assert Secondment.objects.count() == before


def test_slips_of_the_row_alone_are_found_before_anything_is_asked(loading):
    outcome = loading(
        talent__secondment=[
            row(1, "RY-RC-010", date(2024, 1, 8), date(2024, 6, 28), left_on=date(2024, 1, 5)),
            row(2, "RY-RC-011", date(2024, 1, 8), date(2023, 6, 28)),
        ]
    )
    assert sorted(told(outcome)) == [("talent.ends_before_it_begins", 3, "L"), ("talent.left_before_arrival", 2, "N")]


def test_a_right_workbook_is_saved_once(loading):
    one = row(1, "RY-RC-100", date(2024, 5, 6), date(2024, 12, 31))
    assert loading(talent__secondment=[one]).written == {"talent.secondment": 1}
    assert loading(talent__secondment=[one]).written in ({}, {"talent.secondment": 0})
