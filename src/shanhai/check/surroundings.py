"""What stands around a number: its clause, sentence, heading, period, places, stage and relation to its neighbours."""

import re
from dataclasses import dataclass

_CLAUSE_END = re.compile(r"[,。;:!\n\t]")
_SENTENCE_END = re.compile(r"[。!;\n]")
_TIME_WORDS = re.compile(
    r"(?:截至|自|从|到|至)?(?:(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|初|上半年|下半年)?(?:以来|起|前)?|(?:去年|今年|前年|明年|当年|同年|全年|本年度?|上年度?|年初|年底)(?:\d{1,2}月)?(?:底|末|以来)?)"
    r"|(?:[近前此过去]*)?(?:[一二两三四五六七八九十]+|\d+)(?:多|余)?(?:个月|年|天)(?:多)?(?:来|间|里|以来)|每[年月天]|(?:结对|协作|开工|启动|自[^,。]{2,12})以来|目前|“?十[一二三四]五”?(?:期间|末|以来|时期)?"
)
_PLACE = re.compile(
    r"(?:(?<=[,。;:、\s“”()《》的在与和同从到向赴由对为及给自让把被驻援帮含是于·省市州县区—-])|^)(?![的在与和同从到向赴由对为及给自让把被驻援])[㐀-鿿]{1,5}?(?:自治区|自治州|自治县|新区|街道|省|市|州|县|区|镇|乡|村)(?![场民级委政区域内外长县市])",
    re.MULTILINE,
)
_NOT_PLACE = re.compile(
    r"[了和与为向将被所有这那各全每其等及我他本该多大就近高新乡农]{1}[^名通余安原义丰庆川密平和港]?$|城市|乡村|社区|园区|地区|对口|县市|省市|展区|景区|农村|城镇|乡镇|劳务|周边|结对|贫困|示范|脱贫|行政|东部|西部|跨省|全省|全市|全县|全区|本省|本市|本县|各省|各市|各县|市县|后方|受援|援助|灾区|山区|小区|校区|城区|牧区|边区|两市|两县|两省|两区|两州|上市|超市|直辖|兄弟|外省|外市|我省|我市|我县|[一二两三四五六七八九十几]"
)
_PLAN = re.compile(
    r"拟|计划|预计|预期|规划(?!项目|、)|力争|争取|有望|即将|目标|建成后|投产后|达产后|完工后|全部建成|将(?!近|其|士|军|相|心|就|信|原|所|[^,。]{1,8}(?:送|纳|作|压|扬|列|接|转|投|改|变|打造|发展成|用于|交|引|带))|要(?:达到|达|完成|实现|建)|下一步|未来|明年|\d{4}年前|届时|力求|确保|承诺"
)
_DONE = re.compile(r"已|了|实际|累计|完成(?!后)|实现|建成(?!后)|到位|超额|投入|达到|共")
_CARRIED_OUT = re.compile(r"实施|完成|建成|竣工|交付|到位|累计")
_CAPACITY = re.compile(
    r"可容纳|能容纳|可供|可提供|可同时|可安置|可吸纳|可带动|可满足|可储|可产|设计产能|设计能力|年产能|产能|设计年"
)
_SIGNED = re.compile(r"签约|签订|签署|协议(?:总)?(?:投资|资金|金额|引资)|合同(?:金额|额|投资|总额)|意向")
_IN_PLACE = re.compile(r"到位|实际|落地|投产|履约")
_AVERAGE = re.compile(
    r"(?:人|户|县|村|镇|市|校|亩|年|月|次|均|省|州|项|家)均|平均|每(?:人|户|年|月|亩|村|县|天|名|个|家|斤|公斤|吨|套|次|所|位|日)"
)
_CHANGE = re.compile(
    r"(?:增长|增加|增|提高|提升|上升|下降|减少|减|降低|降|高出|高|低|多出|多|少|缩短|回落|压减|新增|扩大|压缩|节约|增收|上涨|下调)(?:了|约|近|超过?|逾|超|不少于|高达|达)*$"
)
_REACHED = re.compile(
    r"(?:增至|升至|降至|增加到|增长到|提高到|提升到|上升到|下降到|减少到|减至|降到|压到|缩短到|缩短至|压缩到|压缩至|扩大到|扩到|扩至|发展到|变为|变成|减到|达到|提高至|增到|增长至|升到|降低到|降低至|到|至)(?:了|约|近|超过?|不足|不到|逾)*$"
)
_FROM = re.compile(r"(?:由|从)[^,。;由从\d]{0,18}$")
_LINE_END = re.compile(r"\n")
_BY_LINE = re.compile(r"[。;,\t>|]|记者|来源|编辑|通讯员|报道|点击|发布")
_PARTS = re.compile(r"分别|包括|其中|含|依次")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Offsets in the running text: clause and sentence around a number."""

    clause_start: int
    clause_end: int
    sentence_start: int
    sentence_end: int


def bounds_of(text: str, start: int, end: int) -> Bounds:
    """The clause and the sentence that hold text[start:end]."""
    return Bounds(
        _last_end(_CLAUSE_END, text, start), _next_start(_CLAUSE_END, text, end),
        _last_end(_SENTENCE_END, text, start), _next_start(_SENTENCE_END, text, end),
    )  # fmt: skip


def _last_end(pattern: re.Pattern[str], text: str, before: int) -> int:
    found = 0
    for match in pattern.finditer(text, max(0, before - 400), before):
        found = match.end()
    return found


def _next_start(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.search(text, at)
    return match.start() if match else len(text)


def stage_of(text: str, start: int, bounds: Bounds) -> str:
    """planned, capacity, signed or achieved, by the nearest cue before the number in its sentence."""
    clause, sentence = text[bounds.clause_start : start], text[bounds.sentence_start : start]
    if _CAPACITY.search(clause):
        return "capacity"
    plan = _PLAN.search(clause)
    if plan:
        return "achieved" if _CARRIED_OUT.search(clause, 0, plan.start()) else "planned"
    if _SIGNED.search(clause) and not _IN_PLACE.search(clause):
        return "signed"
    cue = _last(_PLAN, sentence)
    return "planned" if cue >= 0 and not _DONE.search(sentence, cue + 3) else "achieved"


def _last(pattern: re.Pattern[str], text: str) -> int:
    found = -1
    for match in pattern.finditer(text):
        found = match.start()
    return found


def relation_of(text: str, start: int, end: int, bounds: Bounds) -> str:
    """from, to, change, average, part, subset or nothing: how the number stands to another one."""
    ahead = text[bounds.clause_start : start]
    sentence = text[bounds.sentence_start : start]
    if _AVERAGE.search(ahead[-8:]) and not ahead.endswith("等"):
        return "average"
    if _FROM.search(text[max(0, start - 20) : start]) and re.match(
        r"[^,。;\d]{0,14}(?:到|至|为|成)[^,。;\d]{0,4}[\d一二两三四五六七八九十百千万]", text[end : end + 22]
    ):
        return "from"
    if _REACHED.search(ahead) and re.search(r"(?:由|从)[^。;]*\d", sentence):
        return "to"
    if _CHANGE.search(ahead):
        return "change"
    if "其中" in sentence:
        return "subset"
    return "part" if _PARTS.search(sentence) or re.search(r"占(?!地|用|有)[^,。]*$", ahead) else ""


def period_of(text: str, start: int, bounds: Bounds) -> str:
    """The time words that govern a number: those of its clause, else the nearest in its sentence or paragraph.

    每年 and its like govern their own clause only.
    """
    own = [match.group() for match in _TIME_WORDS.finditer(text, bounds.clause_start, start)]
    if own:
        return own[-1]
    paragraph = text.rfind("\n", 0, start) + 1
    for earliest, latest in ((bounds.sentence_start, start), (paragraph, bounds.sentence_start)):
        found = [match.group() for match in _TIME_WORDS.finditer(text, earliest, latest)]
        lasting = [words for words in found if not words.startswith("每")]
        if lasting:
            return lasting[-1]
    return ""


def places_of(text: str, start: int, bounds: Bounds, *, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Place names of the paragraph, nearest first, those of the sentence before all others.

    `names` are bare names known to the caller (温岭); names that end in 省, 市, 县 and their like are found without.
    """
    first = text.rfind("\n", 0, start) + 1
    last = _next_start(_LINE_END, text, start)
    found = [
        (match.start(), match.group())
        for match in _PLACE.finditer(text, first, last)
        if not _NOT_PLACE.search(match.group())
    ]
    found += [
        (first + match.start(), name) for name in names for match in re.finditer(re.escape(name), text[first:last])
    ]
    ranked = sorted(
        (not bounds.sentence_start <= at < bounds.sentence_end, abs(start - at), name) for at, name in found
    )
    return tuple(dict.fromkeys(name for _elsewhere, _distance, name in ranked))


def section_of(text: str, start: int) -> str:
    """The heading above the paragraph: the nearest earlier short line without a full stop."""
    lines = text[: text.rfind("\n", 0, start) + 1].split("\n")
    return next(
        (line.strip() for line in reversed(lines) if 2 <= len(line.strip()) <= 30 and not _BY_LINE.search(line)), ""
    )
