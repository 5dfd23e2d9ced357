"""Reads of projects: where each stands on a day, the moves behind it, its places, and the papers around it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from shanhai.areas.projects.models import Acceptance, Asset, Contract, Handover, Milestone, Project, Site
from shanhai.areas.projects.terms import BEFORE_START, STAY, Step
from shanhai.journal.models import Evidence, Record
from shanhai.reference.models import Closing, Scope

_PLACE = Case(
    *(When(step_code=str(step), then=Value(place)) for place, step in enumerate(Step)), output_field=IntegerField()
)
#: What projects may be narrowed by, beside words and the step.
NARROWED = ("field_code", "class_code", "plan_year", "town")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands on a day: its step (none where no move is recorded), since when, for how many days.

    `unstarted` and `stays` are the two reasons to look after it: its plan year is over and work has not begun; it has
    stayed at a step for longer than usual.
    """

    project: Project
    step: Step | None
    since: date | None
    days: int | None
    unstarted: bool
    stays: bool

    @property
    def late(self) -> bool:
        """Whether somebody should look after it."""
        return self.unstarted or self.stays


def standing(project: Project, *, on: date) -> Standing:
    """The standing of a row of `standing_on`."""
    code, since = getattr(project, "step"), getattr(project, "moved_on")  # noqa: B009 - worked out by the query
    step, days = Step(code) if code else None, (on - since).days if since else None
    unstarted = (step is None or step in BEFORE_START) and project.plan_year < on.year
    settled_with_whole = bool(project.parent_key) and step in (Step.COMPLETED, Step.ACCEPTED)
    usual = STAY.get(step) if step and not settled_with_whole else None
    return Standing(project, step, since, days, unstarted, usual is not None and days is not None and days > usual)


def standing_on(scope: Scope, *, on: date) -> "QuerySet[Project]":
    """The projects proposed by a day, each with the `step` it had reached by then and the day it `moved_on`."""
    moves = Milestone.objects.filter(
        scope_id=OuterRef("scope_id"), project_key=OuterRef("key"), happened_on__lte=on
    ).order_by("-happened_on", _PLACE.desc())
    return Project.objects.filter(scope=scope, proposed_on__lte=on).annotate(
        step=Coalesce(Subquery(moves.values("step_code")[:1]), Value(""), output_field=CharField()),
        moved_on=Subquery(moves.values("happened_on")[:1]),
    )


def narrowed(rows: "QuerySet[Project]", asked: Mapping[str, str]) -> "QuerySet[Project]":
    """The projects that are asked for: by field, class, year, town, step (`none` without any), words."""
    for column in NARROWED:
        if value := asked.get(column, ""):
            rows = rows.filter(**{column: value})
    if step := asked.get("step", ""):
        reached: dict[str, str] = {"step": "" if step == "none" else step}
        rows = rows.filter(**reached)
    if words := asked.get("q", ""):
        condition = Q(key__icontains=words)
        for column in ("name", "short_name", "owner_unit", "implementing_unit", "town"):
            condition |= Q(**{f"{column}__icontains": words})
        rows = rows.filter(condition)
    return rows


def told_day(scope: Scope, today: date) -> tuple[date, bool]:
    """The day projects are told for where none is asked: the day the records were closed, where nothing happened since."""
    closed = Closing.objects.filter(scope=scope).order_by("-closed_on").values("closed_on")[:1]
    found = Milestone.objects.filter(scope=scope).aggregate(last=Max("happened_on"), closed=Max(Subquery(closed)))
    if found["closed"] and found["last"] and found["last"] <= found["closed"] <= today:
        return found["closed"], True
    return today, False


def choices(scope: Scope) -> tuple[list[int], list[str]]:
    """The plan years and the towns projects have, latest year first."""
    found = list(Project.objects.filter(scope=scope).values_list("plan_year", "town").distinct())
    return sorted({year for year, _ in found}, reverse=True), sorted({town for _, town in found if town})


def first_of_steps(rows: "QuerySet[Project]", size: int) -> "QuerySet[Project]":
    """Of each step the projects that have stayed longest, with how many there are (`total`)."""
    place = Window(RowNumber(), partition_by=[F("step")], order_by=[F("moved_on").asc(nulls_last=True), F("key").asc()])
    total = Window(Count("id"), partition_by=[F("step")])
    return rows.annotate(place=place, total=total).filter(place__lte=size).order_by("place")


def moves_of(scope: Scope, keys: Iterable[str], *, on: date) -> dict[str, list[Milestone]]:
    """The moves of projects up to a day, in the order of their lives."""
    found: defaultdict[str, list[Milestone]] = defaultdict(list)
    rows = Milestone.objects.filter(scope=scope, project_key__in=list(keys), happened_on__lte=on)
    for move in rows.order_by("happened_on", _PLACE, "id"):
        found[move.project_key].append(move)
    return found


def sites_on(scope: Scope, *, on: date, most: int) -> list[Site]:
    """The sites recorded by a day, by town."""
    return list(Site.objects.filter(scope=scope, opened_on__lte=on).order_by("town", "key")[:most])


#: Records of the area that carry evidence of a project, by the column that names it; a hand-over names an asset.
_OF_PROJECT: dict[type[Record], str] = {
    Project: "key", Milestone: "project_key", Site: "project_key", Contract: "project_key", Acceptance: "project_key",
    Asset: "project_key",
}  # fmt: skip


_TYPES: tuple[type[Record], ...] = (*_OF_PROJECT, Handover)


def evidence_of(scope: Scope, *, project: str = "", step: str = "") -> "QuerySet[Evidence]":
    """The evidence of projects and of what belongs to them, newest first; of one project or one step where asked."""
    types = [model.type_name() for model in _TYPES]
    rows = Evidence.objects.filter(scope=scope, record_type__in=types).order_by("-id")
    if project:
        rows = rows.filter(_about(scope, project))
    if step:
        moves = Milestone.objects.filter(scope=scope, step_code=step).values("key")
        rows = rows.filter(record_type=Milestone.type_name(), record_key__in=moves)
    return rows


def _about(scope: Scope, project: str) -> Q:
    condition = Q()
    for model, column in _OF_PROJECT.items():
        keys = model._default_manager.filter(scope=scope, **{column: project}).values("key")
        condition |= Q(record_type=model.type_name(), record_key__in=keys)
    assets = Asset.objects.filter(scope=scope, project_key=project).values("key")
    handed = Handover.objects.filter(scope=scope, asset_key__in=assets).values("key")
    return condition | Q(record_type=Handover.type_name(), record_key__in=handed)


@dataclass(frozen=True, slots=True)
class About:
    """What a piece of evidence is about: the project and, for a move, the step."""

    project_key: str
    project: str
    step: str


def about(scope: Scope, files: Iterable[Evidence]) -> dict[tuple[str, str], About]:
    """What each file is about, by type and key of its record; all types in one question."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        keys[file.record_type].add(file.record_key)
    parts = [_owners(model, scope, keys[model.type_name()]) for model in _TYPES if model.type_name() in keys]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True)
    return {(kind, key): About(project or "", name or "", step) for kind, key, project, name, step in rows}


def _owners(model: type[Record], scope: Scope, keys: set[str]) -> "QuerySet[Any, Any]":
    """Type, key, project, its name and step of records of one type."""
    if model is Handover:
        owner: Any = Subquery(
            Asset.objects.filter(scope_id=OuterRef("scope_id"), key=OuterRef("asset_key")).values("project_key")[:1]
        )
    else:
        owner = F(_OF_PROJECT[model])
    step: Any = F("step_code") if model is Milestone else Value("", output_field=CharField())
    name = Project.objects.filter(scope_id=OuterRef("scope_id"), key=OuterRef("of_project")).values("name")[:1]
    return (
        model._default_manager.filter(scope=scope, key__in=keys)
        .annotate(of_type=Value(model.type_name(), output_field=CharField()), of_project=owner, at_step=step)
        .annotate(of_name=Subquery(name))
        .values_list("of_type", "key", "of_project", "of_name", "at_step")
    )
