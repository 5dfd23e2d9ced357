"""Characters and their GBK bytes, as damaged texts show them: also user-defined codes and pairs that show nothing."""

from functools import cache

NARROWED = ",;:!"
FIRST_TRAIL = 0x40
LAST_TRAIL = 0xFE
FIRST_LEAD = 0x81


def choices_of(char: str) -> tuple[bytes, ...]:
    """The GBK bytes a character was shown from, the likeliest first; none where GBK has none.

    Private-use characters have several, and so have ASCII marks: some pages narrow the wide ones after the damage.
    """
    if char in NARROWED:
        return (char.encode("ascii"), bytes((0xA3, ord(char) + 0x80)))
    if "\ue000" <= char <= "\ue765":
        return _private_bytes(ord(char))
    for codec in ("gbk", "gb18030"):
        try:
            found = char.encode(codec)
        except UnicodeEncodeError:
            continue
        if len(found) <= 2:
            return (found,)
    return ()


def _private_bytes(code: int) -> tuple[bytes, ...]:
    """User-defined codes: two areas of 94 per row and one of 96, which programs begin at row A1 or at row A2."""
    if code < 0xE234:
        return (_row(code - 0xE000, 94, (0xAA, 0xA1)),)
    if code < 0xE4C6:
        return (_row(code - 0xE234, 94, (0xF8, 0xA1)),)
    late, usual = (_row(code - 0xE4C6, 96, (row, FIRST_TRAIL)) for row in (0xA2, 0xA1))
    return tuple(bytes((pair[0], pair[1] + (pair[1] >= 0x7F))) for pair in (late, usual))


def _row(index: int, width: int, first: tuple[int, int]) -> bytes:
    return bytes((first[0] + index // width, first[1] + index % width))


def shown(lead: int, trail: int) -> str:
    """The character of a byte pair; empty where there is none."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


@cache
def completions(lead: int) -> tuple[tuple[int, str], ...]:
    """(trail byte, character) of every character that begins with a lead byte."""
    found = ((trail, shown(lead, trail)) for trail in range(FIRST_TRAIL, LAST_TRAIL + 1))
    return tuple((trail, char) for trail, char in found if char)


def is_private(lead: int, trail: int) -> bool:
    """Whether a byte pair is a user-defined code, which is shown as a private-use character."""
    if trail >= 0xA1:
        return 0xAA <= lead <= 0xAF or lead >= 0xF8
    return 0xA2 <= lead <= 0xA7


def _lost_pairs() -> dict[int, tuple[int, ...]]:
    leads = range(FIRST_LEAD, LAST_TRAIL + 1)
    found: dict[int, tuple[int, ...]] = {}
    for trail in range(0x80, LAST_TRAIL + 1):
        behind = tuple(lead for lead in leads if not shown(trail, lead) and not is_private(trail, lead))
        if behind:
            found[trail] = behind
    return found


# the end of one character and the beginning of the next that together make no character and are shown as one "?"
LOST_PAIRS = _lost_pairs()
