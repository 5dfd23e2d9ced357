"""Text as clerks type it, brought to one form: half-width, single spaces, safe in a workbook cell."""

import re
import unicodedata

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_SPACES = re.compile(r"\s+")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff·])\s+(?=[\u3400-\u9fff\U00020000-\U0003ffff·])")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?", re.ASCII)
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥"}
_HAN = (
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


def half_width(text: str) -> str:
    """The text with full-width digits, letters and ASCII punctuation made half-width; Chinese punctuation of
    its own, such as 。 and 、, stays. One character in, one character out, so offsets keep their meaning.
    """
    return text.translate(_FULL_WIDTH)


def squeeze(text: str) -> str:
    """The text half-width, without invisible characters, with runs of white space as one space, trimmed."""
    seen = "".join(letter for letter in half_width(text) if letter not in _INVISIBLE)
    return _SPACES.sub(" ", seen).strip()


def plain_name(text: str) -> str:
    """A name for comparing: composed form, squeezed, no spaces between Chinese characters (张　三 is 张三)."""
    return _HAN_GAP.sub("", squeeze(unicodedata.normalize("NFC", text)))


def is_han(letter: str) -> bool:
    """Whether one character is a Chinese character."""
    return any(low <= letter <= high for low, high in _HAN)


def columns_wide(text: str) -> int:
    """The width of a text in columns of a terminal or a worksheet: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def safe_cell(text: str) -> str:
    """The text as it may stand in a cell of a workbook or a CSV file that others open.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, and so does one that begins
    with an apostrophe, so that `without_guard` gives every text back. A plain number, also a negative one, and
    a single dash stay as they are.
    """
    risky = text.lstrip(" ").startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text) and text not in {"-", "－"}
    return "'" + text if risky or text.startswith("'") else text


def without_guard(text: str) -> str:
    """The text that `safe_cell` was given: one guarding apostrophe is taken off, any other stays."""
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text
