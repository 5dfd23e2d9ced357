"""What the address of a page of projects asks: which pairing, which day, narrowed by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.areas.projects import queries
from shanhai.areas.projects.models import Project
from shanhai.areas.projects.queries import Standing
from shanhai.areas.projects.terms import STAY, ProjectClass, Step
from shanhai.base.language import say
from shanhai.journal.terms import FIELD_CHOICES
from shanhai.reference.models import Scope
from shanhai.web import declare, wording
from shanhai.web.choosing import needed_scope

Options = Iterable[tuple[str, str]]
_NAMES = ("q", *queries.NARROWED, "step", "as_of")


@dataclass(frozen=True, slots=True)
class ProjectsAsked:
    """The projects a page is about: of a scope, as of a day, narrowed."""

    scope: Scope
    day: date
    closed: bool
    asked: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> "ProjectsAsked":
        """What an address asks; what cannot be read is as if it were not there."""
        scope, today = needed_scope(request), localdate()
        given = {name: request.GET.get(name, "")[:120] for name in _NAMES}
        asked = {name: value for name, value in given.items() if value and "\x00" not in value}
        year = asked.get("plan_year", "")
        if year and not (year.isascii() and year.isdigit() and len(year) == 4):
            del asked["plan_year"]
        try:
            return cls(scope, date.fromisoformat(asked.get("as_of", "")), False, asked)
        except ValueError:
            asked.pop("as_of", None)
            day, closed = queries.told_day(scope, today)
            return cls(scope, day, closed, asked)

    @property
    def rows(self) -> "QuerySet[Project]":
        """The projects, with their standing, in no order yet."""
        return queries.narrowed(queries.standing_on(self.scope, on=self.day), self.asked)

    def standing(self, project: Project) -> Standing:
        """Where one of them stands on the day."""
        return queries.standing(project, on=self.day)

    def url(self, name: str, **more: object) -> str:
        """The address of one of the area's pages under the same question."""
        return wording.with_query(reverse(name), scope=self.scope.code, **{**self.asked, **more})

    @property
    def told(self) -> str:
        """For which day the page is told."""
        if self.closed:
            return say("算到 {day}：记录在这一天关账，此后没有新的节点。", day=self.day.isoformat())
        return say("算到 {day}。", day=self.day.isoformat())


def filters(asked: ProjectsAsked, name: str, *, more: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """The form that narrows, for every page of projects."""
    years, towns = queries.choices(asked.scope)
    fields = [
        {"name": "q", "label": say("编号、名称或单位"), "type": "search", "value": asked.asked.get("q", "")},
        *more,
        _select(asked, "field_code", say("领域"), ((code, say(word)) for code, word in FIELD_CHOICES)),
        _select(asked, "class_code", say("项目类别"), ((str(one), say(str(one.label))) for one in ProjectClass)),
        _select(asked, "plan_year", say("计划年度"), ((str(year), str(year)) for year in years)),
        _select(asked, "step", say("节点"), steps()),
        _select(asked, "town", say("乡镇（街道）"), ((town, town) for town in towns)),
        {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": asked.day.isoformat()},
    ]
    narrowed = asked.asked.keys() - {"q"}
    clear = wording.with_query(reverse(name), scope=asked.scope.code) if asked.asked else ""
    kept = [("scope", asked.scope.code)]
    return {"action": reverse(name), "fields": fields, "kept": kept, "narrowed": bool(narrowed), "clear_url": clear}


def steps() -> list[tuple[str, str]]:
    """The steps of a life and the state before any, with their words."""
    return [*((str(one), say(str(one.label))) for one in Step), ("none", say("没有节点"))]


def step_word(step: Step | None) -> str:
    """A step in its word."""
    return say(str(step.label)) if step else say("没有节点")


def _select(asked: ProjectsAsked, name: str, label: str, options: Options) -> dict[str, Any]:
    chosen = asked.asked.get(name, "")
    told = [{"value": code, "label": word, "selected": code == chosen} for code, word in options]
    every = {"value": "", "label": say("全部"), "selected": not chosen}
    return {"name": name, "label": label, "type": "select", "options": [every, *told]}


def stay_told(standing: Standing) -> str:
    """How long a project has stood where it stands."""
    if standing.days is None:
        return say("没有登记过节点")
    return say("{since} 起，{days} 天", since=standing.since.isoformat() if standing.since else "", days=standing.days)


def late_badge(standing: Standing) -> dict[str, str] | None:
    """Why somebody should look after a project; nothing where all is well."""
    if standing.unstarted:
        word = say("计划年度已过，还没有开工")
    elif standing.stays and standing.step:
        word = say("停留超过 {days} 天", days=STAY[standing.step])
    else:
        return None
    return {"code": "late", "label": word}


def project_url(key: str) -> str:
    """The page of a project."""
    found = declare.own_page(Project.type_name(), key)
    return found[1] if found else wording.record_url(Project.type_name(), key)


def crumbs(*, beside: bool = False) -> list[dict[str, str]]:
    """The way to the area's pages."""
    first = [
        {"label": say("首页"), "url": reverse("home")},
        {"label": say("协作项目"), "url": reverse("area", args=["projects"])},
    ]
    return [*first, {"label": say("项目一览"), "url": reverse("projects-overview")}] if beside else first
