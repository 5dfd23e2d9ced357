"""Writing programmes through the tables an office uses: by COPY, every line journalled, one act for each pairing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from django.apps import apps

from shanhai.cli.generating.batches import Batch
from shanhai.cli.generating.programme import Programme
from shanhai.cli.generating.truth import Truth
from shanhai.cli.generating.world import FIRST_YEAR, Pair, Size, pairs_of
from shanhai.journal import actions
from shanhai.journal.acts import Author, kind
from shanhai.journal.models import Record
from shanhai.reference.actions import found_scopes
from shanhai.reference.models import Pairing, PersonKey
from shanhai.reference.queries import scope_of

GENERATE = kind("generating.programme.written", "生成合成数据", duties=("operator",))
#: Rows written by one statement: more would only need more memory.
AT_ONCE = 500_000


@dataclass(slots=True)
class Written:
    """What was written: how many records of each type, and what is true of each pairing, by the code of its scope."""

    records: Counter[str] = field(default_factory=Counter)
    truths: dict[str, Truth] = field(default_factory=dict)


def write(size: Size, *, author: Author) -> Written:
    """Write whole programmes; each pairing is one act, in the transaction that is open."""
    written = Written()
    for pair in pairs_of(size):
        programme = Programme(pair)
        scope = _found(pair)
        with actions.act(GENERATE, author=author, scope_id=scope, reason="合成数据") as opened:
            _pairing(pair, scope, opened, written)
            for batch in programme.batches():
                _write(batch, scope, opened, written)
        written.truths[pair.code] = programme.truth
    return written


def _found(pair: Pair) -> int:
    told = {
        "east_code": pair.east,
        "west_code": pair.west,
        "scheme": "east_west",
        "level": "county",
        "is_example": True,
    }
    return found_scopes([scope_of(pair.code, told, is_notice=False)])[pair.code]


def _pairing(pair: Pair, scope: int, opened: actions.OpenAct, written: Written) -> None:
    row = pl.DataFrame({
        "key": [f"{pair.code}/JD-{FIRST_YEAR}"], "level": ["county"], "round_no": [1], "east_code": [pair.east], "west_code": [pair.west],
        "first_on": [date(FIRST_YEAR, 1, 1)], "first_on_precision": ["day"], "is_example": [True],
    })  # fmt: skip
    actions.record(Pairing, row, under=opened, setting=actions.Setting(scope, "east"))
    written.records["reference.pairing"] += 1


def _write(batch: Batch, scope: int, opened: actions.OpenAct, written: Written) -> None:
    if batch.record_type == "reference.personkey":
        keys = batch.frame.iter_rows()
        PersonKey.objects.bulk_create(
            (
                PersonKey(scope_id=scope, owner_side=batch.side, person_key=key, wrapped=wrapped)
                for key, wrapped in keys
            ),
            batch_size=10_000,
        )
        return
    model: type[Record] = apps.get_model(batch.record_type)
    setting = actions.Setting(scope, batch.side, stage=batch.stage)
    put = actions.correct if batch.corrects else actions.record
    for part in _parts(batch.frame):
        put(model, part, under=opened, setting=setting)
    if not batch.corrects:
        written.records[batch.record_type] += batch.frame.height


def _parts(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for first in range(0, frame.height, AT_ONCE):
        yield frame.slice(first, AT_ONCE)
