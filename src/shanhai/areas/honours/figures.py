"""Figures of honours and demonstration sites."""

from typing import Any

import ibis

from shanhai.figures import declare

HONOUR = declare.table(
    "honours.honour", level_code="string", kind_code="string", site_key="string", origin_key="string", region_code="string",
    town="string", village="string", awarded_on="date", awarded_on_precision="string", expires_on="date",
)  # fmt: skip
REVIEW = declare.table(
    "honours.honourreview", honour_key="string", result_code="string", reviewed_on="date", expires_on="date"
)
SITE = declare.table("honours.site", region_code="string", town="string", village="string")

#: The levels from the lowest: of several titles of one thing the highest counts.
RANKS = ("county", "prefecture", "provincial", "national")
_BY_RANK = {"rank": "level_code"}
_BASIS = "术语表 A6 第 105 条（示范村）；荣誉以授予文件为准"
_KNOWN_DAY = "只知年份的计在年末那天，只知月份的计在月末那天。"
_NOT_YET = ("申报", "推荐", "公示", "提名", "拟", "争创")
_BOTH_RANKS = ("省市级", "省、市级", "省级和市级", "省级、市级", "省级及市级", "省级与市级", "省市两级", "省、市两级")
_NOT_SITES = (
    *_NOT_YET, "种植", "养殖", "油橄榄", "柑橘", "就业", "消费帮扶", "教学", "示范课", "党建", "司法", "金融", "以上", "未", "计划",
)  # fmt: skip
declare.slice_words(
    "rank",
    {
        "national": ("国家级", "全国"),
        "provincial": ("省级", "省部级"),
        "prefecture": ("地市级", "地级", "市级"),
        "county": ("县级", "区县级"),
    },
)


def _last_of_month(day: Any) -> Any:
    """The number of the last day of a day's month."""
    year, month = day.year(), day.month()
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return ibis.cases((month == 2, ibis.ifelse(leap, 29, 28)), (month.isin((4, 6, 9, 11)), 30), else_=31)


def _dated(honour: Any) -> Any:
    """Titles by the day by which they had surely been awarded: the last one of the year or month that is known."""
    day, known = honour.awarded_on, honour.awarded_on_precision
    surely = ibis.cases(
        (known == "year", ibis.date(day.year(), 12, 31)),
        (known == "month", ibis.date(day.year(), day.month(), _last_of_month(day))),
        else_=day,
    )
    return honour.mutate(awarded_on=surely)


def _awarded(honour: Any, start: Any, end: Any) -> Any:
    """Titles awarded between two days."""
    dated = _dated(honour)
    return dated.filter(
        (dated["stage"] == "achieved") & (dated.awarded_on <= end) & (start.isnull() | (dated.awarded_on >= start))
    )


def _reviewed(honour: Any, review: Any, end: Any) -> Any:
    """Titles awarded and not withdrawn by a day, each with the last day that the last review gave it."""
    said = review.filter((review["stage"] == "achieved") & (review.reviewed_on <= end))
    order = ibis.row_number().over(
        group_by=[said["scope_id"], said["honour_key"]], order_by=[said["reviewed_on"].desc(), said["entry"].desc()]
    )
    last = said.mutate(place=order).filter(ibis._.place == 0)
    told = last.select(
        said_scope=last["scope_id"], said_of=last["honour_key"], said=last["result_code"], said_until=last["expires_on"]
    )
    dated = _dated(honour)
    joined = dated.left_join(told, [dated["scope_id"] == told.said_scope, dated["key"] == told.said_of])
    until = ibis.ifelse(joined.said.isnull(), joined.expires_on, joined.said_until)
    kept = joined.select(
        *[until.name(name) if name == "expires_on" else joined[name] for name in dated.columns], joined.said
    )
    return kept.filter(
        (kept["stage"] == "achieved") & (kept.awarded_on <= end) & (kept.said.coalesce("") != "withdrawn")
    )


def _standing(honour: Any, review: Any, end: Any) -> Any:
    """Titles in force on a day; the last day of a title is still one of it."""
    kept = _reviewed(honour, review, end)
    return kept.filter(kept.expires_on.isnull() | (kept.expires_on >= end))


def _highest(rows: Any, column: str) -> Any:
    """The rows, each with the highest level that the thing named by a column has among them."""
    height = ibis.cases(*((rows.level_code == rank, place) for place, rank in enumerate(RANKS)), else_=-1)
    ranked = rows.mutate(height=height)
    top = ranked["height"].max().over(ibis.window(group_by=[ranked["scope_id"], ranked[column]]))
    raised = ranked.mutate(height=top)
    level = ibis.cases(*((raised["height"] == place, rank) for place, rank in enumerate(RANKS)), else_="")
    return raised.mutate(level_code=level)


def _placed(rows: Any, site: Any) -> Any:
    """The rows with town and village told whole, so that two of one name are two; those of a site are where it is."""
    told = site.select(
        at_scope=site["scope_id"], at_site=site["key"], at_region=site["region_code"], at_town=site["town"], at_village=site["village"]
    )  # fmt: skip
    joined = rows.left_join(told, [rows["scope_id"] == told.at_scope, rows["site_key"] == told.at_site])
    region = joined.at_region.coalesce(joined.region_code)
    town, village = joined.at_town.coalesce(joined.town), joined.at_village.coalesce(joined.village)
    whole = {
        "region_code": region,
        "town": ibis.ifelse(town == "", "", region + " " + town),
        "village": ibis.ifelse(village == "", "", region + " " + town + " " + village),
    }
    return joined.select(*[whole[name].name(name) if name in whole else joined[name] for name in rows.columns])


@declare.figure(
    "honours.awarded", zh="获得荣誉", en="Honours awarded", unit="item", time="flow", stage="achieved", empty="blank",
    reads=(HONOUR,), how="count", on="awarded_on", slices=_BY_RANK | {"kind": "kind_code"},
    rule="期内授予的荣誉项数，按授予文件计；只申报或公示的不计，联合获得的计一项，升级的另计一项，后来撤销或过期的仍计入授予的那一期。" + _KNOWN_DAY,
    basis=_BASIS,
    words=declare.words(
        measure=("获得", "获评", "荣获", "获", "授予", "斩获", "拿下", "捧回", "收获"), object=("荣誉", "荣誉称号"),
        excluded=(*_NOT_YET, "个人", "学生", "教师", "比赛", "竞赛", "职称", "专利", "以上", "现有", "有效", "企业"),
    ),
)  # fmt: skip
def awarded(honour: Any) -> Any:
    """Every title, by the day of its award."""
    return _dated(honour)


@declare.figure(
    "honours.in_force", zh="有效荣誉", en="Honours in force", unit="item", time="stock", stage="achieved", empty="blank",
    reads=(HONOUR, REVIEW), how="count", on="awarded_on", slices=_BY_RANK | {"kind": "kind_code"},
    rule="截止日有效的荣誉项数：已授予、没有撤销、没有过期；有效期以最近一次复核为准，到期当天仍有效，撤销当天起无效。" + _KNOWN_DAY, basis=_BASIS,
    words=declare.words(
        measure=("现有", "有效", "保有", "在有效期内", "保持"), object=("荣誉", "荣誉称号"), excluded=(*_NOT_YET, "个人", "企业", "以上"),
    ),
)  # fmt: skip
def in_force(honour: Any, review: Any, *, end: Any) -> Any:
    """Titles that stand on the day."""
    return _standing(honour, review, end)


@declare.figure(
    "honours.reviews_due", zh="年内应复核的荣誉", en="Honours whose review is due within the year", unit="item", time="stock", stage="achieved",
    empty="blank", reads=(HONOUR, REVIEW), how="count", on="awarded_on", slices=_BY_RANK | {"kind": "kind_code"},
    rule="截止日已授予、没有撤销，有效期已过或在当年年底以前到期的荣誉项数；有效期以最近一次复核为准，没有期限的不计。" + _KNOWN_DAY, basis=_BASIS,
)  # fmt: skip
def reviews_due(honour: Any, review: Any, *, end: Any) -> Any:
    """Titles that are over, or will be within the year of the day."""
    kept = _reviewed(honour, review, end)
    return kept.filter(kept.expires_on.year() <= end.year())


@declare.figure(
    "honours.bases_named", zh="获得称号的基地", en="Bases that were awarded a title", unit="base", time="flow", stage="achieved", empty="blank",
    reads=(HONOUR,), how="count_distinct", column="origin_key", on="awarded_on", slices=_BY_RANK,
    rule="期内获得称号的基地个数，例如实践交流基地、教育基地；同一基地由低级别升到高级别只计一个，计在最高的级别。种植基地另计。" + _KNOWN_DAY,
    basis="巩固拓展脱贫攻坚成果村级实践交流基地按命名文件；" + _BASIS,
    words=declare.words(
        measure=(
            "建成", "建起", "建设", "打造", "创建", "创成", "获评", "命名", "评为", "评定", "认定", "授牌", "挂牌", "入选", "列为", "成为", "实践交流基地", "交流基地",
        ),
        object=("实践交流基地", "交流基地", "教育基地", "研学基地", "乡村振兴示范基地", "级示范基地"),
        excluded=(
            *_NOT_YET, "种植", "养殖", "育苗", "油橄榄", "柑橘", "蔬菜", "茶", "水稻", "制种", "农产品", "加工", "产业", "培训基地", "实训", "就业", "劳务", "见习",
            "供港", "电商", "直播", "以上", "计划", "企业", *_BOTH_RANKS,
        ),
    ),
)  # fmt: skip
def bases_named(honour: Any, *, start: Any, end: Any) -> Any:
    """Titles of bases, each under the first title of its base."""
    bases = _awarded(honour, start, end)
    bases = bases.filter(bases.kind_code == "base")
    first = ibis.ifelse(bases.origin_key == "", bases["key"], bases.origin_key)
    return _highest(bases.mutate(origin_key=first), "origin_key")


@declare.figure(
    "honours.villages_named", zh="获得称号的村", en="Villages that were awarded a title", unit="village", time="flow", stage="achieved",
    empty="blank", reads=(HONOUR, SITE), how="count_distinct", column="village", on="awarded_on", slices=_BY_RANK,
    rule="期内获得村级称号（示范村等）的村数；一村几项称号、几个级别只计一村，计在最高的级别。" + _KNOWN_DAY, basis=_BASIS,
    words=declare.words(
        measure=("建成", "打造", "创建", "创成", "获评", "命名", "评为", "认定", "入选", "授予"),
        object=("示范村", "和美乡村", "文明村", "美丽乡村"),
        excluded=(*_NOT_SITES, *_BOTH_RANKS, "旅游", "数字", "覆盖"),
    ),
)  # fmt: skip
def villages_named(honour: Any, site: Any, *, start: Any, end: Any) -> Any:
    """Titles of villages, each with the whole name of its village."""
    told = _awarded(honour, start, end)
    return _highest(_placed(told.filter(told.kind_code == "village"), site), "village")


@declare.figure(
    "honours.sites_named", zh="命名示范点", en="Demonstration sites named", unit="site", time="flow", stage="achieved", empty="blank",
    reads=(HONOUR,), how="count_distinct", column="site_key", on="awarded_on", slices=_BY_RANK,
    rule="期内被命名的示范点个数；一个示范点被几级命名只计一个，计在期内最高的级别；后来撤销的仍计入命名的那一期。" + _KNOWN_DAY, basis=_BASIS,
    words=declare.words(
        measure=(
            "示范点", "建成", "建起", "建设", "打造", "创建", "创成", "获评", "命名", "评为", "认定", "授牌", "挂牌", "入选", "培育",
        ),
        object=("示范点", "示范点位"), excluded=(*_NOT_SITES, *_BOTH_RANKS, "现有", "有效"),
    ),
)  # fmt: skip
def sites_named(honour: Any, *, start: Any, end: Any) -> Any:
    """Titles of sites, each with the highest level of its site."""
    told = _awarded(honour, start, end)
    return _highest(told.filter(told.site_key != ""), "site_key")


@declare.figure(
    "honours.sites_provincial_prefecture", zh="省市级示范点", en="Demonstration sites of provincial or prefecture level", unit="site", time="flow",
    stage="achieved", empty="blank", reads=(HONOUR,), how="count_distinct", column="site_key", on="awarded_on",
    rule="期内最高被命名为省级或市级的示范点个数；省、市两级都命名的只计一个，另有国家级命名的不在内。" + _KNOWN_DAY, basis=_BASIS,
    words=declare.words(measure=_BOTH_RANKS, object=("示范点", "示范点位"), excluded=(*_NOT_SITES, "现有", "有效")),
)  # fmt: skip
def sites_provincial_prefecture(honour: Any, *, start: Any, end: Any) -> Any:
    """Titles of sites whose highest level is that of the province or the prefecture."""
    told = _awarded(honour, start, end)
    sites = _highest(told.filter(told.site_key != ""), "site_key")
    return sites.filter(sites.level_code.isin(("provincial", "prefecture")))


@declare.figure(
    "honours.sites_in_force", zh="有效示范点", en="Demonstration sites in force", unit="site", time="stock", stage="achieved", empty="blank",
    reads=(HONOUR, REVIEW), how="count_distinct", column="site_key", on="awarded_on", slices=_BY_RANK,
    rule="截止日至少有一级命名有效的示范点个数，计在有效命名的最高级别；到期当天仍有效，撤销当天起无效。" + _KNOWN_DAY, basis=_BASIS,
    words=declare.words(measure=("现有", "有效", "在有效期内"), object=("示范点", "示范点位"), excluded=(*_NOT_SITES, *_BOTH_RANKS)),
)  # fmt: skip
def sites_in_force(honour: Any, review: Any, *, end: Any) -> Any:
    """Titles of sites that stand on the day, each with the highest level of its site."""
    told = _standing(honour, review, end)
    return _highest(told.filter(told.site_key != ""), "site_key")


def _covered(honour: Any, review: Any, site: Any, end: Any) -> Any:
    """Titles of sites and villages that stand on the day, with the whole names of their places."""
    told = _standing(honour, review, end)
    return _placed(told.filter((told.site_key != "") | (told.kind_code == "village")), site)


@declare.figure(
    "honours.villages_covered", zh="示范覆盖的村", en="Villages with a site or title in force", unit="village", time="stock", stage="achieved",
    empty="blank", reads=(HONOUR, REVIEW, SITE), how="count_distinct", column="village", on="awarded_on",
    rule="截止日有有效示范点或有效村级称号的村数；一村几个示范点只计一村。" + _KNOWN_DAY, basis=_BASIS,
)  # fmt: skip
def villages_covered(honour: Any, review: Any, site: Any, *, end: Any) -> Any:
    """Titles of sites and villages in force."""
    return _covered(honour, review, site, end)


@declare.figure(
    "honours.townships_covered", zh="示范覆盖的乡镇", en="Townships with a site or title in force", unit="township", time="stock", stage="achieved",
    empty="blank", reads=(HONOUR, REVIEW, SITE), how="count_distinct", column="town", on="awarded_on",
    rule="截止日有有效示范点或有效村级称号的乡镇（街道）数；一个乡镇几个示范点只计一个。" + _KNOWN_DAY, basis=_BASIS,
)  # fmt: skip
def townships_covered(honour: Any, review: Any, site: Any, *, end: Any) -> Any:
    """Titles of sites and villages in force."""
    return _covered(honour, review, site, end)
