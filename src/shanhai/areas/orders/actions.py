"""Every write of orders and sales; what is held against records already there is refused in its cell."""

import polars

from shanhai.access.entering import Context, enter, hold, keys_in
from shanhai.access.terms import CLERK, FINANCE, OPERATOR, OWNER
from shanhai.areas.orders import checks, queries
from shanhai.areas.orders.models import (
    Baseline,
    Delivery,
    HouseholdGain,
    PricePoint,
    PriceSeries,
    Product,
    PurchaseAgreement,
    Sale,
    SaleContract,
    Settlement,
)
from shanhai.areas.orders.queries import holding
from shanhai.journal.acts import kind

_KEEPERS = (CLERK, OPERATOR)
_REPORTERS = (OWNER, CLERK, OPERATOR)
_PAYERS = (OWNER, CLERK, FINANCE, OPERATOR)

REGISTER_SERIES = kind("orders.priceseries.registered", "登记价格序列", duties=_KEEPERS)
PUBLISH_PRICE = kind("orders.pricepoint.recorded", "登记周价", duties=_KEEPERS)
SIGN = kind("orders.purchaseagreement.signed", "登记订购协议", duties=_KEEPERS)
DELIVER = kind("orders.delivery.recorded", "登记交售", duties=_REPORTERS)
SETTLE = kind("orders.settlement.recorded", "登记结算", duties=_PAYERS)
SET_BASELINE = kind("orders.baseline.recorded", "登记对照收入", duties=_KEEPERS)
ACCOUNT = kind("orders.householdgain.recorded", "核算户增收", duties=_KEEPERS)
RECOGNISE = kind("orders.product.recognised", "登记帮扶产品认定", duties=_KEEPERS)
CONTRACT = kind("orders.salecontract.recorded", "登记销售签约", duties=_KEEPERS)
SELL = kind("orders.sale.recorded", "登记消费帮扶销售", duties=_REPORTERS)


def register_series(*, rows: polars.DataFrame, context: Context) -> int:
    """Register the published series that agreements refer to."""
    return enter(PriceSeries, rows, kind=REGISTER_SERIES, context=context)


def publish_prices(*, rows: polars.DataFrame, context: Context) -> int:
    """Record weekly prices as published; a revision is a further record, and an edit is refused."""
    hold(holding.prices(rows, context))
    return enter(PricePoint, rows, kind=PUBLISH_PRICE, context=context)


def sign(*, rows: polars.DataFrame, context: Context) -> int:
    """Record purchase agreements; a term that leaves a recorded delivery outside is refused."""
    hold(holding.agreements(rows, context))
    if "premium_percent" in rows.columns:
        rows = rows.with_columns(_hundredths("premium_percent").alias("premium_permyriad"))
    return enter(PurchaseAgreement, rows, kind=SIGN, context=context, stage="signed")


def deliver(*, rows: polars.DataFrame, context: Context) -> int:
    """Record deliveries of households; one outside the term of its agreement is refused."""
    hold(holding.deliveries(rows, context))
    whole = queries.agreements_named(rows, context)
    sides = {key: agreement.buyer_side_code for key, agreement in whole.items()}
    if "agreement_key" in rows.columns:
        buyers = [sides[key] for key in keys_in(rows, "agreement_key", context)]
        rows = rows.with_columns(polars.Series("buyer_side_code", buyers, dtype=polars.String))
    if "weight_kg" in rows.columns:
        rows = rows.with_columns(_hundredths("weight_kg").alias("weight_kg2"))
    return enter(Delivery, rows, kind=DELIVER, context=context)


def settle(*, rows: polars.DataFrame, context: Context) -> int:
    """Record settlements; each is reckoned again, and one that differs from its inputs is refused in its cell."""
    reckoned = holding.settled(rows, context)
    hold(reckoned.problems)
    return enter(Settlement, reckoned.complete(rows), kind=SETTLE, context=context)


def set_baselines(*, rows: polars.DataFrame, context: Context) -> int:
    """Record what households are compared with."""
    return enter(Baseline, rows, kind=SET_BASELINE, context=context)


def account_gains(*, rows: polars.DataFrame, context: Context) -> int:
    """Record what households gained; income and baseline that are not those recorded are refused in their cells."""
    hold(holding.gains(rows, context))
    return enter(HouseholdGain, rows, kind=ACCOUNT, context=context)


def recognise(*, rows: polars.DataFrame, context: Context) -> int:
    """Record recognised products with their validity."""
    return enter(Product, rows, kind=RECOGNISE, context=context)


def contract(*, rows: polars.DataFrame, context: Context) -> int:
    """Record what was signed; it is no sale."""
    return enter(SaleContract, rows, kind=CONTRACT, context=context, stage="signed")


def sell(*, rows: polars.DataFrame, context: Context) -> int:
    """Record sales, each once; the same proof again, or a product not recognised on that day, is refused."""
    hold(holding.sales(rows, context))
    return enter(Sale, rows, kind=SELL, context=context)


def _hundredths(column: str) -> polars.Expr:
    """A column of decimals with two places as whole hundredths."""
    return polars.col(column).map_elements(checks.hundredths, return_dtype=polars.Int64)
