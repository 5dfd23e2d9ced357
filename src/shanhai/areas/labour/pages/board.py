"""人岗匹配: who looks for a job and what is open, the best matching of both, and why not for every seeker and vacancy."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.labour.models import Vacancy, Worker
from shanhai.areas.labour.pages.asking import SIZE, crumbs, day_field, day_of, filters, given, page_of, pages_of, table
from shanhai.areas.labour.queries import board as boards
from shanhai.areas.labour.queries import matching
from shanhai.areas.labour.queries.board import Board
from shanhai.areas.labour.queries.matching_rules import PARTS
from shanhai.areas.labour.terms import Destination, Skill, WorkerGroup
from shanhai.base.language import noted, say
from shanhai.web import wording
from shanhai.web.choosing import needed_scope
from shanhai.web.declare import page
from shanhai.web.memory import remembered

#: The words for the hard reasons, by their codes.
_REASONS = {
    "closed": noted("已满或已截止"), "age": noted("年龄"), "skills": noted("技能或证书"), "place": noted("不去的地方"), "wage": noted("工资低于期望"),
    "start": noted("到岗时间"), "possible": noted("可以去，但另有人选"),
}  # fmt: skip
_UNMATCHED = 25


@page("board", "人岗匹配", order=20)
@remembered
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The proposals of a day, and one pair explained where it is asked for; nothing is placed by it."""
    scope, day, number = needed_scope(request), day_of(request), page_of(request)
    found = boards.board(scope, on=day)
    seeker, vacancy = given(request, "seeker"), given(request, "vacancy")
    told = {"scope": scope.code, "as_of": request.GET.get("as_of", "")}
    pairs = found.matched.pairs.sort("score", "seeker_key", descending=[True, False])
    first = (number - 1) * SIZE
    shown = list(pairs.slice(first, SIZE).iter_rows())
    context = {
        "title": say("人岗匹配"), "facts": _facts(found, scope.code), "proof": _proof(found),
        "answer": _answer(found, seeker, vacancy),
        "pairs": _pairs(found, shown), "pages": pages_of("labour-board", number, more=pairs.height > first + SIZE, **told),
        "unmatched": _unmatched(found), "unmatched_count": len(found.unmatched()), "unmatched_most": _UNMATCHED,
        "vacancies": _vacancies(found),
        "filters": filters("labour-board", scope.code, [day_field(day)], narrowed="as_of" in request.GET),
        "asking": _asking(found, scope.code, day.isoformat(), (seeker, vacancy)),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "labour/board.html", context)


def _facts(found: Board, scope: str) -> list[dict[str, Any]]:
    """How many look for a job, how many openings are left, how many the matching gives one."""
    listed = wording.with_query(reverse("list", args=["labour.worker"]), scope=scope)
    return [
        {"label": say("未就业、有意愿的劳动力（人）"), "value": f"{len(found.seekers):,}", "url": listed},
        {"label": say("还空缺的名额（个，提供数）"), "value": f"{sum(found.left.values()):,}", "url": "#vacancies"},
        {"label": say("可以匹配（人，只是建议）"), "value": f"{found.matched.certificate.placed:,}", "url": "#pairs"},
    ]


def _proof(found: Board) -> dict[str, Any]:
    """The certificate of the matching in sentences, with the digest of its inputs."""
    held = found.matched.certificate
    floor = [
        say(
            "{group}：{placed} 人有岗位，另 {rest} 人没有任何可去的岗位。",
            group=say(one.group.label),
            placed=one.placed,
            rest=one.seekers - one.possible,
        )
        for one in held.floor
    ]
    best = say(
        "已证明是最优安排：{pairs} 对都核对过，总分 {score}，再没有更高的。",
        pairs=f"{held.pairs:,}",
        score=f"{held.score:,}",
    )
    return {
        "sentences": [*floor, best if held.proven else say("没有证明是最优安排，请勿采用。")],
        "digest": found.matched.digest[:16],
    }


def _name(found: Board, key: str) -> str:
    return found.names.get(key, wording.local(key))


def _word(code: str) -> str:
    """The word for a code of a place, class or trade."""
    labels: Mapping[str, Any] = dict(Destination.choices) | dict(Skill.choices)
    return say(str(labels[code])) if code in labels else code


def _pairs(found: Board, shown: list[tuple[Any, ...]]) -> dict[str, Any]:
    heads = [
        say("劳动力"),
        say("人员类别"),
        say("技能"),
        say("期望月工资"),
        say("岗位"),
        say("用工单位"),
        say("月工资"),
        say("得分"),
        say("分从哪里来"),
    ]
    columns = [{"label": head, "number": head in (heads[3], heads[6], heads[7])} for head in heads]
    rows = [_pair(found, *one) for one in shown]
    return table(say("匹配建议"), columns, rows, empty=say("这一天没有可以匹配的人和岗位。"))


def _pair(found: Board, key: str, vacancy_key: str, score: int) -> list[dict[str, Any]]:
    worker, vacancy = found.seekers[key], found.vacancies[vacancy_key]
    points = matching.points_of(found.matched, key, vacancy_key)
    parts = [f"{say(word)} {getattr(points, part)}" for part, word in PARTS.items() if getattr(points, part)]
    return [
        {"text": _name(found, key), "url": wording.record_url(Worker.type_name(), worker.key), "head": True}, {"text": _group(found, key)},
        {"text": _word(worker.skill_code)}, {"text": wording.money(worker.wage_wish_fen) if worker.wage_wish_fen else "–", "number": True},
        {"text": f"{vacancy.title} · {_word(vacancy.class_code)}", "url": wording.record_url(Vacancy.type_name(), vacancy.key)},
        {"text": vacancy.employer}, {"text": wording.money(vacancy.monthly_wage_fen), "number": True},
        {"text": str(score), "number": True}, {"text": " · ".join(parts)},
    ]  # fmt: skip


def _group(found: Board, key: str) -> str:
    code = found.groups.get(key, "")
    return say(str(WorkerGroup(code).label)) if code else "–"


def _unmatched(found: Board) -> dict[str, Any]:
    """Those who got nothing, with how many vacancies each hard reason shuts to them."""
    heads = [say("劳动力"), say("人员类别"), say("技能"), say("意愿"), say("为什么没有（岗位数）")]
    rows: list[list[dict[str, Any]]] = []
    for key in found.unmatched()[:_UNMATCHED]:
        worker = found.seekers[key]
        shut = matching.hindrances(found.matched, key)
        why = [f"{say(word)} {shut[code]}" for code, word in _REASONS.items() if shut.get(code)]
        rows.append([
            {"text": _name(found, key), "url": wording.record_url(Worker.type_name(), worker.key), "head": True}, {"text": _group(found, key)},
            {"text": _word(worker.skill_code)}, {"text": _word(worker.wish_code)}, {"text": " · ".join(why) or say("这一天没有岗位")},
        ])  # fmt: skip
    return table(say("没有匹配上的人"), [{"label": head} for head in heads], rows, empty=say("有意愿的人都匹配上了。"))


def _vacancies(found: Board) -> dict[str, Any]:
    heads = [
        say("岗位"),
        say("用工单位"),
        say("就业去向"),
        say("月工资"),
        say("招用人数"),
        say("还空缺"),
        say("建议人数"),
    ]
    columns = [{"label": head, "number": place > 2} for place, head in enumerate(heads)]
    filled = dict(found.matched.vacancies.select("vacancy_key", "filled").iter_rows())
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": one.title, "url": wording.record_url(Vacancy.type_name(), key), "head": True}, {"text": one.employer},
            {"text": _word(one.class_code)}, {"text": wording.money(one.monthly_wage_fen), "number": True},
            {"text": str(one.opening_count), "number": True}, {"text": str(found.left[key]), "number": True},
            {"text": str(filled.get(key, 0)), "number": True},
        ]
        for key, one in found.vacancies.items()
    ]  # fmt: skip
    return table(say("还在招人的岗位"), columns, rows, empty=say("这一天没有还在招人的岗位。"))


def _asking(found: Board, scope: str, day: str, now: tuple[str, str]) -> dict[str, Any]:
    """The form that asks about one seeker and one vacancy."""
    seekers = [
        {"value": key, "label": f"{_name(found, key)} {wording.local(key)}", "selected": key == now[0]}
        for key in sorted(found.seekers)
    ]
    vacancies = [
        {"value": key, "label": f"{one.title} · {one.employer} {wording.local(key)}", "selected": key == now[1]}
        for key, one in found.vacancies.items()
    ]
    fields = [
        {"name": "seeker", "label": say("劳动力"), "type": "select", "options": seekers},
        {"name": "vacancy", "label": say("岗位"), "type": "select", "options": vacancies},
    ]
    return {
        "action": reverse("labour-board") + "#answer",
        "kept": [("scope", scope), ("as_of", day)],
        "fields": fields if seekers and vacancies else [],
    }


def _answer(found: Board, seeker: str, vacancy: str) -> dict[str, str] | None:
    """Why one seeker did not get one vacancy, where both are on the board."""
    if seeker not in found.seekers or vacancy not in found.vacancies:
        return None
    one = found.vacancies[vacancy]
    return {
        "asked": say("{name}为什么没有得到“{title}”（{employer}）？", name=_name(found, seeker), title=one.title, employer=one.employer),
        "told": matching.why_not(found.matched, seeker, vacancy, named=_word),
    }  # fmt: skip
