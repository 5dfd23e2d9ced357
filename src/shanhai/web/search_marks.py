"""The words that were looked for, marked in the text they stand in."""

import re
from collections.abc import Sequence
from typing import Any

from shanhai.search.tokens import HAN

_BETWEEN = f"[^0-9A-Za-z{HAN}]+"


def marked(text: str, terms: Sequence[str]) -> list[dict[str, Any]]:
    """The text in pieces `{text, hit}`; a term matches whatever stands between its words."""
    pattern = "|".join(_BETWEEN.join(map(re.escape, term.split())) for term in sorted(terms, key=len, reverse=True))
    pieces: list[dict[str, Any]] = []
    if not pattern:
        return [{"text": text, "hit": False}]
    done = 0
    for found in re.finditer(pattern, text, re.IGNORECASE):
        pieces += [{"text": text[done : found.start()], "hit": False}, {"text": found[0], "hit": True}]
        done = found.end()
    return [piece for piece in [*pieces, {"text": text[done:], "hit": False}] if piece["text"]]


def has_mark(pieces: Sequence[dict[str, Any]]) -> bool:
    """Whether anything is marked."""
    return any(piece["hit"] for piece in pieces)
