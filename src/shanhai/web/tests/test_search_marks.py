"""The words looked for are marked where they stand."""

import pytest

from shanhai.search.queries import Asked
from shanhai.web.search_marks import has_mark, marked


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("油橄榄种植园", "橄榄", "油[橄榄]种植园"), ("川阆协〔2021〕5号", "（2021）5号", "川阆协〔[2021〕5号]"), ("XM-2021-005", "xm 005", "[XM]-2021-[005]"),
        ("橄榄橄榄", "橄榄", "[橄榄][橄榄]"), ("无", "橄榄", "无"), ("<b>橄榄</b>", "橄榄", "<b>[橄榄]</b>"), ("a.b", ".", "a.b"),
    ],
)  # fmt: skip
def test_words_are_marked(text, asked, told):
    pieces = marked(text, Asked.of(asked).terms)
    assert "".join(f"[{piece['text']}]" if piece["hit"] else piece["text"] for piece in pieces) == told
    assert has_mark(pieces) == ("[" in told)
