"""Workbooks of honours that must not load: each mistake is marked in its cell, in words, and nothing is saved."""

from datetime import date

import pytest

from shanhai.areas.honours.models import Honour, HonourReview, Site
from shanhai.areas.honours.tests.conftest import BOOK, review_row, site_row, title_row
from shanhai.intake.declare import SHEETS
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import write

pytestmark = pytest.mark.slow
#: The sheet, the row that is wrong in it, and the column and code by which it is marked.
BAD = (
    ("honours.site", site_row(9, "示例庚村", project_key="XM-2022-002", proposed_on=date(2021, 7, 1), started_on=date(2021, 7, 2)), "started_on", "honours.before_project"),
    ("honours.site", site_row(9, "示例庚村", proposed_on=date(2021, 5, 31)), "proposed_on", "reference.outside_pairing"),
    ("honours.site", site_row(9, "示例庚村", dropped_on=date(2023, 1, 4)), "drop_reason", "honours.reason_missing"),
    ("honours.honour", title_row(19, nominated_on=date(2023, 7, 1)), "awarded_on", "honours.awarded_before_nominated"),
    ("honours.honour", title_row(19, expires_on=date(2023, 6, 1)), "expires_on", "honours.expires_before_award"),
    ("honours.honour", title_row(19, document_no=None), "document_no", "honours.document_missing"),
    ("honours.honour", title_row(19, awarded_on="2020"), "awarded_on", "reference.outside_pairing"),
    ("honours.honour", title_row(19, awarding_body="南充市示例局"), "level_code", "honours.level_differs"),
    ("honours.honour", title_row(19, title="示例协作先进集体", level_code="national", holder_name="示例协作办", awarded_on=date(2024, 4, 1)), "title", "honours.held_twice"),
    ("honours.honourreview", review_row(4, reviewed_on=date(2023, 12, 7), result_code="withdrawn", reason="示例"), "reviewed_on", "honours.reviewed_before_award"),
    ("honours.honourreview", review_row(4, result_code="withdrawn"), "reason", "honours.reason_missing"),
    ("honours.honourreview", review_row(3, reviewed_on=date(2024, 5, 1)), "reviewed_on", "honours.reviewed_after_withdrawal"),
)  # fmt: skip


def kept():
    return [model.objects.count() for model in (Site, Honour, HonourReview)]


@pytest.fixture
def loading(honoured, tmp_path):
    """Load rows by sheets; answers the outcome."""

    def loaded(rows):
        path = write(tmp_path / "错.xlsx", rows)
        actor = honoured.sign_in("operator", reach="all")
        return load(Order([(path.name, path)]), actor=actor, today=date(2024, 7, 1))

    return loaded


@pytest.mark.parametrize(("name", "row", "field", "code"), BAD, ids=[case[3] + "-" + case[2] for case in BAD])
def test_a_mistake_is_marked_in_its_cell_and_nothing_is_saved(loading, name, row, field, code):
    before = kept()
    outcome = loading({name: [row]})
    columns = [column.field for column in SHEETS[name].columns]
    assert not outcome.saved
    marked = [(one.code, one.place.row, one.place.column) for one in outcome.findings if one.blocks and one.place]
    assert marked == [(code, 2, chr(ord("A") + columns.index(field)))]
    assert all(one.message.endswith("。") for one in outcome.findings)
    assert kept() == before


def test_the_same_workbook_again_is_nothing_new(loading):
    before = kept()
    outcome = loading(BOOK)
    assert sum(outcome.written.values()) == 0
    assert kept() == before
