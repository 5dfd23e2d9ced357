"""Doing background work in the worker: under the rights its sender has now, all of it or nothing, told step by step.

What came of it is kept only after its transaction is committed, so a kept answer is never ahead of the records. A worker
that dies in the middle has done nothing; its work is taken up again by the next, three times at most.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as Queued
from procrastinate.jobs import Status

from shanhai.access.sessions import acting_for
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.journal.faults import reach
from shanhai.web.job_states import DONE, FAILED, RUNNING, State, alone, asked_to_stop, keep_state, state_of
from shanhai.web.jobs import JOBS, TASK, Answer, Asked
from shanhai.web.keeping import Delivery, of_user
from shanhai.web.reading import Reading, read_as

#: How often work is begun before it is given up.
TIMES = 3
_LOG = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818 - not an error: its sender wants it so
    """Ends work that its sender has stopped; what it wrote is taken back."""


class _Again(BaseRetryStrategy):
    """Begins again what was cut off by the worker's own end or by an outage of the database."""

    def get_retry_decision(self, *, exception: BaseException, job: Queued) -> RetryDecision | None:
        """Soon, as long as it was not begun too often."""
        again = _cut_off(exception) and job.attempts + 1 < TIMES
        return RetryDecision(retry_in={"seconds": 1}) if again else None


@dataclass(slots=True)
class _Telling:
    """Keeps each step with the delivery, and ends the work where it was stopped or the worker has to go."""

    delivery: Delivery
    state: State
    context: JobContext

    def __call__(self, step: str, done: int, total: int) -> None:
        if self.context.should_abort():
            raise JobAborted
        if asked_to_stop(self.delivery):
            raise Stopped
        self.state = keep_state(self.delivery, self.state, phase=RUNNING, step=step, done=done, total=total)


@app.task(name=TASK, pass_context=True, retry=_Again())
def work(context: JobContext, *, delivery: str, user: int) -> None:
    """Do what was asked of a delivery; nothing where it is gone, is somebody else's, or has ended already."""
    found = of_user(user, delivery)
    state = state_of(found) if found else None
    if found is None or state is None or not state.active:
        return
    reach("job.begun")
    with read_as(Reading(state.language, state.unit)):
        _do(context, user, found, state)


def _do(context: JobContext, user: int, delivery: Delivery, state: State) -> None:
    """Do it and keep how it ended; what nobody foresaw is logged and told as a failure."""
    telling = _Telling(delivery, state, context)
    try:
        answer = _answered(user, delivery, telling)
    except Stopped:
        delivery.remove()
    except Refused as refused:
        _end(delivery, telling.state, FAILED, str(refused))
    except Exception as problem:
        if sentence := _failure(problem, context):
            _end(delivery, telling.state, FAILED, sentence)
        raise
    else:
        _keep(delivery, telling.state, answer)


def _keep(delivery: Delivery, state: State, answers: dict[str, Answer]) -> None:
    """Keep what came of it; what was stopped just before its end is put away, unless it is saved already."""
    reach("job.done")
    answer = answers[state.language]
    if not delivery.folder.is_dir():
        return
    with alone(delivery):
        if asked_to_stop(delivery) and not answer.get("saved"):
            delivery.remove()
            return
        if answer:
            delivery.keep_answers(answers)
        reach("job.kept")
        if answer.get("saved"):
            delivery.close()
        _end(delivery, state, DONE)


def _failure(problem: Exception, context: JobContext) -> str:
    """The sentence for what nobody foresaw; none where the work will be begun again."""
    if _cut_off(problem):
        return _given_up() if context.job.attempts + 1 >= TIMES else ""
    _LOG.error("background work ended without an answer", exc_info=problem)
    return say("处理时程序出错，没有保存任何内容。请再试一次；还不行，请告诉管理人员。")


def _cut_off(problem: BaseException) -> bool:
    """Whether the work was cut off from outside: by the worker's own end, or by an outage of the database."""
    return isinstance(problem, (JobAborted, OperationalError, InterfaceError))


def _answered(user: int, delivery: Delivery, telling: _Telling) -> dict[str, Answer]:
    """The answer of the work in each language, once its transaction is committed."""
    state = telling.state
    with acting_for(user) as actor:
        asked = Asked(actor, delivery, state.given, datetime.fromisoformat(state.asked_at), telling)
        telling("", 0, 0)
        answer = JOBS[state.job].work(asked)
        return {language: _told_in(language, state.unit, answer) for language, _ in settings.LANGUAGES}


def _told_in(language: str, unit: str, answer: Answer | Callable[[], Answer]) -> Answer:
    with read_as(Reading(language, unit)):
        return answer() if callable(answer) else answer


def _end(delivery: Delivery, state: State, phase: str, sentence: str = "") -> None:
    keep_state(delivery, state, phase=phase, ended_at=timezone.now().isoformat(), sentence=sentence)


def _given_up() -> str:
    return say(
        "处理这项工作时程序中断了 {times} 次，已经放弃，没有保存任何内容。请把文件分小一些再试，或告诉管理人员。",
        times=TIMES,
    )


def take_up_again() -> int:
    """Queue again what a worker that is no more has left; answers how much.

    Asked by the one worker there is before it begins, so whatever counts as being done is done by nobody.
    """
    left = list(ProcrastinateJob.objects.filter(task_name=TASK, status=Status.DOING.value))
    for one in left:
        if one.attempts + 1 < TIMES:
            app.job_manager.retry_job_by_id(one.pk, retry_at=timezone.now())
        else:
            async_to_sync(app.job_manager.finish_job_by_id_async)(one.pk, status=Status.FAILED, delete_job=False)
            _give_up(one.args["user"], one.args["delivery"])
    return len(left)


def _give_up(user: int, token: str) -> None:
    delivery = of_user(user, token)
    state = state_of(delivery) if delivery else None
    if delivery and state and state.active:
        with read_as(Reading(state.language, state.unit)):
            _end(delivery, state, FAILED, _given_up())
