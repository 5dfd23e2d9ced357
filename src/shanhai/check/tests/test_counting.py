"""What is counted: phrases of every unit, in two sentences each."""

from pathlib import Path

import pytest

from shanhai.base.units import UNITS
from shanhai.check.reading import read

LINES = (Path(__file__).parent / "texts" / "counted.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("\t")[0])
def test_the_unit_is_found_from_measure_word_and_noun(line: str) -> None:
    unit, *phrases = line.split("\t")
    for phrase in phrases:
        assert [claim.unit for claim in read(f"当地{phrase},成效明显。").claims] == [unit], phrase


def test_every_unit_of_the_list_has_a_phrase() -> None:
    assert UNITS.keys() - {line.split("\t")[0] for line in LINES} == {"unit", "date", "ratio"}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("项目30个,开工28个。", ["project", "project"]),
        ("这样的展位,本届博览会设了900多个。", ["site"]),
        ("镇与镇\t260个\t较上年增9个", ["pair", "pair"]),
        ("签约53个。", ["project"]),
        ("跑动3次。召开会议3次。", ["visit", "session"]),
        ("受理3件。捐赠棉衣3件。", ["case", "item"]),
        ("730个\n援建项目730个。", ["project", "project"]),
        ("投入资金300万,惠及30万群众。", ["CNY", "person"]),
    ],
)
def test_the_noun_may_stand_elsewhere(text: str, units: list[str]) -> None:
    assert [claim.unit for claim in read(text).claims] == units
