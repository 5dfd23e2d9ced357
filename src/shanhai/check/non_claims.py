"""Numerals that claim nothing: ordinals, ranks, names, slogans, numbering, phones, clock times, page furniture."""

import re

from shanhai.check.lexicons import section, sections

_NUMERALS = "一二两三四五六七八九十百千万零〇"
_PARTS = {
    "numerals": _NUMERALS,
    "number": rf"(?:\d[\d,.]*|[{_NUMERALS}]+)",
    **dict(line.split(" ", 1) for line in section("non_claims", "parts")),
}


def _filled(pattern: str) -> str:
    return re.sub(r"<([a-z]+)>", lambda match: _PARTS[match[1]], pattern)


#: (reason, pattern): every numeral inside a match is left out.
_COMPILED = tuple(
    (reason, re.compile(_filled("|".join(lines)))) for reason, lines in sections("non_claims") if reason != "parts"
)
_QUOTED = re.compile(r"[“‘「『\"]([^”’」』\"\n]{1,14})[”’」』\"]")
_QUOTED_AMOUNT = re.compile(
    r"^(?:约|近|超过?|逾|上|突破|不足)?(?:\d[\d.,]*|[一二两三四五六七八九十百千万亿数]+)[余多来]?[十百千万亿]*[余多]?(?:元|人次?|名|位|户|亩|所|家|个|大(?:平台|产业|基地|中心|园区|片区|工程|行动|体系)|项|%|倍|天|年|小时|分钟|公里|县|村|市|省|批|座|条|吨)(?:以上|左右)?$"
)
_LONE_ONE = re.compile(
    r"(?:(?<=[块毛角][二三四五六七八九])|(?<![\d零〇一二两三四五六七八九十百千万亿第每]))一(?![\d零〇一二两三四五六七八九十百千万亿])"
)
_ONE_COUNTS = (
    re.compile(r"一(?:半|多半|大半|小半|倍|成(?![功立员果不]))"),
    re.compile(r"一番(?<=翻一番)|一番(?<=翻了一番)|一番(?<=翻上一番)"),
    re.compile(r"一年(?:多(?![来]?前)|来|间|半|里|时间)(?!到头)"),
    re.compile(r"一年(?=[:。]|$|\n)"),
    re.compile(
        r"一年(?=[,;、])(?<=(?:挂职|支教|援疆|援藏|援青|驻村|帮扶|结对|服务|工作|运行|试行|投产|开业|任职|协作)一年)"
    ),
    re.compile(
        r"一周年|一(?:天|年|小时|个月|里|公里)(?:半(?!夜|载)|多(?!次|个))|一刻钟|一整(?:天|年)|一个(?:半|多)(?:月|小时|钟头|星期)"
    ),
    re.compile(r"一[次趟](?=[,。;!?\s]|$)(?:(?<=跑一.)|(?<=跑了一.))(?<!再跑一.)(?<!白跑一.)(?<!多跑一.)"),
    re.compile(
        r"一(?:小区|社区|镇|乡|街道|县|市|省|区|州|村|院|校)(?<=[村镇乡县市省区州院校][一二三四五六七八九十]..)?"
    ),
)
_SHRINKS = re.compile(r"(?:缩短|压缩|减少|降低|缩减|精简|减|降|变|压减|下降|提速)(?:至|到|为|成)(?:了)?(?:最短)?$")
_SPENT = re.compile(
    r"(?:不到|不足|不满|未满|近|约|需要?|用了?|历时|仅用|只用|花了?|不出|不过|不短于|不少于|不低于|不超过|至少|超过|超|逾|长达|最短|最长|为期|各驻|驻村|驻点|蹲点|挂职|跟岗|支教|"
    r"期限为?|聘期|任期|合同签|干|续了|续签|一签|签了?|服务期|锁定|免租|免费|延长|缩短|提前|晚了?|迟了?|耗时|只要|仅需|只需|干满|待了?|住了?|等了?)$"
)
_SPAN = re.compile(r"一整?(?:年|天|周年|个月|小时|个小时|个?工作日|周|个?学期)(?![级度一来])")
#: 一年以上 and 一天不到: a bound behind makes the one a number.
_BOUNDED = re.compile(
    r"一(?:个)?(?:年|天|周|月|小时|工作日|成|倍|公里|里|次|人|名|家|户|亩|项|套)(?:都|还)?(?:以上|以下|以内|之内|内(?![地部外容])|左右|上下|不到|不足|有余|出头)"
)
#: 只办成一家, 仅有一座: how few there are is said by number.
_FEW = re.compile(r"(?:[只仅才][㐀-鿿]{1,3}|[只仅才]|唯有|就|总共|一共|共|至少|最多|每[人户村家校县乡镇店车组队班])$")
_FEW_OF = re.compile(
    r"一(?:家|座|所|台|辆|间|条|套|份|册|名|位|户|口|件|本|张|支|趟|次|双|把|部)(?=[㐀-鿿,。;、])(?![点些下直起样般定味心贯])"
)
#: 干部三年,人才一年: what stands beside another number is one.
_PARALLEL = re.compile(r"[二两三四五六七八九十\d](年|天|个月|小时|周|次)[,、][^,、。;\n]{0,8}$")
#: 四台里,有一台: one of the things just counted.
_ONE_OF = re.compile(r"[一二两三四五六七八九十\d](家|座|所|台|辆|间|条|户|口|个|名|位)[^,。;]{0,3}[里中],?(?:只)?有$")
_PAIRED_PLACE = re.compile(r"[二三四五六七八九十\d](?:个)?[村镇乡县市省区州院校街道园]{1,2}[、]?$")


def blocked_spans(text: str) -> list[tuple[int, int, str]]:
    """Spans of the text whose numerals are no claims, each with its reason."""
    spans = [(match.start(), match.end(), reason) for reason, pattern in _COMPILED for match in pattern.finditer(text)]
    spans += [(match.start(1), match.end(1), "slogan") for match in _QUOTED.finditer(text) if _is_slogan(match[1])]
    return spans


def idle_ones(text: str) -> frozenset[int]:
    """Places of 一 that only mean 'a' or 'one and all' (一个, 一批, 一晚)."""
    return frozenset(match.start() for match in _LONE_ONE.finditer(text) if not _counts_one(text, match.start()))


def _is_slogan(quoted: str) -> bool:
    """A short quotation that is not itself an amount and has no clause in it is a name or a slogan."""
    if _QUOTED_AMOUNT.match(quoted) or re.search(r"[,。;!?%]", quoted):
        return False
    return len(quoted) <= 8 or not re.search(r"\d", quoted)


def _is_told_by_number(text: str, at: int) -> bool:
    """Whether a one is a count, since it says how few there are or which part of the things just counted."""
    if _FEW.search(text, max(0, at - 5), at) and _FEW_OF.match(text, at):
        return True
    parallel = _PARALLEL.search(text, max(0, at - 14), at)
    if parallel is not None and re.match(f"一{parallel[1]}[,。;、]", text[at : at + 4]):
        return True
    part = _ONE_OF.search(text, max(0, at - 12), at)
    return part is not None and text.startswith(part[1], at + 1)


def _counts_one(text: str, at: int) -> bool:
    ahead = text[max(0, at - 6) : at]
    if _PAIRED_PLACE.search(ahead):
        return _ONE_COUNTS[-1].match(text, at) is not None
    if (_SPENT.search(ahead) and _SPAN.match(text, at)) or _BOUNDED.match(text, at) or _is_told_by_number(text, at):
        return True
    return _SHRINKS.search(ahead) is not None or any(pattern.match(text, at) for pattern in _ONE_COUNTS[:-1])
