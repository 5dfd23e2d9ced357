"""How slices are named in a text: by fixed words (fields of cooperation), or by the names records carry (projects)."""

from collections.abc import Mapping
from dataclasses import dataclass

from shanhai.figures.tables import Table


@dataclass(frozen=True, slots=True)
class Named:
    """A slice whose values are records: the table they stand in, and the columns that hold their names."""

    table: Table
    columns: tuple[str, ...]


#: Among the words of a figure: the names of the two provinces of whatever pairing is asked.
PROVINCES = "{provinces}"

SLICE_WORDS: dict[str, Mapping[str, tuple[str, ...]]] = {}
SLICE_NAMES: dict[str, Named] = {}
#: By slice: the figures that tell how far the money of one of its values has come, in the order money takes.
WAYS: dict[str, tuple[str, ...]] = {}


def slice_words(label: str, words: Mapping[str, tuple[str, ...]]) -> None:
    """Declare the words by which a text names each value of a slice."""
    SLICE_WORDS[label] = words


def named(label: str, table: Table, columns: tuple[str, ...]) -> None:
    """Declare that the values of a slice are the keys of records, named by these columns."""
    for column in columns:
        table.column(column)
    SLICE_NAMES[label] = Named(table, columns)


def way(label: str, *figures: str) -> None:
    """Declare the figures that tell how far the money of a slice's value has come, in the order money takes."""
    WAYS[label] = figures
