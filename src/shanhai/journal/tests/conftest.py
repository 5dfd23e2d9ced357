"""A kind of act and a way to write: the other side's word is the one record the journal has itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars
import pytest
from django.db import transaction

from shanhai.journal import actions
from shanhai.journal.acts import ActKind, Author
from shanhai.journal.models import PartnerWord

SAY = ActKind("journal.tests.said", "表态", ("finance",))


def words(*keys: str, **columns: Any) -> polars.DataFrame:
    given = {
        "record_type": "funds.release",
        "record_key": "甲",
        "word": "confirmed",
        "note": "",
        "said_on": date(2024, 6, 1),
    } | columns
    return polars.DataFrame({"key": list(keys), "_row": list(range(1, len(keys) + 1))}).with_columns(
        **{name: polars.lit(value) for name, value in given.items()}
    )


def say(scope: int, *keys: str, correcting: bool = False, reason: str = "", **columns: Any) -> int:
    """Write words under one act, in the west's book of the scope."""
    write = actions.correct if correcting else actions.record
    frame = words(*keys, **columns)
    if correcting:
        frame = frame.select("key", "_row", *columns)
    with actions.act(SAY, author=Author("finance", "示例财务"), scope_id=scope, reason=reason) as opened:
        return write(PartnerWord, frame, under=opened, setting=actions.Setting(scope, "west"))


@pytest.fixture
def saying(acting, shared_office) -> Callable[..., int]:
    """Write inside the test's transaction as the west's finance officer."""
    actor = acting("finance", side="west")
    scope = actor.books[0].scope_id
    return lambda *keys, **rest: say(scope, *keys, **rest)


@pytest.fixture
def kept(committed) -> Callable[..., int]:
    """Write and commit, each call a transaction of its own."""

    def write(*keys: str, **rest: Any) -> int:
        with transaction.atomic():
            actor = committed.sign_in("finance", side="west")
            return say(actor.books[0].scope_id, *keys, **rest)

    return write
