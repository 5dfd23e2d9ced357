"""Values of figures over the live records, under the reader's own row rights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from shanhai.asking.scopes import Asked
from shanhai.base.findings import WrongUse
from shanhai.base.language import listed, say
from shanhai.base.units import Kind
from shanhai.figures import declare, evaluating, listing, once, opening
from shanhai.figures.engines import PostgresEngine
from shanhai.figures.folding import Value
from shanhai.figures.model import Figure
from shanhai.figures.once import Once
from shanhai.figures.opening import Opened, Page
from shanhai.figures.windows import Window, year_window
from shanhai.reference.queries import undecided_pairs

#: Figures with this word in `applies` are asked of the province-level pairing above.
ABOVE = "province_pairing"


def engine() -> PostgresEngine:
    """The engine on the request's own connection and transaction."""
    connection.ensure_connection()
    return PostgresEngine(connection.connection)


def window_of(asked: Asked, *, as_of: date, year: int | None = None) -> Window:
    """The window of a question: a year, or since the pairing began, as of a day."""
    kinds = frozenset({asked.scope.kind})
    if year is not None:
        return year_window(year, as_of, asked.ids, kinds)
    return Window(end=as_of, start=None, scopes=asked.ids, kinds=kinds)


def _placed(figure: Figure, asked: Asked, window: Window) -> Window:
    """The window over the scopes a figure is asked of: the asked one, or the provinces' pairing above it."""
    if ABOVE not in figure.applies:
        return window
    return replace(window, scopes=tuple(scope.pk for scope in asked.above), kinds=frozenset({ABOVE}))


def values(
    asked: Asked, window: Window, *, figures: Iterable[Figure] | None = None, narrowed: Mapping[str, str] | None = None
) -> dict[str, Value]:
    """The value of every figure (or those given) in the window."""
    chosen = list(figures if figures is not None else declare.registry())
    groups = [[figure for figure in chosen if (ABOVE in figure.applies) is above] for above in (False, True)]
    found: dict[str, Value] = {}
    for group in groups:
        if group:
            found |= evaluating.evaluate(group, engine(), _placed(group[0], asked, window), slice=narrowed)
    return found


def value(asked: Asked, name: str, window: Window) -> Value:
    """The value of one figure by the name `open` takes."""
    figure, narrowed = named(name)
    return values(asked, window, figures=[figure], narrowed=narrowed)[figure.name]


def named(name: str) -> tuple[Figure, dict[str, str]]:
    """Figure and slice of a name such as `funds.arranged[field=education]`; an unknown one is refused."""
    plain, narrowed = opening.parse_open_name(name)
    figure = declare.registry().get(plain)
    if figure is None:
        raise WrongUse(say("没有名为“{plain}”的指标。请用 shanhai figures 查看全部指标名。", plain=plain))
    known = {label for leaf in declare.registry().counted(figure) for label in leaf.slices}
    if unknown := narrowed.keys() - known:
        asked = listed(sorted(unknown))
        if not known:
            raise WrongUse(say("“{plain}”不能按“{asked}”打开；这个指标不能再细分。", plain=plain, asked=asked))
        raise WrongUse(
            say(
                "“{plain}”不能按“{asked}”打开；可用的有：{known}。",
                plain=plain,
                asked=asked,
                known=listed(sorted(known)),
            )
        )
    return figure, narrowed


def by_year(asked: Asked, name: str, *, as_of: date) -> dict[int, Value]:
    """A figure year by year since the pairing began (or its first record), as of a day."""
    figure, narrowed = named(name)
    first = asked.began_on
    start = first.year if first else as_of.year - 4
    windows = [
        _placed(figure, asked, window_of(asked, as_of=as_of, year=year)) for year in range(start, as_of.year + 1)
    ]
    found = evaluating.evaluate_windows([figure], engine(), windows, slice=narrowed)
    return {start + place: value[figure.name] for place, value in enumerate(found)}


def history(asked: Asked, name: str, days: Iterable[date]) -> list[Value]:
    """The value of a figure as of each of the days, since the beginning."""
    figure, narrowed = named(name)
    windows = [_placed(figure, asked, window_of(asked, as_of=day)) for day in days]
    return [found[figure.name] for found in evaluating.evaluate_windows([figure], engine(), windows, slice=narrowed)]


def opened(asked: Asked, name: str, window: Window, *, page: Page | None = None) -> Opened:
    """A figure with the rows behind it."""
    figure, narrowed = named(name)
    return opening.open_figure(figure, engine(), _placed(figure, asked, window), slice=narrowed, page=page)


def given_by(asked: Asked, key: str, figures: Sequence[Figure], window: Window) -> dict[str, Mapping[str, Any]]:
    """What the record of a key gives to each of these figures over its own rows; those that do not count it are left out."""
    found: dict[str, Mapping[str, Any]] = {}
    for above in (False, True):
        group = [figure for figure in figures if (ABOVE in figure.applies) is above and applicable(figure, window)]
        if group:
            given = listing.given_by(key, group, engine(), _placed(group[0], asked, window))
            found |= {name: row for name, (_, row) in given.items()}
    return found


def applicable(figure: Figure, window: Window) -> bool:
    """Whether a figure is asked of this kind of scope at all."""
    return ABOVE in figure.applies or not figure.applies or bool(window.kinds & set(figure.applies))


@dataclass(frozen=True, slots=True)
class CountedOnce:
    """The de-duplication statement of a count: how it came about, and the pairs nobody has decided on yet."""

    once: Once
    undecided: int
    kind: str


def counted_once(asked: Asked, name: str, window: Window) -> CountedOnce | None:
    """The statement beside a count of persons or households; nothing for other figures."""
    figure, narrowed = named(name)
    if not once.counts_once(figure):
        return None
    placed = _placed(figure, asked, window)
    kind = "person" if figure.unit.kind is Kind.PERSONS else "household"
    rows = once.rows_text(figure, engine(), placed, narrowed)
    named_by = "SELECT 1 FROM counted WHERE counted.scope_id = pair.scope_id AND counted.entered_key = pair"
    text = (
        f"WITH counted AS MATERIALIZED (SELECT DISTINCT scope_id, entered_key FROM ({rows}) AS told)"
        f" SELECT count(*) FROM ({undecided_pairs(kind)}) AS pair"
        f" WHERE EXISTS ({named_by}.left_key) AND EXISTS ({named_by}.right_key)"
    )
    ((undecided,),) = engine().fetch(text)
    return CountedOnce(once.once(figure, engine(), placed, narrowed=narrowed), int(undecided), kind)
