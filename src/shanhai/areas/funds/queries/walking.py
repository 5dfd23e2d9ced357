"""Walking the money: the steps of a source or a project, forward to the payees, back to the sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from shanhai.areas.funds.models import Allocation, CarryOver, Issue, Payment, Receipt, Refund, Release, Source
from shanhai.journal.models import Record

#: Record, the column of its day, in the order in which money takes these steps.
_STEPS: tuple[tuple[type[Record], str], ...] = (
    (Issue, "issued_on"), (Allocation, "allocated_on"), (Release, "released_on"), (Receipt, "received_on"),
    (Payment, "paid_on"), (Refund, "refunded_on"), (CarryOver, "carried_on"),
)  # fmt: skip
_ORDER = {model.type_name(): place for place, (model, _day) in enumerate(_STEPS)}
#: Where each kind of step brings money, by the column that says so; the first one filled is meant.
_BROUGHT_TO = ("payee_name", "to_unit", "project_key", "unit_name")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of money: the record of it, its day and paper, how much in fen, and to whom or what it was brought."""

    record_type: str
    key: str
    zh: str
    day: date
    document_no: str
    amount_fen: int
    source_key: str
    project_key: str
    brought_to: str
    entry: int


@dataclass(frozen=True, slots=True)
class Payee:
    """Who was paid in the end: the name, how much in fen, and every step that led there, in the order of days."""

    name: str
    paid_fen: int
    steps: tuple[Step, ...]


def steps_of_source(source: Source) -> list[Step]:
    """Every step of the money of a source, in the order of days."""
    return _steps(scope_id=source.scope_id, source_key=source.key)


def steps_of_project(scope_id: int, project_key: str) -> list[Step]:
    """Every step of money for a project, whatever its source, in the order of days."""
    return _steps(scope_id=scope_id, project_key=project_key)


def walk_to_payees(source: Source) -> list[Payee]:
    """Forward: who was paid from a source, each with the issues, allocations, releases and payments that led there."""
    steps = steps_of_source(source)
    payments: dict[str, list[Step]] = {}
    for step in steps:
        if step.record_type == Payment.type_name():
            payments.setdefault(step.brought_to, []).append(step)
    return [
        Payee(
            name,
            sum(step.amount_fen for step in made),
            tuple(_leading_to(steps, {step.project_key for step in made}, name)),
        )
        for name, made in sorted(payments.items())
    ]


def walk_to_sources(payment: Payment) -> tuple[Source, list[Step]]:
    """Back: the source a payment comes from, and the steps that led to it, the payment itself last."""
    source = Source.objects.get(scope_id=payment.scope_id, key=payment.source_key)
    steps = _leading_to(steps_of_source(source), {payment.project_key}, payment.payee_name)
    before = [step for step in steps if step.record_type != Payment.type_name() and step.day <= payment.paid_on]
    return source, [*before, _step(payment, "paid_on")]


def _leading_to(steps: Iterable[Step], projects: set[str], payee: str) -> list[Step]:
    """The steps on the way to a payee: issues, what was given to the projects, and the payments to that name."""
    on_the_way = {Allocation.type_name(), Release.type_name()}
    return [
        step for step in steps
        if step.record_type == Issue.type_name()
        or (step.record_type in on_the_way and step.project_key in projects)
        or (step.record_type == Payment.type_name() and step.project_key in projects and step.brought_to == payee)
    ]  # fmt: skip


def _steps(**narrowed: Any) -> list[Step]:
    found = []
    for model, day in _STEPS:
        if narrowed.keys() <= {field.column for field in model._meta.concrete_fields}:
            found += [_step(record, day) for record in model._default_manager.filter(**narrowed)]
    return sorted(found, key=lambda step: (step.day, _ORDER[step.record_type], step.key))


def _step(record: Record, day: str) -> Step:
    given = {name: getattr(record, name, "") or "" for name in (*_BROUGHT_TO, "document_no", "voucher_no")}
    return Step(
        record_type=record.type_name(), key=record.key, zh=str(record._meta.verbose_name), day=getattr(record, day),
        document_no=given["document_no"] or given["voucher_no"], amount_fen=getattr(record, "amount_fen", 0),
        source_key=getattr(record, "source_key", ""), project_key=given["project_key"],
        brought_to=next((given[name] for name in _BROUGHT_TO if given[name]), ""), entry=record.entry,
    )  # fmt: skip
