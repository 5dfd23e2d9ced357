"""Numerals that claim nothing are left out; figures beside them are read all the same."""

import pytest

from shanhai.check.reading import read

SILENT = (
    """
第三届展会开幕。|在全省排第一位。|医院评上三级甲等。|首批队伍到位。|下一批指标正在谈。
“两不愁三保障”落实。|一县一园、一村一品。|走的是千山万水。|“三个课堂”进校园。|采用“1+3+N”布局。
两地签下协议。|两个东部省市携手。|这三个县都去了。|一个个项目落地。|一晚没睡。|一边打包一边说。
线上走“832平台”。|乘K50次列车。|住A12号楼。|文号〔2021〕15号。|滇ICP备00003322号
联系电话:0931-0007519|时间:8:30-12:00|会议9时30分开始。|点击:1973次|(第3页)
“十四五”开局。|几天就到。|好几个村子。|上半年进展顺利。|去年底摘帽。|2021年以来投入不断。
公示期7天。|签了5年合同。|每两年一届。|目标***亿元。|以91比77胜出。|《百村千策》出版。
二次转移。|二期工程开工。|七里派出所。|九寨镇敬老院。|百姓叫好。|农历八月十五。|总投资17
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("text", [text for text in SILENT if text])
def test_no_claim_is_read(text: str) -> None:
    assert [claim.surface for claim in read(text).claims] == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("第九批队伍1875名。", ["1875名"]),
        ("全镇八村一社区。", ["八村", "一社区"]),
        ("一、资金。全年投入3亿元[6]。", ["3亿元"]),
        ("- 6年\n- 1386名", ["6年", "1386名"]),
        ("四市拨付9亿元。四市帮着找销路。", ["四市", "9亿元"]),
        ("市、县、乡三级联动。", ["三级"]),
        ("下降7.3个百分点。", ["7.3个百分点"]),
        ("全程零材料。", ["零材料"]),
        ("7 615元和1 800多个岗位。", ["7 615元", "1 800多个"]),
        ("金额16。35亿元。", ["16。35亿元"]),
        ("半年账显示,收入翻番,一半来自茶。", ["翻番", "一半"]),
    ],
)
def test_what_stands_beside_is_read(text: str, surfaces: list[str]) -> None:
    assert [claim.surface for claim in read(text).claims] == surfaces


def test_a_masked_amount_is_not_made_up() -> None:
    assert read("目标*.**亿元,另有****万元。").claims == ()
