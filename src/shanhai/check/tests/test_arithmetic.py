import pytest

from shanhai.check.reading import read

WRONG = {
    "growth": ("干部从500名增加到1600名,增长320%。", "220%"),
    "change": ("企业由4家增加到19家,增加14家。", "15家"),
    "share": ("规划项目3200个,完工2830个,占88.6%。", "88.4%"),
    "sum": ("去年3200万元,前年3650万元,今年4100万元,合计1.2亿元。", "1.095亿元"),
    "part": ("外出务工2万人,其中脱贫劳动力3.5万人。", "不超过2万人"),
    "average": ("发放分红120万元,惠及600户,户均2200元。", "2000.00元"),
}
RIGHT = (
    """
第一批只有500名,第九批达到1600名,增长220%。|规划项目1600个,开工1520个,占95%;完工1240个,占77.5%。
互派46人(党政干部8人、专技人员38人)。|转诊率从21.4%降至9.8%,下降11.6个百分点。|资金由8.1亿元增至26.4亿元。
全年1.2亿元,其中产业7200万元,占60%。|床位由12张增加到40张,住院量提高1.8倍。|今年300万元,同比增长5%。
三县42个村、镇上12个村,其中脱贫村30个。|从15天缩短到3天。|收入由1.9万元提高到3.2万元,年均增长12.4%。
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize(("kind", "case"), list(WRONG.items()))
def test_a_sum_that_does_not_hold_is_found_with_what_it_should_be(kind: str, case: tuple[str, str]) -> None:
    text, expected = case
    (finding,) = read("标题\n" + text).findings
    assert finding.code == f"check.arithmetic.{kind}" and finding.expected == expected
    assert not finding.blocks and finding.found in finding.message and finding.message.startswith("第2行")


@pytest.mark.parametrize("text", [text for text in RIGHT if text])
def test_nothing_is_found_where_the_figures_may_agree(text: str) -> None:
    assert read(text).findings == ()


def test_rounded_figures_are_intervals() -> None:
    assert read("企业由1.0万家增加到2.0万家,增长95%。").findings == ()
    assert read("企业由10000家增加到20000家,增长95%。").findings != ()
