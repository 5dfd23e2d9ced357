"""The other side's word on a record, and whether this reader may give it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.access.actions import GIVE_WORD
from shanhai.access.sessions import Actor, may
from shanhai.access.words import other_side
from shanhai.base.language import noted, say
from shanhai.journal.models import Act, PartnerWord, Record
from shanhai.journal.terms import Side, Word
from shanhai.reference.models import Scope
from shanhai.web import wording

_TOLD = {
    "asserted": noted("对方还没有表态；目前只是填报方一方的说法。"),
    "confirmed": noted("对方确认这条记录与本方的账一致。"),
    "disputed": noted("对方对这条记录有异议，需要双方核对。"),
    "changed": noted("对方表态之后这条记录又更正过，需要对方重新表态。"),
}
#: How a record that crosses stands between the two sides.
LABELS = {
    "asserted": noted("待对方确认"),
    "confirmed": noted("对方已确认"),
    "disputed": noted("对方有异议"),
    "changed": noted("更正后待确认"),
}


def may_speak(actor: Actor, record: Record) -> bool:
    """Whether the reader may confirm or dispute the record."""
    return may(actor, GIVE_WORD, scope_id=record.scope_id, side=other_side(record))


def word_of(
    actor: Actor, record: Record, acts: Mapping[uuid.UUID, Act], *, error: str = "", note: str = ""
) -> dict[str, Any] | None:
    """What both sides say of a record that crosses the border; nothing for any other."""
    across = other_side(record)
    if not across:
        return None
    said = (
        PartnerWord.objects.filter(scope_id=record.scope_id, record_type=record.type_name(), record_key=record.key)
        .order_by("-entry")
        .first()
    )
    code = "asserted" if said is None else "changed" if record.entry > said.entry else said.word
    mine = may_speak(actor, record)
    return {
        "state": {"code": "asserted" if code == "changed" else code, "label": say(LABELS[code])},
        "told": say(_TOLD[code]),
        "all_url": wording.with_query(reverse("words"), scope=record.scope.code, type=record.type_name()),
        "sides": [_own(record, acts), _other(record, across, said, acts)],
        "answer": _answer(record, error, note, confirmed=code == "confirmed") if mine else None,
        "not_mine": ""
        if mine
        else say("表态由{label}的协作办经办人或财务人员来做。", label=say(str(Side(across).label))),
    }


def place_of(scope: Scope, side: str) -> str:
    """The place of a side of a pairing, as the pairing's name has it."""
    east, _, west = scope.name.partition("—")
    return east if side == Side.EAST else west or east


def _own(record: Record, acts: Mapping[uuid.UUID, Act]) -> dict[str, str]:
    act = acts.get(record.act_id)
    column = wording.money_column(type(record))
    money = wording.cell(type(record), column, getattr(record, column)) if column else ""
    return {
        "label": say(str(Side(record.owner_side).label)),
        "place": place_of(record.scope, record.owner_side),
        "text": say("已登记：{amount}", amount=money) if money else say("已登记。"),
        "when": wording.moment(act.acted_at) if act else "",
        "who": (act.acted_by_name or act.acted_by) if act else "",
    }


def _other(record: Record, side: str, said: PartnerWord | None, acts: Mapping[uuid.UUID, Act]) -> dict[str, str]:
    told = {"label": say(str(Side(side).label)), "place": place_of(record.scope, side), "text": say("尚未表态。")}
    if said is None:
        return told
    act = acts.get(said.act_id)
    text = say("确认：与本方记录一致。") if said.word == Word.CONFIRMED else say("有异议：{note}", note=said.note)
    return told | {
        "text": text,
        "when": wording.moment(act.acted_at)
        if act and localdate(act.acted_at) == said.said_on
        else said.said_on.isoformat(),
        "who": (act.acted_by_name or act.acted_by) if act else "",
    }


def _answer(record: Record, error: str, note: str, *, confirmed: bool) -> dict[str, Any]:
    def url(word: str) -> str:
        return reverse("word", args=[word, record.type_name(), record.key])

    field = {
        "name": "note",
        "label": say("异议的理由"),
        "type": "textarea",
        "rows": "3",
        "required": True,
        "value": note,
        "hint": say("哪一项不一致，本方的账上是多少，依据哪份凭证。"),
        "errors": [error] if error else [],
    }
    return {
        "confirm_url": "" if confirmed else url("confirm"), "dispute_url": url("dispute"), "field": field,
        "entry": str(record.entry),
    }  # fmt: skip
