"""What an area puts on the site beside the generic pages: declared in its `pages.py`, found here.

Pages are mounted and put into the area's tabs; parts of the home page and what waits for a reader are asked there.

    @page("ledger", "资金台账", order=10)
    def ledger(request: SignedIn) -> HttpResponse: ...

The page lies under `/areas/<area>/ledger`, its address is `reverse("area-page", ...)` through `area_page_url`, and it
stands among the area's tabs. A route may take parameters (`"flow/<path:key>"`); such a page is not in the menu.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.http import HttpResponseBase
from django.urls import URLPattern, path, reverse

from shanhai.access.sessions import Actor
from shanhai.asking.scopes import Asked
from shanhai.reference.models import Scope

Answer = TypeVar("Answer")
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A page of an area: its route below the area, what it is called (in Chinese), its place among the tabs.

    `record` is the record type whose records it shows one by one, where it is such a page; `compares` the record type
    on which it compares what both sides' books say, beyond the other side's word.
    """

    area: str
    route: str
    zh: str
    order: int
    view: Callable[..., HttpResponseBase]
    record: str = ""
    compares: str = ""

    @property
    def name(self) -> str:
        """The name `reverse` knows the page by."""
        return f"{self.area}-{self.view.__name__}"

    @property
    def in_menu(self) -> bool:
        """Whether the page stands among the tabs; one with parameters cannot."""
        return "<" not in self.route


PAGES: dict[str, AreaPage] = {}


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at which pairing on which day: what parts of pages are made for."""

    actor: Actor
    asked: Asked
    day: date
    _known: dict[object, Any] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """The pairing or fund looked at."""
        return self.asked.scope

    def once(self, name: object, ask: Callable[[], Answer]) -> Answer:
        """What several parts of a page need, asked once for all of them."""
        if name not in self._known:
            self._known[name] = ask()
        found: Answer = self._known[name]
        return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the reader: a sentence already in their language, where it is done, how many there are."""

    text: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class HomeSection:
    """A part of the home page: its title (in Chinese), its template, and what makes the template's `part`."""

    zh: str
    template: str
    order: int
    part: Callable[[Look], dict[str, Any] | None]


HOME_SECTIONS: list[HomeSection] = []
_WAITING: list[Callable[[Look], Iterable[Waiting]]] = []
Part = TypeVar("Part", bound=Callable[[Look], dict[str, Any] | None])
Asks = TypeVar("Asks", bound=Callable[[Look], Iterable[Waiting]])


def home_section(zh: str, template: str, *, order: int = 100) -> Callable[[Part], Part]:
    """Declare a part of the home page; its function answers the template's `part`, or nothing to leave it out."""

    def declare(part: Part) -> Part:
        HOME_SECTIONS.append(HomeSection(zh, template, order, part))
        HOME_SECTIONS.sort(key=lambda one: (one.order, one.zh))
        return part

    return declare


def waiting(ask: Asks) -> Asks:
    """Declare a function that tells what waits for a reader."""
    _WAITING.append(ask)
    return ask


def all_waiting(look: Look) -> list[Waiting]:
    """Everything that waits for a reader, in the order in which it was declared."""
    return [one for ask in _WAITING for one in ask(look)]


def page(route: str, zh: str, *, order: int = 100, record: str = "", compares: str = "") -> Callable[[View], View]:
    """Declare a page of the area whose `pages.py` this stands in.

    One that shows the records of a type one by one names the type in `record`; its route takes their `key`, and the
    generic page of such a record leads there. One that compares both books of a type names it in `compares`; the page
    of what the two sides say leads there.
    """

    def declare(view: View) -> View:
        declared = AreaPage(_area_of(view), route, zh, order, view, record, compares)
        if declared.name in PAGES:
            raise ValueError(f"page {declared.name} is declared twice")
        PAGES[declared.name] = declared
        return view

    return declare


def pages_of(area: str) -> Iterator[AreaPage]:
    """The pages among the tabs of an area, in their order."""
    found = [one for one in PAGES.values() if one.area == area and one.in_menu]
    return iter(sorted(found, key=lambda one: (one.order, one.route)))


def area_page_url(view: Callable[..., HttpResponseBase], **parameters: object) -> str:
    """The address of a declared page."""
    return reverse(f"{_area_of(view)}-{view.__name__}", kwargs=parameters)


def _area_of(view: Callable[..., HttpResponseBase]) -> str:
    """The area in whose `pages` a view stands, be that a module or a package."""
    return view.__module__.partition(".pages")[0].rpartition(".")[2]


def own_page(type_name: str, key: str) -> tuple[str, str] | None:
    """What an area calls its own page of a record (in Chinese), and its address; nothing where it has none."""
    found = next((one for one in PAGES.values() if one.record == type_name), None)
    return (found.zh, reverse(found.name, kwargs={"key": key})) if found else None


def addresses() -> list[URLPattern]:
    """The addresses of every declared page, for the site's own list."""
    return [path(f"areas/{one.area}/{one.route}", one.view, name=one.name) for one in PAGES.values()]
