"""Sentences put together in the language being read."""

from collections.abc import Iterator

import pytest

from shanhai.base import language
from shanhai.base.language import listed, together, use_lookup


@pytest.fixture
def english() -> Iterator[None]:
    """Translate as an English reader's catalogue does."""
    before = language._lookup
    use_lookup({"、": ", "}.get)  # type: ignore[arg-type]
    yield
    use_lookup(before)


def test_words_are_set_apart_as_the_language_does_it(english: None) -> None:
    assert listed(["A1", "B2"]) == "A1, B2"


def test_chinese_words_stand_behind_the_enumeration_comma() -> None:
    assert listed(["甲", "乙"]) == "甲、乙"


def test_chinese_sentences_follow_without_a_blank() -> None:
    assert together("文件已损坏，打不开。", "请核对。") == "文件已损坏，打不开。请核对。"


def test_other_sentences_follow_after_a_blank() -> None:
    assert together("The file is damaged.", "Check it.") == "The file is damaged. Check it."


def test_a_sentence_that_is_missing_leaves_no_blank_behind() -> None:
    assert together("", "Check it.", "") == "Check it."
