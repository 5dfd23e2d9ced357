"""Records of money: sources, issues, transfers and receipts, allocations, releases, payments, refund, carry-over."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from lives import contract_day, final_fen
from programme import (
    CLOSED,
    LEVELS,
    SUPPLIERS,
    TRAINER,
    Numbers,
    Project,
    Share,
    after,
    day_of,
    source_no,
)

from shanhai.base.money import parse_yuan, share_out

Record = dict[str, Any]
_PAYERS = {"省": "浙江省财政厅（示例）", "市": "台州市财政局（示例）", "县": "温岭市财政局（示例）"}
_EAST, _WEST = "温岭市财政局（示例）", "阆中市财政局（示例）"
_LEVEL_NAMES = {"省": "省级", "市": "台州市级", "县": "温岭市级"}
#: What each year's issue leaves to be allocated to works that were not ready. It also gives corrections room:
#: an allocation may be put right without a new document from above.
_NOT_YET_ALLOCATED = {"省": parse_yuan(6_000_000), "市": parse_yuan(3_000_000), "县": parse_yuan(3_000_000)}
#: Days on which the province issues in two documents, the others in one.
_ISSUED = {
    2021: (date(2021, 6, 29),),
    2022: (date(2022, 2, 21), date(2022, 6, 20)),
    2023: (date(2023, 2, 20), date(2023, 6, 19)),
    2024: (date(2024, 3, 8), date(2024, 6, 3)),
}
#: The last transfer has not been entered in the western book yet: its clerk will confirm it.
_UNCONFIRMED_FROM = date(2024, 6, 17)
_IN_TWO_PAYMENTS = parse_yuan(800_000)
_PROGRESS_PAID_FROM = parse_yuan(5_000_000)
_REFUNDED, _CARRIED = "XM-2022-010", "XM-2023-007"


class Line(NamedTuple):
    """An allocation to a project: its share, its place in its document, and the day it was released."""

    project: Project
    share: Share
    line_no: int
    released: date


def lines(projects: tuple[Project, ...]) -> tuple[Line, ...]:
    """Every allocation, in the order of documents."""
    found = sorted(
        ((project, share) for project in projects for share in project.shares),
        key=lambda each: (each[1].batch.day, each[0].no, each[1].source_no),
    )
    last: defaultdict[str, int] = defaultdict(int)
    made = []
    for project, share in found:
        last[share.batch.document_no] += 1
        ready = contract_day(project) if project.supplier else project.start
        made.append(
            Line(project, share, last[share.batch.document_no], max(after(share.batch.day, 25), after(ready, 4)))
        )
    return tuple(made)


def issued(projects: tuple[Project, ...]) -> dict[tuple[int, str], int]:
    """What each budget line issues: what is allocated from it, and what still waits."""
    names = {source_no(year, level): (year, level) for year in _ISSUED for level in LEVELS}
    total = {(year, level): _NOT_YET_ALLOCATED[level] for year, level in names.values()}
    for project in projects:
        for share in project.shares:
            total[names[share.source_no]] += share.fen
    return dict(sorted(total.items(), key=lambda each: (each[0][0], list(LEVELS).index(each[0][1]))))


def sources(budgets: dict[tuple[int, str], int]) -> Iterator[Record]:
    """Sheet 资金来源."""
    for (year, level), fen in budgets.items():
        yield {
            "source_no": source_no(year, level),
            "name": f"{year}年东西部协作{_LEVEL_NAMES[level]}财政援助资金",
            "level_code": LEVELS[level][1],
            "budget_year": year,
            "budget_fen": fen,
            "unit_name": _PAYERS[level],
            "registered_on": after(_ISSUED[year][0], -5),
        }


def issues(budgets: dict[tuple[int, str], int]) -> Iterator[Record]:
    """Sheet 资金下达: the province in one or two documents a year, the others in one."""
    numbers = Numbers.fresh()
    for (year, level), fen in budgets.items():
        days = _ISSUED[year] if level == "省" else _ISSUED[year][:1]
        first = fen if len(days) == 1 else fen * 6 // 10 // 1_000_000 * 1_000_000
        for day, amount in zip(days, (first, fen - first), strict=False):
            yield {
                "document_no": numbers.paper(f"{LEVELS[level][0]}财农", day),
                "source_key": source_no(year, level),
                "amount_fen": amount,
                "issued_on": day,
                "from_unit": _PAYERS[level],
                "to_unit": _WEST,
            }


def transfers(issues_made: list[Record]) -> Iterator[Record]:
    """Sheet 资金拨付 of the east: each issue is sent to the other treasury within weeks."""
    numbers, papers = Numbers.fresh(), Numbers.fresh()
    for issue in sorted(issues_made, key=lambda each: (each["issued_on"], each["source_key"])):
        day = after(issue["issued_on"], 14 if issue["issued_on"].month == 6 else 10)
        yield {
            "release_no": numbers.key("BF", day),
            "kind_code": "transfer",
            "source_key": issue["source_key"],
            "document_no": papers.paper("温财拨", day),
            "amount_fen": issue["amount_fen"],
            "released_on": day,
            "payer_name": _EAST,
            "payee_name": _WEST,
        }


def receipts(transfers_made: list[Record]) -> Iterator[Record]:
    """Sheet 资金到账 of the west: every transfer but the last."""
    numbers = Numbers.fresh()
    for transfer in transfers_made:
        if transfer["released_on"] < _UNCONFIRMED_FROM:
            day = after(transfer["released_on"], 2)
            yield {
                "voucher_no": numbers.key("DZ", day),
                "release_key": transfer["release_no"],
                "source_key": transfer["source_key"],
                "amount_fen": transfer["amount_fen"],
                "received_on": day,
            }


def allocations(all_lines: tuple[Line, ...]) -> Iterator[Record]:
    """Sheet 资金分配."""
    groups = {"industry": "产业类", "infrastructure": "基础设施类", "welfare": "公益类", "other": "其他"}
    for project, share, line_no, _ in all_lines:
        yield {
            "document_no": share.batch.document_no,
            "line_no": str(line_no),
            "source_key": share.source_no,
            "project_key": project.no,
            "field_code": project.field,
            "group_name": groups[project.class_code],
            "purpose": project.plain_name.removesuffix("项目"),
            "unit_name": project.owner,
            "amount_fen": share.fen,
            "allocated_on": share.batch.day,
        }


def releases(all_lines: tuple[Line, ...]) -> Iterator[Record]:
    """Sheet 资金拨付 of the west: to the unit that spends, once its contract is signed."""
    numbers, papers = Numbers.fresh(), Numbers.fresh()
    for line in _by_day(all_lines):
        yield {
            "release_no": numbers.key("XB", line.released),
            "kind_code": "project",
            "source_key": line.share.source_no,
            "project_key": line.project.no,
            "document_no": papers.paper("阆财拨", line.released),
            "amount_fen": _released(line),
            "released_on": line.released,
            "payer_name": _WEST,
            "payee_name": line.project.owner,
        }


def _released(line: Line) -> int:
    """Works still under way have a third of their money, in whole 万元; the rest follows with their progress."""
    return line.share.fen if day_of(line.project, "completed") else line.share.fen // 3 // 1_000_000 * 1_000_000


def _by_day(all_lines: tuple[Line, ...]) -> list[Line]:
    released = [line for line in all_lines if line.released <= CLOSED]
    return sorted(released, key=lambda line: (line.released, line.project.no, line.line_no))


def payments(all_lines: tuple[Line, ...], contract_nos: dict[str, str]) -> list[Record]:
    """Sheet 资金支付, numbered in the order of days."""
    made = [
        (day, line.project, line.share.source_no, fen)
        for line in _by_day(all_lines)
        for day, fen in _instalments(line)
        if day <= CLOSED and fen
    ]
    numbers, rows = Numbers.fresh(), []
    for day, project, source, fen in sorted(made, key=lambda each: (each[0], each[1].no, each[2])):
        supplier = SUPPLIERS.get(project.supplier)
        rows.append(
            {
                "voucher_no": numbers.key("ZF", day, 4),
                "source_key": source,
                "project_key": project.no,
                "payee_name": supplier.name if supplier else TRAINER,
                "payee_code": supplier.code if supplier else None,
                "contract_key": contract_nos.get(project.no),
                "amount_fen": fen,
                "paid_on": day,
            }
        )
    return rows


def _instalments(line: Line) -> Iterator[tuple[date, int]]:
    """Small money is paid at once, larger in two parts; large works also by progress. 3 % wait for the warranty."""
    project, begun = line.project, max(line.released, line.project.start)
    settled, accepted = day_of(project, "final_account"), day_of(project, "accepted")
    due = _due(line)
    if line.share.fen < _IN_TWO_PAYMENTS:
        if accepted and settled:
            yield after(max(accepted, begun), 10), due
        return
    first = _released(line) * 6 // 10
    yield after(begun, 15), first
    if settled:
        yield after(max(settled, begun), 20), due - first
    elif project.fen >= _PROGRESS_PAID_FROM:
        yield after(begun, 140), _released(line) * 3 // 10


def _due(line: Line) -> int:
    """The line's share of the final cost, less the warranty money except where the rest was given back."""
    project = line.project
    final = final_fen(project)
    payable = final if project.no == _REFUNDED else final * 97 // 100
    place = project.shares.index(line.share)
    return share_out(payable, [share.fen for share in project.shares])[place]


def refunds(all_lines: tuple[Line, ...], payments_made: list[Record]) -> Iterator[Record]:
    """Sheet 资金退回: what the provincial money of one settled project did not need."""
    line = next(line for line in all_lines if line.project.no == _REFUNDED)
    paid = [
        row for row in payments_made if (row["project_key"], row["source_key"]) == (_REFUNDED, line.share.source_no)
    ]
    day = after(max(row["paid_on"] for row in paid), 25)
    yield {
        "document_no": Numbers.fresh().paper("阆财收", day),
        "source_key": line.share.source_no,
        "project_key": _REFUNDED,
        "amount_fen": line.share.fen - sum(row["amount_fen"] for row in paid),
        "refunded_on": day,
    }


def carry_overs(all_lines: tuple[Line, ...], payments_made: list[Record]) -> Iterator[Record]:
    """Sheet 资金结转: what one project that goes on had not spent at the end of 2023."""
    line = next(line for line in all_lines if line.project.no == _CARRIED)
    day = date(2023, 12, 29)
    paid = sum(row["amount_fen"] for row in payments_made if row["project_key"] == _CARRIED and row["paid_on"] <= day)
    yield {
        "source_key": line.share.source_no,
        "project_key": _CARRIED,
        "from_year": 2023,
        "to_year": 2024,
        "amount_fen": line.share.fen - paid,
        "carried_on": day,
        "document_no": Numbers.fresh().paper("阆财转", day),
    }
