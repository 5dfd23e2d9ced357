"""A clerk's desk for agreements and exchange."""

from typing import Any

import polars
import pytest

from shanhai.access.entering import Context
from shanhai.areas.agreements import actions as agreements
from shanhai.journal import actions
from shanhai.journal.acts import ActKind

ACT = ActKind("agreements.tests.recorded", "登记", ("clerk",))
PAIRING, OTHER = "331081-511381", "330282-513324"


@pytest.fixture
def enter(acting, office, today):
    """Write rows by an action, as a clerk of a side of a pairing: `enter("meet", {...}, {...})`."""

    def written(name: str, *rows: dict[str, Any], side: str = "west", pairing: str = PAIRING, **context: Any) -> int:
        actor = acting(context.pop("role", "clerk"), side=side, scope=pairing)
        frame = polars.DataFrame([{"_row": number} | row for number, row in enumerate(rows, start=2)])
        scope = office.scopes[pairing]
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            where = Context(
                actor=actor, scope_id=scope, scope_code=pairing, side=side, act=opened, today=today, **context
            )
            return getattr(agreements, name)(rows=frame, context=where)

    return written
