"""Loads of a delivery, done in the background: tried without saving, and saved; the answer is kept with the delivery."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import Count, Max, Min
from django.utils import timezone

from shanhai.access.sessions import Actor
from shanhai.base.language import noted, say
from shanhai.base.progress import Tell
from shanhai.intake.errors import of_file, write_errors
from shanhai.journal.models import Act, Entry, Link
from shanhai.loading.executing import CORRECT, LOAD, Order, Outcome, load
from shanhai.web.jobs import Answer, Asked, job
from shanhai.web.keeping import Delivery
from shanhai.web.metrics import count_load
from shanhai.web.runs import entries_told, told_run

#: Stands for a reason while a load is only tried; what needs a reason is asked for before saving.
_TRIED = "试读"
_STEPS = ("reading", "comparing", "computing", "writing", "recomputing")
TRY, SAVE = "upload.tried", "upload.saved"


@job(TRY, noted("试读"), steps=_STEPS, page="upload-tried", back="upload")
def try_load(asked: Asked) -> Callable[[], Answer]:
    """Try the load with every exception granted: what still blocks must be mended, what needs a reason is asked for."""
    return _tried(asked.actor, asked.delivery, asked.tell)


def _tried(actor: Actor, delivery: Delivery, tell: Tell) -> Callable[[], Answer]:
    order = Order(delivery.files, _TRIED, _TRIED, dry_run=True)
    outcome = load(order, actor=actor, today=timezone.localdate(), tell=tell)
    if outcome.refused and not outcome.plan.blocked:
        # What was refused may only have been saved by somebody else after it was compared: compared again, it shows.
        outcome = load(order, actor=actor, today=timezone.localdate(), tell=tell)
    if outcome.blocked:
        tell("marking", 0, 0)
    count_load(outcome)
    marked_numbers = _write_marked(outcome, delivery) if outcome.blocked else []
    return partial(told_run, outcome, delivery, marked=marked_numbers, read_at=timezone.now())


def _write_marked(outcome: Outcome, delivery: Delivery) -> list[int]:
    """A marked copy beside each file that has findings; answers which."""
    written = []
    for number, (reading, (name, path)) in enumerate(zip(outcome.plan.readings, delivery.files, strict=True)):
        if findings := of_file(outcome.findings, name):
            write_errors(reading, path, findings, delivery.folder / f"marked-{number}.xlsx")
            written.append(number)
    return written


@job(SAVE, noted("保存"), steps=_STEPS, page="upload-tried", back="upload", may_stop=False)
def save_load(asked: Asked) -> Callable[[], Answer]:
    """Save a delivery, all of it or nothing; where something now stands against it, it is only tried again.

    Work that is taken up again after it had saved finds its rows recorded, and says so instead of saving anew.
    """
    actor, delivery = asked.actor, asked.delivery
    last = Link.objects.aggregate(seq=Max("last_seq"))["seq"] or 0
    order = Order(delivery.files, asked.given["correction"], asked.given["difference"])
    outcome = load(order, actor=actor, today=timezone.localdate(), tell=asked.tell)
    if outcome.saved:
        count_load(outcome)
        return partial(told_run, outcome, delivery, read_at=timezone.now(), after=last)
    tried = _tried(actor, delivery, asked.tell)

    def told() -> Answer:
        answer = tried()
        return answer | saved_before(actor, delivery, since=asked.asked_at) if answer["nothing_new"] else answer

    return told


def saved_before(actor: Actor, delivery: Delivery, *, since: datetime) -> Answer:
    """What the page says where this very delivery was saved since it was asked for; nothing where it was not."""
    sent = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for _, path in delivery.files)
    acts = Act.objects.filter(acted_by=actor.username, acted_at__gte=since, code__in=(LOAD.code, CORRECT.code))
    for act in acts.order_by("acted_at"):
        if sorted(each["sha256"] for each in act.source.get("files", ())) == sent:
            entries = Entry.objects.filter(act_id=act.pk).aggregate(
                first=Min("seq"), last=Max("seq"), count=Count("seq")
            )
            return {
                "saved": True,
                "nothing_new": False,
                "verdict": say("已保存：{rows} 行。保存之后程序中断过一次，没有重复保存。", rows=entries["count"]),
                "act": {"entries": entries_told(entries), "url": "/"},
                "movements": [],
                "movements_none": "",
            }
    return {}
