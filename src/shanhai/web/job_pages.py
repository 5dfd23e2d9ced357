"""Pages of background work: what runs and what has ended, one piece with its progress or its end, stopping it."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.web import job_told, keeping
from shanhai.web.downloads import attached
from shanhai.web.job_states import FAILED, State, alone, ask_to_stop, asked_to_stop, state_of
from shanhai.web.jobs import JOBS, finished_of, result_of, running_of, seen, settled
from shanhai.web.keeping import Delivery
from shanhai.web.sessions import SignedIn


@require_safe
def listed(request: SignedIn) -> HttpResponse:
    """The reader's background work: what runs, and what has ended since they last looked."""
    context = {
        "running": job_told.told_lines(running_of(request.actor)),
        "finished": job_told.told_lines(finished_of(request.actor)),
    }
    return render(request, "web/jobs.html", context)


@require_safe
def page(request: SignedIn, token: str) -> HttpResponse:
    """One piece of work: how far it is, then what came of it."""
    delivery = keeping.find(request.actor, token)
    if unfinished := progress(request, delivery):
        return unfinished
    state = state_of(delivery)
    if state is None:
        raise Http404
    if state.job in JOBS and JOBS[state.job].page != "job":
        return redirect(job_told.work_url(delivery, state))
    found = result_of(delivery)
    file = {"url": reverse("job-file", args=[token]), "label": found[0]} if found else None
    context = {"title": job_told.title_of(delivery, state), "file": file, "sentence": delivery.answer().get("told", "")}
    return render(request, "web/job.html", context)


def progress(request: SignedIn, delivery: Delivery) -> HttpResponse | None:
    """The page of work that is not finished, or has failed; nothing where it is done, which is then seen.

    A page that looks again by itself is answered with the progress alone, and is led on once the work has ended.
    """
    asks_part = bool(getattr(request, "htmx", False))
    state = state_of(delivery) if asks_part else settled(delivery)
    if state is None:
        return None
    if asked_to_stop(delivery):
        raise Http404
    stands = job_told.standstill(delivery) if state.active else ""
    state_now = state_of(delivery) if stands else state  # it may have ended between the two looks
    if state_now is None or not state_now.active:
        return _ended(request, delivery, state_now or state, part=asks_part)
    context = _running(delivery, state_now) | {"standstill": stands, "part": asks_part}
    name = "web/components/progress.html" if asks_part else "web/job.html"
    return render(request, name, context)


def _ended(request: SignedIn, delivery: Delivery, state: State, *, part: bool) -> HttpResponse | None:
    if part:
        return HttpResponse(headers={"HX-Refresh": "true"})
    seen(request.actor, delivery)
    if state.phase != FAILED:
        return None
    told = {"title": job_told.title_of(delivery, state), "failed": state.sentence, "back_url": _back(state)}
    return render(request, "web/job.html", told)


def _back(state: State) -> str:
    return reverse(JOBS[state.job].back) if state.job in JOBS else "/"


def _running(delivery: Delivery, state: State) -> dict[str, Any]:
    told = job_told.progress_of(delivery, state)
    may_stop = state.job in JOBS and JOBS[state.job].may_stop
    return {
        "title": told["label"],
        "progress": told,
        "poll_url": job_told.work_url(delivery, state),
        "look_again": job_told.LOOK_AGAIN,
        "stop_url": reverse("job-stop", args=[delivery.token]) if may_stop else "",
    }


@require_POST
def stop(request: SignedIn, token: str) -> HttpResponse:
    """Stop work that waits or runs, or put away what it came to: its files are removed, nothing is saved."""
    delivery = keeping.find(request.actor, token)
    with alone(delivery):
        state = state_of(delivery)
        if state is None:
            raise Http404
        if not (state.job in JOBS and JOBS[state.job].may_stop) or delivery.answer().get("saved"):
            raise Refused(say("这项工作已经在保存，不能取消；它要么全部保存，要么一行也不保存。"))
        seen(request.actor, delivery)
        if state.active:
            ask_to_stop(delivery)
        else:
            delivery.remove()
    return redirect(f"{_back(state)}?told=stopped")


@require_safe
def result(request: SignedIn, token: str) -> HttpResponseBase:
    """The file a piece of work made."""
    found = result_of(keeping.find(request.actor, token))
    if found is None:
        raise Http404
    headers = {"Content-Disposition": attached(found[0])}
    return FileResponse(found[1].open("rb"), content_type="application/octet-stream", headers=headers)
