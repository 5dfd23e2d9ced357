"""Text cut into tokens: two neighbouring characters of Chinese, whole words of Latin letters and digits.

The database cuts records by functions of its own (`search_text`, `search_tokens`); a test holds the two together.
"""

import re
import unicodedata
from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_APART = re.compile(f"[^0-9a-z{HAN}]+")
_PIECES = re.compile(f"[0-9a-z]+|[{HAN}]+")
_LETTERS = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})


def normal(text: str) -> str:
    """The text as it is compared: full-width letters as narrow ones, small letters, one space between words."""
    return _APART.sub(" ", unicodedata.normalize("NFKC", text).translate(_LETTERS)).strip()


def tokens_of(text: str) -> list[str]:
    """Every token of a text, each once, sorted."""
    return sorted({token for piece in _PIECES.findall(normal(text)) for token in _cut(piece)})


def _cut(piece: str) -> Iterator[str]:
    if piece[0].isascii() or len(piece) == 1:
        yield piece
    else:
        yield from (piece[place : place + 2] for place in range(len(piece) - 1))


def needed(term: str, *, goes_on: bool = False) -> list[str]:
    """The tokens a record must have to hold the term; a single character of Chinese beside others is left out.

    Where the term may go on, a last word of letters or digits is left out beside others too.
    """
    pieces = _PIECES.findall(normal(term))
    found = [list(_cut(piece)) if piece[0].isascii() or len(piece) > 1 else [] for piece in pieces]
    if goes_on and len([one for one in found if one]) > 1 and pieces[-1][0].isascii():
        found.pop()
    return sorted({token for tokens in found for token in tokens})
