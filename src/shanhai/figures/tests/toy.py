"""A small set of figures over invented tables, and the same figures computed by hand from Python rows."""

from shanhai.figures import declare

ALLOCATION = declare.table(
    "toy.allocation", allocated_on="date", amount_fen="fen", project_key="string", field_code="string"
)
PAYMENT = declare.table(
    "toy.payment", paid_on="date", amount_fen="fen", project_key="string", payee_code="string", voucher_no="string"
)
PROJECT = declare.table(
    "toy.project", planned_fen="fen@planned", approved_on="date@planned", started_on="date", ended_on="date",
    parent_key="string", class_code="string", area_mu2="mu2",
)  # fmt: skip
ATTENDANCE = declare.table(
    "toy.attendance", held_on="date", person_id="string", household_id="string", times="person_time"
)

REGISTRY = declare.Registry()
TABLES = (ALLOCATION, PAYMENT, PROJECT, ATTENDANCE)

with declare.collecting(REGISTRY):

    @declare.figure(
        "toy.arranged", zh="安排资金", en="Arranged", unit="CNY", time="flow", stage="achieved",
        reads=(ALLOCATION,), how="sum", column="amount_fen", on="allocated_on",
        rule="分配金额之和", basis="glossary A3", slices={"project": "project_key", "field": "field_code"},
        words=declare.words(measure=("安排",), object=("资金",)),
    )  # fmt: skip
    def arranged(allocation: declare.Rows) -> declare.Rows:
        return allocation.filter(allocation.amount_fen != 0)

    @declare.figure(
        "toy.arranged_education", zh="教育资金", en="Arranged for education", unit="CNY", time="cumulative",
        stage="achieved", reads=(ALLOCATION,), how="sum", column="amount_fen", on="allocated_on",
        rule="教育领域分配金额之和", basis="glossary A3", slices={"project": "project_key"},
    )  # fmt: skip
    def arranged_education(allocation: declare.Rows) -> declare.Rows:
        return allocation.filter(allocation.amount_fen != 0).filter(lambda rows: rows.field_code == "education")

    @declare.figure(
        "toy.allocations", zh="分配笔数", en="Allocations", unit="document", time="flow", stage="achieved",
        reads=(ALLOCATION,), how="count", on="allocated_on", rule="分配笔数", basis="glossary A3",
        slices={"project": "project_key"},
    )  # fmt: skip
    def allocations(allocation: declare.Rows) -> declare.Rows:
        return allocation

    @declare.figure(
        "toy.funded_projects", zh="获资金项目", en="Funded projects", unit="project", time="cumulative",
        stage="achieved", reads=(ALLOCATION,), how="count_distinct", column="project_key", on="allocated_on",
        rule="项目去重", basis="glossary A4", slices={"field": "field_code"},
    )  # fmt: skip
    def funded_projects(allocation: declare.Rows) -> declare.Rows:
        return allocation

    @declare.figure(
        "toy.first_allocation", zh="首次分配", en="First allocation", unit="date", time="stock", stage="achieved",
        reads=(ALLOCATION,), how="min_date", column="allocated_on", rule="最早一天", basis="glossary A3",
    )  # fmt: skip
    def first_allocation(allocation: declare.Rows) -> declare.Rows:
        return allocation

    @declare.figure(
        "toy.last_allocation", zh="最近分配", en="Last allocation", unit="date", time="stock", stage="achieved",
        reads=(ALLOCATION,), how="max_date", column="allocated_on", rule="最近一天", basis="glossary A3",
    )  # fmt: skip
    def last_allocation(allocation: declare.Rows) -> declare.Rows:
        return allocation

    @declare.figure(
        "toy.paid", zh="支付", en="Paid out", unit="CNY", time="flow", stage="achieved", reads=(PAYMENT,), how="sum",
        column="amount_fen", on="paid_on", rule="支付金额之和", basis="glossary A3", empty="zero",
        slices={"project": "project_key"},
    )  # fmt: skip
    def paid(payment: declare.Rows) -> declare.Rows:
        return payment

    @declare.figure(
        "toy.paid_for_live_projects", zh="在建项目支付", en="Paid for started projects", unit="CNY", time="flow",
        stage="achieved", reads=(PAYMENT, PROJECT), how="sum", column="amount_fen", on="paid_on",
        rule="已开工项目的支付之和", basis="glossary A4",
    )  # fmt: skip
    def paid_for_live_projects(payment: declare.Rows, project: declare.Rows, *, end: declare.Day) -> declare.Rows:
        started = project.filter(project.started_on <= end)
        return payment.semi_join(started, declare.refers(payment, "project_key", started))

    @declare.figure(
        "toy.planned", zh="计划投资", en="Planned investment", unit="CNY", time="cumulative", stage="planned",
        reads=(PROJECT,), how="sum", column="planned_fen", on="approved_on", rule="计划投资之和", basis="glossary A4",
    )  # fmt: skip
    def planned(project: declare.Rows) -> declare.Rows:
        return project

    @declare.figure(
        "toy.under_way", zh="在建项目", en="Projects under way", unit="project", time="stock", stage="achieved",
        reads=(PROJECT,), how="count", on="started_on", until="ended_on", rule="在建项目数", basis="glossary A4",
    )  # fmt: skip
    def under_way(project: declare.Rows) -> declare.Rows:
        return project.filter(project.parent_key == "")

    @declare.figure(
        "toy.area", zh="面积", en="Area", unit="mu", time="stock", stage="achieved", reads=(PROJECT,), how="balance",
        column="area_mu2", on="started_on", until="ended_on", rule="面积之和", basis="glossary A6",
    )  # fmt: skip
    def area(project: declare.Rows) -> declare.Rows:
        return project

    @declare.figure(
        "toy.people", zh="参训人数", en="People trained", unit="person", time="cumulative", stage="achieved",
        reads=(ATTENDANCE,), how="count_distinct", identity="person_id", on="held_on", rule="按人去重",
        basis="glossary A8", withhold_below=3,
    )  # fmt: skip
    def people(attendance: declare.Rows) -> declare.Rows:
        return attendance

    @declare.figure(
        "toy.attendances", zh="参训人次", en="Attendances", unit="person_time", time="flow", stage="achieved",
        reads=(ATTENDANCE,), how="sum", column="times", on="held_on", rule="人次之和", basis="glossary A8",
        due="year_end", applies=("pairing",),
    )  # fmt: skip
    def attendances(attendance: declare.Rows) -> declare.Rows:
        return attendance

    declare.ratio(
        "toy.spending_rate", zh="支出率", en="Spending rate", unit="percent", stage="achieved",
        numerator="toy.paid", denominator="toy.arranged", rule="支付除以安排", basis="glossary A3",
    )  # fmt: skip
    declare.ratio(
        "toy.arranged_of_plan", zh="安排占计划", en="Arranged of plan", unit="percent", stage="achieved",
        against="planned", numerator="toy.arranged_education", denominator="toy.planned", rule="安排除以计划",
        basis="glossary A3",
    )  # fmt: skip
    declare.ratio(
        "toy.per_project", zh="项均资金", en="Per project", unit="CNY", stage="achieved",
        numerator="toy.arranged_education", denominator="toy.funded_projects", rule="资金除以项目", basis="glossary A3",
    )  # fmt: skip
    declare.span_years(
        "toy.years", zh="年限", en="Years", unit="year", stage="achieved", begins="toy.first_allocation",
        rule="按月计满年", basis="glossary A1",
    )  # fmt: skip
    declare.span_years(
        "toy.years_between", zh="间隔", en="Years between", unit="year", stage="achieved",
        begins="toy.first_allocation", ends="toy.last_allocation", rule="按月计满年", basis="glossary A1",
    )  # fmt: skip
    declare.total(
        "toy.unspent", zh="结余", en="Unspent", unit="CNY", time="stock", stage="achieved", of=("toy.arranged",),
        minus=("toy.paid",), rule="安排减支付", basis="glossary A3",
    )  # fmt: skip
    declare.complete()
