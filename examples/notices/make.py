"""Make the notice workbooks: python examples/notices/make.py [FOLDER].

Each holds what one published notice states: its rows, and in the sheet 文中合计 what its text says they add up
to. Publishers, years and addresses stand in README.md beside this file.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from workbooks import Book, prepare  # noqa: E402 - in the folder above

from shanhai.base.money import parse_amount  # noqa: E402

Record = dict[str, Any]
NO_DOCUMENT = "公告未列文号"
NOTE = (
    "本工作簿按一份公开公告录入，来源见同一文件夹的 README.md。",
    "公告没有写明的文号填“公告未列文号”；没有写明的日期按所属年度最后一日（或报道日期）填写；没有写明的单位照此注明。",
    "“文中合计”表是公告正文写明的合计数，上传时与明细核对，不另外登记。",
    "由 examples/notices/make.py 生成，请勿手工修改。",
)


def fen(wan: str) -> int:
    """An amount in 万元, as the notice prints it, in fen; an amount that is no whole fen is refused."""
    return parse_amount(wan, "万元")


def stated(label: str, value: str, table: str, **more: str) -> Record:
    """A line of 文中合计 in 万元, equal to the rows unless `relation` says otherwise."""
    return {"label": label, "stated": value, "unit": "万元", "relation": "等于", "table": table} | more


def source(number: str, name: str, level: str, day: date, *, wan: str = "", unit: str = "") -> Record:
    """A row of 资金来源 for the year of `day`."""
    return {
        "source_no": number,
        "name": name,
        "level_code": level,
        "budget_year": day.year,
        "budget_fen": fen(wan) if wan else None,
        "unit_name": unit or None,
        "registered_on": day,
    }


def issue(source_no: str, wan: str, day: date, from_unit: str, *, to_unit: str) -> Record:
    """A row of 资金下达."""
    return {
        "document_no": NO_DOCUMENT,
        "source_key": source_no,
        "amount_fen": fen(wan),
        "issued_on": day,
        "from_unit": from_unit,
        "to_unit": to_unit,
    }


def allocations(source_no: str, day: date, rows: Iterable[Record]) -> Iterator[Record]:
    """Rows of 资金分配, numbered in the order of the notice; each row says field, purpose, unit and `wan`."""
    for number, row in enumerate(rows, start=1):
        amount = fen(row.pop("wan"))
        yield {
            "document_no": NO_DOCUMENT,
            "line_no": str(number),
            "source_key": source_no,
            "amount_fen": amount,
            "allocated_on": day,
        } | row


def project(number: str, name: str, wan: str, day: date, **more: str) -> Record:
    """A row of 协作项目 with its planned money."""
    return {
        "project_no": number,
        "name": name,
        "planned_fen": fen(wan),
        "plan_year": day.year,
        "proposed_on": day,
    } | more


def pairing(number: str, level: str, east: str, west: str, **more: object) -> Record:
    """A row of 结对关系 between two real regions."""
    return {
        "pairing_no": number,
        "scheme": "east_west",
        "level": level,
        "east_code": east,
        "west_code": west,
        "is_example": False,
    } | more


def haidong(folder: Path) -> Book:
    """T01: money that Jiangsu added, divided over six counties."""
    book = Book(folder / "T01-海东市2018年东西部协作资金分配.xlsx", "320200-630200", NOTE)
    day = date(2018, 12, 31)
    clinics, lasting = ("health", "公告所列村卫生室项目"), ("other", "巩固提升项目")
    rows = (
        ("乐都区", "819", clinics),
        ("平安区", "100", lasting),
        ("民和县", "1226", clinics),
        ("互助县", "600", clinics),
        ("化隆县", "1155", clinics),
        ("循化县", "100", lasting),
    )
    paired = pairing("JD-2017", "prefecture", "320200 无锡市", "630200 海东市", round_no=1, first_on="2017")
    book.add("reference.pairing", "east", [paired])
    book.add("funds.source", "east", [source("HD-2018-JS", "江苏省新增东西部协作资金", "province", day, wan="4000")])
    book.add("funds.issue", "east", [issue("HD-2018-JS", "4000", day, "江苏省", to_unit="海东市")])
    divided = (
        {"field_code": field, "purpose": purpose, "unit_name": unit, "wan": wan} for unit, wan, (field, purpose) in rows
    )
    book.add("funds.allocation", "west", allocations("HD-2018-JS", day, divided))
    book.state(
        [
            stated("资金分配合计", "4000", "资金分配"),
            stated("平安区巩固提升项目", "100", "资金分配", meant="责任单位 = 平安区"),
            stated("循化县巩固提升项目", "100", "资金分配", meant="责任单位 = 循化县"),
            stated("其中：民和县", "1226", "资金分配", relation="其中"),
        ]
    )
    return book


def mengjin(folder: Path) -> Book:
    """T12: three sources in one pot, seven uses to the yuan; which source pays which use is not stated."""
    book = Book(folder / "T12-孟津县2018年第二批扶贫资金.xlsx", "FUND-410322", NOTE)
    day, office = date(2018, 12, 31), "孟津县（公告未列责任单位）"
    uses = (
        ("6个深度贫困村", "150", "village"),
        ("产业扶贫项目", "724.712484", "industry"),
        ("贫困人口医疗再保险项目", "168.256", "health"),
        ("市派第一书记项目", "160", "other"),
        ("15个拟脱贫村产业引导项目", "260", "industry"),
        ("农村致富带头人培训项目", "18", "talent"),
        ("调整2018年第一批产业项目资金", "5.359516", "industry"),
    )
    book.add(
        "funds.source",
        "own",
        [
            source("MJ-2018-SJ", "省级财政扶贫专项资金", "province", day, wan="730"),
            source("MJ-2018-LY", "市级财政扶贫专项资金", "prefecture", day, wan="394.2"),
            source("MJ-2018-XJ", "县级财政配套扶贫专项资金", "county", day, wan="362.128"),
            source("MJ-2018-TC", "2018年第二批扶贫专项资金（省市县三级统筹使用）", "other", day),
        ],
    )
    book.add("funds.issue", "own", [issue("MJ-2018-TC", "1486.328", day, "孟津县财政局", to_unit=office)])
    divided = ({"field_code": field, "purpose": use, "unit_name": office, "wan": wan} for use, wan, field in uses)
    book.add("funds.allocation", "own", allocations("MJ-2018-TC", day, divided))
    book.state(
        [
            stated("资金来源合计", "1486.328", "资金来源", meant="资金级次 = 省级|市级|县（区）级"),
            stated("上级下达", "1124.2", "资金来源", meant="资金级次 = 省级|市级"),
            stated("资金用途合计", "1486.328", "资金分配"),
        ]
    )
    return book


def liling(folder: Path) -> Book:
    """T17: money to four units, and the five projects they plan with it; the second level is no second allocation."""
    book = Book(folder / "T17-醴陵市2019年扶贫资金.xlsx", "FUND-430281", NOTE)
    day = date(2019, 12, 31)
    units = (
        ("扶贫办", "农业特色产业发展资金", "660", "industry"),
        ("交通局", "农村基础设施建设资金", "290", "village"),
        ("枫林镇", "农村旅游扶贫资金", "120", "industry"),
        ("扶贫办", "职业教育雨露计划资金", "130", "education"),
    )
    projects = (
        ("农业特色产业发展项目", "660", "扶贫办", "industry", "industry"),
        ("贫困村危桥改造", "251", "交通局", "village", "infrastructure"),
        ("贫困村村组联通公路", "39", "交通局", "village", "infrastructure"),
        ("彰仙岭廊桥建设项目", "120", "枫林镇", "industry", "infrastructure"),
        ("雨露计划", "130", "扶贫办", "education", "welfare"),
    )
    book.add("funds.source", "own", [source("LL-2019", "2019年县级扶贫资金", "county", day, wan="1200")])
    book.add("funds.issue", "own", [issue("LL-2019", "1200", day, "醴陵市", to_unit="各责任单位")])
    divided = (
        {"field_code": field, "purpose": purpose, "unit_name": unit, "wan": wan} for unit, purpose, wan, field in units
    )
    book.add("funds.allocation", "own", allocations("LL-2019", day, divided))
    planned = (
        project(
            f"LL-2019-{number}",
            name,
            wan,
            day,
            owner_unit=unit,
            field_code=field,
            class_code=kind,
            region_code="430281",
        )
        for number, (name, wan, unit, field, kind) in enumerate(projects, start=1)
    )
    book.add("projects.project", "own", planned)
    book.state(
        [
            stated("资金分配合计", "1200", "资金分配"),
            stated("项目资金合计", "1200", "协作项目"),
            stated("交通局资金", "290", "资金分配", meant="责任单位 = 交通局"),
            stated("交通局项目", "290", "协作项目", meant="项目单位 = 交通局"),
        ]
    )
    return book


def zeku(folder: Path) -> Book:
    """T31: central money for six projects with their implementing units."""
    book = Book(folder / "T31-泽库县2023年第二批中央资金.xlsx", "FUND-632323", NOTE)
    day, bureau = date(2023, 12, 31), "泽库县农牧水利和科技局"
    rows = (
        ("西卜沙乡三个村游牧民定居点人饮巩固提升工程", "基础设施", "500", bureau),
        ("和日镇司玛村人畜饮水安全工程", "基础设施", "230", bureau),
        ("农村牧区小口机井工程（二期）", "基础设施", "208", bureau),
        ("2个村发展新型农村集体经济项目", "产业", "140", bureau),
        ("王家乡叶金木村饲料加工基地扩建项目", "产业", "167", "王家乡人民政府"),
        ("中央第二批资金项目管理费", "项目管理", "14", bureau),
    )
    codes = {
        "基础设施": ("village", "infrastructure"),
        "产业": ("industry", "industry"),
        "项目管理": ("other", "management"),
    }
    book.add("funds.source", "own", [source("ZK-2023-ZY2", "2023年第二批中央衔接资金", "central", day, wan="1259")])
    book.add("funds.issue", "own", [issue("ZK-2023-ZY2", "1259", day, "中央财政", to_unit="泽库县")])
    planned, divided = [], []
    for number, (name, group, wan, unit) in enumerate(rows, start=1):
        (field, kind), key = codes[group], f"ZK-2023-{number}"
        planned.append(
            project(key, name, wan, day, owner_unit=unit, field_code=field, class_code=kind, region_code="632323")
            | {"implementing_unit": unit}
        )
        divided.append(
            {
                "project_key": key,
                "field_code": field,
                "group_name": group,
                "purpose": name,
                "unit_name": unit,
                "wan": wan,
            }
        )
    book.add("projects.project", "own", planned)
    book.add("funds.allocation", "own", allocations("ZK-2023-ZY2", day, divided))
    book.state(
        [
            stated("总投资", "1259", "资金分配"),
            stated("项目个数", "6", "资金分配", unit="个"),
            stated("基础设施", "938", "资金分配", meant="类别 = 基础设施"),
            stated("产业", "307", "资金分配", meant="类别 = 产业"),
            stated("项目管理费", "14", "资金分配", meant="类别 = 项目管理"),
        ]
    )
    return book


def yanjin(folder: Path) -> Book:
    """T14: more is planned than was arranged; the text gives both sums."""
    book = Book(folder / "T14-延津县2022年项目计划.xlsx", "FUND-410726", NOTE)
    day = date(2022, 12, 31)
    rows = (
        ("雨露计划职业教育助学", "180", "education", "other"),
        ("雨露计划短期技能培训", "20", "labour", "other"),
        ("金融扶贫户贷户用贴息", "70", "industry", "other"),
        ("脱贫户种植优质花生奖补", "450", "industry", "other"),
        ("脱贫户种植优质小麦奖补", "500", "industry", "other"),
        ("脱贫户自主创业", "20", "labour", "other"),
        ("与龙头企业合作发展村集体经济", "3850", "industry", "industry"),
        ("其他涉农产业项目", "500", "industry", "industry"),
        ("农村村组道路项目", "2910", "village", "infrastructure"),
    )
    arranged, unit = "8126.728603", "延津县（公告未列单位）"
    book.add("funds.source", "own", [source("YJ-2022", "2022年已安排资金（公告未分级次）", "other", day, wan=arranged)])
    book.add("funds.issue", "own", [issue("YJ-2022", arranged, day, "上级及县财政（公告未分列）", to_unit="延津县")])
    planned = (
        project(
            f"YJ-2022-{number}",
            name,
            wan,
            day,
            owner_unit=unit,
            field_code=field,
            class_code=kind,
            region_code="410726",
        )
        for number, (name, wan, field, kind) in enumerate(rows, start=1)
    )
    book.add("projects.project", "own", planned)
    book.state(
        [
            stated("政策补贴延续类", "1240", "协作项目", meant="项目类别 = 其他"),
            stated("产业类", "4350", "协作项目", meant="项目类别 = 产业类"),
            stated("全年预计需要", "8500", "协作项目"),
            stated("已安排资金", arranged, "资金下达"),
            stated("计划不超过已安排资金", arranged, "协作项目", relation="至多"),
        ]
    )
    return book


def pingyi(folder: Path) -> Book:
    """T34: two projects plan to use more of a fund than was issued to their zone."""
    book = Book(folder / "T34-平邑县经济开发区2019年项目计划.xlsx", "FUND-371326", NOTE)
    day = date(2019, 3, 4)
    rows = (
        ("HT", "胡同村财政专项扶贫资金项目", "110", "100", "10"),
        ("CY", "朝阳村财政专项扶贫资金项目", "55", "50", "5"),
    )
    for key, name, total, fund, own in rows:
        unit = name.removesuffix("财政专项扶贫资金项目")
        book.add(
            "funds.source",
            "own",
            [
                source(f"PY-2019-{key}-ZX", "财政专项扶贫资金", "other", day, wan=fund, unit=f"{unit}项目计划使用"),
                source(f"PY-2019-{key}-ZC", "自筹资金", "other", day, wan=own, unit=f"{unit}项目计划使用"),
            ],
        )
        planned = project(f"PY-2019-{key}", name, total, day, owner_unit=unit, field_code="other", class_code="other")
        book.add("projects.project", "own", [planned | {"region_code": "371326"}])
    book.state(
        [
            stated("胡同村项目计划投资", "110", "资金来源", meant="出资单位 = 胡同村项目计划使用"),
            stated("朝阳村项目计划投资", "55", "资金来源", meant="出资单位 = 朝阳村项目计划使用"),
            stated(
                "下达经济开发区的财政专项扶贫资金",
                "100",
                "资金来源",
                meant="资金名称 = 财政专项扶贫资金",
                relation="至多",
            ),
        ]
    )
    return book


def lintao(folder: Path) -> Book:
    """T42: an East-West plan whose named kinds do not exhaust its total."""
    book = Book(folder / "T42-临洮县2025年东西部协作资金计划.xlsx", "370203-621124", NOTE)
    day, unit = date(2025, 9, 23), "临洮县（报道未列单位）"
    rows = (
        ("CY", "产业开发项目", "3255.5", "industry", "industry"),
        ("LW", "劳务协作项目", "716.5", "labour", "other"),
        ("XF", "消费帮扶项目", "450", "consumption", "other"),
    )
    paired = pairing("JD-2025", "county", "370203 市北区", "621124 临洮县", round_no=2, first_on="2025")
    book.add("reference.pairing", "east", [paired])
    planned = (
        project(
            f"LT-2025-{key}",
            f"{name}（报道汇总）",
            wan,
            day,
            owner_unit=unit,
            field_code=field,
            class_code=kind,
            region_code="621124",
        )
        for key, name, wan, field, kind in rows
    )
    book.add("projects.project", "west", planned)
    book.state(
        [
            stated("计划资金合计", "5066", "协作项目"),
            stated("产业开发项目", "3255.5", "协作项目", meant="领域 = 产业协作"),
            stated("劳务协作项目", "716.5", "协作项目", meant="领域 = 劳务协作"),
            stated("消费帮扶项目", "450", "协作项目", meant="领域 = 消费帮扶"),
        ]
    )
    return book


def putuo(folder: Path) -> Book:
    """T44: gifts to a district's Red Cross, to the fen, in four levels of which each is part of the one above."""
    book = Book(folder / "T44-普陀区红十字会2023年捐赠收入.xlsx", "FUND-310107", NOTE)
    above: dict[int, str] = {}
    for number, (level, name, yuan) in enumerate(_PUTUO, start=1):
        key = above[level] = f"PT-2023-{number:02d}"
        book.add(
            "charity.appeal",
            "own",
            [{"appeal_no": key, "name": name, "level_no": level, "parent_key": above.get(level - 1)}],
        )
        if yuan:
            book.add("charity.donation", "own", [_gift(key, name, yuan)])
    keys = {name: f"PT-2023-{number:02d}" for number, (_, name, _) in enumerate(_PUTUO, start=1)}
    district = [keys[name] for level, name, _ in _PUTUO if level == 4]
    relief = [keys[name] for level, name, yuan in _PUTUO if level == 3 and yuan] + district
    yuan = {"unit": "元"}
    book.state(
        [
            stated("捐赠收入", "2365236.98", "捐赠", **yuan),
            stated("募集善款", "2363076.98", "捐赠", meant="捐赠类别 = 资金", **yuan),
            stated("募集物资价值", "2160", "捐赠", meant="捐赠类别 = 物资", **yuan),
            stated("区红十字会救助项目", "2303946.18", "捐赠", meant=f"募捐项目编号 = {'|'.join(relief)}", **yuan),
            stated("区设项目", "337237.78", "捐赠", meant=f"募捐项目编号 = {'|'.join(district)}", **yuan),
            stated(
                "其中：定向捐给云南禄劝一所学校",
                "27499",
                "捐赠",
                meant=f"募捐项目编号 = {keys['各类定向捐款']}",
                relation="其中",
                **yuan,
            ),
        ]
    )
    return book


#: Level, name, and yuan where the notice splits it no further.
_PUTUO = (
    (1, "募集善款", ""),
    (2, "甘肃地震救灾定向", "59130.8"),
    (2, "区红十字会救助项目", ""),
    (3, "市红十字会人道救助项目转入", "474491"),
    (3, "99公益日造血干细胞项目", "9413.1"),
    (3, "千万人帮万家", "1130990"),
    (3, "各类定向捐款", "351814.3"),
    (3, "区设项目", ""),
    (4, "普陀区人道救助", "165084.78"),
    (4, "普世万联·益百益", "100000"),
    (4, "区人民医院同心救助", "10185"),
    (4, "同心博爱百姓救助", "39172"),
    (4, "点亮心愿", "12750"),
    (4, "天使助医", "6746"),
    (4, "夕阳助医", "2566"),
    (4, "利群医院温度安宁关爱救助", "734"),
    (1, "募集物资", "2160"),
)


def _gift(appeal: str, name: str, yuan: str) -> Record:
    """A row of 捐赠: what the notice prints for an appeal; the givers and the value's way are not printed."""
    goods = name == "募集物资"
    return {
        "donation_no": f"{appeal}-JZ",
        "donor_name": "公告未列捐赠人（汇总）",
        "origin_code": "local",
        "level_code": "prefecture" if name.startswith("市红十字会") else "unstated",
        "kind_code": "goods" if goods else "money",
        "amount_fen": parse_amount(yuan, "元"),
        "valuation_code": "printed" if goods else None,
        "item_name": "公告未列物资名称" if goods else None,
        "received_on": date(2023, 12, 31),
        "appeal_key": appeal,
    }


NOTICES = (haidong, mengjin, liling, zeku, yanjin, pingyi, lintao, putuo)


def main(folder: Path) -> int:
    """Write all workbooks; answers the number of records."""
    prepare()
    folder.mkdir(parents=True, exist_ok=True)
    return sum(notice(folder).write() for notice in NOTICES)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE))
