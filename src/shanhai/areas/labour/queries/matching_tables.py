"""The rule of a pair for all pairs at once, as one product of two thin matrices.

A score is a sum of parts, each of which looks at a few facts of the seeker and of the vacancy: home and place, wishes
and class of destination, trades, ages, each skill. So the scores of all pairs are `left @ right`, with a row of `left`
for each seeker and a column of `right` for each vacancy. A part that makes the pair impossible is a loss of
`Numbers.never`, larger than anything that can be gained.

Two reasons are no such parts, since they compare numbers of many values: the wage and the first day. Rows lie by the
wage asked for and columns by the wage offered, so that what pays enough is the beginning of each row (`reach`); days
are in the product by spans of days only, so that it may give too much for a pair that is too late. `Tables.fits` says
exactly; whoever takes a pair from the product asks it.

All numbers are whole and small enough to be exact in the floating-point type of the matrices.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
import polars
from numpy.typing import NDArray

from shanhai.areas.labour.queries.matching_inputs import Inputs
from shanhai.areas.labour.queries.matching_rules import (
    age_limits,
    age_on,
    near_points,
    refuses,
    skill_points,
    wage_points,
    wish_points,
)

Matrix = NDArray[Any]
Whole = NDArray[numpy.int64]
#: Who asks for no wage takes a vacancy that names none; who asks for one does not.
_ANY_WAGE, _UNKNOWN_WAGE = -(2**62), -(2**61)
_AT_ONCE, _WHENEVER = -(2**31), 2**31
_SPANS = 12
#: Stands in no code.
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A floating-point type, and the loss in it that no gain makes good."""

    kind: type
    never: int

    def holds(self, most: int) -> bool:
        """Whether sums and differences of gains up to `most` stay exact, and below the loss."""
        return 4 * most < self.never


SMALL, LARGE = Numbers(numpy.float32, 2**18), Numbers(numpy.float64, 2**46)


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows are seekers by the wage asked for, columns vacancies by the wage offered, the highest first.

    The last row of `right` is the vacancy's own part, less its price while prices are tried. `reach` is for each row
    how many of the first columns pay enough; `ready` and `start` are days, counted.
    """

    seekers: Whole
    vacancies: Whole
    left: Matrix
    right: Matrix
    reach: Whole
    ready: Whole
    start: Whole
    never: int

    def every(self, step: int) -> "Tables":
        """Every `step`-th row, beginning in the middle of the first ones."""
        some = slice(step // 2, None, step)
        left, reach, ready = numpy.ascontiguousarray(self.left[some]), self.reach[some], self.ready[some]
        return replace(self, seekers=self.seekers[some], left=left, reach=reach, ready=ready)

    def fits(self, rows: Whole, columns: Whole) -> NDArray[numpy.bool_]:
        """Whether the wage and the first day of these pairs fit."""
        fitting: NDArray[numpy.bool_] = (columns < self.reach[rows]) & (self.ready[rows] <= self.start[columns])
        return fitting


def build(inputs: Inputs, numbers: Numbers) -> Tables:
    """The two matrices of these inputs."""
    seekers, vacancies = inputs.seekers, inputs.vacancies
    asked = seekers["wage_wish_fen"].fill_null(_ANY_WAGE).to_numpy()
    paid = vacancies["wage_fen"].fill_null(_UNKNOWN_WAGE).to_numpy()
    ready = _days(seekers["from_on"], _AT_ONCE)
    start = _days(vacancies["start_on"], _WHENEVER)
    rows, columns = numpy.argsort(asked, kind="stable"), numpy.argsort(-paid, kind="stable")
    parts = [
        _near(inputs), _wishes(inputs), _refusals(inputs), _trades(inputs), _required(inputs), _preferred(inputs),
        *_ages(inputs), _spans(ready, start),
    ]  # fmt: skip
    left = numpy.empty((len(rows), sum(part.left.shape[1] for part in parts) + 1), dtype=numbers.kind)
    right = numpy.empty((left.shape[1], len(columns)), dtype=numbers.kind)
    place = 0
    for part in parts:
        here = slice(place, place := place + part.left.shape[1])
        left[:, here] = part.left[rows] * (-numbers.never if part.forbids else 1)
        right[here] = part.right[:, columns]
    left[:, place], right[place] = 1, _own(inputs, numbers)[columns]
    reach = numpy.searchsorted(-paid[columns], -asked[rows], side="right")
    return Tables(rows, columns, left, right, reach, ready[rows], start[columns], numbers.never)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the score as a product; where it forbids, any product above nothing makes the pair impossible."""

    left: Matrix
    right: Matrix
    forbids: bool = False


def _own(inputs: Inputs, numbers: Numbers) -> Matrix:
    """What a vacancy gives to anybody: the points of having a job and of its wage; nothing where it is closed."""
    jobs = inputs.vacancies
    given = [inputs.weights.job + wage_points(wage, inputs.weights) for wage in jobs["wage_fen"].to_list()]
    closed = ~jobs["is_open"] | (jobs["openings"] == 0) | (jobs["closes_on"] < inputs.on).fill_null(False)
    own: Matrix = numpy.array(given, dtype=float) - numbers.never * closed.to_numpy()
    return own


def _near(inputs: Inputs) -> _Part:
    homes, at_home = _levels(inputs.seekers["home_code"].to_list())
    places, of_vacancy = _levels(inputs.vacancies["region_code"].to_list())
    worth = _table(homes, places, lambda home, place: near_points(home, place, inputs.weights))
    return _Part(_one_hot(at_home, len(homes)), worth[:, of_vacancy])


def _wishes(inputs: Inputs) -> _Part:
    # Told apart as texts, which are far fewer objects than lists are.
    told, of_seeker = _levels(inputs.seekers["wishes"].list.join(_BETWEEN).to_list())
    wishes = [each.split(_BETWEEN) for each in told]
    classes, of_vacancy = _levels(inputs.vacancies["class_code"].to_list())
    worth = _table(wishes, classes, lambda wish, code: wish_points(wish, code, inputs.weights))
    return _Part(worth[of_seeker], _one_hot(of_vacancy, len(classes)).T)


def _refusals(inputs: Inputs) -> _Part:
    codes, refusing = _holding(inputs.seekers["refused"])
    jobs = inputs.vacancies
    places, of_vacancy = _levels(zip(jobs["class_code"].to_list(), jobs["region_code"].to_list(), strict=True))
    return _Part(
        refusing, _table(codes, places, lambda code, place: refuses(code, *place))[:, of_vacancy], forbids=True
    )


def _trades(inputs: Inputs) -> _Part:
    trades, wanting = _holding(inputs.seekers["trades"])
    offered, of_vacancy = _levels(inputs.vacancies["trade_code"].to_list())
    return _Part(inputs.weights.trade * wanting, _table(trades, offered, _same)[:, of_vacancy])


def _required(inputs: Inputs) -> _Part:
    """A loss for each skill that is asked for and not held."""
    skills, asking = _holding(inputs.vacancies["required"])
    held, holding = _holding(inputs.seekers["skills"])
    return _Part(1 - holding @ _table(held, skills, _same), asking.T, forbids=True)


def _preferred(inputs: Inputs) -> _Part:
    skills, asking = _holding(inputs.vacancies["preferred"])
    held, holding = _holding(inputs.seekers["skills"])
    worth = [skill_points(each, inputs.weights) for each in inputs.vacancies["preferred"].to_list()]
    return _Part(holding @ _table(held, skills, _same), asking.T * numpy.array(worth, dtype=numpy.float32))


def _ages(inputs: Inputs) -> tuple[_Part, _Part]:
    """Too young, and too old; who has no day of birth is too young for everything."""
    ages, of_seeker = _levels(day and age_on(day, inputs.on) for day in inputs.seekers["birth_on"].to_list())
    limits = [age_limits(row) for row in inputs.vacancies.select("min_age", "max_age").iter_rows(named=True)]
    youngest, by_youngest = _levels(low for low, _ in limits)
    oldest, by_oldest = _levels(high for _, high in limits)
    below = _table(ages, youngest, lambda age, low: age is None or age < low)
    above = _table(ages, oldest, lambda age, high: age is not None and high is not None and age > high)
    return (
        _Part(below[of_seeker], _one_hot(by_youngest, len(youngest)).T, forbids=True),
        _Part(above[of_seeker], _one_hot(by_oldest, len(oldest)).T, forbids=True),
    )


def _spans(ready: Whole, start: Whole) -> _Part:
    """Too late by a whole span of days: what is ready after the last day of the span of the vacancy's first day."""
    known = numpy.unique(start[start != _WHENEVER])
    ends = numpy.append(known[len(known) // _SPANS :: max(len(known) // _SPANS, 1)], _WHENEVER)
    late = (ready[:, None] > ends[None, :]).astype(numpy.float32)
    return _Part(late, _one_hot(numpy.searchsorted(ends, start), len(ends)).T, forbids=True)


def _days(days: polars.Series, missing: int) -> Whole:
    return days.cast(polars.Int32).cast(polars.Int64).fill_null(missing).to_numpy()


def _same(mine: object, theirs: object) -> bool:
    return mine == theirs


def _levels(values: Iterable[Hashable]) -> tuple[list[Any], Whole]:
    """The different values in their first order, and which one each has."""
    places: dict[Hashable, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values]
    return list(places), numpy.array(codes, dtype=numpy.int64)


def _table(rows: Sequence[Any], columns: Sequence[Any], worth: Callable[[Any, Any], int | bool]) -> Matrix:
    """A small table: what each row is worth against each column."""
    cells = [[worth(row, column) for column in columns] for row in rows]
    return numpy.array(cells, dtype=numpy.float32).reshape(len(rows), len(columns))


def _one_hot(codes: Whole, levels: int) -> Matrix:
    found = numpy.zeros((len(codes), levels), dtype=numpy.float32)
    found[numpy.arange(len(codes)), codes] = 1
    return found


def _holding(lists: polars.Series) -> tuple[list[str], Matrix]:
    """The different entries of a column of lists, and for each row which of them it holds."""
    each = lists.to_frame("code").with_row_index("row").explode("code").drop_nulls()
    codes = sorted(each["code"].unique().to_list())
    place_of = {code: place for place, code in enumerate(codes)}
    places = numpy.array([place_of[code] for code in each["code"].to_list()], dtype=numpy.int64)
    found = numpy.zeros((len(lists), len(codes)), dtype=numpy.float32)
    found[each["row"].to_numpy(), places] = 1
    return codes, found
