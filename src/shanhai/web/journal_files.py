"""The journal to take away as it is narrowed: a line per entry, with what it changed."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Sum
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.intake.writing import write_rows
from shanhai.journal.models import Act, Entry
from shanhai.web import wording
from shanhai.web.choosing import needed_scope
from shanhai.web.downloads import WORKBOOK, attached
from shanhai.web.history import changes_of
from shanhai.web.journal_acts import digests_of
from shanhai.web.journal_filters import Narrowed
from shanhai.web.journal_lines import act_word, acts_of, type_word
from shanhai.web.sessions import SignedIn

#: More lines than anybody reads; who needs all of them takes a backup.
MOST = 100_000
_CHUNK = 1_000


@require_safe
def download(request: SignedIn, form: str) -> HttpResponseBase:
    """Every entry of the journal as it is narrowed, newest first."""
    if form not in ("xlsx", "csv"):
        raise Http404
    narrowed = Narrowed.of(request, needed_scope(request))
    heads = [
        say("日志条目"), say("时间"), say("经办"), say("账号"), say("操作"), say("记录类型"), say("记录编号"), say("事由"), say("改动"),
        say("操作编号"), say("摘要"),
    ]  # fmt: skip
    word = say("日志")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"journal.{form}"
        write_rows(path, word, heads, _rows(_chunks(narrowed)))
        file = path.open("rb")
    response = FileResponse(file, content_type="text/csv; charset=utf-8" if form == "csv" else WORKBOOK)
    response.headers["Content-Disposition"] = attached(f"{word}.{form}")
    return response


def _chunks(narrowed: Narrowed) -> Iterator[list[Entry]]:
    """The entries newest first, some at a time."""
    if "key" in narrowed.asked:
        _refuse_many(narrowed.entries().count())
        yield list(narrowed.entries().order_by("-seq"))
        return
    spans = narrowed.spans().order_by("-last_seq")
    _refuse_many(spans.aggregate(n=Sum("entry_count"))["n"] or 0)
    for span in spans.iterator(_CHUNK):
        high = span.last_seq
        while high >= span.first_seq:
            low = max(span.first_seq, high - _CHUNK + 1)
            rows = Entry.objects.filter(seq__range=(low, high), act_id=span.act_id, record_type=span.record_type)
            yield list(rows.filter(scope_id=span.scope_id).order_by("-seq"))
            high = low - 1


def _refuse_many(count: int) -> None:
    if count > MOST:
        raise Refused(
            say("这样筛选有 {n} 条日志，一次最多下载 {most} 条。请按日期、类型或操作收窄后再下载。", n=count, most=MOST)
        )


def _rows(chunks: Iterator[list[Entry]]) -> Iterator[list[Any]]:
    known: dict[Any, Act] = {}
    for entries in chunks:
        missing = {entry.act_id for entry in entries} - known.keys()
        if missing:
            known = acts_of(missing)
        digests = digests_of([entry.seq for entry in entries])
        for entry in entries:
            yield [*_row(entry, known.get(entry.act_id)), digests.get(entry.seq, "")]


def _row(entry: Entry, act: Act | None) -> list[Any]:
    model = wording.record_types().get(entry.record_type)
    changes = changes_of(model, entry) if model else []
    told = say("；").join(f"{one['field']}：{one['before'] or '–'} → {one['after'] or '–'}" for one in changes)
    return [
        entry.seq,
        wording.moment(act.acted_at) if act else "",
        (act.acted_by_name or act.acted_by) if act else "",
        act.acted_by if act else "",
        act_word(act.code if act else ""),
        type_word(entry.record_type),
        wording.local(entry.record_key),
        act.reason if act else "",
        told,
        str(entry.act_id),
    ]
