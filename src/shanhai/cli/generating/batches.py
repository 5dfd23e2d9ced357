"""Rows to be written, and the keys they are written under."""

from dataclasses import dataclass

import polars as pl

from shanhai.cli.generating.world import Numbers


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one record type to be written, with the stage they claim; `corrects` puts known ones right."""

    record_type: str
    frame: pl.DataFrame
    stage: str = "achieved"
    side: str = "west"
    corrects: bool = False


def keys(prefix: str, numbers: Numbers, scope: str) -> pl.Series:
    """Keys as records carry them."""
    return pl.select(pl.lit(f"{scope}/{prefix}-") + pl.Series(numbers).cast(pl.String).str.zfill(7)).to_series()
