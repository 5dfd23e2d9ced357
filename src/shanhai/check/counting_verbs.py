"""What is counted, told by the verbs and things of the clause where a measure word serves several: 次, 件, 份, 处, 台, 支."""

import re

from shanhai.check.quantities import Quantity

_VISITS = re.compile(r"跑|趟|往返|来回|跑腿|跑动|上门取")
_INQUIRIES = re.compile(r"咨询|来电|热线|接听|诉求|求助|投诉")
_SIGNED = re.compile(r"签(?:约|订|署|下|了|过|成)")
_CASES = re.compile(
    r"办件|收件|信访|法律援助|移送|立案|查处|查办|侦破|破获|审结|受理|办理|办结|代办|通办|答复|调解|化解|接件|案|纠纷|申请|业务|诉求|咨询"
)
_GOODS = re.compile(r"实事|捐|物资|衣|被|商品|产品|包裹|作品|展品|礼|发放|专利")
_PAPERS = re.compile(r"材料|文件|协议|合同|报告|表|证|书|报送|申报|申请|问卷|方案|备忘|简报|纪要|通知|意见")
_FAULTS = re.compile(r"错|漏登|遗漏|不符|违规|缺项|问题|隐患|漏洞|缺陷|不足|修改|改动|意见")
#: So far before a number operations may have been spoken of.
_NEAR = 20
_OPERATIONS = re.compile(r"手术|主刀|开刀|搭桥|支架|介入|剖宫产|置换术|切除术|内镜|腔镜")
#: What follows 支 where it counts things and no teams.
_THINGS = re.compile(r"(?:(?![队团组军班力援])[㐀-鿿]){2,5}(?=[,。;、!)])")
_STICKS = re.compile(
    r"[铅钢毛红粉画彩水]笔|圆珠笔|签字笔|疫苗|药剂|药水|药膏|试剂|体温计|温度计|牙膏|蜡烛|火炬|歌|舞曲|乐曲"
)
_MEETING = re.compile(r"会(?=[,。;、!])")
_PEOPLE_WHO = re.compile(
    r"(?:报名|应聘|考上|考取|毕业|入学|及格|返乡|外出|打工|务工|参训|结业|拿证|留下|回来|出去|脱贫|就业|上岗|请假|转正)的(?:[都只仅才也有共]|不到|超过|达)*$"
)
_DWELLERS = re.compile(r"(?:邻居|农户|牧户|人家|亲戚|困难|贫困|脱贫|住户|街坊|老乡|村民|乡亲|牧民)(?!企业)")


def unit_by_next_words(text: str, quantity: Quantity, clause_start: int) -> str:
    """Pens are counted in 支 like teams, neighbours in 家 like firms; 个 counts meetings, and people by what they did."""
    if quantity.word == "支":
        things = _STICKS.search(text, clause_start, quantity.start) or _THINGS.match(text, quantity.end)
        return "item" if things else ""
    if quantity.word == "个" and _MEETING.match(text, quantity.end):
        return "session"
    if quantity.word == "个" and _PEOPLE_WHO.search(text, clause_start, quantity.start):
        return "person"
    return "household" if quantity.word == "家" and _DWELLERS.match(text, quantity.end) else ""


def unit_by_verbs(text: str, quantity: Quantity, clause_start: int, clause_end: int) -> str:
    """The unit of a measure word of several uses, by what is done in the clause; empty where that tells nothing."""
    clause, ahead = text[clause_start:clause_end], text[clause_start : quantity.start]
    if quantity.word in {"次", "趟", "遍"} and _VISITS.search(clause):
        return "visit"
    if quantity.word == "次":
        return "case" if _INQUIRIES.search(ahead) else ""
    if quantity.word == "件":
        return "case" if _CASES.search(clause) and not _GOODS.search(clause) else ""
    if quantity.word == "份":
        return _unit_of_papers(clause)
    if quantity.word == "处":
        return "item" if _FAULTS.search(clause) else ""
    around = text[max(0, quantity.start - _NEAR) : clause_end]
    return "operation" if quantity.word in {"台", "例", "台次"} and _OPERATIONS.search(around) else ""


def _unit_of_papers(clause: str) -> str:
    if _SIGNED.search(clause):
        return "agreement"
    return "" if _PAPERS.search(clause) else "item"
