"""An article as it was given, with its claims marked and what is no part of it set apart."""

from collections.abc import Iterator
from typing import Any

from shanhai.base.language import say
from shanhai.check.checking import Checked
from shanhai.check.reading import Reading
from shanhai.check.verdicts import VERDICTS_ZH

_MOSTLY = 0.5


def paragraphs(checked: Checked) -> list[dict[str, Any]]:
    """The paragraphs of the text with their pieces; offsets are those of the text as given."""
    text, dropped = checked.reading.text, _dropped(checked.reading)
    marks = _marks(checked)
    found = []
    for start, end in _lines(text):
        if not text[start:end].strip():
            continue
        letters = [at for at in range(start, end) if not text[at].isspace()]
        away = sum(at in dropped for at in letters) >= len(letters) * _MOSTLY
        pieces = [{"text": text[start:end]}] if away else list(_pieces(text, start, end, marks))
        found.append({"dropped": away, "pieces": pieces})
    return found


def marked_numbers(checked: Checked) -> set[int]:
    """The numbers of the claims that have a mark of their own in the text."""
    return {piece["claim"] for paragraph in paragraphs(checked) for piece in paragraph["pieces"] if "claim" in piece}


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _dropped(reading: Reading) -> set[int]:
    """The offsets of page furniture and spam in the text as given."""
    found: set[int] = set()
    for start, end, _ in reading.restored.furniture:
        spans = [span for span in reading.restored.origin[start:end] if span[0] < span[1]]
        if spans:
            found.update(range(spans[0][0], spans[-1][1]))
    return found


def _marks(checked: Checked) -> list[tuple[int, int, dict[str, Any]]]:
    """Start, end and what is told of each claim, in the order of the text; one inside another keeps the outer mark."""
    marks, last = [], 0
    numbered = enumerate(zip(checked.reading.claims, checked.judged, strict=True), start=1)
    for number, (claim, judged) in sorted(numbered, key=lambda each: (each[1][0].start, -each[1][0].end)):
        if claim.start >= last:
            told = {"claim": number, "code": judged.verdict.value, "label": say(VERDICTS_ZH[judged.verdict])}
            marks.append((claim.start, claim.end, told))
            last = claim.end
    return marks


def _pieces(text: str, start: int, end: int, marks: list[tuple[int, int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    at = start
    for first, last, told in marks:
        if start <= first < end:
            if at < first:
                yield {"text": text[at:first]}
            yield {"text": text[first : min(last, end)], **told}
            at = min(last, end)
    if at < end:
        yield {"text": text[at:end].rstrip("\n")}
