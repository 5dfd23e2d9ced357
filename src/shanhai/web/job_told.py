"""Background work told to its sender: in the header of every page, in a list, and as progress while it runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from procrastinate.contrib.django import app

from shanhai.access.sessions import Actor
from shanhai.base.language import noted, say
from shanhai.web.job_states import FAILED, RUNNING, State, unseen_by
from shanhai.web.jobs import JOBS, STEPS, TASK
from shanhai.web.keeping import Delivery
from shanhai.web.wording import moment

#: Seconds after which a page that shows progress looks again.
LOOK_AGAIN = 2
#: Held by the worker as long as it lives, by which everybody sees that there is one.
WORKER_LOCK = 7_203_114_552


def work_of(actor: Actor) -> dict[str, Any]:
    """What the frame of every page says of the reader's background work."""
    found = unseen_by(actor.user_id)
    active = sum(1 for _, state in found if state.active)
    parts = [
        say("{n} 项正在处理", n=active) if active else "",
        say("{n} 项已有结果", n=len(found) - active) if len(found) > active else "",
    ]
    url = work_url(*found[0]) if len(found) == 1 else reverse("jobs")
    return {"told": say("，").join(filter(None, parts)), "url": url, "lines": [_line(*each) for each in found]}


def work_url(delivery: Delivery, state: State) -> str:
    """The page of a piece of work."""
    return reverse(JOBS[state.job].page if state.job in JOBS else "job", args=[delivery.token])


def _line(delivery: Delivery, state: State) -> dict[str, Any]:
    return {
        "label": title_of(delivery, state),
        "url": work_url(delivery, state),
        "state": _state_word(state),
        "tone": "bad" if state.phase == FAILED else "" if state.active else "good",
        "since": _moment(state.ended_at or state.asked_at),
    }


def title_of(delivery: Delivery, state: State) -> str:
    """What is done with what, as its sender would say it."""
    what = say(JOBS[state.job].zh) if state.job in JOBS else say("后台工作")
    about = str(delivery.told.get("title", "")) or say("、").join(delivery.names)
    return say("{what}：{about}", what=what, about=about) if about else what


def _state_word(state: State) -> str:
    if state.active:
        return say("正在处理") if state.phase == RUNNING else say("等候处理")
    return say("没有办成") if state.phase == FAILED else say("已有结果")


def _moment(iso: str) -> str:
    return moment(datetime.fromisoformat(iso)) if iso else ""


def progress_of(delivery: Delivery, state: State) -> dict[str, Any]:
    """The `progress` of components/progress.html."""
    steps = JOBS[state.job].steps if state.job in JOBS else ()
    here = steps.index(state.step) if state.step in steps else 0
    return {
        "label": title_of(delivery, state),
        "percent": _percent(state, here, len(steps)) if len(steps) > 1 or state.total else None,
        "told": _told(state),
        "since": say("{moment} 开始", moment=_moment(state.asked_at)),
        "steps": [
            {"label": say(STEPS[step]), "done": place < here, "current": place == here and state.phase == RUNNING}
            for place, step in enumerate(steps)
        ],
    }


def _percent(state: State, here: int, steps: int) -> int:
    """How much of the whole is done, each step counted alike."""
    part = state.done / state.total if state.total else 0
    return min(99, int(100 * (here + part) / steps)) if steps and state.step else 0


def _told(state: State) -> str:
    """The step in a sentence, with rows or files where they are counted."""
    if state.phase != RUNNING:
        return say("排在前面的工作做完就开始。")
    step = say(STEPS[state.step]) if state.step in STEPS else say("开始")
    if not state.total:
        return say("{step}…", step=step)
    sentence = noted("{step}：{done} / {total} 行")
    if state.step == "reading":
        sentence = noted("{step}：{done} / {total} 个文件")
    return say(sentence, step=step, done=f"{state.done:,}", total=f"{state.total:,}")


def standstill(delivery: Delivery) -> str:
    """Why work does not go on: it is not queued any more, or nobody works; nothing where it goes on."""
    connector = app.connector.get_sync_connector()
    row = connector.execute_query_one(
        "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = %(task)s AND status IN ('todo', 'doing')"
        " AND args ->> 'delivery' = %(token)s) AS queued,"
        " EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
        " AND ((classid::bigint << 32) | objid::bigint) = %(lock)s) AS worked",
        task=TASK, token=delivery.token, lock=WORKER_LOCK,
    )  # fmt: skip
    if not row["queued"]:
        return say("这项工作中断了，没有保存任何内容。请重新开始；如再次发生，请告诉管理人员。")
    return (
        "" if row["worked"] else say("后台处理程序没有运行，工作在排队，不会丢失。请告诉管理人员启动 shanhai worker。")
    )


def told_lines(found: Sequence[tuple[Delivery, State]]) -> list[dict[str, Any]]:
    """The lines of components/work_list.html."""
    return [_line(*each) for each in found]
