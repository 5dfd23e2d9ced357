"""Loads of a delivery: tried without saving, and saved; what came of it is kept with the delivery."""

from django.db.models import Max
from django.utils import timezone

from shanhai.access.sessions import Actor
from shanhai.intake.errors import of_file, write_errors
from shanhai.journal.models import Link
from shanhai.loading.executing import Order, Outcome, load
from shanhai.web.keeping import Delivery
from shanhai.web.runs import told_run

#: Stands for a reason while a load is only tried; what needs a reason is asked for before saving.
_TRIED = "试读"


def try_load(actor: Actor, delivery: Delivery) -> None:
    """Try the load with every exception granted: what still blocks must be mended, what needs a reason is asked for."""
    order = Order(delivery.files, _TRIED, _TRIED, dry_run=True)
    outcome = load(order, actor=actor, today=timezone.localdate())
    marked_numbers = _write_marked(outcome, delivery) if outcome.blocked else []
    delivery.keep_answer(told_run(outcome, delivery, marked=marked_numbers, read_at=timezone.now()))


def _write_marked(outcome: Outcome, delivery: Delivery) -> list[int]:
    """A marked copy beside each file that has findings; answers which."""
    written = []
    for number, (reading, (name, path)) in enumerate(zip(outcome.plan.readings, delivery.files, strict=True)):
        if findings := of_file(outcome.findings, name):
            write_errors(reading, path, findings, delivery.folder / f"marked-{number}.xlsx")
            written.append(number)
    return written


def save_load(actor: Actor, delivery: Delivery, *, correction: str, difference: str) -> None:
    """Save a delivery, all of it or nothing; where something now stands against it, it is only tried again."""
    last = Link.objects.aggregate(seq=Max("last_seq"))["seq"] or 0
    outcome = load(Order(delivery.files, correction, difference), actor=actor, today=timezone.localdate())
    if outcome.blocked:
        try_load(actor, delivery)
    else:
        delivery.keep_answer(told_run(outcome, delivery, read_at=timezone.now(), after=last))
        delivery.close()
