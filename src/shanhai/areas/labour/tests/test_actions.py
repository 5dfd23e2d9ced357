"""What labour refuses in the very cell, and what it works out by its rules."""

from datetime import date

import pytest

from shanhai.areas.labour.models import Placement, Subsidy, Vacancy, Worker
from shanhai.areas.labour.tests.conftest import PAIRING, placement, refused
from shanhai.base.findings import Refused, RefusedRows
from shanhai.reference import vault
from shanhai.reference.actions import destroy_person
from shanhai.reference.models import Person, PersonKey

ACCOUNT = "6200123412341234567"


def _refuses(desk, name, *rows, **context):
    with pytest.raises(RefusedRows) as raised:
        desk(name, *rows, **context)
    return refused(raised), str(raised.value)


def test_a_person_in_two_places_on_one_day_is_refused_in_the_cell(desk, people):
    people(1990)
    desk("place", placement(ended_on=date(2023, 8, 31)))
    later = placement(
        _key="JY-2", class_code="in_province", employer="示例电子厂", region_code="511381", started_on=date(2023, 8, 31)
    )
    found, told = _refuses(desk, "place", later)
    assert found == [(2, "started_on", "labour.two_places")]
    assert "2023-02-20 至 2023-08-31" in told and "JY-1" in told
    desk("place", later | {"started_on": date(2023, 9, 1)})
    assert Placement.objects.count() == 2


def test_two_places_in_one_load_are_told_once_and_nothing_is_saved(desk, people):
    people(1990, 1991)
    rows = [
        placement(),
        placement(_key="JY-2", employer="示例二厂", started_on=date(2023, 3, 1)),
        placement(_key="JY-3", person_key="P2"),
    ]
    found, _ = _refuses(desk, "place", *rows)
    assert [code for *_, code in found] == ["labour.two_places"]
    assert not Placement.objects.exists()


def test_one_job_told_under_two_classes_is_a_double_count(desk, people):
    people(1990)
    desk("place", placement(class_code="public_welfare", region_code="511381", employer="示例村"))
    again = placement(
        _key="JY-2", class_code="in_province", region_code="511381", employer="示例村", started_on=date(2023, 5, 1)
    )
    assert _refuses(desk, "place", again)[0] == [(2, "started_on", "labour.double_count")]


def test_two_records_of_one_person_are_held_together(desk, people):
    people(1990, 1990)
    Person.objects.filter(key=f"{PAIRING}/P2").update(canonical_key=f"{PAIRING}/P1")
    desk("place", placement())
    assert _refuses(desk, "place", placement(_key="JY-2", person_key="P2", employer="示例二厂", started_on=date(2023, 4, 1)))[0] == [
        (2, "started_on", "labour.two_places")
    ]  # fmt: skip


def test_a_correction_is_held_against_all_but_itself(desk, people):
    people(1990)
    desk(
        "place",
        placement(ended_on=date(2023, 6, 30)),
        placement(_key="JY-2", employer="示例二厂", started_on=date(2023, 9, 1)),
    )
    desk("place", placement(ended_on=date(2023, 8, 31)), correcting=True)
    assert _refuses(desk, "place", placement(ended_on=date(2023, 9, 1)), correcting=True)[0] == [
        (2, "started_on", "labour.two_places")
    ]


@pytest.mark.parametrize(("year", "code"), [(2024, "labour.before_birth"), (2010, "labour.too_young")])
def test_a_placement_before_birth_or_too_young_is_refused(desk, people, year, code):
    people(year)
    assert _refuses(desk, "place", placement())[0] == [(2, "started_on", code)]


def test_work_in_the_paired_east_before_the_pairing_is_refused_and_elsewhere_is_not(desk, people):
    people(1990)
    early = placement(started_on=date(2021, 5, 31))
    found, told = _refuses(desk, "place", early)
    assert found == [(2, "started_on", "reference.outside_pairing")] and "2021-06-01" in told
    assert told.endswith("与协作无关的就业请改填就业去向。")
    desk("place", early | {"class_code": "elsewhere", "region_code": "440300"})


@pytest.mark.parametrize(
    ("name", "row", "field"),
    [
        ("open_stations", {"_key": "F", "name": "示例站", "region_code": "331081", "opened_on": date(2020, 1, 1)}, "opened_on"),
        ("agree", {"_key": "X", "title": "协议", "east_party": "甲", "west_party": "乙", "signed_on": date(2020, 1, 1)}, "signed_on"),
        ("hold_courses", {"_key": "K", "title": "班", "skill_code": "care", "giver_name": "校", "first_on": date(2020, 1, 1), "last_on": date(2020, 1, 9)}, "first_on"),
    ],
)  # fmt: skip
def test_acts_of_the_cooperation_outside_the_pairing_are_refused(desk, name, row, field):
    assert _refuses(desk, name, row)[0] == [(2, field, "reference.outside_pairing")]


def test_evidence_of_a_month_outside_the_placement_is_refused(desk, people):
    people(1990)
    desk("place", placement(ended_on=date(2023, 5, 10)))
    proof = {"_key": "S", "placement_key": "JY-1", "evidence_code": "payroll", "month_on": date(2023, 6, 1)}
    assert _refuses(desk, "prove", proof)[0] == [(2, "month_on", "labour.month_outside")]
    desk("prove", proof | {"month_on": date(2023, 2, 1)}, proof | {"_key": "T", "month_on": date(2023, 5, 1)})


def test_two_versions_of_a_rule_on_one_day_are_refused(desk):
    rule = _rule(last_on=date(2023, 6, 30))
    desk("set_rules", rule)
    assert _refuses(desk, "set_rules", _rule(_key="R2", first_on=date(2023, 6, 30)))[0] == [
        (2, "first_on", "labour.two_rules")
    ]
    desk("set_rules", _rule(_key="R2", first_on=date(2023, 7, 1)))


def _rule(**changed):
    return {
        "_key": "R1", "kind_code": "steady", "amount_fen": 200_00, "per_code": "month", "group_code": "lifted", "class_code": "paired_east",
        "months_minimum": 3, "months_maximum": 6, "cap_fen": 1_000_00, "first_on": date(2022, 1, 1), "document_no": "示例〔2022〕8号",
    } | changed  # fmt: skip


@pytest.fixture
def claimed(desk, people):
    """P1, lifted from poverty, in the paired east since February 2023, with four months of evidence and a rule."""
    people(1990, 1991)
    worker = {"_key": "LD-1", "person_key": "P1", "registered_on": date(2021, 9, 1), "skill_code": "sewing", "group_code": "lifted",
              "first_on": date(2018, 12, 31)}  # fmt: skip
    desk("register", worker)
    desk("place", placement(), placement(_key="JY-2", person_key="P2"))
    desk("prove", *[
        {"_key": f"S{month}", "placement_key": "JY-1", "evidence_code": "payroll", "month_on": date(2023, month, 1)} for month in range(3, 7)
    ])  # fmt: skip
    desk("set_rules", _rule())
    return desk


def _claim(**changed):
    return {
        "_key": "BT-1", "person_key": "P1", "placement_key": "JY-1", "kind_code": "steady", "applied_on": date(2023, 7, 5),
    } | changed  # fmt: skip


def test_a_subsidy_is_worked_out_with_what_went_into_it(claimed):
    claimed("decide", _claim(claimed_fen=800_00, paid_on=date(2023, 7, 20)))
    one = Subsidy.objects.get()
    assert (one.result_code, one.amount_fen, one.months_count, one.group_code) == ("granted", 800_00, 4, "lifted")
    assert one.rule_key == f"{PAIRING}/R1"


def test_a_second_claim_of_a_year_ends_at_the_cap(claimed):
    claimed("decide", _claim(), _claim(_key="BT-2", applied_on=date(2023, 12, 5)))
    claimed(
        "decide", _claim(_key="BT-3", applied_on=date(2023, 12, 6)), _claim(_key="BT-4", applied_on=date(2024, 1, 6))
    )
    told = {one.key[-4:]: (one.result_code, one.amount_fen, one.earlier_fen) for one in Subsidy.objects.all()}
    assert told == {
        "BT-1": ("granted", 800_00, 0), "BT-2": ("granted", 200_00, 800_00), "BT-3": ("cap", 0, 1000_00), "BT-4": ("granted", 800_00, 0),
    }  # fmt: skip


def test_a_correction_is_decided_anew(claimed):
    claimed("decide", _claim())
    claimed("decide", _claim(applied_on=date(2023, 6, 5)), correcting=True)
    one = Subsidy.objects.get()
    assert (one.months_count, one.amount_fen, one.version) == (4, 800_00, 2)
    claimed("decide", _claim(applied_on=date(2023, 5, 5)), correcting=True)
    assert Subsidy.objects.get().months_count == 3


@pytest.mark.parametrize(
    ("changed", "result"),
    [
        ({"applied_on": date(2023, 4, 5)}, "months"), ({"kind_code": "travel"}, "no_rule"),
        ({"person_key": "P2", "placement_key": "JY-2"}, "group"),
    ],
)  # fmt: skip
def test_what_a_rule_does_not_give_is_told_with_its_reason(claimed, changed, result):
    claimed("decide", _claim(**changed))
    assert Subsidy.objects.values_list("result_code", "amount_fen").get() == (result, 0)


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"claimed_fen": 900_00}, "claimed_fen", "labour.claimed_otherwise"),
        ({"applied_on": date(2023, 4, 5), "paid_on": date(2023, 5, 1)}, "paid_on", "labour.paid_not_granted"),
        ({"placement_key": "JY-2"}, "placement_key", "labour.other_person"),
        ({"placement_key": "JY-9"}, "placement_key", "labour.no_placement"),
        ({"applied_on": date(2023, 1, 5)}, "applied_on", "labour.claimed_too_early"),
    ],
)  # fmt: skip
def test_a_claim_that_cannot_be_is_refused_in_the_cell(claimed, changed, field, code):
    assert _refuses(claimed, "decide", _claim(**changed))[0] == [(2, field, code)]
    assert not Subsidy.objects.exists()


def test_the_account_is_ciphertext_under_the_persons_own_key_and_goes_with_it(claimed):
    claimed("decide", _claim(account=ACCOUNT))
    one = Subsidy.objects.get()
    assert ACCOUNT[:-4] not in f"{one.account_sealed}{one.account_mask}" and one.account_mask.endswith(ACCOUNT[-4:])
    assert vault.open_sealed(PersonKey.objects.get(person_key=one.person_key).wrapped, one.account_sealed) == ACCOUNT
    claimed("decide", _claim(), correcting=True)
    assert Subsidy.objects.get().account_sealed == one.account_sealed
    destroy_person(one.scope_id, one.person_key)
    with pytest.raises(Refused, match="已经销毁"):
        claimed("decide", _claim(account=ACCOUNT), correcting=True)


def test_a_day_outside_the_course_is_refused(desk, people):
    people(1990)
    desk(
        "hold_courses",
        {
            "_key": "K",
            "title": "班",
            "skill_code": "care",
            "giver_name": "校",
            "first_on": date(2022, 3, 7),
            "last_on": date(2022, 3, 9),
        },
    )
    attended = {"_key": "K/P1", "course_key": "K", "person_key": "P1", "attended_on": date(2022, 3, 10)}
    assert _refuses(desk, "sign_in", attended)[0] == [(2, "attended_on", "labour.attended_outside")]
    assert desk("sign_in", attended | {"attended_on": date(2022, 3, 9)}) == 1


def test_a_vacancy_is_a_capacity_and_only_work_in_the_paired_east_crosses_the_border(desk, people):
    people(1990)
    desk("offer", {"_key": "G", "employer": "示例鞋厂", "title": "针车工", "class_code": "paired_east", "region_code": "331081", "skill_code": "sewing",
                   "opening_count": 20, "monthly_wage_fen": 600_000, "youngest_years": 18, "oldest_years": 50, "first_on": date(2023, 2, 1)})  # fmt: skip
    assert Vacancy.objects.get().stage == "capacity"
    desk("place", placement(vacancy_key="G", ended_on=date(2023, 3, 1)))
    desk("place", placement(_key="JY-2", class_code="elsewhere", region_code="440300", started_on=date(2023, 4, 1)))
    assert [one.crosses_border for one in Placement.objects.order_by("key")] == [True, False]
    assert not Worker.objects.exists()
