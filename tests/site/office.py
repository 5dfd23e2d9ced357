"""Makes the office that the site tests visit: the example's records, a second pairing, one account per role.

python tests/site/office.py FOLDER      (SHANHAI_HOME says where the home is made)
"""

import os
import sys
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
PAIR, OTHER = "331081-511381", "330106-511302"
PASSWORD = "一二三-password"

# Account, name, role, side, scope.
ACCOUNTS = (
    ("east-clerk", "温岭经办", "clerk", "east", PAIR),
    ("east-finance", "温岭财务", "finance", "east", PAIR),
    ("west-clerk", "阆中经办", "clerk", "west", PAIR),
    ("west-finance", "阆中财务", "finance", "west", PAIR),
    ("west-owner", "阆中项目单位", "project_owner", "west", PAIR),
    ("east-team", "温岭工作队", "team", "east", PAIR),
    ("auditor", "审计", "auditor", "any", PAIR),
    ("viewer", "查看", "viewer", "any", PAIR),
    ("other-clerk", "别处经办", "clerk", "any", OTHER),
)
BELONGING = ("结对代码", "填报方")
PAIRING = (*BELONGING, "轮次", "级别", "帮扶方代码", "受援方代码", "开始日期", "示例数据")
PAYMENT = (
    *BELONGING, "凭证号", "来源编号", "项目编号", "收款人", "收款单位统一社会信用代码", "合同编号", "支付金额（元）", "支付日期",
)  # fmt: skip


def environment_of(folder):
    """The environment in which commands and the server work on the home in a folder."""
    foreign = ("DATABASE_URL", "DATABASE_OWNER_URL", "SHANHAI_TEST")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    home = {"SHANHAI_HOME": str(folder / "home"), "SHANHAI_KEYS": str(folder / "keys")}
    return kept | home | {"PYTHONPATH": str(ROOT / "src")}


def write_book(path, sheet, headers, rows):
    """One worksheet with its headers and rows."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, headers)
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, row)
    return path


def payment(number, amount, day="2024-06-20", *, project="XM-2023-001", source="ZJ-2023-SJ"):
    """A row of 资金支付 in Langzhong's book."""
    return (PAIR, "西部受援方", number, source, project, "示例建设有限公司", "", "", amount, day)


def pairing_book(path):
    """The workbook of the second pairing."""
    from shanhai.intake.declare import SHEETS

    told = {
        "scope_code": OTHER, "owner_side": "东部帮扶方", "level": "县级", "round_no": 1, "east_code": "330106",
        "west_code": "511302", "first_on": "2021-06-01", "is_example": "是", "scheme": "东西部协作",
    }  # fmt: skip
    sheet = SHEETS["reference.pairing"]
    values = [told.get(column.field, column.example) for column in sheet.columns]
    return write_book(path, sheet.zh, [column.zh for column in sheet.columns], [values])


def prepare(folder):
    """Load the workbooks and make the accounts."""
    from shanhai.cli.starting import OPERATOR, add_user, start

    start()
    from shanhai.access.sessions import acting_as
    from shanhai.asking.scopes import by_code
    from shanhai.base.dates import MachineClock, today
    from shanhai.loading.executing import Order, load

    books = [*sorted((ROOT / "examples" / "wenling-langzhong").glob("*.xlsx")), pairing_book(folder / "pairing.xlsx")]
    with acting_as(OPERATOR) as actor:
        outcome = load(Order([(path.name, path) for path in books]), actor=actor, today=today(MachineClock()))
        assert outcome.saved, [str(finding) for finding in outcome.findings if finding.blocks]
        scopes = {code: by_code(code).scope.pk for code in (PAIR, OTHER)}
    for username, name, role, side, scope in ACCOUNTS:
        grant = {"role": role, "reach": "scope", "scope_id": scopes[scope], "side": side}
        add_user(username, name, password=PASSWORD, grants=[grant])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.settings")
    prepare(Path(sys.argv[1]))
