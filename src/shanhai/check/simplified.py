"""Traditional characters as simplified ones, one for one."""

import re
from functools import cache

from opencc import OpenCC

KEEPS_ZHU = re.compile("著(?=[名作书称者述])|(?<=[显卓原专名编论巨合土昭拙译遗新])著")
KEEPS_QIAN = re.compile("乾(?=[坤隆县陵])")
LIAO = re.compile("瞭(?=[解如若然])|(?<=[明])瞭")
OWN_FORM = {"薹": "薹", "捱": "捱", "暱": "昵"}  # crops and words of today that the converter turns into others
HAN = re.compile("[㐀-鿿]")
TRADITIONAL = 0.1  # the share of characters that differ: names from elsewhere stay below, a traditional text is at 0.3


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def simplified(char: str) -> str:
    """The simplified form of one character; a character without one comes back as it is."""
    if char in OWN_FORM:
        return OWN_FORM[char]
    found = str(_converter().convert(char))
    return found if len(found) == 1 else char


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters, and not merely names something in them."""
    han: list[str] = HAN.findall(text)
    return sum(simplified(char) != char for char in han) > TRADITIONAL * len(han)


def to_simplified(text: str) -> str:
    """A traditional text in simplified characters, of the same length; some words keep the old form of a character."""
    plain = "".join(map(simplified, text))
    undone = _undone(text, plain)
    kept = {match.start() for form in (KEEPS_ZHU, KEEPS_QIAN) for match in form.finditer(undone)}
    late = {match.start() for match in LIAO.finditer(undone)}
    return "".join(_one(text[i], plain[i], keeps=i in kept, late=i in late) for i in range(len(text)))


def _undone(text: str, plain: str) -> str:
    """The simplified text with the characters that keep their form in some words put back."""
    return "".join(old if old in "著乾瞭" else new for old, new in zip(text, plain, strict=True))


def _one(old: str, new: str, *, keeps: bool, late: bool) -> str:
    if old == "著":
        return old if keeps else "着"
    if old == "乾":
        return old if keeps else "干"
    if old == "瞭":
        return "了" if late else old
    return new
