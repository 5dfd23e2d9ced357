"""Both ways: a number changed in the text holds no more; a record changed through a workbook turns the claims it moves, no others."""

import csv
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from shanhai.loading.executing import Order, load

ROOT = Path(__file__).parents[2]
EXAMPLES, SEED = ROOT / "examples", ROOT.parent / "shared" / "seed"
PAIRING = "331081-511381"
#: The claims the example's records hold up: of agreements, funds and projects, and of people and goods.
HELD_UP = {
    "C04", "C05", "C06", "C07", "C16", "C17", "C18", "C22", "C25", "C28", "C33", "C43",
    "C08", "C09", "C10", "C11", "C12", "C13", "C14", "C15", "C21", "C32", "C36", "C37", "C38", "C39", "C40", "C41", "C42",
}  # fmt: skip
TURNED = {"contradicted", "outdated"}
_AS_PUBLISHED: dict[int, str] = {}
SEED_CHANGES = {
    "C04": ("1997年", "1986年", "2006年"), "C05": ("2020年", "2022年", "2016年"), "C06": ("30多年", "10多年", "26年"),
    "C07": ("2021年9月", "2022年6月", "2020年6月"), "C16": ("四年", "两年", "五年", "十年"),
    "C17": ("1.71億元", "2.17億元", "1.07億元", "1170萬元", "1.17萬元"), "C18": ("50余個", "30余個", "44個", "140余個"),
    "C22": ("3500萬元", "300萬元", "3000余萬元", "3億元"), "C25": ("2022年", "2019年", "2023年"),
    "C28": ("3358萬元", "4385萬元", "33.85萬元", "3400余萬元"), "C33": ("900余萬元", "700余萬元", "800余元", "80余萬元"),
    "C43": ("66萬元", "600萬元", "59萬元"), "C08": ("2013年", "2016年"), "C09": ("6個", "4個"), "C10": ("6200余畝", "4200余畝"),
    "C11": ("1256名", "1225名"), "C12": ("1300畝", "2100畝"), "C13": ("6%", "15%"), "C14": ("1640余戶", "1440余戶"),
    "C15": ("8000余元", "6000余元"), "C21": ("2家",), "C32": ("9名", "8名"), "C36": ("3400余人次", "3200余人次"),
    "C37": ("160余人", "140余人"), "C38": ("四年", "两年"), "C39": ("13所", "11所"), "C40": ("6000余名", "4000余名"),
    "C41": ("27.5萬人", "32.5萬人"), "C42": ("26817人", "26872人"),
}  # fmt: skip
ARTICLE_CHANGES = {
    "2021年6月": ("2022年6月",), "三年": ("四年",), "1996年": ("1998年",), "2021年": ("2019年",), "二十多年": ("三十多年",),
    "11700万元": ("17700万元", "1170万元"), "40个": ("50个",), "3000万元": ("3100万元",), "3385万元": ("3835万元",),
    "800万元": ("900万元",), "60万元": ("160万元",),
}  # fmt: skip


def _seed():
    if not SEED.is_dir():
        pytest.skip("shared/seed does not lie beside the repository")
    text = (SEED / "article.txt").read_bytes().decode("utf-8")
    with (SEED / "claims.csv").open(encoding="utf-8", newline="") as lines:
        return text, {row["id"]: (int(row["start"]), int(row["end"])) for row in csv.DictReader(lines)}


def _verdicts(answer, moved_at=None, by=0):
    """Verdicts by the place of their claims in the text before it was changed."""
    return {
        claim["start"] - (by if moved_at is not None and claim["start"] > moved_at else 0): claim["verdict"]
        for claim in answer["claims"]
    }


def _turned(before, after):
    return {at for at in before if before[at] != after.get(at)}


@pytest.mark.slow
@pytest.mark.parametrize("asked", [{"pairing": PAIRING, "published": date(2024, 8, 31)}, {}])
def test_the_seed_article_has_its_facts_supported_and_no_other(checked, asked):
    text, claims = _seed()
    answer = checked(text, **asked)
    supported = {claim["start"] for claim in answer["claims"] if claim["verdict"] == "supported"}
    others = {claim["verdict"] for claim in answer["claims"] if claim["start"] not in supported}
    assert supported == {claims[name][0] for name in HELD_UP}
    assert others == {"not_in_records"} and len(answer["claims"]) == len(claims)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HELD_UP))
def test_a_number_changed_in_the_seed_article_turns_and_nothing_else_does(checked, name):
    text, claims = _seed()
    start, end = claims[name]
    asked = {"pairing": PAIRING, "published": date(2024, 8, 31)}
    if not _AS_PUBLISHED:  # the same records stand before each of these tests
        _AS_PUBLISHED.update(_verdicts(checked(text, **asked)))
    before = _AS_PUBLISHED
    for other in SEED_CHANGES[name]:
        after = _verdicts(checked(text[:start] + other + text[end:], **asked), start, len(other) - (end - start))
        assert _turned(before, after) == {start}, other
        assert after[start] in TURNED, (other, after[start])


@pytest.mark.slow
def test_a_number_changed_in_the_example_article_turns_and_nothing_else_does(checked):
    text = (EXAMPLES / "article.txt").read_bytes().decode("utf-8")
    told = checked(text)
    before = _verdicts(told)
    tried = 0
    for claim in told["claims"]:
        for other in ARTICLE_CHANGES.get(claim["surface"], ()) if claim["verdict"] == "supported" else ():
            start, end = claim["start"], claim["end"]
            after = _verdicts(checked(text[:start] + other + text[end:]), start, len(other) - (end - start))
            assert _turned(before, after) == {start}, (claim["surface"], other)
            assert after[start] in TURNED, (claim["surface"], other, after[start])
            tried += 1
    assert tried >= len(ARTICLE_CHANGES)


@pytest.fixture
def put_right(example, tmp_path):
    """Correct one row of the example through a workbook: the book and sheet, what tells the row, what its cells become."""

    def done(book, sheet, row_told, changed):
        (path,) = (EXAMPLES / "wenling-langzhong").glob(f"{book}-*.xlsx")
        with closing(openpyxl.load_workbook(path, read_only=True)) as kept:
            headers, *rows = kept[sheet].iter_rows(values_only=True)
        told = (dict(zip(headers, row, strict=True)) for row in rows)
        row = next(row for row in told if row_told.items() <= row.items())
        row |= {name: change(row[name]) if callable(change) else change for name, change in changed.items()}
        made = openpyxl.Workbook()
        made.active.title = sheet
        made.active.append(headers)
        made.active.append([cell.date() if isinstance(cell, datetime) else cell for cell in row.values()])
        corrected = tmp_path / "更正.xlsx"
        made.save(corrected)
        actor = example.sign_in("operator", reach="all")
        outcome = load(
            Order([(corrected.name, corrected)], correct="核对凭证后更正"), actor=actor, today=date(2024, 7, 2)
        )
        assert outcome.saved, [str(finding) for finding in outcome.findings]
        example.sign_in("operator", reach="all")

    return done


@pytest.fixture
def correcting(put_right):
    """Correct one allocation of the example: its document number, its project, and by how much it changes."""

    def done(paper, of_project, change):
        told = {"文号": paper, "项目编号": of_project}
        put_right("05", "资金分配", told, {"分配金额（元）": lambda amount: amount + change})

    return done


#: Which row is put right, how, and which claims alone that turns: of each area of people and goods that counts rows.
PUT_RIGHT = [
    ("08", "地块", {"地块编号": "DK-0013"}, {"面积（亩）": 860}, {"C12"}),
    ("08", "地块", {"地块编号": "DK-0012"}, {"面积（亩）": 729}, {"C10"}),
    ("08", "地块", {"地块编号": "DK-0012"}, {"面积（亩）": 830}, set()),
    ("10", "公布统计", {"统计编号": "TJ-2023-01"}, {"公布人数": 305_000}, {"C41"}),
    ("11", "人才选派", {"选派编号": "XP-2022-002"}, {"任职": "任课教师"}, {"C32"}),
    ("11", "人才选派", {"选派编号": "XP-2022-003"}, {"任职": "任课教师"}, set()),
    ("08", "利益联结支付", {"支付编号": "LJ-01062"}, {"支付日期": date(2024, 7, 1)}, set()),
    ("10", "就业", {"就业编号": "JY-00002"}, {"上岗日期": date(2024, 1, 24)}, {"C42"}),
    ("09", "交售", {"交售编号": "JS-00001"}, {"头数": 8}, set()),
    ("12", "残疾人培训签到", {"培训编号": "CP-2022-01", "人员编号": "RY-SH-60001"}, {"身份": "残疾人家属"}, set()),
]


@pytest.mark.slow
@pytest.mark.parametrize(("book", "sheet", "row", "changed", "turned"), PUT_RIGHT)
def test_a_record_put_right_turns_the_claims_it_moves_past_their_words_and_no_other(
    checked, put_right, book, sheet, row, changed, turned
):
    text, claims = _seed()
    asked = {"pairing": PAIRING, "published": date(2024, 8, 31)}
    before = _verdicts(checked(text, **asked))
    put_right(book, sheet, row, changed)
    after = _verdicts(checked(text, **asked))
    assert _turned(before, after) == {claims[name][0] for name in turned}
    assert {after[claims[name][0]] for name in turned} <= TURNED


@pytest.mark.slow
def test_a_park_allocation_corrected_turns_the_park_and_the_total_and_back(checked, correcting):
    text, claims = _seed()
    before = _verdicts(checked(text))
    correcting("示例阆财农〔2024〕20号", "XM-2021-001", -1_000_000)
    after = _verdicts(checked(text))
    assert _turned(before, after) == {claims["C22"][0], claims["C17"][0]}
    assert {after[claims[name][0]] for name in ("C22", "C17")} == {"contradicted"}
    correcting("示例阆财农〔2024〕20号", "XM-2021-001", 0)
    assert _verdicts(checked(text)) == before


@pytest.mark.slow
def test_a_bound_stays_where_the_correction_stays_inside_it(checked, correcting):
    text, claims = _seed()
    before = _verdicts(checked(text))
    correcting("示例阆财农〔2023〕22号", "XM-2023-005", 10_000)
    after = _verdicts(checked(text))
    assert after[claims["C33"][0]] == "supported"
    assert _turned(before, after) <= {claims["C17"][0]} and after[claims["C17"][0]] == "supported_rounded"
