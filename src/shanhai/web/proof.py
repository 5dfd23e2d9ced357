"""The evidence of a record on its page: the files there are, and the form for one more."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from shanhai.access.actions import KEEP_EVIDENCE
from shanhai.access.evidence import KINDS
from shanhai.access.sessions import Actor, may
from shanhai.base.language import say
from shanhai.journal.models import Act, Evidence, Record
from shanhai.web import wording


def may_keep(actor: Actor, record: Record) -> bool:
    """Whether the reader may add evidence to the record."""
    return may(actor, KEEP_EVIDENCE, scope_id=record.scope_id, side=record.owner_side)


def files_of(record: Record) -> list[Evidence]:
    """The evidence of a record, in the order it was given."""
    files = Evidence.objects.filter(record_type=record.type_name(), record_key=record.key, scope_id=record.scope_id)
    return list(files.order_by("id"))


def evidence_of(files: Sequence[Evidence], acts: Mapping[uuid.UUID, Act]) -> list[dict[str, Any]]:
    """The `evidence` of the page."""
    return [_line(one, acts.get(one.act_id)) for one in files]


def _line(one: Evidence, act: Act | None) -> dict[str, Any]:
    size = f"{max(1, one.size >> 10)} KB" if one.size < 1 << 20 else f"{one.size / (1 << 20):,.1f} MB"
    return {
        "name": one.name,
        "url": reverse("evidence", args=[one.pk]),
        "kind": say(KINDS.get(one.media_type, one.media_type)),
        "size": size,
        "fingerprint": one.digest[:16],
        "given_by": say("{who}，{when}", who=act.acted_by_name or act.acted_by, when=wording.moment(act.acted_at))
        if act
        else "",
    }


def evidence_form(record: Record, error: str) -> dict[str, Any]:
    """The form by which a file is added."""
    file = {
        "name": "file",
        "label": say("凭证文件"),
        "hint": say("PDF、PNG 或 JPEG 图片、Excel（.xlsx）、Word（.docx），不超过 20 MB。"),
        "accept": ".pdf,.png,.jpg,.jpeg,.xlsx,.docx",
        "errors": [error] if error else [],
    }
    return {"action": reverse("evidence-keep", args=[record.type_name(), record.key]), "file": file}
