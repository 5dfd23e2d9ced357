import pytest

from shanhai.check.reading import read

CUES = {
    "exact": (
        "共安排30万元。 收入达30万元。 签约46个项目。 经过两年。 审批通过2个项目。 走过30年。 "
        "最近五年。 高达30万元。 组织过3次活动。"
    ),
    "more_than": (
        "30余万元。 30多万元。 超过30万元。 超30万元。 突破30万元。 逾30万元。 早已过30万元。 "
        "支出过七成。 两年多。 三分之二强。 产值破亿元。 高于30万元。"
    ),
    "at_least": (
        "30万元以上。 不少于30万元。 不低于30万元。 至少30万元。 保底30万元。 上千亩。 不得少于30人。 不下30万元。"
    ),
    "nearly": ("近30万元。 接近30万元。 将近四成。 近三年捐款不断。 老人住了快两年。"),
    "about": ("约30万元。 30万元左右。 20来分钟。 百所学校。 千名干部。 大约30人。 约增30%。"),
    "up_to": ("不足30万元。 不到30万元。 低于30万元。 不超过30万元。 30万元以下。 30万元以内。 最多30人。 不过6小时。"),
}


@pytest.mark.parametrize(("qualifier", "line"), list(CUES.items()))
def test_a_number_is_read_with_its_hedge(qualifier: str, line: str) -> None:
    for text in line.split():
        assert [claim.qualifier for claim in read(text).claims] == [qualifier], text


def test_a_particle_wins_over_the_word_before_it() -> None:
    assert [claim.qualifier for claim in read("约有30余万元。").claims] == ["more_than"]


def test_a_bound_behind_wins_over_達() -> None:
    assert [claim.qualifier for claim in read("占比达60%以上。").claims] == ["at_least"]
