"""Figures of land: when an industry began, bases and parks, and their area with every piece of land counted once."""

from typing import Any

from shanhai.figures import declare

INDUSTRY = declare.table("planting.industry", crop_code="string", began_on="date")
BASE = declare.table(
    "planting.base", name="string", short_name="string", town="string", kind_code="string", crop_code="string",
    action_code="string", is_demonstration="bool", started_on="date", project_key="string",
)  # fmt: skip
PARCEL = declare.table(
    "planting.parcel", base_key="string", crop_code="string", area_mu2="mu2", built_on="date", former_key="string"
)
LEASE = declare.table(
    "planting.landlease", base_key="string", household_key="string", area_mu2="mu2", yearly_fen="fen@signed",
    first_on="date", last_on="date",
)  # fmt: skip

#: By which words a text names each crop.
CROP_WORDS: dict[str, tuple[str, ...]] = {
    "olive": ("油橄榄", "橄榄"),
    "citrus": ("柑橘", "果蔬", "柑桔", "橘园", "蔬果"),
    "grain_oil": ("粮油", "水稻", "油菜"),
    "herb": ("中药材", "药材"),
    "tea": ("茶园", "茶叶"),
    "mulberry": ("蚕桑", "桑园"),
}

declare.slice_words("crop", CROP_WORDS)
declare.named("base", BASE, ("name", "short_name"))
OF_BASE = {"base": "base_key"}
_OF_LAND = {"base": "base_key", "crop": "crop_code"}
_NOT_FARMED = (
    "工业", "近零碳", "零碳", "入驻", "招商", "企业", "孵化", "物流", "科技园", "电商", "开发区", "厂房", "共建园", "文旅", "养殖", "生猪", "水产", "苗木基地", "实践交流基地",
    "培训基地", "实训", "研学", "就业基地", "直播",
)  # fmt: skip


@declare.figure(
    "planting.industry_began", zh="产业开始发展", en="Industry began", unit="date", time="cumulative", stage="achieved",
    reads=(INDUSTRY,), how="min_date", column="began_on", slices={"crop": "crop_code"},
    rule="某一品种的产业在当地最早开始发展的日期；只知道年份的按年份计。是背景事实，可以早于结对。", basis="术语表 A6 第 108 条（种植基地：按品种和年份）",
    words=declare.words(
        measure=(
            "开始发展", "开始种植", "开始引种", "起步", "引种", "引进", "引入", "发展", "兴起", "始于", "试种", "种植", "落户", "种下", "栽下", "栽种", "起家", "发端", "萌芽",
            "涉足", "种上", "开始",
        ),
        object=("产业", "种植", "油橄榄", "柑橘", "种下", "栽", "引种", "苗"),
        excluded=(
            "园区", "示范基地", "公司", "协议", "结对", "首轮", "一轮", "帮扶", "投资", "基地", "挂果", "投产", "招商", "获评", "盘活", "改造", "建成", "新建", "流转", "分红",
            "品种", "技术", "设备", "专家", "加工", "生产线", "榨", "企业", "产业园", "资金", "项目", "面积", "亩", "丰收", "收获", "节",
        ),
        narrowed=True,
    ),
)  # fmt: skip
def industry_began(industry: Any) -> Any:
    """Every industry recorded; of one crop when asked."""
    return industry


@declare.figure(
    "planting.parks_built", zh="改造提升和新建的种植产业园", en="Planting parks upgraded or newly built", unit="park", time="flow",
    stage="achieved", reads=(BASE,), how="count_distinct", column="key", on="started_on",
    slices={"crop": "crop_code", "action": "action_code"},
    rule="期内建成投用的种植产业园个数，改造提升和新建合计，同一园只计一次；盘活的另计。", basis="术语表 A6 第 108 条（种植基地）",
    words=declare.words(
        measure=(
            "改造提升", "改造", "提升", "新建", "建成", "建设", "打造", "建起", "建了", "升级", "扩建", "改建", "提档", "翻新", "建立", "落成", "发展了", "拥有", "建有", "投用",
        ),
        object=("种植产业园", "种植园", "产业园", "示范园", "种植园区", "园区", "橄榄园", "果园"),
        excluded=(*_NOT_FARMED, "盘活", "计划", "拟"),
    ),
)  # fmt: skip
def parks_built(base: Any) -> Any:
    """Parks the cooperation built or upgraded."""
    return base.filter((base.kind_code == "park") & base.action_code.isin(["new", "upgraded"]))


@declare.figure(
    "planting.bases_built", zh="种植基地数", en="Planting bases", unit="base", time="flow", stage="achieved",
    reads=(BASE,), how="count_distinct", column="key", on="started_on",
    slices={"crop": "crop_code", "action": "action_code"},
    rule="期内建成投用的种植基地和种植产业园个数，新建、改造提升和盘活合计，同一基地只计一次。", basis="术语表 A6 第 108 条（种植基地）",
    words=declare.words(
        measure=("建成", "新建", "建设", "打造", "建起", "改造提升", "发展", "盘活"), object=("种植基地", "示范种植基地", "种植示范基地"),
        excluded=(*_NOT_FARMED, "交流基地", "国家级", "省级", "市级", "亩"),
    ),
)  # fmt: skip
def bases_built(base: Any) -> Any:
    """Every base and park."""
    return base


def _standing(parcel: Any, end: Any) -> Any:
    """Parcels on a day, those left out whose place another parcel has taken by then."""
    newer = parcel.filter((parcel.former_key != "") & (parcel.built_on <= end))
    taken = newer.select(taken_scope=newer.scope_id, taken_key=newer.former_key)
    kept = parcel.anti_join(taken, [parcel.scope_id == taken.taken_scope, parcel.key == taken.taken_key])
    return kept.select(*parcel.columns)


def _of_bases(parcel: Any, chosen: Any) -> Any:
    return parcel.semi_join(chosen, declare.refers(parcel, "base_key", chosen))


@declare.figure(
    "planting.base_area", zh="种植基地面积", en="Area of planting bases", unit="mu", time="stock", stage="achieved",
    reads=(PARCEL, BASE), how="balance", column="area_mu2", on="built_on", slices=_OF_LAND,
    rule="截止日已投用的基地的地块面积之和；改造提升的地块代替原地块，同一块地只计一次。", basis="术语表 A6 第 107、108 条（亩、种植基地）",
    words=declare.words(
        measure=(
            "基地面积", "基地占地", "基地总面积", "基地规模", "产业园占地", "产业园面积", "园区占地", "园区面积", "种植园占地", "种植园面积", "基地共#", "基地#", "占地",
        ),
        object=("基地", "产业园", "种植园", "果蔬园"),
        excluded=(*_NOT_FARMED, "示范", "盘活", "流转", "撂荒", "复耕", "户均", "建筑面积", "全市", "全县", "高标准农田", "建成", "新建", "闲置", "学校", "校", "医院"),
    ),
)  # fmt: skip
def base_area(parcel: Any, base: Any, *, end: Any) -> Any:
    """The land of every base that stands."""
    return _of_bases(_standing(parcel, end), base.filter(base.started_on <= end))


@declare.figure(
    "planting.demonstration_area", zh="种植示范基地面积", en="Area of demonstration bases", unit="mu", time="stock",
    stage="achieved", reads=(PARCEL, BASE), how="balance", column="area_mu2", on="built_on", slices=_OF_LAND,
    rule="截止日示范基地的地块面积之和，按不同基地合计；改造提升的地块代替原地块，同一块地只计一次。", basis="术语表 A6 第 107、108 条（亩、种植基地）；T76",
    words=declare.words(
        measure=("示范基地", "示范园", "示范种植", "示范区", "示范片", "种植示范", "示范面积"),
        excluded=(*_NOT_FARMED, "盘活", "流转", "撂荒", "闲置", "户均", "农田", "全国", "国家级", "粮食", "水稻制种", "旅游", "乡村振兴示范"),
    ),
)  # fmt: skip
def demonstration_area(parcel: Any, base: Any, *, end: Any) -> Any:
    """The land of demonstration bases."""
    return _of_bases(_standing(parcel, end), base.filter(base.is_demonstration & (base.started_on <= end)))


@declare.figure(
    "planting.revived_area", zh="盘活基地面积", en="Area of bases brought back into use", unit="mu", time="stock",
    stage="achieved", reads=(PARCEL, BASE), how="balance", column="area_mu2", on="built_on", slices=_OF_LAND,
    rule="截止日由闲置恢复使用的基地的地块面积之和；同一块地只计一次。", basis="术语表 A6 第 107、108、114 条（亩、种植基地、撂荒地）",
    words=declare.words(
        measure=(
            "盘活", "重新启用", "重启", "恢复生产", "恢复", "复产", "起死回生", "重焕", "焕发", "救活", "唤醒", "重整", "接手", "接管", "激活", "重新运转", "重新", "闲置", "复活",
            "复绿", "新生", "沉睡", "荒废", "撂荒", "再度",
        ),
        object=("产业园", "果园", "园区", "果蔬园", "种植园", "柑橘", "果蔬", "柑桔", "基地"),
        excluded=("厂房", "工业", "近零碳", "校舍", "资产", "宅基地", "流转土地"),
    ),
)  # fmt: skip
def revived_area(parcel: Any, base: Any, *, end: Any) -> Any:
    """The land of bases brought back into use."""
    revived = base.filter((base.action_code == "revived") & (base.started_on <= end))
    return _of_bases(_standing(parcel, end), revived)


@declare.figure(
    "planting.leased_area", zh="流转土地面积", en="Land leased from households", unit="mu", time="stock", stage="achieved",
    reads=(LEASE,), how="balance", column="area_mu2", on="first_on", until="last_on", slices=OF_BASE,
    rule="截止日在期的土地流转面积之和；到期的不计。", basis="术语表 A6 第 112 条（土地流转）",
    words=declare.words(
        measure=("流转",), object=("农户", "撂荒地", "基地", "产业园", "种植园"),
        excluded=("全市", "全县", "增收", "租金", "亩均", "建成", "盘活", "流转率", "流转面积达", "带动"),
    ),
)  # fmt: skip
def leased_area(lease: Any) -> Any:
    """Every lease in force."""
    return lease
