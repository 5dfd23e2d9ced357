"""The API of the journal, of search, and of checking an article."""

import uuid
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from shanhai.base.language import say
from shanhai.check.checking import check
from shanhai.check.reading import ReadClaim
from shanhai.check.verdicts import VERDICTS_ZH, Judged, Verdict
from shanhai.journal.models import Act, Span
from shanhai.search import queries
from shanhai.search.queries import Asked
from shanhai.web import search_places, search_records, wording
from shanhai.web.api_shapes import (
    ActShape,
    After,
    Article,
    CheckShape,
    Entry,
    From,
    JournalShape,
    Problem,
    ScopeCode,
    SearchShape,
    Text,
    Words,
)
from shanhai.web.choosing import needed_scope, scope_of, scopes_of
from shanhai.web.journal_acts import entries_of, told_entries
from shanhai.web.journal_filters import Narrowed
from shanhai.web.journal_lines import Line, act_word, page_of
from shanhai.web.search_pages import MOST_TERMS
from shanhai.web.search_records import Found

router = Router()
_REFUSED = {400: Problem, 404: Problem, 422: Problem}
_SIZE = 50


@router.get("/journal", response={200: JournalShape, **_REFUSED}, tags=["journal"], summary="日志 / the journal")
def list_journal(
    request: HttpRequest,
    *,
    scope: ScopeCode = "",
    key: Text = "",
    who: Text = "",
    code: Text = "",
    type: Text = "",  # noqa: A002 - the word of the address
    reason: Text = "",
    after: Entry | None = None,
    size: Annotated[int, Query(ge=1, le=500)] = _SIZE,
) -> dict[str, Any]:
    """What was written, newest first; `from` and `to` narrow by days as on the page."""
    narrowed = Narrowed.of(request, needed_scope(request))
    found = page_of(narrowed, (after, None), size)
    return {
        "scope": narrowed.scope.code,
        "lines": [_line(line) for line in found.rows],
        "next": found.rows[-1].last if found.after and found.rows else None,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "first": line.first,
        "last": line.last,
        "count": line.count,
        "act_id": str(line.act_id),
        "act": {"code": line.code, "label": line.act_word},
        "acted_by": line.acted_by,
        "who": line.who,
        "acted_at": line.acted_at,
        "reason": line.reason,
        "record_type": line.record_type,
        "first_key": line.key,
    }


@router.get("/journal/{act_id}", response={200: ActShape, **_REFUSED}, tags=["journal"], summary="一项操作 / one act")
def one_act(request: HttpRequest, act_id: uuid.UUID, *, first: From = 0) -> dict[str, Any]:
    """An act with a page of its entries, each with what changed and its place in the chain."""
    spans = list(Span.objects.filter(act_id=act_id).order_by("first_seq"))
    if not spans:
        raise Http404
    act = Act.objects.filter(pk=act_id).first()
    entries, more = entries_of(spans, first, _SIZE)
    return {
        "act_id": str(act_id),
        "act": {"code": spans[0].code, "label": act_word(spans[0].code)},
        "acted_by": spans[0].acted_by,
        "who": (act.acted_by_name if act else "") or spans[0].acted_by,
        "acted_at": spans[0].acted_at,
        "reason": act.reason if act else "",
        "entries": [
            {
                "entry": told["seq"], "record_type": entry.record_type, "key": entry.record_key, "new": told["first"],
                "changes": told["changes"], "digest": told["digest"], "link": told["link"], "head": told["head"],
            }
            for entry, told in zip(entries, told_entries(entries), strict=True)
        ],
        "next": more,
    }  # fmt: skip


@router.get("/search", response={200: SearchShape, **_REFUSED}, tags=["search"], summary="搜索 / search")
def search(
    request: HttpRequest,
    q: Words,
    *,
    kind: Text = "",
    after: After = "",
    size: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Records of every type that hold all words, and figures, pages, worksheets and acts; people by their whole number."""
    given = " ".join(q.split()[:MOST_TERMS])
    if identity := search_records.identity_in(given):
        people = search_records.people_of(identity)
        groups = [Found("reference.person", people, exact=True, more=False)] if people else []
        return {"records": [_group(one, request) for one in groups], "places": [], "unread": 0}
    asked = Asked.of(given)
    if kind in queries.kinds():
        answer = search_records.page_of(asked, kind, after=after, most=size)
        return {"records": [_group(one, request) for one in answer.groups], "places": [], "unread": answer.left}
    answer = search_records.overview(asked, given, scopes_of(request), most=size)
    places = search_places.found(asked.terms, scope_of(request)) if asked.answerable else {}
    return {
        "records": [_group(one, request) for one in answer.groups],
        "places": [
            {"group": one.group, "title": one.title, "note": one.note, "url": one.url}
            for found in places.values()
            for one in found
        ],
        "unread": answer.left,
    }


def _group(one: Found, request: HttpRequest) -> dict[str, Any]:
    codes = {scope.pk: scope.code for scope in scopes_of(request)}
    return {
        "type": one.record_type,
        "label": wording.type_word(wording.record_types()[one.record_type]),
        "records": [
            {
                "type": one.record_type, "key": record.key, "scope": codes.get(record.scope_id, ""),
                "title": wording.title(record), "url": wording.record_url(one.record_type, record.key),
            }
            for record in one.records
        ],
        "next": one.records[-1].key if one.more and one.records else None,
    }  # fmt: skip


@router.post("/check", response={200: CheckShape, **_REFUSED}, tags=["check"], summary="核对文章 / check an article")
def check_article(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Every number of a text with its verdict, held against the records the reader may see."""
    if article.pairing and article.pairing not in {scope.code for scope in scopes_of(request)}:
        raise Http404
    checked = check(article.text, pairing=article.pairing or None, published=article.published)
    pairs = zip(checked.reading.claims, checked.judged, strict=True)
    return {
        "claims": [_claim(claim, judged, reconstructed=checked.reconstructed) for claim, judged in pairs],
        "findings": [
            {
                "code": one.code,
                "message": one.message,
                "found": str(one.found or ""),
                "expected": str(one.expected or ""),
            }
            for one in checked.findings
        ],
        "pairing": checked.asked.scope.code if checked.asked else None,
        "held_on": checked.held_on,
    }


def _claim(claim: ReadClaim, judged: Judged, *, reconstructed: bool) -> dict[str, Any]:
    """A claim as the command tells it, but every number as text and the verdict beside its word."""
    return {
        "surface": claim.surface, "start": claim.start, "end": claim.end, "value": _text(claim.value),
        "value_max": _text(claim.value_max), "unit": claim.unit, "qualifier": claim.qualifier, "kind": claim.kind,
        "stage": claim.stage, "figure": judged.figure or None, "computed": _text(judged.computed),
        "verdict": {"code": judged.verdict.value, "label": say(VERDICTS_ZH[judged.verdict])}, "reason": judged.reason,
        "records": list(judged.records), "reconstructed": reconstructed and bool(judged.records),
        "unreadable": judged.verdict is Verdict.UNCERTAIN,
    }  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else f"{value:f}" if hasattr(value, "as_tuple") else str(value)
