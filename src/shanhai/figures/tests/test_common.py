"""A common value: what every row repeats, and no value where rows say different things."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from shanhai.figures import declare, opening
from shanhai.figures.engines import DuckEngine
from shanhai.figures.terms import State
from shanhai.figures.windows import Window

ORDER = declare.table("toy.order", signed_on="date", premium_permyriad="permyriad")
REGISTRY = declare.Registry()

with declare.collecting(REGISTRY):

    @declare.figure(
        "toy.premium", zh="加价", en="Premium", unit="percent", time="cumulative", stage="achieved", reads=(ORDER,),
        how="common", column="premium_permyriad", on="signed_on", rule="各份协议都约定的加价", basis="glossary A6",
    )  # fmt: skip
    def premium(order: declare.Rows) -> declare.Rows:
        return order


def opened(*premiums, size=None):
    rows = [
        {"id": n, "key": f"o-{n}", "scope_id": 1, "scheme": "", "owner_side": "west", "stage": "achieved", "entry": n,
         "signed_on": date(2022, 1, n), "premium_permyriad": premium}
        for n, premium in enumerate(premiums, start=1)
    ]  # fmt: skip
    engine = DuckEngine.holding({ORDER: rows}, duckdb.connect(":memory:"))
    return opening.open_figure(REGISTRY["toy.premium"], engine, Window(end=date(2022, 2, 1)), registry=REGISTRY)


@pytest.mark.parametrize(("premiums", "state", "amount"), [
    ((500, 500, 500), State.VALUE, Decimal("5.00")), ((500, 550), State.NOT_APPLICABLE, None), ((), State.BLANK, None),
    ((0, 0), State.VALUE, Decimal("0.00")), ((500, None), State.VALUE, Decimal("5.00")),
])  # fmt: skip
def test_the_value_is_what_all_rows_say_and_none_where_they_differ(premiums, state, amount):
    found = opened(*premiums)
    assert (found.value.state, found.value.amount) == (state, amount)
    assert found.fold == found.value


def test_a_common_value_cannot_be_added_or_divided():
    told = {"zh": "x", "en": "x", "rule": "x", "basis": "x", "stage": "achieved"}
    with declare.collecting(declare.Registry(REGISTRY)):
        with pytest.raises(declare.DeclarationError, match="two amounts"):
            declare.ratio("toy.share", unit="percent", numerator="toy.premium", denominator="toy.premium", **told)
        with pytest.raises(declare.DeclarationError, match="at least two|cannot be added"):
            declare.total("toy.sum", unit="percent", time="cumulative", of=("toy.premium",), **told)
