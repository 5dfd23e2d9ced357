"""Records of projects: proposals, moves, places, contracts, acceptances, assets, hand-overs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from programme import BATCHES, CLOSED, SUPPLIERS, Move, Numbers, Project, after, before_start, day_of, life, workday

from shanhai.base.money import parse_yuan

Record = dict[str, Any]
_PAPERS = {
    "proposed": "项目申报书",
    "library": "阆项目库",
    "planned": "阆年度计划",
    "approved": "阆项目批",
    "tendered": "阆中标",
    "started": "开工令",
    "progress": "监理月报",
    "completed": "竣工报告",
    "accepted": "验",
    "final_account": "结算审",
    "asset": "资产登",
    "handed_over": "移交书",
    "upkeep": "管护协议",
    "stopped": "阆项目终止",
}
_ASSETS = {
    "health": "业务用房及设备",
    "education": "校舍及配套设施",
    "industry": "生产设施",
    "village": "公共设施",
    "governance": "平台及装备",
    "charity": "服务用房及设施",
    "gov_services": "专窗设备",
    "consumption": "分拣配送设施",
}


class Part:
    """A part of a larger project, kept apart but not counted apart."""

    def __init__(self, no: str, parent: Project, name: str, *, start: date, months: int) -> None:
        """A part of `parent`, worked on for so many months."""
        self.no, self.parent, self.name = no, parent, name
        self.start, self.months = workday(start), months

    def moves(self) -> Iterator[Move]:
        """The life of the part; it is accepted and settled with the whole."""
        approved = day_of(self.parent, "approved")
        assert approved
        yield from before_start(after(approved, 45))
        yield Move("started", self.start)
        done = after(self.start, self.months * 30)
        yield from (move for move in (Move("completed", done), Move("accepted", after(done, 35))) if move.day <= CLOSED)


#: Projects that wait: vetted, approved, or stopped before any work; none has money.
_WAITING: tuple[tuple[str, str, str, str, str, int, str], ...] = (
    ("XM-2023-016", "古村落民宿样板点项目", "industry", "industry", "天宫镇", 1_600_000, "stopped"),
    ("XM-2024-004", "桑蚕丝绵加工点项目", "industry", "industry", "妙高镇", 1_350_000, "approved"),
    ("XM-2024-005", "柏垭镇灌溉渠系修复项目", "village", "infrastructure", "柏垭镇", 1_200_000, "approved"),
    ("XM-2024-006", "粮油烘干中心项目", "industry", "industry", "妙高镇", 1_750_000, "library"),
    ("XM-2024-007", "千佛镇便民道路项目", "village", "infrastructure", "千佛镇", 900_000, "library"),
    ("XM-2024-008", "五马镇小微供水站项目", "village", "infrastructure", "五马镇", 680_000, "library"),
)
_WAITING_FROM = {"stopped": BATCHES["23c"].day, "approved": date(2024, 6, 28), "library": date(2024, 7, 15)}


def parts(projects: tuple[Project, ...]) -> tuple[Part, ...]:
    """The parts of the park and of the experimental school."""
    by_no = {project.no: project for project in projects}
    park, school = by_no["XM-2021-001"], by_no["XM-2023-001"]
    return (
        Part("XM-2021-001-1", park, "园区标准厂房（一期）", start=date(2022, 3, 14), months=16),
        Part("XM-2021-001-2", park, "园区道路管网配套", start=date(2022, 9, 19), months=13),
        Part("XM-2023-001-1", school, "实验学校运动场地", start=date(2023, 11, 20), months=5),
    )


def proposals(projects: tuple[Project, ...]) -> Iterator[Record]:
    """Sheet 协作项目: projects with money, their parts, and those that wait."""
    for project in projects:
        yield _proposal(project)
    for part in parts(projects):
        yield _proposal(part.parent) | {
            "project_no": part.no,
            "name": part.name,
            "short_name": None,
            "parent_key": part.parent.no,
            "planned_fen": None,
            "proposed_on": next(part.moves()).day,
            "plan_year": part.start.year,
        }
    for no, name, field, class_code, town, planned, stands in _WAITING:
        yield {
            "project_no": no,
            "name": name,
            "field_code": field,
            "class_code": class_code,
            "region_code": "511381",
            "town": town,
            "owner_unit": f"{town}人民政府",
            "authority_unit": "阆中市农业农村局",
            "planned_fen": parse_yuan(planned),
            "plan_year": int(no[3:7]),
            "proposed_on": next(before_start(_WAITING_FROM[stands])).day,
        }


def _proposal(project: Project) -> Record:
    """The park's whole investment was not published, so it has no planned sum."""
    return {
        "project_no": project.no,
        "name": project.name,
        "short_name": project.short or None,
        "field_code": project.field,
        "class_code": project.class_code,
        "region_code": "511381",
        "town": project.town or None,
        "owner_unit": project.owner,
        "implementing_unit": SUPPLIERS[project.supplier].name if project.supplier else project.owner,
        "authority_unit": project.authority,
        "planned_fen": None if project.field == "park" else project.fen,
        "plan_year": int(project.no[3:7]),
        "proposed_on": life(project)[0].day,
    }


def milestones(projects: tuple[Project, ...], numbers: Numbers) -> Iterator[Record]:
    """Sheet 项目节点: every move of every project, project by project."""
    for project in projects:
        yield from (_milestone(project.no, move, numbers) for move in life(project))
    for part in parts(projects):
        yield from (_milestone(part.no, move, numbers) for move in part.moves())
    for no, *_, stands in _WAITING:
        moves = list(before_start(_WAITING_FROM[stands]))
        kept = moves[:2] if stands == "library" else moves
        kept += [Move("stopped", date(2024, 1, 19))] if stands == "stopped" else []
        yield from (_milestone(no, move, numbers) for move in kept)


def _milestone(project_no: str, move: Move, numbers: Numbers) -> Record:
    return {
        "project_key": project_no,
        "step_code": move.step,
        "happened_on": move.day,
        "document_no": numbers.paper(_PAPERS[move.step], move.day),
        "progress_percent": move.percent,
        "note": "建设条件变化，经双方协商终止" if move.step == "stopped" else None,
    }


def sites(projects: tuple[Project, ...]) -> Iterator[Record]:
    """Sheet 项目点位: where something is built."""
    for project in projects:
        started = day_of(project, "started")
        if project.town and project.supplier and started:
            yield {
                "project_key": project.no,
                "site_no": "1",
                "name": f"{project.plain_name.removesuffix('项目')}点",
                "town": project.town,
                "opened_on": started,
            }


def contract_fen(project: Project) -> int:
    """The contract sum: a little under the money, in whole thousands of yuan."""
    return int(project.fen * 985 // 1000 // 100_000 * 100_000)


def final_fen(project: Project) -> int:
    """The checked final cost: a little under the contract, in tens of yuan."""
    agreed = contract_fen(project) if project.supplier else project.fen
    spread = int(project.no[-3:]) % 5
    return agreed * (975 + 4 * spread) // 1000 // 1000 * 1000


def contracts(projects: tuple[Project, ...]) -> Iterator[Record]:
    """Sheet 项目合同: one contract where a supplier builds or delivers."""
    numbers = Numbers.fresh()
    for project in sorted((each for each in projects if each.supplier), key=lambda each: each.start):
        supplier, signed = SUPPLIERS[project.supplier], contract_day(project)
        yield {
            "contract_no": numbers.key("HT", signed),
            "project_key": project.no,
            "party_name": supplier.name,
            "party_code": supplier.code,
            "amount_fen": contract_fen(project),
            "signed_on": signed,
        }


def contract_day(project: Project) -> date:
    """The day the contract was signed: in the week before work began."""
    return after(project.start, -6)


def papers_by_step(milestones_made: list[Record]) -> dict[tuple[str, str], str]:
    """Document numbers by project and step, so that acceptances and hand-overs cite the paper of their move."""
    return {(row["project_key"], row["step_code"]): row["document_no"] for row in milestones_made}


def acceptances(projects: tuple[Project, ...], papers: dict[tuple[str, str], str]) -> Iterator[Record]:
    """Sheet 项目验收: the final cost where the account is checked, nothing where it is still open."""
    for project in projects:
        if day := day_of(project, "accepted"):
            checked = day_of(project, "final_account") is not None
            yield {
                "project_key": project.no,
                "result_code": "mended" if project.no == "XM-2022-013" else "passed",
                "accepted_on": day,
                "document_no": papers[project.no, "accepted"],
                "final_fen": final_fen(project) if checked else None,
            }


def assets(projects: tuple[Project, ...]) -> Iterator[Record]:
    """Sheet 帮扶项目资产: one asset for each project that leaves one."""
    numbers = Numbers.fresh()
    for project in projects:
        if day := day_of(project, "asset"):
            yield {
                "asset_no": numbers.key("ZC", day),
                "project_key": project.no,
                "name": f"{project.plain_name.removesuffix('项目')}：{_ASSETS[project.field]}",
                "class_code": project.asset,
                "value_fen": final_fen(project),
                "owner_unit": project.owner,
                "keeper_unit": project.owner,
                "registered_on": day,
            }


def handovers(
    projects: tuple[Project, ...], assets_made: list[Record], papers: dict[tuple[str, str], str]
) -> Iterator[Record]:
    """Sheet 资产移交: from the authority to the owner."""
    by_no = {project.no: project for project in projects}
    for asset in assets_made:
        project = by_no[asset["project_key"]]
        if day := day_of(project, "handed_over"):
            yield {
                "asset_key": asset["asset_no"],
                "from_unit": project.authority,
                "to_unit": project.owner,
                "handed_on": day,
                "document_no": papers[project.no, "handed_over"],
            }
