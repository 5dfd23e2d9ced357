"""Doing a load: everything in one transaction under one act, or nothing; a dry run does the same and takes it back."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from django.db import DataError, transaction

from shanhai.access.entering import Context
from shanhai.access.sessions import Actor, Book, actor_of_session
from shanhai.access.terms import CLERK, FINANCE, OPERATOR, OWNER, TEAM
from shanhai.base.findings import Finding, Place, Refused, RefusedRows
from shanhai.base.language import listed, noted, say
from shanhai.base.progress import Tell, silent
from shanhai.catalogue.config import areas
from shanhai.intake.declare import SHEETS, Sheet
from shanhai.intake.loading import Plan, SheetPlan, plan
from shanhai.journal.actions import OpenAct, act
from shanhai.journal.acts import ActKind, kind
from shanhai.journal.faults import reach
from shanhai.loading.limits import beyond_limits
from shanhai.loading.lookups import lookup, model_of
from shanhai.loading.movements import Movement, Movements
from shanhai.reference.actions import found_scopes
from shanhai.reference.models import Scope
from shanhai.reference.queries import scope_of

_LOADERS = (CLERK, FINANCE, OWNER, TEAM, OPERATOR)
LOAD = kind("loading.workbook.loaded", "装载工作簿", duties=_LOADERS)
CORRECT = kind("loading.workbook.corrected", "用工作簿更正", duties=_LOADERS)
ENTER = kind("loading.form.entered", "在页面上登记", duties=_LOADERS)
AMEND = kind("loading.form.corrected", "在页面上更正", duties=_LOADERS)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a load: the files with the names their owners gave them, and the reasons for exceptions."""

    files: Sequence[tuple[str, Path]]
    correct: str = ""
    accept_difference: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """How a plan is carried out: as which kind of act, for what reason, from what source; or only tried.

    `tells` says whether anybody will be told which figures moved; where nobody is, none is asked.
    """

    kind: ActKind
    source: Callable[[Plan], dict[str, Any]]
    reason: str = ""
    dry_run: bool = False
    tells: bool = True


@dataclass(slots=True)
class Outcome:
    """What came of a load: the plan with its findings, whether it was saved, what it moved, under which act."""

    plan: Plan
    saved: bool = False
    written: dict[str, int] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)
    act_id: str = ""
    refused: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Every finding of the load, of the plan and of the actions."""
        return [*self.plan.findings, *self.refused]

    @property
    def blocked(self) -> bool:
        """Whether anything stands against saving."""
        return self.plan.blocked or bool(self.refused)


_BEYOND = noted("有的编号或文字过长，或者数字过大，数据库放不下，没有写入任何内容。请核对编号和金额。")


class _TakenBack(Exception):  # noqa: N818 - not an error: it ends the transaction of a dry run
    """Ends a dry run."""


def ordered_sheets() -> list[Sheet]:
    """Every sheet in the order in which a load saves them: reference first, then area by area as declared."""
    place = {"reference": 0} | {config.label: number for number, config in enumerate(areas(), start=1)}
    return sorted(SHEETS.values(), key=lambda sheet: place.get(sheet.name.partition(".")[0], len(place)))


def load(order: Order, *, actor: Actor, today: date, tell: Tell = silent) -> Outcome:
    """Plan a load and, unless findings block it, do it.

    A dry run does and undoes it, to say which figures would move. `tell` hears the steps: reading, comparing,
    computing, writing, recomputing.
    """
    planned = plan(
        [(name, path) for name, path in order.files], ordered_sheets(), lookup(),
        correct=order.correct, accept_difference=order.accept_difference, tell=tell,
    )  # fmt: skip
    kind_of_act = CORRECT if order.correct else LOAD
    reason = order.correct or order.accept_difference
    deed = Deed(kind_of_act, lambda made: _source(order, made), reason, order.dry_run)
    return carry_out(planned, deed, actor=actor, today=today, tell=tell)


def carry_out(planned: Plan, deed: Deed, *, actor: Actor, today: date, tell: Tell = silent) -> Outcome:
    """Do what was planned, from files or from a form, unless findings block it."""
    outcome = Outcome(planned, refused=[*_moved_between_books(planned), *beyond_limits(planned)])
    if outcome.blocked or not any(_changes(sheet) for sheet in planned.sheets):
        return outcome
    try:
        with transaction.atomic():
            _do(outcome, deed, actor, today, tell=tell)
            if deed.dry_run:
                raise _TakenBack
        outcome.saved = True
    except _TakenBack:
        outcome.act_id = ""
    except RefusedRows as refused:
        outcome.refused += _in_cells(planned, refused)
        outcome.written, outcome.movements = {}, []
    except Refused as refused:
        outcome.refused.append(Finding("loading.refused", str(refused)))
        outcome.written, outcome.movements = {}, []
    except (DataError, psycopg.DataError):  # the second comes from COPY, past Django
        outcome.refused.append(Finding("loading.beyond_limits", say(_BEYOND)))
        outcome.written, outcome.movements = {}, []
    return outcome


def _in_cells(planned: Plan, refused: RefusedRows) -> list[Finding]:
    """What an action found against single rows, each in the cell it stands in."""
    letters = {place: fields for sheet in planned.sheets for place, fields in sheet.columns.items()}
    return [
        Finding(
            problem.code, problem.message,
            Place(
                problem.file, problem.sheet, problem.row or None,
                letters.get((problem.file, problem.sheet), {}).get(problem.field, ""),
            ),
        )
        for problem in refused.problems
    ]  # fmt: skip


def _moved_between_books(planned: Plan) -> list[Finding]:
    """A correction never moves a record into the book of the other side."""
    return [
        Finding(
            "loading.side_changed",
            say("这条记录在{old}的账上，不能改到{new}的账上。请改回填报方；对方的账由对方登记。", old=change.old, new=change.new),
            change.place, found=change.new, expected=change.old,
        )
        for sheet in planned.sheets for change in sheet.changes if change.field == "owner_side"
    ]  # fmt: skip


def _changes(sheet: SheetPlan) -> int:
    return sheet.new.height + sheet.changed.height


def _do(outcome: Outcome, deed: Deed, actor: Actor, today: date, *, tell: Tell) -> None:
    reach("load.begun")
    scopes = _scopes(outcome.plan, actor)
    tell("computing", 0, 0)
    moving = Movements(tuple(scopes.values()) if deed.tells else (), today)
    changing = [sheet for sheet in outcome.plan.sheets if _changes(sheet)]
    rows, written = sum(_changes(sheet) for sheet in changing), 0
    with act(
        deed.kind, author=actor.author, scope_id=next(iter(scopes.values())).pk, reason=deed.reason,
        source=deed.source(outcome.plan), before_writing=moving.before_writing,
    ) as opened:  # fmt: skip
        # What is known to be written is asked at once; what an action writes beside it is heard of when it does.
        moving.before_writing(*(model_of(sheet.sheet.name) for sheet in changing))
        fresh = Actor(actor.user_id, actor.username, actor.name, _books(actor), actor.founds_scopes)
        for sheet in outcome.plan.sheets:
            tell("writing", written, rows)
            written += _changes(sheet)
            outcome.written[sheet.sheet.name] = _save(sheet, scopes, opened=opened, actor=fresh, today=today)
            reach("sheet.saved")
        outcome.act_id = str(opened.id)
    tell("recomputing", 0, 0)
    outcome.movements = moving.moved()


def _books(actor: Actor) -> tuple[Book, ...]:
    """The actor's books as they are now: a scope just founded belongs to who may found scopes."""
    renewed = actor_of_session()
    return renewed.books if renewed else actor.books


def _save(sheet: SheetPlan, scopes: dict[str, Scope], *, opened: OpenAct, actor: Actor, today: date) -> int:
    written = 0
    for rows, correcting in ((sheet.new, False), (sheet.changed, True)):
        for (code, side), group in rows.group_by("scope_code", "owner_side", maintain_order=True):
            scope = scopes[str(code)]
            context = Context(
                actor=actor, scope_id=scope.pk, scope_code=scope.code, side=str(side), act=opened, today=today,
                scheme=scope.scheme, correcting=correcting, is_example=scope.is_example,
            )  # fmt: skip
            if sheet.sheet.action is None:
                raise Refused(say("“{zh}”表只能查看，不能装载。", zh=sheet.sheet.zh))
            written += int(sheet.sheet.action(rows=group, context=context))  # type: ignore[call-overload]
    return written


def _scopes(planned: Plan, actor: Actor) -> dict[str, Scope]:
    """The scopes of all rows; those a 结对关系 sheet or a region's own fund brings in are founded first."""
    codes = {
        str(code) for sheet in planned.sheets for code in sheet.frame.get_column("scope_code").drop_nulls().unique()
    }
    known = {scope.code: scope for scope in Scope.objects.filter(code__in=codes)}
    missing = codes - known.keys()
    if not missing:
        return known
    if not actor.founds_scopes:
        raise Refused(
            say("没有找到结对关系“{codes}”，或您无权在其中录入。请由管理员先登记。", codes=listed(sorted(missing)))
        )
    pairings = {
        row["scope_code"]: row
        for sheet in planned.sheets
        if sheet.sheet.name == "reference.pairing"
        for row in sheet.frame.iter_rows(named=True)
    }
    found_scopes(scope_of(code, pairings.get(code), is_notice=_is_notice(planned)) for code in sorted(missing))
    return {scope.code: scope for scope in Scope.objects.filter(code__in=codes)}


def _is_notice(planned: Plan) -> bool:
    """A workbook that states totals of a text is a notice."""
    return any(each.sheet.zh == "文中合计" for reading in planned.readings for each in reading.sheets)


def _source(order: Order, planned: Plan) -> dict[str, Any]:
    """Where the rows come from: files by name and content, and the column letters of every field."""
    files = [{"name": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for name, path in order.files]
    columns = {
        f"{sheet.sheet.name}|{file}|{worksheet}": letters
        for sheet in planned.sheets
        for (file, worksheet), letters in sheet.columns.items()
    }
    return {"kind": "workbook", "files": files, "columns": columns}
