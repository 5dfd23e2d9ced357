"""The example, loaded through its workbooks, and the articles held against it: both ways, and after a correction."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from shanhai.areas.funds.models import Allocation
from shanhai.check.checking import check
from shanhai.intake.declare import SHEETS
from shanhai.loading.executing import Order, load

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
EXAMPLES, SHARED = ROOT / "examples", ROOT.parent / "shared"
PAIRING, PARK = "331081-511381", "331081-511381/XM-2021-001"
SEED = SHARED / "seed" / "article.txt"
TOTALS = {"T01": "40000000.00", "T12": "14863280.00", "T17": "12000000.00", "T31": "12590000.00"}


def facts():
    with (EXAMPLES / "twelve-facts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def verdicts(text, **asked):
    """Verdict of every claim by where it begins."""
    checked = check(text, **asked)
    return {
        claim.start: str(judged.verdict) for claim, judged in zip(checked.reading.claims, checked.judged, strict=True)
    }


def test_every_workbook_of_the_example_was_saved(example_loaded):
    saved = {book["file"]: book["saved"] for book in example_loaded.loaded}
    assert all(saved[name] for name in saved if name[:2].isdigit())
    assert {name[:3] for name in saved if name.startswith("T") and saved[name]} == {*TOTALS, "T44"}


@pytest.mark.parametrize("prefix", TOTALS)
def test_the_allocations_of_a_notice_equal_its_stated_total(example_loaded, prefix):
    (book,) = (book["file"] for book in example_loaded.loaded if book["file"].startswith(prefix))
    found = Allocation.objects.filter(source__file=book).values_list("amount_fen", flat=True)
    assert Decimal(sum(found)).scaleb(-2) == Decimal(TOTALS[prefix])


@pytest.mark.parametrize("prefix", ["T14", "T34", "T42"])
def test_a_notice_that_disagrees_is_saved_only_when_a_clerk_says_why(example_loaded, prefix, today):
    (path,) = (EXAMPLES / "notices").glob(f"{prefix}-*.xlsx")

    def loaded(**order):
        actor = example_loaded.sign_in("operator", reach="all")
        return load(Order([(path.name, path)], **order), actor=actor, today=today)

    assert [finding.code for finding in loaded().findings if finding.blocks] != []
    assert not loaded().saved
    outcome = loaded(accept_difference="以附表为准")
    assert outcome.saved
    from shanhai.journal.models import Act

    assert Act.objects.get(id=outcome.act_id).reason == "以附表为准"


@pytest.mark.parametrize("name", sorted({fact["file"] for fact in facts()}))
def test_the_facts_told_in_the_projects_own_texts_get_their_verdicts(example_loaded, name):
    text = (EXAMPLES / name).read_text("utf-8")
    told = {int(fact["start"]): fact["verdict"] for fact in facts() if fact["file"] == name}
    found = verdicts(text)
    assert {start: found.get(start) for start in told} == told
    assert {verdict for start, verdict in found.items() if start not in told} <= {"not_in_records", "supported"}


def _corrected(office, tmp_path, chosen, change):
    """Put one allocation right, in the workbook of the example itself, cell by cell as a clerk would."""
    path = next((EXAMPLES / "wenling-langzhong").glob("05-*.xlsx"))
    book = openpyxl.load_workbook(path)
    page = book[SHEETS["funds.allocation"].zh]
    headers = [cell.value for cell in page[1]]
    row = chosen.source["row"]
    cell = page.cell(row, headers.index("分配金额（元）") + 1)
    cell.value = float(cell.value) + change
    target = tmp_path / path.name
    book.save(target)
    actor = office.sign_in("operator", reach="all")
    order = Order([(target.name, target)], correct="核对后更正")
    return load(order, actor=actor, today=date(2024, 7, 1))


@pytest.mark.parametrize("place", range(9))
@pytest.mark.parametrize("change", [1_000_000, -1_000_000])
def test_a_corrected_allocation_of_the_park_turns_the_two_claims_it_moves(example_loaded, tmp_path, place, change):
    chosen = Allocation.objects.filter(project_key=PARK).order_by("key")[place]
    text = SEED.read_text("utf-8") if SEED.exists() else (EXAMPLES / "article.txt").read_text("utf-8")
    before = verdicts(text, pairing=PAIRING, published=date(2024, 8, 31))
    outcome = _corrected(example_loaded, tmp_path, chosen, change)
    assert outcome.saved, [finding.message for finding in outcome.findings]
    after = verdicts(text, pairing=PAIRING, published=date(2024, 8, 31))
    turned = {start for start in before if before[start] != after[start]}
    surfaces = {text[start : start + 2] for start in turned}
    assert surfaces in ({"1.", "30"}, {"11", "30"})
    assert {after[start] for start in turned} <= {"contradicted", "outdated"}
