"""Units as types: what is counted decides what may be added or compared.

Values of different kinds never meet: 人 (heads), 人次 (attendances) and 户 (households) are three
kinds although all three are counted with whole numbers. Codes follow the labels of the field's
texts; 231 terms with their counting rules stand in the glossary.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of quantity a unit measures; sums and comparisons stay inside one kind."""

    MONEY = "money"
    PERSONS = "persons"
    PERSON_TIMES = "person_times"
    HOUSEHOLDS = "households"
    AREA = "area"
    DURATION = "duration"
    DATE = "date"
    RATIO = "ratio"
    COUNT = "count"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `code` names what is counted, `zh` and `en` show it, `factor` turns it into the unit `base`."""

    code: str
    kind: Kind
    zh: str
    en: str


_COUNTS = {
    "project": "个项目", "programme": "个专项", "item": "项", "batch": "批", "session": "场", "agreement": "份协议",
    "document": "份材料", "case": "件", "visit": "趟", "enterprise": "家企业", "org": "家单位", "park": "个园区",
    "base": "个基地", "site": "处", "workshop": "个车间", "station": "个站", "platform": "个平台", "industry": "个产业",
    "category": "类", "cluster": "个集群", "brand": "个品牌", "school": "所学校", "school_place": "个学位",
    "kindergarten": "所幼儿园", "hospital": "家医院", "clinic": "家卫生院", "department": "个科室", "disease": "种疾病",
    "operation": "台手术", "province_level": "个省级行政区", "prefecture": "个地级行政区", "city": "个市",
    "district": "个区", "county": "个县", "township": "个乡镇", "village": "个村", "community": "个社区",
    "county_or_township": "个县乡", "division": "个师", "office": "个指挥部", "level": "级", "pair": "对", "group": "组",
    "team": "支队伍", "unit": "个", "job": "个岗位", "train": "列", "vehicle": "辆", "vehicle_time": "辆次",
    "tree": "棵", "head": "头", "bird": "羽", "crop": "种作物", "building": "栋", "dwelling": "套住房", "set": "套",
    "route": "条线路",
}  # fmt: skip
_OTHERS: dict[Kind, dict[str, tuple[str, str]]] = {
    Kind.MONEY: {"CNY": ("元", "yuan"), "USD": ("美元", "US dollars")},
    Kind.PERSONS: {"person": ("人", "persons")},
    Kind.PERSON_TIMES: {"person_time": ("人次", "person-times")},
    Kind.HOUSEHOLDS: {"household": ("户", "households")},
    Kind.AREA: {"mu": ("亩", "mu"), "sqm": ("平方米", "m²"), "km2": ("平方公里", "km²")},
    Kind.DURATION: {
        "year": ("年", "years"), "month": ("个月", "months"), "day": ("天", "days"), "workday": ("个工作日", "working days"),
        "hour": ("小时", "hours"), "minute": ("分钟", "minutes"), "second": ("秒", "seconds"),
    },
    Kind.DATE: {"date": ("日期", "date")},
    Kind.RATIO: {
        "percent": ("%", "per cent"), "pp": ("个百分点", "percentage points"), "times": ("倍", "times"),
        "fraction": ("（分数）", "fraction"), "ratio": ("（比）", "ratio"),
    },
    Kind.OTHER: {
        "km": ("公里", "km"), "li": ("里", "li"), "metre": ("米", "m"), "tonne": ("吨", "tonnes"), "storey": ("层", "storeys"),
        "year_of_age": ("岁", "years of age"),
    },
}  # fmt: skip

UNITS: dict[str, Unit] = {
    code: Unit(code, kind, zh, en) for kind, units in _OTHERS.items() for code, (zh, en) in units.items()
} | {code: Unit(code, Kind.COUNT, zh, code.replace("_", " ")) for code, zh in _COUNTS.items()}


def unit(code: str) -> Unit:
    """The unit of this code; an unknown code is a broken program, not a finding."""
    return UNITS[code]
