"""Evidence files as cards: pictures are shown, other files told by kind and size."""

from collections.abc import Sequence
from typing import Any

from shanhai.journal.models import Act, Evidence
from shanhai.web.proof import evidence_of

#: A picture above this is not sent to be looked at among others; its card leads to it.
LARGEST_SHOWN = 4 << 20


def cards_of(files: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The `cards` of components/gallery.html, without what each is about."""
    acts = {act.pk: act for act in Act.objects.filter(pk__in={file.act_id for file in files})} if files else {}
    return [
        line | {"picture": file.media_type.startswith("image/") and file.size <= LARGEST_SHOWN}
        for file, line in zip(files, evidence_of(files, acts), strict=True)
    ]
