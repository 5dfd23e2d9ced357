"""Pages of an area beside the generic ones: declared in its `pages.py`, found here, mounted and put into its menu.

    @page("ledger", "资金台账", order=10)
    def ledger(request: SignedIn) -> HttpResponse: ...

The page lies under `/areas/<area>/ledger`, its address is `reverse("area-page", ...)` through `area_page_url`, and it
stands among the area's tabs. A route may take parameters (`"flow/<path:key>"`); such a page is not in the menu.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpResponseBase
from django.urls import URLPattern, path, reverse

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A page of an area: its route below the area, what it is called (in Chinese), its place among the tabs."""

    area: str
    route: str
    zh: str
    order: int
    view: Callable[..., HttpResponseBase]

    @property
    def name(self) -> str:
        """The name `reverse` knows the page by."""
        return f"{self.area}-{self.view.__name__}"

    @property
    def in_menu(self) -> bool:
        """Whether the page stands among the tabs; one with parameters cannot."""
        return "<" not in self.route


PAGES: dict[str, AreaPage] = {}


def page(route: str, zh: str, *, order: int = 100) -> Callable[[View], View]:
    """Declare a page of the area whose `pages.py` this stands in."""

    def declare(view: View) -> View:
        area = view.__module__.rpartition(".")[0].rpartition(".")[2]
        declared = AreaPage(area, route, zh, order, view)
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
    area = view.__module__.rpartition(".")[0].rpartition(".")[2]
    return reverse(f"{area}-{view.__name__}", kwargs=parameters)


def addresses() -> list[URLPattern]:
    """The addresses of every declared page, for the site's own list."""
    return [path(f"areas/{one.area}/{one.route}", one.view, name=one.name) for one in PAGES.values()]
