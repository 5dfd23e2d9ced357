"""Every write of the made-up area."""

import polars

from shanhai.access.entering import Context, enter
from shanhai.access.terms import CLERK, OPERATOR
from shanhai.areas.beekeeping.models import Apiary
from shanhai.journal.acts import kind

OPEN = kind("beekeeping.apiary.opened", "登记蜂场", duties=(CLERK, OPERATOR))


def open_apiaries(*, rows: polars.DataFrame, context: Context) -> int:
    """Record apiaries."""
    return enter(Apiary, rows, kind=OPEN, context=context)
