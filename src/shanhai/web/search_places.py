"""What else a reader may look for beside records: figures, worksheets, lists, pages and kinds of acts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from shanhai.base.language import noted, say
from shanhai.figures import declare
from shanhai.intake.declare import SHEETS
from shanhai.journal.acts import KINDS
from shanhai.reference.models import Scope
from shanhai.search.tokens import normal
from shanhai.web import amounts, wording
from shanhai.web.declare import PAGES
from shanhai.web.guides import GUIDES
from shanhai.web.search_marks import marked
from shanhai.web.words import LABELS
from shanhai.web.words_asked import TITLE

#: The groups, in their order, and what each is called.
GROUPS = {
    "figures": noted("指标"),
    "pages": noted("页面和列表"),
    "help": noted("怎样做"),
    "sheets": noted("工作簿的表"),
    "acts": noted("日志里的操作"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Something with a page: its group, its title, where it lies, a word about it, and all it is found by."""

    group: str
    title: str
    url: str
    note: str
    words: str


def found(terms: Sequence[str], scope: Scope | None) -> dict[str, list[Place]]:
    """The places that hold every term, by group; those whose title holds them first."""
    matches = [place for place in _places(scope) if all(term in normal(place.words) for term in terms)]
    matches.sort(key=lambda place: not all(term in normal(place.title) for term in terms))
    return {group: kept for group in GROUPS if (kept := [place for place in matches if place.group == group])}


def told(place: Place, terms: Sequence[str]) -> dict[str, Any]:
    """A place for the page."""
    return {"url": place.url, "title": marked(place.title, terms), "note": marked(place.note, terms)}


def _places(scope: Scope | None) -> Iterator[Place]:
    code = scope.code if scope else ""
    yield from _figures(code)
    yield from _pages(code)
    yield from _helps()
    for kind in KINDS.values():
        url = wording.with_query(reverse("journal"), scope=code, code=kind.code)
        yield Place("acts", say(kind.zh), url, kind.code, _joined((kind.zh, say(kind.zh), kind.code)))


def _helps() -> Iterator[Place]:
    for name, sheet in SHEETS.items():
        if not sheet.auxiliary:
            words = (sheet.zh, say(sheet.zh), name, *sheet.aliases, *(column.zh for column in sheet.columns))
            yield Place("sheets", say(sheet.zh), reverse("sheet-help", args=[name]), name, _joined(words))
    for guide in GUIDES:
        for what, how in guide.tasks:
            url, told = reverse("guide", args=[guide.slug]), say(how)
            yield Place("help", say(what), url, told, _joined((what, how, say(what), told, guide.person)))


def _figures(code: str) -> Iterator[Place]:
    for figure in declare.registry():
        words = (figure.zh, figure.en, figure.name, figure.rule, *figure.words.measure, *figure.words.object)
        rule = say(figure.rule)
        yield Place(
            "figures", amounts.figure_word(figure), amounts.figure_url(figure.name, code), rule, _joined((*words, rule))
        )


def _pages(code: str) -> Iterator[Place]:
    for label, word in wording.area_words().items():
        yield Place(
            "pages",
            word,
            wording.with_query(reverse("area", args=[label]), scope=code),
            say("领域"),
            _joined((word, label)),
        )
    word = say(TITLE)
    yield Place(
        "pages", word, wording.with_query(reverse("words"), scope=code), "", _joined((word, TITLE, *LABELS.values()))
    )
    for one in PAGES.values():
        if one.in_menu:
            word = say(one.zh)
            yield Place("pages", word, wording.with_query(reverse(one.name), scope=code), "", _joined((word, one.zh)))
    for name, model in wording.record_types().items():
        word = wording.type_word(model)
        url = wording.with_query(reverse("list", args=[name]), scope=code)
        yield Place("pages", word, url, say("列表"), _joined((word, str(model._meta.verbose_name), name)))


def _joined(words: Iterable[str]) -> str:
    return " ".join(words)
