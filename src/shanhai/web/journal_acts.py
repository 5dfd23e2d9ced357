"""One act opened to its entries: each with before and after by field, and its place in the chain."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.journal.models import Act, Entry, Link, Span
from shanhai.web import wording
from shanhai.web.history import changes_of
from shanhai.web.journal_lines import act_word, type_word
from shanhai.web.journal_pages import number_of
from shanhai.web.sessions import SignedIn

SIZE = 50


@require_safe
def page(request: SignedIn, number: uuid.UUID) -> HttpResponse:
    """The page of an act; one of which the reader sees no entry is not there."""
    spans = list(Span.objects.filter(act_id=number).order_by("first_seq"))
    if not spans:
        raise Http404
    act = Act.objects.filter(pk=number).first()
    chosen = request.GET.get("type", "")
    wanted = [span for span in spans if span.record_type == chosen] or spans
    entries, more = entries_of(wanted, number_of(request.GET.get("from", "")) or 0, SIZE)
    context = {
        "title": act_word(spans[0].code),
        "facts": _facts(spans, act),
        "counts": _counts(number, spans, chosen),
        "entries": told_entries(entries),
        "pages": {
            "next_url": _url(number, chosen, more) if more else "",
            "first_url": _first(number, chosen, wanted, entries),
        }
        if more or (entries and entries[0].seq > wanted[0].first_seq)
        else None,
        "crumbs": [{"label": say("首页"), "url": "/"}, {"label": say("日志"), "url": reverse("journal")}],
    }
    return render(request, "web/journal_act.html", context)


def entries_of(spans: Sequence[Span], start: int, size: int) -> tuple[list[Entry], int | None]:
    """The entries of these statements from a number on, and the number the next page begins with."""
    condition = Q(pk__in=[])
    missing = size + 1
    for span in (span for span in spans if span.last_seq >= start):
        first = max(span.first_seq, start)
        condition |= Q(seq__range=(first, span.last_seq), record_type=span.record_type, act_id=span.act_id)
        if span.entry_count == span.last_seq - span.first_seq + 1:  # else other types stand between
            missing -= span.last_seq - first + 1
        if missing <= 0:
            break
    found = list(Entry.objects.filter(condition).order_by("seq")[: size + 1])
    return found[:size], found[size].seq if len(found) > size else None


def told_entries(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries for the page: the record, what changed in it, the link they were chained with."""
    numbers = [entry.seq for entry in entries]
    links, digests = links_of(numbers), digests_of(numbers)
    return [_entry(entry, links, digests.get(entry.seq, "")) for entry in entries]


def links_of(numbers: Sequence[int]) -> dict[int, Link]:
    """The link of the chain each of these entries stands in, found along the chain from the first."""
    if not numbers:
        return {}
    found = Link.objects.filter(last_seq__gte=min(numbers), first_seq__lte=max(numbers)).order_by("last_seq")
    links = list(found.defer("digests")[: len(numbers)])
    return {number: link for link in links for number in numbers if link.first_seq <= number <= link.last_seq}


def digests_of(numbers: Sequence[int]) -> dict[int, str]:
    """The digest of each of these entries, cut out of its link; none where a link's entries are not neighbours."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS, [list(numbers)])
        return dict(cursor.fetchall())


_DIGESTS = """
    SELECT wanted.seq, encode(substring(link.digests FROM ((wanted.seq - link.first_seq) * 32 + 1)::int FOR 32), 'hex')
    FROM unnest(%s::bigint[]) AS wanted(seq) CROSS JOIN LATERAL (
        SELECT digests, first_seq, last_seq, entry_count FROM journal_link
        WHERE last_seq >= wanted.seq ORDER BY last_seq LIMIT 1
    ) AS link
    WHERE link.first_seq <= wanted.seq AND link.entry_count = link.last_seq - link.first_seq + 1
"""


def _entry(entry: Entry, links: Mapping[int, Link], digest: str) -> dict[str, Any]:
    model = wording.record_types().get(entry.record_type)
    link = links.get(entry.seq)
    return {
        "seq": entry.seq,
        "type": type_word(entry.record_type),
        "key": wording.local(entry.record_key),
        "url": wording.record_url(entry.record_type, entry.record_key) if model else "",
        "first": entry.before is None,
        "changes": changes_of(model, entry) if model else [],
        "link": link.n if link else None,
        "head": bytes(link.head).hex() if link else "",
        "digest": digest,
    }


def _facts(spans: Sequence[Span], act: Act | None) -> list[dict[str, str]]:
    first, last = spans[0], spans[-1]
    files = [str(file.get("name", "")) for file in (act.source.get("files") or [])] if act else []
    told = [
        (say("经办"), (act.acted_by_name or act.acted_by) if act else first.acted_by),
        (say("时间"), wording.moment(first.acted_at)),
        (say("事由"), act.reason if act else ""),
        (say("来源文件"), say("、").join(files)),
        (
            say("日志条目"),
            f"{first.first_seq}–{last.last_seq}" if first.first_seq != last.last_seq else str(last.last_seq),
        ),
        (say("操作编号"), str(first.act_id)),
    ]
    return [{"label": name, "value": value} for name, value in told if value]


def _counts(number: uuid.UUID, spans: Sequence[Span], chosen: str) -> list[dict[str, Any]]:
    counted: dict[str, int] = {}
    for span in spans:
        counted[span.record_type] = counted.get(span.record_type, 0) + span.entry_count
    return [
        {
            "label": say("{type} {n} 条", type=type_word(name), n=n),
            "url": _url(number, name, None),
            "current": name == chosen,
        }
        for name, n in counted.items()
    ]


def _url(number: uuid.UUID, chosen: str, start: int | None) -> str:
    base = reverse("journal-act", args=[number])
    return wording.with_query(base, type=chosen, **({"from": start} if start else {}))


def _first(number: uuid.UUID, chosen: str, spans: Sequence[Span], entries: Sequence[Entry]) -> str:
    """The first page, where this is another."""
    return _url(number, chosen, None) if entries and entries[0].seq > spans[0].first_seq else ""
