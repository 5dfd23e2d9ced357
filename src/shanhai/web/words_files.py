"""What both sides say of records that cross the border, to take away as it is narrowed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.journal.terms import Side
from shanhai.web import wording
from shanhai.web.downloads import rows_as
from shanhai.web.journal_pages import number_of
from shanhai.web.sessions import SignedIn
from shanhai.web.waits import Waits
from shanhai.web.words_asked import TITLE, WordsAsked
from shanhai.web.words_found import Crossing, chunks_of, crossing_types
from shanhai.web.words_told import Teller, badge, gist, said, since


@require_safe
def download(request: SignedIn, form: str) -> HttpResponseBase:
    """Every record of the list as it is narrowed, in its order."""
    asked = WordsAsked.of(request).narrowed(until=number_of(request.GET.get("until", "")) or 0)
    teller = Teller(asked, request.actor, Waits(localdate()))
    heads = [
        say("记录类型"), say("编号"), say("内容"), say("填报方"), say("表态方"), say("状态"), say("对方说明"), say("自何日起"), say("经办"),
        say("已过天数"), say("已过工作日"), say("等哪方办"), say("由谁办"), say("下一步"),
    ]  # fmt: skip
    rows = (row for chunk in chunks_of(asked.scope.pk, asked.narrowing) for row in _file_rows(teller, chunk))
    return rows_as(form, say(TITLE), heads, rows)


def _file_rows(teller: Teller, rows: list[Crossing]) -> Iterator[list[Any]]:
    records = teller.records(rows)
    for one in rows:
        record, step, day = teller.record_of(one, records), teller.step(one), since(one)
        yield [
            wording.type_word(crossing_types()[one.record_type]),
            wording.local(one.key),
            gist(record) if record else "",
            *(say(str(Side(side).label)) for side in (one.owner_side, one.answering_side)),
            badge(one)["label"],
            said(one),
            day,
            one.by,
            teller.waits.days(day) if day else None,
            teller.waits.workdays(day) if day else None,
            say(str(Side(one.turn).label)) if one.turn else "",
            step.duties,
            step.sentence,
        ]
