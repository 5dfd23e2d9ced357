"""Every write of money. The ledger behind is posted by the database from these records."""

import polars
from django.apps import apps

from shanhai.access.entering import Context, enter
from shanhai.access.terms import CLERK, FINANCE, OPERATOR
from shanhai.areas.funds.models import Allocation, CarryOver, Issue, Payment, Receipt, Refund, Release, Source
from shanhai.base.language import noted, say
from shanhai.base.money import show_money
from shanhai.journal import refusals
from shanhai.journal.acts import kind

_MONEY = (FINANCE, OPERATOR)

REGISTER_SOURCE = kind("funds.source.registered", "登记资金来源", duties=_MONEY)
ISSUE = kind("funds.issue.recorded", "登记资金下达", duties=_MONEY)
ALLOCATE = kind("funds.allocation.recorded", "登记资金分配", duties=(CLERK, *_MONEY))
RELEASE = kind("funds.release.recorded", "登记资金拨付", duties=_MONEY)
RECEIVE = kind("funds.receipt.recorded", "登记资金到账", duties=_MONEY)
PAY = kind("funds.payment.recorded", "登记资金支付", duties=_MONEY)
REFUND = kind("funds.refund.recorded", "登记资金退回", duties=_MONEY)
CARRY_OVER = kind("funds.carryover.recorded", "登记资金结转", duties=_MONEY)

_ACCOUNTS = {
    "issued": noted("已下达、尚未分配的资金"), "allocated": noted("已分配、尚未拨付的资金"), "released": noted("已拨付、尚未支付的资金"),
    "due": noted("已下达、尚未跨区域拨付的资金"), "transit": noted("已跨区域拨付、对方尚未登记到账的资金"), "carried": noted("该项目当年未支付的资金"),
}  # fmt: skip


def register_sources(*, rows: polars.DataFrame, context: Context) -> int:
    """Register budget lines that money is issued from."""
    return enter(Source, rows, kind=REGISTER_SOURCE, context=context, stage="planned")


def issue(*, rows: polars.DataFrame, context: Context) -> int:
    """Record quota issued by a document."""
    return enter(Issue, rows, kind=ISSUE, context=context)


def allocate(*, rows: polars.DataFrame, context: Context) -> int:
    """Divide issued money over units or projects; more than was issued is refused."""
    return enter(Allocation, rows, kind=ALLOCATE, context=context)


def release(*, rows: polars.DataFrame, context: Context) -> int:
    """Record money sent to the other treasury or to the unit that spends it; more than was allocated is refused."""
    return enter(Release, rows, kind=RELEASE, context=context)


def receive(*, rows: polars.DataFrame, context: Context) -> int:
    """Record the receiving side's book of a transfer; more than is under way is refused."""
    return enter(Receipt, rows, kind=RECEIVE, context=context)


def record_payment(*, rows: polars.DataFrame, context: Context) -> int:
    """Record money paid to the final payee; more than was released is refused."""
    return enter(Payment, rows, kind=PAY, context=context)


def refund(*, rows: polars.DataFrame, context: Context) -> int:
    """Record released money that came back."""
    return enter(Refund, rows, kind=REFUND, context=context)


def carry_over(*, rows: polars.DataFrame, context: Context) -> int:
    """Record unspent money carried into the next budget year; more than stands unspent is refused."""
    return enter(CarryOver, rows, kind=CARRY_OVER, context=context)


def _overdrawn(detail: str) -> str:
    """The database's refusal as a sentence: which account, which record, by how much."""
    account, short, record_type, key = detail.split("|")
    step, *where = account.split("/")
    name = apps.get_model(record_type)._meta.verbose_name
    return say(
        "{name}“{key}”没有保存：{account}（{place}）不够，还差 {short}。请核对金额，或先登记前一环节的文件后重新装载。",
        name=say(str(name)),
        key=key,
        account=say(_ACCOUNTS.get(step, step)),
        place="/".join(where) or key,
        short=show_money(int(short), "元"),
    )


for _rule in ("funds_balance_overdrawn", "funds_carryover_standing"):
    refusals.explain(_rule, _overdrawn)
