"""Invented histories for property tests, and every toy figure computed from them by hand in Python."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from shanhai.figures.tests import toy
from shanhai.figures.windows import Window

FIRST = date(2021, 1, 1)
DAYS = st.integers(0, 1200).map(lambda number: FIRST + timedelta(days=number))
KEYS = st.sampled_from(["", "p-1", "p-2", "p-3"])
FEN = st.one_of(st.integers(-10_000, 10_000), st.just(0), st.integers(2**61, 2**62))


def _rows(**cells):
    common = {
        "key": st.just(""), "scope_id": st.integers(1, 3), "scheme": st.just("east_west"),
        "owner_side": st.sampled_from(["east", "west"]), "entry": st.integers(1, 99),
        "stage": st.sampled_from(["achieved", "achieved", "achieved", "planned"]),
    }  # fmt: skip
    told = st.lists(st.fixed_dictionaries({**common, **cells}), max_size=12)
    return told.map(lambda rows: [row | {"id": number, "key": f"p-{number}"} for number, row in enumerate(rows)])


HISTORIES = st.fixed_dictionaries({
    toy.ALLOCATION: _rows(
        allocated_on=DAYS, amount_fen=FEN, project_key=KEYS, field_code=st.sampled_from(["education", "health"])
    ),
    toy.PAYMENT: _rows(paid_on=DAYS, amount_fen=FEN, project_key=KEYS, payee_code=st.none(), voucher_no=st.none()),
    toy.PROJECT: _rows(
        planned_fen=st.none() | FEN, approved_on=st.none() | DAYS, started_on=st.none() | DAYS,
        ended_on=st.none() | DAYS, parent_key=KEYS, class_code=st.none(), area_mu2=st.integers(0, 9_999),
    ),
    toy.ATTENDANCE: _rows(
        held_on=DAYS, person_id=st.none() | st.sampled_from(["a", "b", "c", "d", "e", ""]), household_id=st.none(),
        times=st.integers(0, 9),
    ),
})  # fmt: skip

WINDOWS = st.builds(
    Window,
    end=DAYS,
    start=st.none() | DAYS,
    scopes=st.none() | st.lists(st.integers(1, 3), unique=True, max_size=3).map(tuple),
)


def by_hand(history, window):
    """Every counted toy figure over a history: its amount in fen or whole numbers, or None over no values; and rows."""

    def rows(table, day, *, flow=False, until=None, stage="achieved"):
        return [
            row for row in history[table]
            if row[day] is not None and row[day] <= window.end
            and (not flow or window.start is None or row[day] >= window.start)
            and (until is None or row[until] is None or row[until] >= window.end)
            and (window.scopes is None or row["scope_id"] in window.scopes)
            and (stage is None or row["stage"] == stage)
        ]  # fmt: skip

    def added(found, column):
        stated = [row[column] for row in found if row[column] is not None]
        return (sum(stated) if stated else None, len(found))

    since = rows(toy.ALLOCATION, "allocated_on")
    flowing = rows(toy.ALLOCATION, "allocated_on", flow=True)
    paid = rows(toy.PAYMENT, "paid_on", flow=True)
    live = {(row["scope_id"], row["key"]) for row in history[toy.PROJECT]
            if row["started_on"] is not None and row["started_on"] <= window.end}  # fmt: skip
    projects = [row for row in since if row["project_key"]]
    standing = rows(toy.PROJECT, "started_on", until="ended_on")
    whole = [row for row in standing if not row["parent_key"]]
    named = [row for row in rows(toy.ATTENDANCE, "held_on") if row["person_id"]]
    days = [row["allocated_on"] for row in since]
    return {
        "toy.arranged": added([row for row in flowing if row["amount_fen"]], "amount_fen"),
        "toy.arranged_education": added(
            [row for row in since if row["amount_fen"] and row["field_code"] == "education"], "amount_fen"
        ),
        "toy.allocations": (len(flowing), len(flowing)),
        "toy.funded_projects": (len({(row["scope_id"], row["project_key"]) for row in projects}), len(projects)),
        "toy.first_allocation": (min(days, default=None), len(days)),
        "toy.last_allocation": (max(days, default=None), len(days)),
        "toy.paid": added(paid, "amount_fen"),
        "toy.paid_for_live_projects": added(
            [row for row in paid if (row["scope_id"], row["project_key"]) in live], "amount_fen"
        ),
        "toy.planned": added(rows(toy.PROJECT, "approved_on", stage=None), "planned_fen"),
        "toy.under_way": (len(whole), len(whole)),
        "toy.area": added(standing, "area_mu2"),
        "toy.people": (len({row["person_id"] for row in named}), len(named)),
        "toy.attendances": added(rows(toy.ATTENDANCE, "held_on", flow=True), "times"),
    }  # fmt: skip


def percent(above, below):
    """A share in per cent to four places, halves up."""
    return (above * 100 / below).quantize(Decimal("0.0001"), ROUND_HALF_UP)
