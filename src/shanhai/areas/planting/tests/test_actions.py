"""Land, leases, work, dividends and payments: what does not fit what is recorded is refused in its cell."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.areas.planting import actions
from shanhai.areas.planting.checks import peak, rent_of_months, yearly_rent
from shanhai.areas.planting.models import (
    BenefitPayment,
    DividendLine,
    DividendRound,
    Industry,
    LandLease,
    Parcel,
    RentDue,
    WorkDay,
)
from shanhai.areas.planting.queries import held
from shanhai.areas.planting.tests.conftest import DAY, PAIRING
from shanhai.base.findings import Refused
from shanhai.journal.models import Entry


def test_an_industry_may_be_older_than_the_cooperation(enter):
    enter("register_industries")
    assert Industry.objects.get().began_on == date(2014, 1, 1)


def test_a_lease_is_a_promise_worked_out_from_area_and_rate(enter, base):
    enter("lease")
    lease = LandLease.objects.get()
    assert (lease.area_mu2, lease.yearly_fen) == (1050, 3_150_00)


def test_a_lease_longer_than_the_right_of_its_base_is_refused_in_its_cell(problems, base):
    assert problems("lease", {}, {"_key": "LZ-2", "last_on": date(2041, 1, 1)}) == [
        (3, "last_on", "lease_outlasts_base")
    ]
    assert not LandLease.objects.exists()


def test_leases_larger_than_the_land_of_their_base_are_refused_in_the_cells_that_do_not_fit(enter, problems, base):
    enter("lease", {"area_mu": Decimal(60)})
    more = [{"_key": f"LZ-{number}", "area_mu": Decimal(area)} for number, area in enumerate((30, 20, 10))]
    assert problems("lease", *more) == [(3, "area_mu", "lease_exceeds_base")]


def test_leases_that_follow_each_other_use_the_land_twice(enter, base):
    enter("lease", {"area_mu": Decimal(100), "last_on": date(2028, 12, 31)})
    enter("lease", {"_key": "LZ-2", "area_mu": Decimal(100), "first_on": date(2029, 1, 1)})
    assert LandLease.objects.count() == 2


def test_a_lease_put_right_is_held_against_the_others_and_not_against_itself(enter, problems, base):
    enter("lease", {"area_mu": Decimal(60)}, {"_key": "LZ-2", "area_mu": Decimal(40)})
    enter("lease", {"area_mu": Decimal(50)}, correcting=True)
    assert problems("lease", {"area_mu": Decimal(61)}, correcting=True) == [(2, "area_mu", "lease_exceeds_base")]


def test_the_database_lets_no_base_lease_more_than_its_land(enter, base):
    enter("lease", {"area_mu": Decimal(60)})
    with pytest.raises(Refused, match="同一天流转的面积达到 60 亩，超过登记的地块 59 亩"):
        enter("register_parcels", {"area_mu": Decimal(59)}, correcting=True)


def test_upgraded_land_takes_the_place_of_the_former_parcel(enter, base, office):
    enter(
        "register_parcels", {"_key": "DK-2", "area_mu": Decimal(120), "built_on": date(2024, 5, 1), "former_key": "DK"}
    )
    assert held.standing_area(office.scopes[PAIRING], [f"{PAIRING}/JD"]) == {f"{PAIRING}/JD": 12_000}
    assert Parcel.objects.count() == 2


@pytest.mark.parametrize(("row", "found"), [
    ({"area_mu": Decimal(99)}, ("area_mu", "smaller_than_former")),
    ({"built_on": DAY}, ("built_on", "built_before_former")),
])  # fmt: skip
def test_a_parcel_that_does_not_fit_its_former_one_is_refused(problems, base, row, found):
    row = {"_key": "DK-2", "area_mu": Decimal(120), "built_on": date(2024, 5, 1), "former_key": "DK"} | row
    assert problems("register_parcels", row) == [(2, *found)]


def test_a_parcel_is_upgraded_once(problems, base):
    rows = [
        {"_key": key, "area_mu": Decimal(120), "built_on": date(2024, 5, 1), "former_key": "DK"} for key in ("A", "B")
    ]
    assert problems("register_parcels", *rows) == [(3, "former_key", "former_taken")]


def test_rent_due_is_what_the_lease_promises_and_takes_its_household(enter, base):
    enter("lease")
    enter(
        "fall_due",
        {"_key": "A", "months": 5, "amount_fen": 1_312_50},
        {"_key": "B", "months": 7, "amount_fen": 1_837_50},
    )
    assert set(RentDue.objects.values_list("household_key", "base_key")) == {(f"{PAIRING}/NH", f"{PAIRING}/JD")}


@pytest.mark.parametrize(("row", "found"), [
    ({"amount_fen": 3_150_01}, ("amount_fen", "due_is_not_the_promise")),
    ({"due_year": 2034}, ("due_year", "due_outside_lease")),
])  # fmt: skip
def test_rent_due_that_was_not_promised_is_refused(enter, problems, base, row, found):
    enter("lease")
    assert problems("fall_due", row) == [(2, *found)]


def test_a_year_falls_due_once(enter, problems, base):
    enter("lease")
    enter("fall_due")
    assert problems("fall_due", {"_key": "ZJ-2"}) == [(2, "months", "year_due_twice")]


def test_a_day_worked_twice_is_refused_at_whatever_base(enter, problems, base):
    enter("record_work")
    assert problems("record_work", {"_key": "RY/2024-03-01/JD-2", "base_key": "JD-2"}) == [
        (2, "worked_on", "day_worked_twice")
    ]
    enter("record_work", {"wage_fen": 110_00}, correcting=True)
    assert WorkDay.objects.get().wage_fen == 110_00


def test_a_day_worked_under_two_records_of_one_person_is_refused(enter, problems, base, monkeypatch):
    enter("record_work")
    monkeypatch.setattr(held, "same_people", lambda _scope: {f"{PAIRING}/RY-2": f"{PAIRING}/RY"})
    assert problems("record_work", {"_key": "x", "person_key": "RY-2"}) == [(2, "worked_on", "day_worked_twice")]


def test_the_list_of_a_round_is_its_decision(enter, problems, base):
    enter("decide_dividend")
    assert problems(
        "list_dividend", {"amount_fen": 400_00}, {"_key": "JD/1/2", "household_key": "NH-2", "amount_fen": 299_99}
    ) == [(3, "amount_fen", "list_does_not_add_up")]
    enter("list_dividend", {"amount_fen": 400_00}, {"_key": "JD/1/2", "household_key": "NH-2", "amount_fen": 300_00})
    assert DividendLine.objects.count() == 2


def test_the_line_that_alone_makes_the_surplus_is_the_one_marked(enter, problems, base):
    enter("decide_dividend")
    rows = [
        {"_key": f"JD/1/{place}", "household_key": f"NH-{place}", "amount_fen": fen}
        for place, fen in enumerate((55_00, 400_00, 300_00))
    ]
    assert problems("list_dividend", *rows) == [(2, "amount_fen", "list_does_not_add_up")]


def test_a_household_stands_once_on_the_list_of_a_round(enter, problems, base):
    enter("decide_dividend")
    enter("list_dividend")
    assert problems("list_dividend", {"_key": "JD/1/2", "amount_fen": 1}) == [
        (2, "household_key", "household_listed_twice")
    ]


def test_the_database_keeps_decision_and_list_together(enter, base):
    enter("decide_dividend")
    enter("list_dividend")
    with pytest.raises(Refused, match="名单共 1 户，合计 700.00元，而决定分配到户 800.00元，少 100.00元"):
        enter("decide_dividend", {"income_fen": 1100_00, "shared_fen": 800_00}, correcting=True)
    with pytest.raises(Refused, match="名单共 2 户，合计 701.00元"):
        enter("list_dividend", {"_key": "JD/1/2", "household_key": "NH-2", "amount_fen": 1_00})
    assert DividendRound.objects.get().shared_fen == 700_00


def test_a_round_that_does_not_add_up_is_refused_by_the_database_too(enter, base):
    with pytest.raises(Refused, match="没有保存任何内容"):
        enter("decide_dividend", {"kept_fen": 299_99})


def test_promised_due_and_paid_are_three_values(enter, base):
    enter("lease")
    enter("fall_due")
    enter("pay", {"amount_fen": 1_000_00})
    told = (
        LandLease.objects.get().yearly_fen,
        RentDue.objects.get().amount_fen,
        BenefitPayment.objects.get().amount_fen,
    )
    assert told == (3_150_00, 3_150_00, 1_000_00)


def test_rent_is_paid_within_what_fell_due(enter, problems, base):
    enter("lease")
    enter("fall_due")
    enter("pay", {"amount_fen": 1_000_00})
    rows = [{"_key": "LJ-2", "amount_fen": 2_000_00}, {"_key": "LJ-3", "amount_fen": 150_01}]
    assert problems("pay", *rows) == [(3, "amount_fen", "paid_more_than_due")]


@pytest.mark.parametrize(("row", "found"), [
    ({"household_key": "NH-2"}, ("household_key", "other_household")),
    ({"base_key": "JD-2"}, ("base_key", "other_base")),
    ({"paid_on": date(2021, 5, 31)}, ("paid_on", "reference.outside_pairing")),
])  # fmt: skip
def test_a_payment_to_others_or_before_the_pairing_is_refused(enter, problems, base, row, found, paired):
    paired((date(2021, 6, 1), None))
    enter("lease")
    enter("fall_due")
    assert problems("pay", row) == [(2, *found)]


def test_an_act_in_a_later_round_is_recorded_and_one_in_the_gap_before_it_is_refused(enter, problems, paired):
    paired((date(2016, 10, 1), date(2020, 12, 31)), (date(2021, 6, 1), None))
    assert problems("register_bases", {"started_on": date(2021, 5, 31)}) == [
        (2, "started_on", "reference.outside_pairing")
    ]
    enter("register_bases", {"started_on": date(2019, 5, 1)}, {"_key": "JD-2", "started_on": date(2024, 6, 1)})


def test_a_due_is_not_put_right_below_what_was_paid(enter, problems, base):
    enter("lease")
    enter("fall_due")
    enter("pay")
    assert problems("fall_due", {"months": 6, "amount_fen": 1_575_00}, correcting=True) == [
        (2, "amount_fen", "due_below_paid")
    ]


def test_a_dividend_is_paid_as_listed_and_once(enter, problems, base):
    enter("decide_dividend")
    enter("list_dividend")
    paid = {"channel_code": "dividend", "due_key": "", "line_key": "JD/1/1", "amount_fen": 700_00}
    assert problems("pay", paid | {"amount_fen": 699_99}) == [(2, "amount_fen", "payment_is_not_the_line")]
    assert problems("pay", paid | {"paid_on": date(2024, 2, 29)}) == [(2, "paid_on", "paid_before_decided")]
    enter("pay", paid)
    assert problems("pay", paid | {"_key": "LJ-2"}) == [(2, "amount_fen", "payment_is_not_the_line")]


def test_wages_are_paid_within_what_was_earned_by_then(enter, problems, base):
    enter("record_work", {}, {"_key": "RY/2024-03-05/JD", "worked_on": date(2024, 3, 5)})
    wage = {"channel_code": "wage", "due_key": "", "amount_fen": 150_00, "paid_on": date(2024, 3, 4)}
    assert problems("pay", wage) == [(2, "amount_fen", "wage_not_earned")]
    enter("pay", wage | {"paid_on": date(2024, 3, 5)})
    assert problems("pay", wage | {"_key": "LJ-2", "amount_fen": 50_01, "paid_on": date(2024, 4, 1)}) == [
        (2, "amount_fen", "wage_not_earned")
    ]


def test_an_account_is_sealed_and_told_by_its_last_digits_only(enter, base, monkeypatch):
    wrapped = actions.vault.seal_person("示例", "")[1]
    monkeypatch.setattr(actions, "personal_keys", lambda _people: {f"{PAIRING}/RY": wrapped})
    enter("record_work")
    enter("pay", {"channel_code": "wage", "due_key": "", "amount_fen": 100_00, "account": "6228480402564890018"})
    paid = BenefitPayment.objects.get()
    assert paid.account_mask == "***************0018"
    assert actions.vault.open_sealed(wrapped, paid.account_sealed) == "6228480402564890018"
    assert "62284804" not in str(Entry.objects.values_list("after", flat=True))


def test_rent_is_rounded_half_up_to_the_fen():
    assert yearly_rent(Decimal("2.65"), 301_01) == 797_68
    assert [rent_of_months(100_01, months) for months in (6, 12)] == [50_01, 100_01]


SPANS = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 10), st.integers(1, 50)), max_size=8)


@given(SPANS)
def test_the_peak_is_the_most_that_stands_on_any_day(told):
    spans = [
        (date(2024, 1, first), date.fromordinal(date(2024, 1, first).toordinal() + length), area)
        for first, length, area in told
    ]
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + number) for number in range(40)]
    assert peak(spans) == max(
        (sum(area for first, last, area in spans if first <= day <= last) for day in days), default=0
    )


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(2024, 2030), st.integers(1, 6), st.integers(1, 60)), min_size=1, max_size=6))
def test_the_action_and_the_database_agree_on_what_fits(enter, base, office, told):
    """Rows the action lets through never trip the database's own rule, and what it refuses would."""
    rows = [
        {
            "_key": f"LZ-{place}",
            "area_mu": Decimal(area),
            "first_on": date(first, 1, 1),
            "last_on": date(first + years, 12, 31),
        }
        for place, (first, years, area) in enumerate(told)
    ]
    fits = peak((row["first_on"], row["last_on"], int(row["area_mu"] * 100)) for row in rows) <= 10_000
    with transaction.atomic():
        try:
            accepted = enter("lease", *rows) == len(rows)
        except Refused:
            accepted = False
        transaction.set_rollback(True)
    assert accepted == fits
