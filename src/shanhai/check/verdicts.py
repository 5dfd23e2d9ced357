"""One verdict for each claim, from the figure it speaks of and the records the asking reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.language import noted, say
from shanhai.check.binding import Binding
from shanhai.check.bounds import Holds, described, holds, plain
from shanhai.check.reading import ReadClaim
from shanhai.figures import declare
from shanhai.figures.folding import Value
from shanhai.figures.model import Figure
from shanhai.figures.opening import Opened, open_name
from shanhai.figures.terms import How
from shanhai.figures.windows import Window

#: Spans of years are looked back at as far as paired cooperation goes.
_FIRST_YEAR = 1995


class Verdict(StrEnum):
    """What the records say of a claim."""

    SUPPORTED = "supported"
    SUPPORTED_ROUNDED = "supported_rounded"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    DIFFERENT_DEFINITION = "different_definition"
    PLANNED_NOT_ACHIEVED = "planned_not_achieved"
    NOT_CHECKABLE = "not_checkable"
    UNCERTAIN = "uncertain"
    NOT_IN_RECORDS = "not_in_records"
    OUTSIDE = "outside"


VERDICTS_ZH = {
    Verdict.SUPPORTED: noted("有记录支持"), Verdict.SUPPORTED_ROUNDED: noted("四舍五入后有记录支持"), Verdict.CONTRADICTED: noted("与记录不符"),
    Verdict.OUTDATED: noted("曾经成立，现已变化"), Verdict.DIFFERENT_DEFINITION: noted("口径不同"), Verdict.PLANNED_NOT_ACHIEVED: noted("把计划说成了结果"),
    Verdict.NOT_CHECKABLE: noted("记录不全，无法核对"), Verdict.UNCERTAIN: noted("原文缺字，无法确认"), Verdict.NOT_IN_RECORDS: noted("没有相应记录"),
    Verdict.OUTSIDE: noted("不属于这一结对"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its reason, the figure's name as `open` takes it, its value and the records behind it.

    `window` is the time it was asked for, so that a page can open the very same value.
    """

    verdict: Verdict
    reason: str
    figure: str = ""
    computed: str | int | None = None
    records: tuple[str, ...] = ()
    window: Window | None = None


def shown(value: Value) -> str:
    """A value for a sentence: amount and unit, or what its state says."""
    if value.amount is None:
        return say(value.state.zh)
    if isinstance(value.amount, date):
        return value.amount.isoformat()
    return say("{amount}{unit}", amount=plain(value.amount), unit=say(value.figure.unit.zh))


class Records:
    """What one text is held against: figures of one pairing, each opened once, under the rights of whoever asks."""

    def __init__(self, asked: Asked) -> None:
        """Nothing is asked of the database yet."""
        self.asked = asked
        self._opened: dict[tuple[str, Window], Opened] = {}
        self._values: dict[tuple[str, Window], Value] = {}
        self._history: dict[tuple[str, date], tuple[tuple[date, Value], ...]] = {}

    def opened(self, name: str, window: Window) -> Opened:
        """A figure by the name `open` takes, with the rows behind it."""
        if (name, window) not in self._opened:
            self._opened[name, window] = values.opened(self.asked, name, window)
        return self._opened[name, window]

    def value(self, figure: Figure, window: Window, narrowed: Mapping[str, str] | None = None) -> Value:
        """The value of a figure alone."""
        key = (open_name(figure.name, narrowed), window)
        if key not in self._values:
            self._values[key] = values.values(self.asked, window, figures=[figure], narrowed=narrowed)[figure.name]
        return self._values[key]

    def kept(self, figure: Figure) -> bool:
        """Whether the pairing keeps any record of the kind a figure counts; a derived one rests on several kinds."""
        scopes = ", ".join(f"{scope:d}" for scope in self.asked.ids)
        return any(
            values.engine().fetch(f'SELECT 1 FROM "{leaf.base.relation}" WHERE scope_id IN ({scopes}) LIMIT 1')
            for leaf in declare.registry().counted(figure)
        )

    def history(self, figure: Figure, end: date) -> tuple[tuple[date, Value], ...]:
        """A figure as of the same month of every year before, latest first."""
        if (figure.name, end) not in self._history:
            days = [date(year, end.month, 1) for year in range(end.year - 1, _FIRST_YEAR, -1)]
            found = values.history(self.asked, figure.name, days)
            self._history[figure.name, end] = tuple(zip(days, found, strict=True))
        return self._history[figure.name, end]


def judge(claim: ReadClaim, binding: Binding, records: Records, window: Window) -> Judged:
    """Hold a claim against the figure it is bound to."""
    name = open_name(binding.figure.name, binding.narrowed)
    opened = records.opened(name, window)
    value = opened.value
    base = Judged(Verdict.NOT_CHECKABLE, "", name, value.plain, tuple(row["record"] for row in opened.rows), window)
    if value.amount is None:
        return _without_rows(base, _Held(claim, binding, opened, records, window))
    result = holds(claim, value.amount)
    if result is Holds.YES:
        told = say(
            "{described}：记录算得{shown}，依据 {rows} 条记录。",
            described=described(claim),
            shown=shown(value),
            rows=value.rows,
        )
        return replace(base, verdict=Verdict.SUPPORTED, reason=told)
    if result is Holds.ROUNDED:
        told = say("记录算得{shown}，按文中的位数四舍五入后是{surface}。", shown=shown(value), surface=claim.surface)
        return replace(base, verdict=Verdict.SUPPORTED_ROUNDED, reason=told)
    verdict, reason = _unheld(_Held(claim, binding, opened, records, window))
    return replace(base, verdict=verdict, reason=reason)


def _without_rows(base: Judged, held: "_Held") -> Judged:
    """Nothing recorded: a plan told as a result where the number is the plan's, else not to be checked."""
    if planned := _planned(held):
        told = say("文中的数是计划数（{shown}），记录里还没有已实现的数。", shown=shown(planned))
        return replace(base, verdict=Verdict.PLANNED_NOT_ACHIEVED, reason=told)
    if not held.records.kept(held.binding.figure):
        told = say("这一结对还没有登记过指标“{figure}”所数的记录。", figure=say(held.binding.figure.zh))
        return replace(base, verdict=Verdict.NOT_IN_RECORDS, reason=told)
    told = say(
        "指标“{figure}”{narrowing}{state}：记录里没有可以核对的行。",
        figure=say(held.binding.figure.zh),
        narrowing=_narrowing(held.binding),
        state=say(held.opened.value.state.zh),
    )
    return replace(base, reason=told)


@dataclass(frozen=True, slots=True)
class _Held:
    """A claim, what it is held against, and under which question."""

    claim: ReadClaim
    binding: Binding
    opened: Opened
    records: Records
    window: Window


def _unheld(held: _Held) -> tuple[Verdict, str]:
    """Why a claim does not hold: once true, another definition's number, a plan, or simply another number."""
    claim, binding, value = held.claim, held.binding, held.opened.value
    if day := _true_before(held):
        return Verdict.OUTDATED, say(
            "截至 {day} 记录给出过文中的数；截至 {end} 记录算得{shown}。",
            day=day,
            end=held.window.end,
            shown=shown(value),
        )
    for rival in binding.rivals:
        other = held.records.value(rival, held.window)
        if other.amount is not None and holds(claim, other.amount) is not Holds.NO:
            told = say(
                "文中的数与“{other}”（{shown}）相符，而文字说的是“{figure}”（{shown2}）。",
                other=say(rival.zh),
                shown=shown(other),
                figure=say(binding.figure.zh),
                shown2=shown(value),
            )
            return Verdict.DIFFERENT_DEFINITION, told
    if planned := _planned(held):
        return Verdict.PLANNED_NOT_ACHIEVED, say(
            "文中的数是计划数（{shown}），记录里已实现的是{shown2}。", shown=shown(planned), shown2=shown(value)
        )
    return Verdict.CONTRADICTED, say(
        "文中是{described}；记录算得{shown}，依据 {rows} 条记录。",
        described=described(claim),
        shown=shown(value),
        rows=value.rows,
    )


def _narrowing(binding: Binding) -> str:
    return (
        f"（{'，'.join(f'{label}={value}' for label, value in binding.narrowed.items())}）" if binding.narrowed else ""
    )


def _planned(held: _Held) -> Value | None:
    """The plan of the same slice and unit, where the text's number is exactly that."""
    figure, narrowed = held.binding.figure, held.binding.narrowed
    if str(figure.stage) != "achieved" or held.claim.qualifier != "exact" or not narrowed:
        return None
    for twin in declare.registry():
        alike = twin.unit is figure.unit and twin.words.measure and set(narrowed) <= set(twin.slices)
        if str(twin.stage) == "planned" and alike:
            value = held.records.value(twin, held.window, narrowed)
            if value.amount is not None and holds(held.claim, value.amount) is Holds.YES:
                return value
    return None


def _true_before(held: _Held) -> date | None:
    """The last earlier day on which the figure gave what the text says."""
    figure, opened = held.binding.figure, held.opened
    if figure.how.dated or figure.how is How.COMMON or not isinstance(opened.value.amount, Decimal):
        return None
    if figure.how is How.SPAN_YEARS:
        return _span_before(held)
    past = _running(figure, opened.rows)
    return next((day for day, amount in reversed(past[:-1]) if holds(held.claim, amount) is not Holds.NO), None)


def _running(figure: Figure, rows: Sequence[dict[str, Any]]) -> list[tuple[date, Decimal]]:
    """The value after each day on which a row happened: a sum, a count, or a distinct count of the rows up to it."""
    day, column = figure.day, figure.folded.removesuffix("_fen").removesuffix("_mu2")
    sums, distinct = figure.how in (How.SUM, How.BALANCE), figure.how is How.COUNT_DISTINCT
    largest = figure.how is How.LARGEST
    past: dict[date, Decimal] = {}
    total, seen = Decimal(0), set[Any]()
    for place, row in enumerate(sorted((row for row in rows if row.get(day)), key=lambda row: row[day])):
        seen.add(row.get(column) if distinct else place)
        read = Decimal(row.get(column) or 0) if sums or largest else Decimal(0)
        total = max(total, read) if largest else total + read
        past[row[day]] = total if sums or largest else Decimal(len(seen))
    return list(past.items())


def _span_before(held: _Held) -> date | None:
    """Years since a beginning pass through every smaller number; between two fixed days they never were another."""
    if held.binding.figure.ends:
        return None
    for day, value in held.records.history(held.binding.figure, held.window.end):
        if isinstance(value.amount, Decimal) and value.amount > 0 and holds(held.claim, value.amount) is Holds.YES:
            return day
    return None
