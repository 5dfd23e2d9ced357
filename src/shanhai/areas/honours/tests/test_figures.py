"""Any history of titles and reviews: the figures are what somebody counts who goes through it title by title."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta

import duckdb
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.areas.honours import figures
from shanhai.areas.honours.tests.conftest import OF_SITE, PAIRING
from shanhai.asking import scopes, values
from shanhai.base.findings import Refused
from shanhai.figures import declare, evaluating
from shanhai.figures.engines import DuckEngine
from shanhai.figures.windows import Window

RANKS = ("county", "prefecture", "provincial", "national")
FIRST = date(2022, 1, 1)
#: Few days, so that awards, reviews, ends and the day asked often fall on one, or a day apart.
DAYS = st.sampled_from(
    [FIRST + timedelta(days=number) for number in (0, 30, 31, 58, 59, 364, 365, 366, 730, 789, 1095)]
)
SOME_DAY = st.none() | DAYS
HONOURS = st.fixed_dictionaries(
    {
        "level_code": st.sampled_from(RANKS), "kind_code": st.sampled_from(("base", "village", "unit")),
        "site_key": st.sampled_from(("", "", "S1", "S2")), "origin_key": st.sampled_from(("", "0", "1")),
        "region_code": st.just("511381"), "town": st.sampled_from(("", "甲镇", "乙镇")), "village": st.sampled_from(("", "新村", "老村")),
        "awarded_on": DAYS, "awarded_on_precision": st.sampled_from(("day", "day", "month", "year")), "expires_on": SOME_DAY,
        "stage": st.sampled_from(("achieved", "achieved", "planned")), "scope_id": st.sampled_from((1, 1, 2)),
    }
)  # fmt: skip
REVIEWS = st.fixed_dictionaries(
    {
        "honour_key": st.sampled_from("0123"), "result_code": st.sampled_from(("passed", "withdrawn")), "reviewed_on": DAYS,
        "expires_on": SOME_DAY, "stage": st.just("achieved"), "scope_id": st.sampled_from((1, 1, 2)),
    }
)  # fmt: skip
SITES = [
    {"key": key, "scope_id": scope, "region_code": region, "town": "丙镇", "village": village, "stage": "achieved"}
    for scope, region in ((1, "511381"), (2, "513324"))
    for key, village in (("S1", "新村"), ("S2", ""))
]


def whole(rows):
    """Rows with what every record has; a row without a key has its number."""
    return [
        {"id": number, "key": str(number), "scheme": "east_west", "owner_side": "west", "entry": number, **row}
        for number, row in enumerate(rows)
    ]


def known_by(row):
    """The day by which a title had surely been awarded."""
    day = row["awarded_on"]
    match row["awarded_on_precision"]:
        case "year":
            return day.replace(month=12, day=31)
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])
    return day


class Count:
    """Titles gone through one by one, by their own reviews, as of a day."""

    def __init__(self, honours, reviews, window):
        """Told by nothing but the rows."""
        self.day, self.reviews = window.end, reviews
        every = [row for row in honours if row["stage"] == "achieved" and known_by(row) <= window.end]
        self.within = [row for row in every if window.start is None or known_by(row) >= window.start]
        self.kept = [(row, last) for row in every for stands, last in [self.said(row)] if stands]
        self.standing = [row for row, last in self.kept if last is None or last >= self.day]

    def said(self, row):
        """Whether a title was not withdrawn, and its last day."""
        stands, last, at = True, row["expires_on"], None
        for review in self.reviews:
            mine = (review["scope_id"], review["honour_key"]) == (row["scope_id"], row["key"])
            if mine and review["reviewed_on"] <= self.day and (at is None or review["reviewed_on"] >= at):
                stands, last, at = review["result_code"] == "passed", review["expires_on"], review["reviewed_on"]
        return stands, last

    def place(self, row):
        """Region, town and village of a title; those of its site, where it has one."""
        own = next(
            (site for site in SITES if (site["scope_id"], site["key"]) == (row["scope_id"], row["site_key"])), row
        )
        return own["region_code"], own["town"], own["village"]

    def things(self, rows, naming):
        """What rows name, each with its highest level."""
        found = {}
        for row in rows:
            if name := naming(row):
                found[name] = max(found.get(name, 0), RANKS.index(row["level_code"]))
        return found

    def site(self, row):
        return row["site_key"] and (row["scope_id"], row["site_key"])

    def village(self, row):
        return self.place(row) if self.place(row)[2] else None

    def told(self):
        """Every figure of the area."""
        sites = self.things(self.within, self.site)
        around = [row for row in self.standing if row["site_key"] or row["kind_code"] == "village"]
        return {
            "honours.awarded": len(self.within), "honours.in_force": len(self.standing),
            "honours.reviews_due": sum(last is not None and last.year <= self.day.year for _, last in self.kept),
            "honours.bases_named": len({(row["scope_id"], row["origin_key"] or row["key"]) for row in self.within if row["kind_code"] == "base"}),
            "honours.villages_named": len(self.things([row for row in self.within if row["kind_code"] == "village"], self.village)),
            "honours.sites_named": len(sites), "honours.sites_provincial_prefecture": sum(rank in (1, 2) for rank in sites.values()),
            "honours.sites_in_force": len(self.things(self.standing, self.site)),
            "honours.villages_covered": len({self.village(row) for row in around} - {None}),
            "honours.townships_covered": len({self.place(row)[:2] for row in around if self.place(row)[1]}),
        }  # fmt: skip

    def by_rank(self):
        """Sites by their highest level, named in the window and standing on the day."""
        return {
            "honours.sites_named": self.things(self.within, self.site),
            "honours.sites_in_force": self.things(self.standing, self.site),
        }


MINE = declare.registry().of_area("honours")


def number(value):
    return int(value.amount or 0)


@pytest.fixture(scope="module")
def duck():
    """One DuckDB for all histories: opening one takes longer than asking it."""
    with duckdb.connect(":memory:", config={"threads": 1}) as opened:
        yield opened


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(HONOURS, min_size=6, max_size=10), st.lists(REVIEWS, min_size=2, max_size=8), st.none() | DAYS, DAYS)
def test_every_figure_is_what_a_person_would_count(duck, told, said, start, end):
    window = Window(start=start if start is None or start <= end else None, end=end)
    honours, reviews = whole(told), whole(said)
    engine = DuckEngine.holding({figures.HONOUR: honours, figures.REVIEW: reviews, figures.SITE: whole(SITES)}, duck)
    count = Count(honours, reviews, window)
    assert {name: number(value) for name, value in evaluating.evaluate(MINE, engine, window).items()} == count.told()
    ranked = [figure for figure in MINE if figure.name in count.by_rank()]
    found = evaluating.by_slice(ranked, engine, window, "rank")
    for name, tops in count.by_rank().items():
        expected = Counter(RANKS[top] for top in tops.values())
        assert {rank: number(value) for rank, value in found[name].items() if number(value)} == expected, name


#: What is done, to which title, how many days after the first, at which level.
DEEDS = st.tuples(
    st.sampled_from(("award", "correct", "pass", "withdraw")), st.integers(0, 3), st.integers(0, 700),
    st.sampled_from(("prefecture", "provincial")),
)  # fmt: skip


class Book:
    """A book of titles of two sites, and what stands in it after each deed that was taken."""

    def __init__(self, enter):
        """Two sites are registered."""
        self.enter, self.honours, self.reviews = enter, {}, {}
        enter("register_sites", *({"_key": f"S{place}", "proposed_on": FIRST, "village": f"村{place}"} for place in (0, 1)))  # fmt: skip

    def does(self, deed, place, days, rank):
        """Do it; what the area refuses leaves nothing behind."""
        day = FIRST + timedelta(days=days)
        try:
            with transaction.atomic():
                self._done(deed, place, day, rank)
        except Refused:
            return

    def _done(self, deed, place, day, rank):
        if deed in ("award", "correct"):
            row = {
                **OF_SITE,
                "site_key": f"S{place % 2}",
                "title": f"称号{place}",
                "level_code": rank,
                "awarded_on": day,
            }
            row["expires_on"] = day + timedelta(days=365)
            self.enter("award", {"_key": f"R{place}", **row}, correcting=deed == "correct")
            known = {"key": f"R{place}", "kind_code": "site", "awarded_on_precision": "day", "stage": "achieved", "scope_id": 1,
                     "town": "", "village": ""}  # fmt: skip
            self.honours[place] = row | known
        else:
            passed = deed == "pass"
            row = {
                "honour_key": f"R{place}",
                "reviewed_on": day,
                "expires_on": day + timedelta(days=200) if passed else None,
            }
            row |= {"result_code": "passed"} if passed else {"result_code": "withdrawn", "reason": "不再符合条件"}
            self.enter("review", {"_key": f"R{place}/{day}", **row})
            self.reviews[place, day] = row | {"scope_id": 1}


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(DEEDS, max_size=10), st.integers(0, 1000))
def test_what_was_entered_corrected_and_withdrawn_is_counted_as_it_stands(enter, deeds, days):
    with transaction.atomic():
        book = Book(enter)
        for deed in [("award", 0, 10, "provincial"), ("award", 2, 40, "prefecture"), *deeds]:
            book.does(*deed)
        end = FIRST + timedelta(days=days)
        count = Count(book.honours.values(), book.reviews.values(), Window(end=end)).told()
        scope = scopes.by_code(PAIRING)
        for name in (
            "awarded",
            "in_force",
            "reviews_due",
            "sites_named",
            "sites_provincial_prefecture",
            "sites_in_force",
        ):
            amount = values.value(scope, f"honours.{name}", values.window_of(scope, as_of=end)).amount
            assert (name, int(amount or 0)) == (name, count[f"honours.{name}"])
        transaction.set_rollback(True)
