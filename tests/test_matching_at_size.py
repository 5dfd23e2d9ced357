"""The matching on the benchmark's own seekers and vacancies, at a size where few pairs are listed."""

from datetime import date

import numpy
import pytest

from shanhai.areas.labour.queries.matching import match
from shanhai.areas.labour.queries.matching_best import Pairs
from shanhai.areas.labour.queries.matching_flow import best_flow
from shanhai.areas.labour.queries.matching_pricing import near
from shanhai.areas.labour.queries.matching_tables import SMALL, build
from shanhai.cli import bench_matching

ON = date(2024, 3, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 4])
def test_price_and_add_reaches_what_a_flow_over_all_pairs_reaches(seed):
    people, jobs = bench_matching.seekers(1_100, seed=seed), bench_matching.vacancies(200, seed=seed)
    matched = match(people, jobs, on=ON, floor=())
    tables = build(matched.inputs, SMALL)
    nothing, free = numpy.zeros(people.height, dtype=numpy.int64), numpy.zeros(jobs.height, dtype=numpy.int64)
    every: Pairs = near(tables, nothing, free, gain=nothing, below=0, width=jobs.height)
    openings = matched.inputs.vacancies["openings"].to_numpy()[tables.vacancies]
    flow = best_flow(every, numpy.ones(people.height, dtype=numpy.int64), openings)
    assert matched.certificate.worth == matched.certificate.score == int((flow * every.gains).sum())
    assert matched.certificate.listed < len(every.rows)
