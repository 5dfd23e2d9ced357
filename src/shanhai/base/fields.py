"""Fields of cooperation, and the words by which texts name them.

The words are the field's own: what is built, bought or taught in it. They decide which part of the money a
sentence speaks of (门诊楼 is health, 学位 is education), never how much.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldOfWork:
    """A field of cooperation: code, Chinese name, and the words that name it in a text."""

    code: str
    zh: str
    words: tuple[str, ...]


FIELDS: dict[str, FieldOfWork] = {
    field.code: field
    for field in (
        FieldOfWork("industry", "产业协作", ("产业协作", "产业发展", "产业帮扶", "产业方面", "产业上", "产业项目", "产业类", "种植", "养殖", "果园", "油橄榄", "柑橘", "加工厂", "特色产业")),
        FieldOfWork("park", "园区共建", ("园区", "产业园", "开发区", "工业园", "共建园")),
        FieldOfWork(
            "education", "教育帮扶",
            ("教育", "学校", "小学", "中学", "幼儿园", "校舍", "教学楼", "办学", "助学", "建校", "校园", "师资", "学生宿舍"),
        ),
        FieldOfWork(
            "health", "医疗帮扶",
            ("医疗", "卫生", "医院", "卫生院", "门诊", "救护车", "诊疗", "健康", "就医", "看病", "治疗仪", "医技"),
        ),
        FieldOfWork("labour", "劳务协作", ("劳务", "就业", "务工", "稳岗", "招工", "用工")),
        FieldOfWork("talent", "人才交流", ("人才", "挂职", "培训", "师带徒", "干部人才", "干部交流")),
        FieldOfWork("consumption", "消费帮扶", ("消费帮扶", "消费协作", "消费方面", "展销", "农特产品销售")),
        FieldOfWork("charity", "社会帮扶", ("社会帮扶", "公益", "慈善", "残疾人", "留守儿童", "捐赠", "捐款")),
        FieldOfWork(
            "gov_services", "政务服务", ("跨省通办", "政务服务", "行政审批", "行政服务", "异地办", "通办", "办事", "审批局", "服务中心"),
        ),
        FieldOfWork("governance", "基层治理", ("基层治理", "社会治理", "派出所", "警务", "平安", "枫桥经验")),
        FieldOfWork("village", "乡村建设", ("乡村建设", "乡村振兴示范", "乡村振兴方面", "村庄", "道路", "饮水", "人居环境", "和美乡村")),
        FieldOfWork("other", "其他", ()),
    )
}  # fmt: skip


def words_of_fields() -> dict[str, tuple[str, ...]]:
    """Code of each field to its words."""
    return {code: field.words for code, field in FIELDS.items()}
