"""The twelve figures of people that are measured, declared as areas declare theirs, in a registry of their own."""

from shanhai.figures import declare, people

BENEFIT = declare.table(
    "planting.benefitpayment", base_key="string", household_key="string", person_key="string", channel_code="string",
    amount_fen="fen", paid_on="date",
)  # fmt: skip
PLACEMENT = declare.table(
    "labour.placement", person_key="string", class_code="string", started_on="date", ended_on="date",
    monthly_wage_fen="fen",
)  # fmt: skip
ALLOCATION = declare.table("funds.allocation", allocated_on="date", amount_fen="fen")
PAYMENT = declare.table("funds.payment", paid_on="date", amount_fen="fen")
TABLES = (BENEFIT, PLACEMENT, ALLOCATION, PAYMENT, people.PERSON, people.HOUSEHOLD)
CHANNELS = {"rent": ("租金", "rent"), "wage": ("工资", "wages"), "dividend": ("分红", "dividends")}

REGISTRY = declare.Registry()
_BASIS = "glossary A6, A9"


def _times(channel: str, zh: str, en: str) -> None:
    """Person-times of one kind of benefit."""

    @declare.figure(
        f"planting.{channel}_times", zh=f"{zh}人次", en=f"Times {en} were paid", unit="person_time", time="flow",
        stage="achieved", reads=(BENEFIT,), how="count", on="paid_on", rule=f"发放{zh}一次计一人次", basis=_BASIS,
    )  # fmt: skip
    def times(benefit: declare.Rows) -> declare.Rows:
        return benefit.filter(benefit.channel_code == channel)


with declare.collecting(REGISTRY):

    @declare.figure(
        "planting.paid", zh="利益联结兑付金额", en="Benefits paid", unit="CNY", time="flow", stage="achieved",
        reads=(BENEFIT,), how="sum", column="amount_fen", on="paid_on", rule="兑付金额之和", basis=_BASIS,
    )  # fmt: skip
    def paid(benefit: declare.Rows) -> declare.Rows:
        """Every payment of a benefit."""
        return benefit

    @declare.figure(
        "planting.people", zh="受益人数", en="People with a benefit", unit="person", time="flow", stage="achieved",
        reads=(BENEFIT, people.PERSON), how="count_distinct", identity="person_key", on="paid_on",
        rule="一人计一次", basis=_BASIS,
    )  # fmt: skip
    def people_paid(benefit: declare.Rows, person: declare.Rows) -> declare.Rows:
        """Payments, each to the person who stands for its record."""
        return people.one_person(benefit, person)

    @declare.figure(
        "planting.people_so_far", zh="累计受益人数", en="People with a benefit so far", unit="person",
        time="cumulative", stage="achieved", reads=(BENEFIT, people.PERSON), how="count_distinct",
        identity="person_key", on="paid_on", rule="历年一人计一次", basis=_BASIS,
    )  # fmt: skip
    def people_so_far(benefit: declare.Rows, person: declare.Rows) -> declare.Rows:
        """The same, since the beginning."""
        return people.one_person(benefit, person)

    @declare.figure(
        "planting.households", zh="受益户数", en="Households with a benefit", unit="household", time="flow",
        stage="achieved", reads=(BENEFIT, people.HOUSEHOLD), how="count_distinct", identity="household_key",
        on="paid_on", rule="一户计一次", basis=_BASIS,
    )  # fmt: skip
    def households(benefit: declare.Rows, household: declare.Rows) -> declare.Rows:
        """Payments, each to the household that stands for its record."""
        return people.one_household(benefit, household)

    for _channel, (_zh, _en) in CHANNELS.items():
        _times(_channel, _zh, _en)

    declare.ratio(
        "planting.gain", zh="户均增收", en="Gain per household", unit="CNY", stage="achieved",
        numerator="planting.paid", denominator="planting.households", rule="兑付金额除以户数", basis=_BASIS,
    )  # fmt: skip

    @declare.figure(
        "labour.placements", zh="就业次数", en="Placements", unit="person_time", time="flow", stage="achieved",
        reads=(PLACEMENT,), how="count", on="started_on", rule="上岗一次计一次", basis=_BASIS,
    )  # fmt: skip
    def placements(placement: declare.Rows) -> declare.Rows:
        """Every placement."""
        return placement

    @declare.figure(
        "labour.people", zh="就业人数", en="People placed", unit="person", time="flow", stage="achieved",
        reads=(PLACEMENT, people.PERSON), how="count_distinct", identity="person_key", on="started_on",
        rule="一人计一次", basis=_BASIS,
    )  # fmt: skip
    def people_placed(placement: declare.Rows, person: declare.Rows) -> declare.Rows:
        """Placements, each of the person who stands for its record."""
        return people.one_person(placement, person)

    @declare.figure(
        "labour.wages", zh="月工资合计", en="Monthly wages", unit="CNY", time="flow", stage="achieved",
        reads=(PLACEMENT,), how="sum", column="monthly_wage_fen", on="started_on", rule="上岗时月工资之和",
        basis=_BASIS,
    )  # fmt: skip
    def wages(placement: declare.Rows) -> declare.Rows:
        """Every placement, for its wage."""
        return placement

    declare.ratio(
        "labour.mean_wage", zh="平均月工资", en="Mean monthly wage", unit="CNY", stage="achieved",
        numerator="labour.wages", denominator="labour.placements", rule="月工资合计除以就业次数", basis=_BASIS,
    )  # fmt: skip

    @declare.figure(
        "funds.arranged", zh="安排资金", en="Funds arranged", unit="CNY", time="cumulative", stage="achieved",
        reads=(ALLOCATION,), how="sum", column="amount_fen", on="allocated_on", rule="分配金额之和", basis=_BASIS,
    )  # fmt: skip
    def arranged(allocation: declare.Rows) -> declare.Rows:
        """Every allocation."""
        return allocation

    @declare.figure(
        "funds.spent", zh="支付资金", en="Funds paid", unit="CNY", time="cumulative", stage="achieved",
        reads=(PAYMENT,), how="sum", column="amount_fen", on="paid_on", rule="支付金额之和", basis=_BASIS,
    )  # fmt: skip
    def spent(payment: declare.Rows) -> declare.Rows:
        """Every payment out of the funds."""
        return payment

    declare.ratio(
        "funds.execution", zh="资金执行率", en="Funds execution", unit="percent", stage="achieved",
        numerator="funds.spent", denominator="funds.arranged", rule="支付除以安排", basis=_BASIS,
    )  # fmt: skip

    @declare.figure(
        "planting.people_also_placed", zh="受益且就业人数", en="People with a benefit and a placement",
        unit="person", time="flow", stage="achieved", reads=(BENEFIT, PLACEMENT, people.PERSON),
        how="count_distinct", identity="person_key", on="paid_on", rule="当年受益、已就业的人，一人计一次", basis=_BASIS,
    )  # fmt: skip
    def people_also_placed(
        benefit: declare.Rows, placement: declare.Rows, person: declare.Rows, *, end: declare.Day
    ) -> declare.Rows:
        """Payments to somebody who had begun a placement by the last day."""
        helped = people.one_person(benefit, person)
        begun = placement.filter(placement.stage == "achieved", placement.started_on <= end)
        placed = people.one_person(begun, person)
        helped = helped.filter(helped.person_key != "")
        return helped.semi_join(placed, [helped.scope_id == placed.scope_id, helped.person_key == placed.person_key])

    declare.complete()
