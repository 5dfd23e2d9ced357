"""The rule of a pair for all pairs at once, as one product of two thin matrices.

A score is a sum of parts, each of which looks at one fact of the vacancy: its place, its trade, its limits of age, its
first day, each skill it asks for. So the scores of all pairs are `left @ right`: a row of `left` holds what a seeker
gives for each such fact, a column of `right` says which facts a vacancy has. A part that makes the pair impossible is
a loss of `Numbers.never`, larger than anything that can be gained. Only the wage asked for is no such fact; rows lie by
the wage asked for and columns by the wage offered, so that what is high enough is the beginning of each row.

All numbers are whole and small enough to be exact in the floating-point type of the matrices.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
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

    The last row of `right` is the vacancy's own part (`own`), less its price while prices are tried. `reach` is for
    each row how many of the first columns pay enough.
    """

    seekers: Whole
    vacancies: Whole
    left: Matrix
    right: Matrix
    own: Matrix
    reach: Whole
    never: int


def build(inputs: Inputs, numbers: Numbers) -> Tables:
    """The two matrices of these inputs."""
    seekers, vacancies = inputs.seekers, inputs.vacancies
    parts = [_places(inputs, numbers), _trades(inputs), *_skills(inputs, numbers), _ages(inputs, numbers)]
    parts.append(_starts(inputs, numbers))
    own = _own(inputs, numbers)
    left = numpy.hstack([part for part, _ in parts] + [numpy.ones((seekers.height, 1))])
    right = numpy.vstack([part for _, part in parts] + [own[None, :]])
    asked = seekers["wage_wish_fen"].fill_null(_ANY).to_numpy()
    paid = vacancies["wage_fen"].fill_null(_UNKNOWN).to_numpy()
    rows, columns = numpy.argsort(asked, kind="stable"), numpy.argsort(-paid, kind="stable")
    reach = numpy.searchsorted(-paid[columns], -asked[rows], side="right")
    return Tables(
        rows, columns, left[rows].astype(numbers.kind), numpy.ascontiguousarray(right[:, columns], dtype=numbers.kind),
        own[columns].astype(numbers.kind), reach, numbers.never,
    )  # fmt: skip


#: Who asks for no wage takes a vacancy that names none; who asks for one does not.
_ANY, _UNKNOWN = -(2**62), -(2**61)


def _own(inputs: Inputs, numbers: Numbers) -> Matrix:
    """What a vacancy gives to anybody: the points of having a job and of its wage; nothing where it is closed."""
    jobs = inputs.vacancies
    given = [inputs.weights.job + wage_points(wage, inputs.weights) for wage in jobs["wage_fen"]]
    closed = ~jobs["is_open"] | (jobs["openings"] == 0) | (jobs["closes_on"] < inputs.on).fill_null(False)
    own: Matrix = numpy.array(given, dtype=float) - numbers.never * closed.to_numpy()
    return own


def _places(inputs: Inputs, numbers: Numbers) -> tuple[Matrix, Matrix]:
    """The points of the wished class of destination and of nearness, less what refused places forbid."""
    places, of_vacancy = _levels(zip(inputs.vacancies["class_code"], inputs.vacancies["region_code"], strict=True))
    homes, at_home = _levels(inputs.seekers["home_code"])
    wishes, of_wishes = _levels(map(tuple, inputs.seekers["wishes"].to_list()))
    codes, refusing = _holding(inputs.seekers["refused"])
    near = _table(homes, places, lambda home, place: near_points(home, place[1], inputs.weights))
    wished = _table(wishes, places, lambda wish, place: wish_points(wish, place[0], inputs.weights))
    met = _table(codes, places, lambda code, place: refuses(code, *place))
    left = near[at_home] + wished[of_wishes] - numbers.never * (refusing @ met > 0)
    return left, _one_hot(of_vacancy, len(places))


def _trades(inputs: Inputs) -> tuple[Matrix, Matrix]:
    trades, of_vacancy = _levels(inputs.vacancies["trade_code"])
    wanted, wanting = _holding(inputs.seekers["trades"])
    same = _table(wanted, trades, lambda mine, theirs: mine == theirs)
    return inputs.weights.trade * (wanting @ same), _one_hot(of_vacancy, len(trades))


def _skills(inputs: Inputs, numbers: Numbers) -> list[tuple[Matrix, Matrix]]:
    """Two parts: a loss for each required skill that is missing, and points for each preferred one that is there."""
    held, holding = _holding(inputs.seekers["skills"])
    required, requiring = _holding(inputs.vacancies["required"])
    preferred, preferring = _holding(inputs.vacancies["preferred"])
    worth = numpy.array([skill_points(skills, inputs.weights) for skills in inputs.vacancies["preferred"].to_list()])
    has_required = holding @ _table(held, required, lambda mine, theirs: mine == theirs)
    has_preferred = holding @ _table(held, preferred, lambda mine, theirs: mine == theirs)
    return [(-numbers.never * (1 - has_required), requiring.T), (has_preferred, preferring.T * worth)]


def _ages(inputs: Inputs, numbers: Numbers) -> tuple[Matrix, Matrix]:
    ages, of_seeker = _levels(day and age_on(day, inputs.on) for day in inputs.seekers["birth_on"])
    limits, of_vacancy = _levels(age_limits(row) for row in inputs.vacancies.iter_rows(named=True))
    outside = _table(ages, limits, _age_outside)
    return -numbers.never * outside[of_seeker], _one_hot(of_vacancy, len(limits))


def _age_outside(age: int | None, limits: tuple[int, int | None]) -> bool:
    lowest, highest = limits
    return age is None or age < lowest or (highest is not None and age > highest)


def _starts(inputs: Inputs, numbers: Numbers) -> tuple[Matrix, Matrix]:
    ready, of_seeker = _levels(inputs.seekers["from_on"])
    starts, of_vacancy = _levels(inputs.vacancies["start_on"])
    late = _table(ready, starts, lambda mine, start: mine is not None and start is not None and mine > start)
    return -numbers.never * late[of_seeker], _one_hot(of_vacancy, len(starts))


def _levels(values: Iterable[Hashable]) -> tuple[list[Any], Whole]:
    """The different values in their first order, and which one each has."""
    places: dict[Hashable, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values]
    return list(places), numpy.array(codes, dtype=numpy.int64)


def _table(rows: Sequence[Any], columns: Sequence[Any], worth: Any) -> Matrix:
    """A small table: what each row is worth against each column."""
    return numpy.array([[worth(row, column) for column in columns] for row in rows], dtype=float).reshape(
        len(rows), len(columns)
    )


def _one_hot(codes: Whole, levels: int) -> Matrix:
    found = numpy.zeros((levels, len(codes)))
    found[codes, numpy.arange(len(codes))] = 1
    return found


def _holding(lists: polars.Series) -> tuple[list[str], Matrix]:
    """The different entries of a column of lists, and for each row which of them it holds."""
    each = lists.to_frame("code").with_row_index("row").explode("code").drop_nulls()
    codes = sorted(each["code"].unique())
    found = numpy.zeros((len(lists), len(codes)))
    if codes:
        found[each["row"].to_numpy(), numpy.searchsorted(codes, each["code"].to_list())] = 1
    return codes, found
