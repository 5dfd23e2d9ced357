"""Numbers without a measure word: 18万 before 群众 counts persons, 300万 behind 资金 is money, 1.9万 behind 稳岗 persons."""

import re
from dataclasses import dataclass
from decimal import Decimal

from shanhai.check.counting import noun_just_before, noun_right_after
from shanhai.check.quantities import Quantity
from shanhai.check.surroundings import Bounds
from shanhai.check.tables import cell_at, unit_counted_in_row

_MONEY = (
    r"资金|额|投资|投入|收入|产值|增加值|总产值|总额|金额|捐款|善款|款|经费|贷款|拨款|利润|税收|税|分红|订单|补贴|补助|奖金|工资|"
    r"月薪|年薪|底薪|薪|援助|拿回家?|到手|净赚|净得|净收|增收|创收|多收|少收|年收|存下|攒下|年入|月入|纯收|进账|到账|入账|赚|挣|卖|花|花费|出资|投|捐|分到|拿到|领到|能拿|能挣|"
    r"收益|成本|造价|身价|总价|价|奖励|奖补|奖|罚款|拨付|下达|安排|贷|赔|赔了|损失|欠|亏|亏损|债|租金|房租|保费|费|赔付|钱|预算|报价|GDP|进出口|盘子|"
    r"销售|营收|流水|纳税|缴税|创汇|筹|筹集|筹到|募|募集|募得|注资|融资|授信|借|还|付|垫|发|给|寄|汇|答应|收|收回|追回|索回|讨回|发放|报销|省下|节约|节省|收购|采购|帮销"
)
#: Words between what a number is of and the number.
_LEADING = (
    r"(?:约|近|将近|超过?|逾|突破|破|过|不足|不到|不?低于|不少于|不超过|至少|达到?|高达|共|为|是"
    r"|累计|合计|了|有|总计|:|到|上|才|只|就|仅|还有|也有|还|已|约合|冲刺|迈向|上限|封顶|最高|最多|大约|大概|差不多|整整|下来|起码|少说|上了?)*$"
)
_MONEY_NOUN = re.compile(rf"(?:{_MONEY}){_LEADING}")
#: Words that make it likely that a round number of the same sentence is money.
_ABOUT_MONEY = re.compile(
    r"钱|资金|经费|财政|投资|产值|收入|工资|薪|捐|款|税|贷|赔|卖|销售|挣|赚|造价|成本|利润|分红|亏|花|预算|增收|创收|\d元|万元|亿元|块钱"
)
_NO_MONEY = re.compile(
    r"(?:人口|游客|观众|粉丝|用户|读者|访客|人数|人员|群众|职工|学生|劳动力|访问|访问量|点击|点击量|播放|播放量|浏览|浏览量|阅读量|下载量|转发|点赞|点赞量|"
    r"客流|客流量|人流|流量|销量|产量|年产|亩产|存栏|出栏|面积|库容|里程|就业|务工|稳岗|输出|转移|外出|惠及|受益|覆盖|培训|带动|吸纳|户数|总户数|株|树|苗|鸡|羊|猪|牛)"
    rf"{_LEADING}"
)
_PERSONS = re.compile(
    rf"(?:(?:稳岗|就业|务工|用工|打工|输转|转移|输出|外出|在外|回流|返乡|脱贫|减贫)(?:就业|务工|人数|总数)?|人数|人口|劳力|劳动力){_LEADING}"
)
_HOUSEHOLDS = re.compile(rf"(?:户数|总户数){_LEADING}")
#: What stands behind a number whose unit is left out.
_ENDS = re.compile(
    r"(?=[,。;:!?、)”\t\n]|左右|上下|以上|以内|以下|不到|不止|出头|打底|封顶|起步|挂零|有余|开外|还多|[增升降涨跌减扩提]|$)"
)
#: A number that goes on from the one before it, of which it leaves out the unit (涨到一千零五十, 只有两百出头).
_GOES_ON = re.compile(
    r"(?:[涨增升降减跌压加长缩][到至为]|增加到|减少到|只有|只剩|剩下?|变成|到了)(?:了|约|近|不足|不到)?$"
)
#: A clause that holds little but the number.
_ALONE = re.compile("[最大的小才只是这]*")
_HEADS = frozenset(["person", "household", "person_time"])
_BIG = Decimal(10_000)
_SPOKEN = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Bare:
    """A bare number in its text, with the figures read before it."""

    text: str
    quantity: Quantity
    bounds: Bounds
    history: list[tuple[Quantity, str]]
    large: bool

    @property
    def ahead(self) -> str:
        """The clause up to the number."""
        return self.text[self.bounds.clause_start : self.quantity.start]

    def units_since(self, earliest: int) -> list[str]:
        return [unit for earlier, unit in self.history if earlier.start >= earliest]


def unit_of_bare_number(text: str, quantity: Quantity, bounds: Bounds, history: list[tuple[Quantity, str]]) -> str:
    """The unit of a number without measure word, from its noun, or from what such a number is mostly of; else empty."""
    number = quantity.number
    if number is None or not isinstance(quantity.value, Decimal):
        return ""
    large = is_large(text, quantity)
    noun = noun_right_after(text, quantity.end, reach=8 if large else 1)
    if noun and noun.unit in _HEADS and (large or not number.chinese):
        return noun.unit
    if noun and noun.start == quantity.end and not number.chinese and not large:
        return noun.unit
    if quantity.end >= len(text):
        return ""
    return _of_what_stands_before(_Bare(text, quantity, bounds, history, large))


def _of_what_stands_before(bare: _Bare) -> str:
    text, quantity = bare.text, bare.quantity
    if bare.large and is_money(bare.ahead):
        return "CNY"
    before = noun_just_before(text, quantity.start, bare.bounds.clause_start) if bare.large else None
    if before and before.unit in _HEADS:
        return before.unit
    if not (bare.large or _is_spoken(quantity)) or not _ENDS.match(text, quantity.end):
        return ""
    cell = cell_at(text, quantity.start) if bare.large else None
    in_row = unit_counted_in_row(cell) if cell is not None else ""
    return in_row or _left_out(bare) or (_by_neighbours(bare) if not _NO_MONEY.search(bare.ahead) else "")


def _left_out(bare: _Bare) -> str:
    """The unit left out at the end of a clause, where the words before the number tell it."""
    near = bare.units_since(bare.bounds.sentence_start)
    if _is_spoken(bare.quantity) and is_money(bare.ahead):
        return "CNY"
    if _PERSONS.search(bare.ahead):
        return "person"
    if _HOUSEHOLDS.search(bare.ahead):
        return "household"
    return near[-1] if near and _is_spoken(bare.quantity) and _GOES_ON.search(bare.ahead) else ""


def _by_neighbours(bare: _Bare) -> str:
    """The unit left out, by the figures and words of the sentence and the paragraph: heads go on as heads, else money."""
    text, quantity, sentence = bare.text, bare.quantity, bare.bounds.sentence_start
    if text[quantity.start : quantity.end].rstrip("余多").endswith("亿"):
        return "CNY"
    near = bare.units_since(sentence)
    if near and near[-1] in _HEADS and not _ABOUT_MONEY.search(bare.ahead):
        return near[-1]
    line = text.rfind("\n", 0, quantity.start) + 1
    alone = _ALONE.fullmatch(bare.ahead) and "CNY" in bare.units_since(line)
    return "CNY" if alone or "CNY" in near or _ABOUT_MONEY.search(text, line, quantity.start) else ""


def is_money(ahead: str) -> bool:
    """Whether the words directly before a number make it an amount of money."""
    return _MONEY_NOUN.search(ahead) is not None


def is_large(text: str, quantity: Quantity) -> bool:
    """Whether a number has a magnitude or five figures."""
    number = quantity.number
    if number is None or number.value is None:
        return False
    written = text[number.start : number.end]
    return number.value >= _BIG or written[-1] in "百千万亿"


def _is_spoken(quantity: Quantity) -> bool:
    """一万二, 三百二: a number as people say it."""
    number = quantity.number
    return number is not None and number.chinese and number.value is not None and number.value >= _SPOKEN
