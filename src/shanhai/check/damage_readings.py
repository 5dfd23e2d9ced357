"""Readings: which byte completes a character that is read as the pinyin found behind a cut."""

import unicodedata
from functools import cache

from shanhai.check.damage_bytes import FIRST_LEAD, completions


@cache
def _dictionary() -> dict[int, str]:
    # Large, and wanted for damaged texts alone: every start of a command would wait for it.
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415

    return PINYIN_DICT


@cache
def readings(char: str) -> frozenset[str]:
    """Every reading of a character with its tone; none for what is not a Chinese character."""
    found = _dictionary().get(ord(char), "")
    return frozenset(unicodedata.normalize("NFC", one) for one in found.split(",") if one)


@cache
def toneless(reading: str) -> str:
    """A reading without its tone mark; ü stays ü."""
    marks = unicodedata.normalize("NFD", reading)
    kept = (one for one in marks if one == "\u0308" or not unicodedata.combining(one))
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def reads_as(char: str, reading: str) -> float:
    """How far a character is from a reading: 0 read so, 3 read so with another tone, 9 not read so."""
    if reading in readings(char):
        return 0.0
    return 3.0 if toneless(reading) in {toneless(one) for one in readings(char)} else 9.0


@cache
def second_bytes(lead: int, reading: str) -> tuple[tuple[int, float], ...]:
    """(byte, distance) of every byte that completes `lead` to a character with the reading."""
    if lead < FIRST_LEAD:
        return ()
    scored = ((trail, reads_as(char, reading)) for trail, char in completions(lead))
    return tuple((trail, distance) for trail, distance in scored if distance < 9.0)
