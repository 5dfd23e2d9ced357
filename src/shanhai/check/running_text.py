"""The restored text made even for reading: half-width, furniture blanked, gaps inside numbers closed."""

import re
from dataclasses import dataclass

from shanhai.base.text import half_width
from shanhai.check.restoring import Restored

_NUMERAL = "0-9零〇一二两三四五六七八九十百千万亿几数半余多来"
_HAN = "㐀-鿿"
_GAP = "[ \u00a0\u3000]+"
_IN_DIGITS = re.compile(
    rf"(?<![\d.:/-])(?<=[1-9])(?:(?<=\d)|(?<=\d\d)){_GAP}(?=\d\d\d(?!\d){_GAP}?[余多万亿元个名人户亩家所项%])"
)
_AFTER_DIGITS = re.compile(rf"(?<=[\d{_NUMERAL}]){_GAP}(?=[{_HAN}%])")
_AFTER_NUMERAL = re.compile(
    rf"(?<=\d){_GAP}(?=[{_HAN}%])|(?<=[{_HAN}]){_GAP}(?=\d)|(?<=[\d][万亿千百]){_GAP}(?=[{_HAN}])"
)
_CELL_GAP = re.compile(r"(?<=\S)[ \u3000]*(?:[|｜]|[ \u3000]{2,})[ \u3000]*(?=\S)")
#: Stands for the rest of a gap between two cells, whose first sign becomes a tab.
_REST_OF_GAP = "\v"
_STOP_IN_DECIMAL = re.compile(r"(?<=\d)。(?=\d)")
_ASKED = re.compile(
    r"？|\?(?=[\n”\"’ )]|$)|(?<=[吗呢么吧])\?|(?:什么|多少|哪|谁|怎|为何|如何|是否|能否|可否|几)[^,。;\n?]{0,14}\?"
)
_TAGS = re.compile(r"</?[a-zA-Z]+\s*/?>|&[a-z]{2,6};")
_COMMAS = re.compile(r"(?<=[,，]) *[,，]")
#: Numerals as cheques and notices write them: several together, or one before its measure word.
_FORMAL = re.compile(
    r"(?=[拾佰仟]*[壹贰叁肆伍陆柒捌玖])[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*[拾佰仟万亿][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*[元圆]?整?|[壹贰叁柒捌玖](?=[份个项年月日元张套本家名])"
)
_FORMAL_TO_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元")
_DASHES = str.maketrans("－–—―～〜﹣−", "-------" + "-")


@dataclass(frozen=True, slots=True)
class RunningText:
    """What is read: `text`, and for each of its characters the index in the restored text."""

    text: str
    index: tuple[int, ...]

    def restored_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of text[start:end] in the restored text."""
        return self.index[start], self.index[end - 1] + 1


def _tabbed(text: str) -> str:
    """Rows whose cells are parted by bars or by several spaces, with tabs in their place, character for character."""
    return "\n".join(
        _CELL_GAP.sub(lambda gap: "\t".ljust(len(gap.group()), _REST_OF_GAP), line)
        if len(_CELL_GAP.findall(line)) >= 2
        else line
        for line in text.split("\n")
    )


def _plain_numerals(match: re.Match[str]) -> str:
    return match.group().translate(_FORMAL_TO_PLAIN)


def running_text(restored: Restored) -> RunningText:
    """The restored text as it is read: one form for each sign, no furniture, no gap inside a number.

    A question mark becomes "!", so that a "?" left over always stands for a lost character.
    """
    text = _tabbed(_ASKED.sub(lambda match: match.group()[:-1] + "!", restored.text))
    letters = list(half_width(text))
    for start, end, _why in restored.furniture:
        letters[start:end] = "\n" * (end - start)
    text = _STOP_IN_DECIMAL.sub(".", "".join(letters)).translate(_DASHES)
    text = _FORMAL.sub(_plain_numerals, text)
    dropped = {at for at, letter in enumerate(text) if letter == _REST_OF_GAP} | {
        at
        for pattern in (_TAGS, _COMMAS, _IN_DIGITS, _AFTER_NUMERAL)
        for match in pattern.finditer(text)
        for at in range(match.start(), match.end())
    }
    kept = tuple(at for at in range(len(text)) if at not in dropped)
    return RunningText("".join(text[at] for at in kept), kept)
