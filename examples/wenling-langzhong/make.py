"""Make the workbooks of the Wenling-Langzhong example: python examples/wenling-langzhong/make.py [FOLDER].

The records are invented so that they give totals that were published; see README.md beside this file.
"""

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import ledger  # noqa: E402 - beside this file
import lives  # noqa: E402
import papers  # noqa: E402
import partner_words  # noqa: E402
from programme import SCOPE, Numbers, read_projects  # noqa: E402
from workbooks import Book, Row, prepare  # noqa: E402 - in the folder above

PROVINCES = "330000-510000"
NOTE = (
    "示例数据：本工作簿的记录是按公开发表的合计数重建的，不是真实台账。",
    "人员姓名、证件号码、单位代码、文号、凭证、合同和逐笔金额均为虚构；凡虚构的文号和单位都带“示例”二字。",
    "合计数出自台州传媒 2024 年 8 月的一篇报道，只取合计，不取原文。",
    "由 examples/wenling-langzhong/make.py 生成，请勿手工修改。",
)


def main(folder: Path) -> int:
    """Write all workbooks; answers the number of records."""
    prepare()
    (folder / partner_words.FOLDER).mkdir(parents=True, exist_ok=True)
    books = (
        *_pairing_books(folder), *_money_and_project_books(folder), *_books_of_areas(folder), *_books_of_words(folder),
    )  # fmt: skip
    return sum(book.write() for book in books)


def _book(folder: Path, name: str, rows: Iterable[tuple[str, str, Iterable[Row]]], scope: str = SCOPE) -> Book:
    book = Book(folder / f"{name}.xlsx", scope, NOTE)
    for record_type, side, records in rows:
        book.add(record_type, side, records)
    return book


def _pairing_books(folder: Path) -> tuple[Book, Book]:
    """The provinces' pairing, and what both cities signed and did together."""
    agreed = (
        ("reference.pairing", "east", [papers.county_pairing()]),
        ("reference.organisation", "west", papers.organisations()),
        ("agreements.agreement", "west", papers.agreements()),
        ("agreements.clause", "west", papers.clauses()),
        ("agreements.target", "west", papers.targets()),
        ("agreements.meeting", "west", papers.meetings()),
        ("agreements.visit", "west", papers.visits()),
        ("agreements.workingteam", "east", papers.teams()),
        ("agreements.teammember", "east", papers.members()),
    )
    provinces = [("reference.pairing", "east", papers.province_pairings())]
    return _book(folder, "01-省级结对", provinces, PROVINCES), _book(folder, "02-县级结对与协议", agreed)


def _money_and_project_books(folder: Path) -> tuple[Book, ...]:
    """The eastern finance office, the western project office and finance office, and the closing."""
    projects = read_projects()
    all_lines = ledger.lines(projects)
    budgets = ledger.issued(projects)
    issues = list(ledger.issues(budgets))
    transfers = list(ledger.transfers(issues))
    contracts = list(lives.contracts(projects))
    payments = ledger.payments(all_lines, {row["project_key"]: row["contract_no"] for row in contracts})
    milestones = list(lives.milestones(projects, Numbers.fresh()))
    numbered = lives.papers_by_step(milestones)
    assets = list(lives.assets(projects))
    east_money = (
        ("funds.source", "east", ledger.sources(budgets)),
        ("funds.issue", "east", issues),
        ("funds.release", "east", transfers),
    )
    works = (
        ("projects.project", "west", lives.proposals(projects)),
        ("projects.milestone", "west", milestones),
        ("projects.site", "west", lives.sites(projects)),
        ("projects.contract", "west", contracts),
        ("projects.acceptance", "west", lives.acceptances(projects, numbered)),
        ("projects.asset", "west", assets),
        ("projects.handover", "west", lives.handovers(projects, assets, numbered)),
    )
    divided = (
        ("funds.allocation", "west", ledger.allocations(all_lines)),
        ("funds.release", "west", ledger.releases(all_lines)),
    )
    spent = (
        ("funds.receipt", "west", ledger.receipts(transfers)),
        ("funds.payment", "west", payments),
        ("funds.refund", "west", ledger.refunds(all_lines, payments)),
        ("funds.carryover", "west", ledger.carry_overs(all_lines, payments)),
    )
    return (
        _book(folder, "03-资金来源与下达", east_money),
        _book(folder, "04-项目", works),
        _book(folder, "05-资金分配与拨付", divided),
        _book(folder, "06-到账与支付", spent),
        _book(folder, "07-关账", [("reference.closing", "west", [papers.closing()])]),
    )


def _books_of_areas(folder: Path) -> tuple[Book, ...]:
    """The book of each `book_<area>.py` beside this file: it names its file and gives its sheets."""
    return tuple(_book(folder, area.NAME, area.sheets()) for area in _areas())


def _areas() -> list[ModuleType]:
    return [import_module(path.stem) for path in sorted(HERE.glob("book_*.py"))]


def _books_of_words(folder: Path) -> tuple[Book, ...]:
    """What each side says of the other's records; a side gives its own, so they load under its account."""
    transfers = ledger.transfers(list(ledger.issues(ledger.issued(read_projects()))))
    books = [("funds.release", "east", list(transfers)), *(sheet for area in _areas() for sheet in area.sheets())]
    kept = [(name, side, list(rows)) for name, side, rows in books if name in partner_words.CROSSING]
    return tuple(
        _book(folder / partner_words.FOLDER, name, [("journal.partnerword", side, partner_words.words(kept, side))])
        for side, name in partner_words.NAMES.items()
    )


if __name__ == "__main__":
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE))
