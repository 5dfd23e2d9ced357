"""Records of money, and the ledger lines they are posted as."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from shanhai.areas.funds.terms import LedgerStep, ReleaseKind, SourceLevel
from shanhai.journal.models import Record
from shanhai.journal.terms import FIELD_CHOICES, Side


def _positive(column: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__gt": 0}), name=name)


class Source(Record):
    """资金来源: a budget line of one level and one year; money is issued from it."""

    name = models.CharField("资金名称", max_length=200)
    level_code = models.CharField("资金级次", max_length=12, choices=SourceLevel.choices)
    budget_year = models.IntegerField("预算年度")
    budget_fen = models.BigIntegerField("预算金额", null=True)
    unit_name = models.CharField("出资单位", max_length=120, blank=True)
    registered_on = models.DateField("登记日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金来源"


class Issue(Record):
    """下达: budget quota given to the lower level by a document."""

    source_key = models.CharField("资金来源", max_length=120)
    document_no = models.CharField("文号", max_length=80)
    amount_fen = models.BigIntegerField("下达金额")
    issued_on = models.DateField("下达日期")
    from_unit = models.CharField("下达单位", max_length=120)
    to_unit = models.CharField("接收单位", max_length=120)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金下达"
        constraints = [*Record.Meta.constraints, _positive("amount_fen", "funds_issue_amount")]


class Allocation(Record):
    """分配: issued money divided over units or projects."""

    source_key = models.CharField("资金来源", max_length=120)
    project_key = models.CharField("项目编号", max_length=120, blank=True)
    field_code = models.CharField("领域", max_length=16, choices=FIELD_CHOICES)
    document_no = models.CharField("文号", max_length=80)
    line_no = models.CharField("行号", max_length=20)
    purpose = models.CharField("用途", max_length=200)
    group_name = models.CharField("类别", max_length=80, blank=True)
    unit_name = models.CharField("责任单位", max_length=120, blank=True)
    amount_fen = models.BigIntegerField("分配金额")
    allocated_on = models.DateField("分配日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金分配"
        constraints = [*Record.Meta.constraints, _positive("amount_fen", "funds_allocation_amount")]
        indexes = [models.Index(fields=["scope", "project_key"], name="funds_allocation_project")]


class Release(Record):
    """拨付: a treasury sends money, across the border to the other treasury, or to the unit that spends it."""

    crossing: ClassVar[Mapping[str, str] | None] = {"kind_code": str(ReleaseKind.TRANSFER)}

    kind_code = models.CharField("拨付类别", max_length=10, choices=ReleaseKind.choices)
    source_key = models.CharField("资金来源", max_length=120)
    project_key = models.CharField("项目编号", max_length=120, blank=True)
    document_no = models.CharField("文号", max_length=80)
    amount_fen = models.BigIntegerField("拨付金额")
    released_on = models.DateField("拨付日期")
    payer_name = models.CharField("拨款单位", max_length=120)
    payee_name = models.CharField("收款单位", max_length=120)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金拨付"
        constraints = [
            *Record.Meta.constraints,
            _positive("amount_fen", "funds_release_amount"),
            models.CheckConstraint(
                condition=Q(kind_code="transfer", project_key="") | (Q(kind_code="project") & ~Q(project_key="")),
                name="funds_release_kind",
            ),
        ]


class Receipt(Record):
    """到账: the other side's book of a transfer; it stands beside the release and is never added to it."""

    release_key = models.CharField("对应拨付", max_length=120)
    source_key = models.CharField("资金来源", max_length=120)
    voucher_no = models.CharField("到账凭证号", max_length=80)
    amount_fen = models.BigIntegerField("到账金额")
    received_on = models.DateField("到账日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金到账"
        constraints = [*Record.Meta.constraints, _positive("amount_fen", "funds_receipt_amount")]


class Payment(Record):
    """支付: money goes to the final payee against papers."""

    source_key = models.CharField("资金来源", max_length=120)
    project_key = models.CharField("项目编号", max_length=120)
    voucher_no = models.CharField("凭证号", max_length=80)
    payee_name = models.CharField("收款人", max_length=120)
    payee_code = models.CharField("收款单位统一社会信用代码", max_length=18, blank=True)
    contract_key = models.CharField("合同编号", max_length=120, blank=True)
    amount_fen = models.BigIntegerField("支付金额")
    paid_on = models.DateField("支付日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金支付"
        constraints = [*Record.Meta.constraints, _positive("amount_fen", "funds_payment_amount")]
        indexes = [models.Index(fields=["scope", "project_key"], name="funds_payment_project")]


class Refund(Record):
    """退回: released money that was not spent comes back from the project and may be allocated anew."""

    source_key = models.CharField("资金来源", max_length=120)
    project_key = models.CharField("项目编号", max_length=120)
    document_no = models.CharField("文号", max_length=80)
    amount_fen = models.BigIntegerField("退回金额")
    refunded_on = models.DateField("退回日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金退回"
        constraints = [*Record.Meta.constraints, _positive("amount_fen", "funds_refund_amount")]


class CarryOver(Record):
    """结转: money still needed but not spent at the end of a budget year, carried into the next."""

    source_key = models.CharField("资金来源", max_length=120)
    project_key = models.CharField("项目编号", max_length=120)
    from_year = models.IntegerField("转出年度")
    to_year = models.IntegerField("转入年度")
    amount_fen = models.BigIntegerField("结转金额")
    carried_on = models.DateField("结转日期")
    document_no = models.CharField("文号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资金结转"
        constraints = [*Record.Meta.constraints, _positive("amount_fen", "funds_carryover_amount")]


class Posting(models.Model):
    """A ledger line: debit above zero, credit below; the lines of a record add up to nothing.

    Written by the database from the records; `account` reads step/source/project.
    """

    scope = models.ForeignKey("reference.Scope", models.PROTECT, verbose_name="范围", related_name="+", db_index=False)
    owner_side = models.CharField("账簿", max_length=4, choices=Side.choices)
    record_type = models.CharField("记录类型", max_length=40)
    record_key = models.CharField("记录编号", max_length=120)
    account = models.CharField("科目", max_length=280)
    amount_fen = models.BigIntegerField("金额（借正贷负）")
    posted_on = models.DateField("记账日期")
    entry = models.BigIntegerField("日志条目")

    class Meta:
        verbose_name = verbose_name_plural = "记账分录"
        indexes = [
            models.Index(fields=["scope", "record_type", "record_key"], name="funds_posting_record"),
            models.Index(fields=["scope", "account"], name="funds_posting_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_fen}"

    #: Triggers write these rows from the records; nobody else may.
    written_by_database = True


class Balance(models.Model):
    """What stands on an account; kept by the database with every posting, never below zero."""

    scope = models.ForeignKey("reference.Scope", models.PROTECT, verbose_name="范围", related_name="+", db_index=False)
    owner_side = models.CharField("账簿", max_length=4, choices=Side.choices)
    account = models.CharField("科目", max_length=280)
    amount_fen = models.BigIntegerField("余额")

    class Meta:
        verbose_name = verbose_name_plural = "科目余额"
        constraints = [models.UniqueConstraint(fields=["scope", "account"], name="funds_balance_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_fen}"

    #: Triggers write these rows from the records; nobody else may.
    written_by_database = True


class Movement(models.Model):
    """A step of money as a line of the ledger, whatever record it is; a view over the records, as figures count them."""

    entry = models.BigIntegerField("日志条目", primary_key=True)
    scope = models.ForeignKey("reference.Scope", models.DO_NOTHING, verbose_name="范围", related_name="+")
    owner_side = models.CharField("账簿", max_length=4, choices=Side.choices)
    step_code = models.CharField("环节", max_length=10, choices=LedgerStep.choices)
    #: The step's place and the record's key: unique, and in the order in which steps of one day are taken.
    key = models.CharField("行号", max_length=122)
    record_type = models.CharField("记录类型", max_length=40)
    record_key = models.CharField("记录编号", max_length=120)
    moved_on = models.DateField("日期")
    document_no = models.CharField("文号或凭证号", max_length=80)
    source_key = models.CharField("资金来源", max_length=120)
    project_key = models.CharField("项目编号", max_length=120)
    field_code = models.CharField("领域", max_length=16, choices=FIELD_CHOICES)
    from_name = models.CharField("从", max_length=120)
    to_name = models.CharField("到", max_length=120)
    amount_fen = models.BigIntegerField("金额")

    class Meta:
        managed = False
        db_table = "funds_movement"
        verbose_name = verbose_name_plural = "资金流转"

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_key}"
