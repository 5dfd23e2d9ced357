"""Texts about talent exchange held against the example: the same facts in other words, wrong numbers, and numbers of others."""

from datetime import date

import pytest

from shanhai.check.checking import check
from shanhai.check.wire import answer

pytestmark = pytest.mark.slow
PAIRING, PUBLISHED = "331081-511381", date(2024, 8, 31)
LEADERS, ACADEMIES = "talent.school_leaders", "talent.academies"
#: Text, the number in it, the figure it speaks of, the verdict.
TOLD = (
    ("温岭与阆中协作三年来，从东部选派7名教师担任副校长等职。", "7名", LEADERS, "supported"),
    ("温岭先后派出7位老师到阆中的学校当副校长、教务主任，结对学校同步教研。", "7位", LEADERS, "supported"),
    ("东西部协作以来，有7名温岭教师来到阆中挂职副校长。", "7名", LEADERS, "supported"),
    ("温岭市教育局选派骨干教师7人赴阆中挂任副校长、校长助理。", "7人", LEADERS, "supported"),
    ("阆中学校里担任副校长等职的东部教师共有7人，两地协作不断深化。", "7人", LEADERS, "supported"),
    ("温岭与阆中协作三年来，从东部选派9名教师担任副校长等职。", "9名", LEADERS, "contradicted"),
    ("温岭与阆中协作三年来，从东部选派70名教师担任副校长等职。", "70名", LEADERS, "contradicted"),
    ("两地协作建成乡村振兴学院1家、示范点4个。", "1家", ACADEMIES, "supported"),
    ("东西部协作资金支持下，阆中建起1所乡村振兴学院。", "1所", ACADEMIES, "supported"),
    ("在温岭帮扶下，阆中挂牌1个乡村振兴学院。", "1个", ACADEMIES, "supported"),
    ("两地协作建成乡村振兴学院3家、示范点4个。", "3家", ACADEMIES, "contradicted"),
    ("温岭与阆中协作，两地互派干部人才90名。", "90名", "talent.exchanged", "supported"),
    ("结对以来，两地双向交流干部人才91人次。", "91人次", "talent.posting_person_times", "supported"),
    ("两地协作举办干部人才培训班20期。", "20期", "talent.courses_held", "supported"),
    ("两地协作培训党政干部和专技人才502人次。", "502人次", "talent.trained_person_times", "supported"),
    ("两地协作结成师徒40对。", "40对", "talent.mentor_pairs", "supported"),
    ("在协作中，两地党政干部结对12对。", "12对", "talent.officials_paired", "supported"),
    ("目前在岗挂职干部人才26名，都由两地协作选派。", "26名", "talent.on_duty", "supported"),
)
#: Numbers near the same words that are of something else.
OTHERS = (
    "教育方面，协作中选派教师31名，开展示范课120节。",
    "两地协作，派驻医生14名，开展手术230台。",
    "温岭与阆中协作，培训残疾人3300余人次。",
    "劳务协作开展技能培训41期、培训2600人次。",
    "温岭22所学校与阆中22所学校结成对子，温岭教师到阆中支教156人次。",
    "温岭派来干部6批24名，阆中送去培训的医生38名，两地协作。",
    "首批温岭教师12人抵达阆中，开启协作。",
    "阆中市现有中小学校长86名，都参加了两地协作的暑期会议。",
)


def claims(text):
    return answer(check(text, pairing=PAIRING, published=PUBLISHED))["claims"]


@pytest.mark.parametrize(("text", "surface", "figure", "verdict"), TOLD)
def test_a_fact_is_found_by_its_words(example_loaded, text, surface, figure, verdict):
    found = {one["surface"]: one for one in claims(text)}[surface]
    assert (found["figure"], found["verdict"]) == (figure, verdict)
    assert found["records"]


@pytest.mark.parametrize("text", OTHERS)
def test_a_number_of_something_else_is_left_alone(example_loaded, text):
    told = [(one["surface"], one["figure"]) for one in claims(text) if (one["figure"] or "").startswith("talent.")]
    assert told == []
