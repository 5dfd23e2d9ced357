"""The tour leads to pages that are there; every figure, sheet and field has its sentence."""

import re

import pytest
from django.urls import resolve

from shanhai.figures import declare
from shanhai.intake.declare import SHEETS
from shanhai.web import guides, tour


@pytest.mark.parametrize("step", tour.STEPS, ids=lambda step: step.path)
def test_a_stop_of_the_tour_is_a_page(step):
    assert resolve(step.path).func


def test_every_figure_says_what_it_counts():
    assert [figure.name for figure in declare.registry() if not figure.rule.endswith("。")] == []


def test_every_field_of_every_sheet_says_what_it_takes():
    silent = [
        f"{sheet.name}.{column.field}"
        for sheet in SHEETS.values()
        if not sheet.auxiliary
        for column in sheet.columns
        if not (column.note or column.expected)
    ]
    assert silent == []


def test_a_guide_fits_on_one_page():
    for guide in guides.GUIDES:
        words = guide.comes_for + "".join(what + how for what, how in guide.tasks)
        assert 100 < len(re.sub(r"\s", "", words)) < 700
