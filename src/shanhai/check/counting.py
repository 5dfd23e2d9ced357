"""What is counted: the unit of 个, 家, 所, 项 and their like, found from the nouns around the number."""

import re
from dataclasses import dataclass

from shanhai.check.counted_nouns import Noun, lost_noun, noun_after, noun_before, nouns_behind, nouns_in
from shanhai.check.counting_verbs import unit_by_next_words, unit_by_verbs
from shanhai.check.lexicons import section
from shanhai.check.quantities import LOST, Quantity
from shanhai.check.tables import cell_at

#: Units a measure word may stand for; a noun of another unit near it is not what is counted. 个 may stand for any.
_MAY_COUNT: dict[str, frozenset[str]] = {
    word: frozenset(units) for word, *units in (line.split() for line in section("measures", "may count"))
}
_ANY_NOUN = frozenset({"个", "大", LOST})
_SAME_AS = {
    ("家", "school"): "org",
    ("处", "clinic"): "clinic",
    ("种", "operation"): "operation",
    ("大", "category"): "category",
}
_STOP = re.compile(
    r"[,。;:!\n\t(、“”《\d]|其中|以及|带动|覆盖|惠及|分布|位于|来自|让|把|被(?!子|褥)|供(?!应|销|货|港|水|电|热)|给|已|因(?!素)|未(?!来)|尚|仍|坐(?!标|席)"
)
_BETWEEN = re.compile(
    r"(?:约|近|将近|超过?|逾|突破|不足|不到|不少于|不低于|至少|达到?|高达|多达|共|有|为|仅|各|各有|分别|分别为|已|已有|累计|合计|总计|总共|一共|就|了|过|至|到|增至|扩大到|扩大至|增加到|增加至|"
    r"减少到|由|从|增加|增长|减少|减|等|数量|总数|总量|数|[:“=\t|(]|均|都|全部|也|还|只|是|的|增|多|少|建成|完成|安排|新增|开工|率先|认证|评定|挂牌|获评|授牌|超额|个数|规模|保持在?|稳定在|接近|发展到|上升到|提高到|达|计)+$"
)
_POINTING = re.compile(r"(?:按照?|根据|依照?|凭|对照|本次|本届|此次|本|该|这|那|此|各|每|同一|全|整个|一)$")
_BODY = (
    r"(?:县|镇|乡|村|市|区|街道|社区|乡镇|企业|企|学校|校|医院|院|"
    r"社会组织|商会|机关|部门|单位|县市|县区|县级|镇级|村级)"
)
_PAIRED = r"(?:[县镇乡村校院企][县镇乡村校院企]|社村|村级|县级|镇级|乡镇|村社|学校|医院)结对(?:关系)?(?:共|达|达到|有)?"
_PAIRS = re.compile(rf"(?:(?:^|[\t\n,。;、|:])\s*{_BODY}(?:与|和|对|-|—){_BODY}(?:结对)?|{_PAIRED})[\s\t:]*$")
_MIXED_BODIES = re.compile(rf"(?:镇村|{_BODY}|社团)、(?:{_BODY}|社团)(?:、|和|与|等)")
_COMPARED = re.compile(r"(?:较|比|同比|上年|去年|平均每|其余|余下|剩下|净增|再增)[^,。;:\t\d]{0,10}$")
#: An unknown noun behind the number: the places told before are not what is counted.
_NAMED_BEHIND = re.compile(r"[㐀-鿿]{1,4}(?=[,。;、!:”\n]|$)")
_PLACE_UNITS = frozenset(
    ["province_level", "prefecture", "city", "district", "county", "township", "village", "community", "division"]
)
_NAMED = re.compile(r"[㐀-鿿]{2}(?<![以左上]上|左右|以下|不等)")
#: Measure words whose usual unit holds where an unknown noun follows.
_PLAIN = frozenset(["处", "座", "间", "口", "片", "条"])
#: Measure words of so many things that a noun further before the number tells nothing.
_LOOSE = frozenset(["项", "块", "本"])
_NAMED_THINGS = re.compile(r"[”》](?:认证|标识|称号|发|发了|授权|产品|获评|入选|共|达|有|新增)*$")
_QUOTATION = re.compile(r"“[^”]{1,12}”")
_RELATIVE = re.compile(r"[^,。;、的]{1,8}的")
_EACH = re.compile(r"每(?:个|所|家|名)?[^,。;:\d]{1,6}$")
#: So many pieces are seldom counted without their noun.
_SUM = 1000
_OF_MONEY = re.compile(r"钱|收入|工资|薪|挣|赚|花|卖|价|费|分了|分红|进账|补|奖|交|涨|赔|省|多收|净|成本|欠|还")
#: 通过的只有8个: some of those just counted.
_HEADLESS = re.compile(r"[㐀-鿿]的(?:都?[只仅才]有?|有|占|达|不到|近)*$")
_BEGUN = re.compile(r"规划|签约|开工|完工|竣工|招商|投产|立项|实施|推进|洽谈|动工|落地")
_JUST_BEGUN = re.compile(
    r"(?:签约|开工|完工|竣工|动工|投产|申报|入库|获批|评审通过|审批通过|通过)(?:了|达|达到|共|约|近|超过?)*$"
)
_OF_SORTS = re.compile(
    r"(?:产业|就业|教育|医疗|民生|消费|劳务|人才|社会|基建|基础设施|[㐀-鿿]{2,4}(?<!种)(?<!大)(?<!品)(?<!人)类|其他|其它|其余|余下|剩下的?|剩余)类?(?:共|约|近|为|占|有|:)*$"
)
#: A predicate directly behind the measure word: what is counted stood before (864个孩子受助,41个考上大学).
_PREDICATE = re.compile(
    r"(?:考上|考取|当(?:了|上)|做了|成了|盘下|领到|领取|自筹|等待|等批|申请(?!事|材|件|表|项)|还|都(?!市)|均(?!衡)|全部|实现|获得|入选|达到|超过|拿到|用上|住进|搬进|走上|升为|转为|"
    r"正在|没|不(?!同)|将|是|在(?![建册校岗籍线外职园学读])|建成|投产|落地|完工|开工|选择|属于|列入|用于|待|需(?!求)|返岗|返乡|毕业)[^,。;的]*(?:[,。;]|$)"
)
_NEARBY = 40
_DISTANCE = 28


@dataclass(frozen=True, slots=True)
class Around:
    """Where a noun may be looked for: clause, sentence and line around a quantity; a table's row is one clause."""

    clause_start: int
    clause_end: int
    sentence_start: int
    line_start: int


def counted_unit(text: str, quantity: Quantity, around: Around, *, before: list[tuple[Quantity, str]]) -> str:
    """The unit of a quantity whose measure word leaves it open; `before` are the quantities read so far
    with their units, nearest last. Empty where no unit can be told (a number without measure word or noun).
    """
    near = _beside(text, quantity, around, before)
    if near:
        return near
    if quantity.word == LOST:
        return "project" if _JUST_BEGUN.search(text, around.clause_start, quantity.start) else ""
    return _headed(text, quantity) or _told_before(text, quantity, around, before=before)


def _beside(text: str, quantity: Quantity, around: Around, before: list[tuple[Quantity, str]]) -> str:
    """The unit that the words directly beside the number tell."""
    word = quantity.word
    if word in {"个", "对"} and _PAIRS.search(text[around.clause_start : quantity.start]):
        return "pair"
    if word == "个" and _MIXED_BODIES.match(text, quantity.end):
        return "org"
    sorts = _OF_SORTS.search(text, around.sentence_start, quantity.start)
    same = _inherited(word, around.line_start, before) if sorts else ""
    if same:
        return same
    if settled := unit_by_next_words(text, quantity, around.clause_start):
        return settled
    found = _after(text, quantity) or _adjacent(text, quantity, around)
    if found is not None and found.unit == "person" and word == "个" and found.end <= quantity.start:
        return _inherited(word, around.sentence_start, before) or "person"
    return _accepted(word, found.unit) if found is not None else ""


def _told_before(text: str, quantity: Quantity, around: Around, *, before: list[tuple[Quantity, str]]) -> str:
    """The unit by the verbs of the clause, by nouns further before, or by the figure that this one is compared with."""
    word = quantity.word
    if word == "个" and _NAMED_THINGS.search(text, around.clause_start, quantity.start):
        return "item"
    same = _inherited(word, around.sentence_start, before)
    if same and _goes_on(text, quantity, around):
        return same
    if word == "个" and _JUST_BEGUN.search(text, around.clause_start, quantity.start):
        return same or "project"
    if word in _PLAIN and _NAMED.match(text, quantity.end):
        return unit_by_verbs(text, quantity, around.clause_start, around.clause_end) or quantity.unit
    if word in _LOOSE:
        return same or _pieces(text, quantity, around)
    return _further(text, quantity, around, same=same, before=before)


def _goes_on(text: str, quantity: Quantity, around: Around) -> bool:
    """Whether a number counts the same as the one before it: in a table, compared with it, or cases after cases."""
    if cell_at(text, quantity.start) is not None or quantity.word == "件":
        return True
    return _COMPARED.search(text, around.clause_start, quantity.start) is not None


def _are_some_of_them(text: str, quantity: Quantity, around: Around, before: list[tuple[Quantity, str]]) -> bool:
    """通过的只有8个, behind 全班50人."""
    told = before and before[-1][0].start >= around.sentence_start and before[-1][1] == "person"
    return bool(told) and _HEADLESS.search(text, around.clause_start, quantity.start) is not None


def _further(text: str, quantity: Quantity, around: Around, *, same: str, before: list[tuple[Quantity, str]]) -> str:
    word = quantity.word
    if word == "个" and _are_some_of_them(text, quantity, around, before):
        return "person"
    return (
        unit_by_verbs(text, quantity, around.clause_start, around.clause_end)
        or _weak(text, quantity, around.clause_start)
        or same
        or _project(text, quantity, around)
        or _weak(text, quantity, around.sentence_start)
        or _inherited(word, around.line_start, before)
        or (_weak(text, quantity, max(around.line_start, quantity.start - _NEARBY)) if word == "个" else "")
        or ("item" if word == "个" and _NAMED.match(text, quantity.end) else quantity.unit)
    )


def _pieces(text: str, quantity: Quantity, around: Around) -> str:
    """块 for pieces where the clause names a thing and no money (黑板配了38块), else for yuan."""
    if quantity.word != "块":
        return quantity.unit
    if _OF_MONEY.search(text, around.clause_start, quantity.start):
        return "CNY"
    weak = _weak(text, quantity, around.clause_start)
    large = quantity.number is not None and (quantity.number.value or 0) >= _SUM
    return weak or ("CNY" if large else quantity.unit)


def _headed(text: str, quantity: Quantity) -> str:
    """The unit that the head of a table's column names."""
    cell = cell_at(text, quantity.start)
    if cell is None:
        return ""
    units = [_accepted(quantity.word, noun.unit) for noun in nouns_in(cell.head, 0, len(cell.head))]
    return next((unit for unit in reversed(units) if unit), "")


def _inherited(word: str, earliest: int, before: list[tuple[Quantity, str]]) -> str:
    """The unit of the nearest quantity before with the same measure word (规划项目30个,开工28个)."""
    return next((unit for earlier, unit in reversed(before) if earlier.start >= earliest and earlier.word == word), "")


def noun_right_after(text: str, at: int, *, reach: int) -> Noun | None:
    """The counting noun that begins within `reach` characters behind a number that has no measure word."""
    stop = _STOP.search(text, at)
    noun = noun_after(text, at, min(stop.start() if stop else len(text), at + reach + 8))
    return noun if noun is not None and noun.start - at <= reach else None


def noun_just_before(text: str, start: int, earliest: int, *, allowed: frozenset[str] | None = None) -> Noun | None:
    """The counting noun directly before a number, verbs and hedges between them stepped over."""
    ahead = text[earliest:start]
    between = _BETWEEN.search(ahead.removesuffix("”"))
    for end in [start - ahead.endswith("”")] if between is None else [start, earliest + between.start()]:
        noun = noun_before(text, earliest, end) or lost_noun(text, max(earliest, end - 4), end, allowed=allowed)
        if noun is not None:
            return noun
    return None


def _after(text: str, quantity: Quantity) -> Noun | None:
    if quantity.word == "个" and _PREDICATE.match(text, quantity.end):
        return None
    start = _behind_quotation(text, quantity.end)
    stop = _STOP.search(text, start)
    end = min(stop.start() if stop else len(text), start + _DISTANCE)
    allowed = _MAY_COUNT.get(quantity.word)
    noun = noun_after(text, start, end) or lost_noun(text, start, min(end, start + 8), allowed=allowed)
    head = _head_of_relative(text, quantity, noun, end) if noun is not None else None
    if head is not None and _accepted(quantity.word, head.unit):
        return head
    if noun is None or allowed is None or _accepted(quantity.word, noun.unit):
        return noun
    return next((other for other in nouns_in(text, start, end) if _accepted(quantity.word, other.unit)), None)


def _head_of_relative(text: str, quantity: Quantity, noun: Noun, end: int) -> Noun | None:
    """The noun behind 的 where the first noun is only part of a clause about it (6个老人较多的社区)."""
    if noun.start == quantity.end and text[noun.end : noun.end + 1] not in set("较最很过超占多少"):
        return None
    clause = _RELATIVE.match(text, noun.end, end)
    return noun_after(text, clause.end(), end) if clause else None


def _behind_quotation(text: str, at: int) -> int:
    """Where the noun phrase begins: behind a quoted name (19家“百县百品”直营店), or inside it (332种“大病”)."""
    match = _QUOTATION.match(text, at)
    if match is None:
        return at
    following = next(iter(nouns_in(text, match.end(), min(len(text), match.end() + 8))), None)
    return match.end() if following is not None and following.start - match.end() <= 4 else at + 1


def _adjacent(text: str, quantity: Quantity, around: Around) -> Noun | None:
    noun = noun_just_before(text, quantity.start, around.clause_start, allowed=_MAY_COUNT.get(quantity.word))
    return None if noun is not None and _EACH.search(text, around.clause_start, noun.end) else noun


def _accepted(word: str, unit: str) -> str:
    if (word, unit) in _SAME_AS:
        return _SAME_AS[(word, unit)]
    if word in _ANY_NOUN or unit in _MAY_COUNT.get(word, frozenset()):
        return unit
    return ""


def _project(text: str, quantity: Quantity, around: Around) -> str:
    """签约46个: what is signed, begun and finished by number is projects."""
    begun = quantity.word == "个" and _BEGUN.search(text, around.clause_start, quantity.start)
    return "project" if begun else ""


def _weak(text: str, quantity: Quantity, earliest: int) -> str:
    """The nearest noun before the number that the measure word may count, not one only pointed at (本次展会)."""
    named = _NAMED_BEHIND.match(text, quantity.end) and not _PREDICATE.match(text, quantity.end)
    for noun in nouns_behind(text, earliest, quantity.start):
        unit = _accepted(quantity.word, noun.unit)
        if named and unit in _PLACE_UNITS:
            continue
        if unit and not _POINTING.search(text, max(earliest, noun.start - 3), noun.start):
            return unit
    return ""
