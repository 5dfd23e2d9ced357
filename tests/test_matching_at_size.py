"""The matching at a size at which it begins from samples, held against a flow over all pairs."""

import numpy
import pytest

from shanhai.areas.labour.queries.matching import match
from shanhai.areas.labour.queries.matching_flow import best_flow
from shanhai.areas.labour.queries.matching_pricing import near
from shanhai.areas.labour.queries.matching_tables import SMALL, build
from shanhai.cli.bench_matching import ON, seekers, vacancies


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 4])
def test_price_and_add_reaches_what_a_flow_over_all_pairs_reaches(seed):
    people, jobs = seekers(1_100, seed=seed), vacancies(200, seed=seed)
    matched = match(people, jobs, on=ON, floor=())
    tables = build(matched.inputs, SMALL)
    nothing, free = numpy.zeros(people.height, dtype=numpy.int64), numpy.zeros(jobs.height, dtype=numpy.int64)
    every = near(tables, nothing, free, gain=nothing, below=0, width=jobs.height)
    openings = matched.inputs.vacancies["openings"].to_numpy()[tables.vacancies]
    flow = best_flow(every, numpy.ones(people.height, dtype=numpy.int64), openings)
    assert matched.certificate.worth == matched.certificate.score == int((flow * every.gains).sum())
    assert matched.certificate.listed < len(every.rows)
