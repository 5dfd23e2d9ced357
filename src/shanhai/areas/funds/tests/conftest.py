"""A finance officer's desk: write records of money by action, and look at the books."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars
import pytest
from django.db import connection

from shanhai.access.entering import Context
from shanhai.areas.funds import actions as funds
from shanhai.journal import actions
from shanhai.journal.acts import ActKind

ACT = ActKind("funds.tests.recorded", "登记", ("finance",))
PAIRING = "331081-511381"
DAYS = {
    "register_sources": "registered_on", "issue": "issued_on", "allocate": "allocated_on", "release": "released_on",
    "receive": "received_on",
    "record_payment": "paid_on", "refund": "refunded_on", "carry_over": "carried_on",
}  # fmt: skip
COLUMNS: dict[str, dict[str, Any]] = {
    "register_sources": {"name": "示例资金", "level_code": "province", "budget_year": 2024},
    "issue": {"source_key": "ZJ", "document_no": "示例财〔2024〕1号", "from_unit": "示例省财政厅",
    "to_unit": "示例市财政局"},
    "allocate": {"source_key": "ZJ", "project_key": "XM", "field_code": "health", "document_no": "示例",
    "line_no": "1", "purpose": "示例"},
    "release": {
        "kind_code": "project", "source_key": "ZJ", "project_key": "XM", "document_no": "示例",
        "payer_name": "示例财政局",
        "payee_name": "示例单位",
    },
    "receive": {"release_key": "BF", "source_key": "ZJ", "voucher_no": "示例"},
    "record_payment": {"source_key": "ZJ", "project_key": "XM", "voucher_no": "示例", "payee_name": "示例公司"},
    "refund": {"source_key": "ZJ", "project_key": "XM", "document_no": "示例"},
    "carry_over": {"source_key": "ZJ", "project_key": "XM", "from_year": 2024, "to_year": 2025},
}  # fmt: skip


@dataclass
class Desk:
    """One officer, one pairing; each call is an act of its own unless several are told at once."""

    actor: Any
    scope_id: int
    side: str = "west"
    day: date = date(2024, 3, 1)
    numbers: dict[str, int] = field(default_factory=dict)

    def told(self, *deeds: tuple[str, dict[str, Any]], correcting: bool = False) -> int:
        """Several deeds in one act; amounts in fen."""
        with actions.act(ACT, author=self.actor.author, scope_id=self.scope_id) as opened:
            context = Context(
                actor=self.actor, scope_id=self.scope_id, scope_code=PAIRING, side=self.side, act=opened,
                today=self.day,
                correcting=correcting,
            )  # fmt: skip
            return sum(
                getattr(funds, name)(rows=self._rows(name, given, whole=not correcting), context=context)
                for name, given in deeds
            )

    def _rows(self, name: str, given: dict[str, Any], *, whole: bool) -> polars.DataFrame:
        self.numbers[name] = self.numbers.get(name, 0) + 1
        row = {"_row": 1, "_key": f"{name}-{self.numbers[name]}"}
        if whole:
            row |= COLUMNS[name] | {DAYS[name]: self.day}
        row |= {{"key": "_key", "amount": "amount_fen"}.get(key, key): value for key, value in given.items()}
        return polars.DataFrame([row])

    def __getattr__(self, name: str) -> Any:
        if name not in COLUMNS:
            raise AttributeError(name)
        return lambda **given: self.told((name, given))

    def correct(self, name: str, **given: Any) -> int:
        return self.told((name, given), correcting=True)


def balances(scope_id: int) -> dict[str, int]:
    """What stands on each account that is not empty; keys without the code of the pairing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account, amount_fen FROM funds_balance WHERE scope_id = %s AND amount_fen <> 0", [scope_id]
        )
        return {account.replace(f"{PAIRING}/", ""): amount for account, amount in cursor.fetchall()}


@pytest.fixture
def desk(acting, office) -> Desk:
    made = Desk(acting("finance", side="west"), office.scopes[PAIRING])
    made.register_sources(key="ZJ")
    return made
