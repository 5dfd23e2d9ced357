"""What `check --json` promises: its keys, offsets into the file as given, what is shown to whom, and odd files."""

import json
from datetime import date

import pytest

from shanhai.base.findings import Refused
from shanhai.check.checking import check
from shanhai.check.wire import answer
from shanhai.cli.articles import check_file

PAIRING, OTHER = "331081-511381", "330282-513324"
KEYS = {
    "surface", "start", "end", "value", "value_max", "unit", "qualifier", "kind", "stage", "figure", "computed", "verdict",
    "reason", "records", "reconstructed", "unreadable",
}  # fmt: skip
ARTICLE = (
    "温岭与阆中协作记\n2021年6月，温岭与阆中结对。三年来，两市累计安排专项资金1.17亿元，实施项目40余个。\n"
    "园区带动数百名群众务工，产值2到3亿元，教育帮扶投入协作资金3?85万元。\n"
)


@pytest.mark.slow
def test_a_claim_has_exactly_the_keys_promised_and_json_holds_them(checked):
    told = checked(ARTICLE)
    assert set(told) >= {"claims", "findings"}
    assert told["claims"] and all(set(claim) == KEYS for claim in told["claims"])
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told


@pytest.mark.slow
def test_values_are_plain_vague_ones_null_and_ranges_have_both_ends(checked):
    told = {claim["surface"]: claim for claim in checked(ARTICLE)["claims"]}
    assert told["1.17亿元"]["value"] == 117_000_000 and told["2021年6月"]["value"] == "2021-06"
    vague = next(claim for claim in told.values() if "数百" in claim["surface"])
    assert vague["value"] is None and vague["verdict"] == "not_in_records"
    span = next(claim for claim in told.values() if claim["value_max"])
    assert (span["value"], span["value_max"]) == (200_000_000, 300_000_000)


@pytest.mark.slow
def test_unreadable_is_true_exactly_where_the_verdict_is_uncertain(checked):
    told = checked(ARTICLE)["claims"]
    assert [claim["unreadable"] for claim in told] == [claim["verdict"] == "uncertain" for claim in told]
    assert any(claim["unreadable"] for claim in told)


@pytest.mark.slow
def test_records_are_record_keys_and_only_supported_by_them_is_reconstructed(checked):
    told = {claim["surface"]: claim for claim in checked(ARTICLE)["claims"]}
    assert all(record.startswith("funds.allocation:331081-511381/") for record in told["1.17亿元"]["records"])
    assert told["1.17亿元"]["reconstructed"] is True and told["1.17亿元"]["computed"] == "117000000.00"
    nothing = next(claim for claim in told.values() if claim["verdict"] == "not_in_records")
    assert (nothing["records"], nothing["figure"], nothing["computed"], nothing["reconstructed"]) == (
        [],
        None,
        None,
        False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["\n", "\r\n"])
def test_offsets_count_the_characters_of_the_file_as_given(checked, mark):
    text = ARTICLE.replace("\n", mark)
    for claim in checked(text)["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["surface"]


@pytest.mark.slow
def test_without_a_day_the_closing_is_told_and_with_one_it_is_not(checked):
    by_closing, by_day = checked(ARTICLE), checked(ARTICLE, published=date(2024, 8, 31))
    assert by_closing["held_on"] == "2024-06-30" and by_day["held_on"] == "2024-08-31"
    told = [finding["message"] for finding in by_closing["findings"] if finding["code"] == "check.held_against_closing"]
    assert len(told) == 1 and "2024-06-30" in told[0]
    assert "check.held_against_closing" not in {finding["code"] for finding in by_day["findings"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("温岭和阆中累计安排专项资金1.17亿元。", PAIRING),
        ("温阆两地累计安排专项资金1.17亿元。", PAIRING),
        ("我市与浙江省温岭市结对，安排专项资金1.17亿元。", PAIRING),
        ("某地与某地累计安排专项资金1.17亿元。", None),
        ("温岭的海鲜卖出1.17亿元。", None),
    ],
)
def test_the_pairing_comes_from_the_places_named(checked, text, found):
    told = checked(text)
    assert told["pairing"] == found
    if found is None:
        assert {claim["verdict"] for claim in told["claims"]} == {"not_in_records"}
        assert "check.no_pairing" in {finding["code"] for finding in told["findings"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["", "\n\n\n", "没有数字的一段话。", "1 2 3 4 5 6 7", "123456789012345678901234567890", "？！……", "\ufeff温岭阆中"],
)
def test_texts_with_nothing_to_say_are_answered(checked, text):
    told = checked(text)
    assert all(claim["verdict"] in {"not_in_records", "uncertain"} for claim in told["claims"])


@pytest.mark.slow
def test_arithmetic_inside_the_text_is_a_finding_and_changes_no_verdict(checked):
    text = "温岭与阆中的协作带动农户500户，其中脱贫户700户。两市累计安排专项资金1.17亿元。"
    told = checked(text)
    assert any(finding["code"].startswith("check.arithmetic") for finding in told["findings"])
    assert {claim["verdict"] for claim in told["claims"] if claim["unit"] == "CNY"} == {"supported"}


@pytest.mark.slow
def test_a_reader_of_another_pairing_sees_nothing(example):
    example.sign_in("viewer", scope=OTHER)
    told = answer(check(ARTICLE))
    assert told["pairing"] is None
    assert all(claim["records"] == [] and claim["computed"] is None for claim in told["claims"])
    with pytest.raises(Refused, match="无权查看|没有找到"):
        check(ARTICLE, pairing=PAIRING)


@pytest.mark.slow
def test_a_file_that_is_not_utf8_is_answered_with_a_sentence(tmp_path):
    path = tmp_path / "稿件.txt"
    path.write_bytes(ARTICLE.encode("gb18030"))
    with pytest.raises(Refused, match="UTF-8"):
        check_file(path, pairing=None, published=None, user="operator")


@pytest.mark.slow
def test_a_pairing_the_reader_does_not_have_leaves_the_claims_and_says_why(example, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, "utf-8")
    told = answer(check_file(path, pairing="999999-999998", published=None, user="operator"))
    assert [claim["surface"] for claim in told["claims"]][:2] == ["2021年6月", "三年"]
    assert {claim["verdict"] for claim in told["claims"]} == {"not_in_records", "uncertain"}
    assert all(claim["computed"] is None and claim["records"] == [] for claim in told["claims"])
    assert "check.no_pairing" in [finding["code"] for finding in told["findings"]]
