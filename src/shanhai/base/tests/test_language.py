"""Sentences put together in the language being read."""

import copy
import json
from collections.abc import Iterator

import pytest

from shanhai.base import language
from shanhai.base.language import again, listed, say, together, use_lookup


def _english(told: str) -> str:
    return {"、": ", ", "苹果": "apples", "有{what}。": "There are {what}."}.get(told, told)


@pytest.fixture
def english() -> Iterator[None]:
    """Translate as an English reader's catalogue does."""
    before = language._lookup
    use_lookup(_english)
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


def test_what_was_said_is_said_again_in_another_language_with_its_parts() -> None:
    told = together(say("有{what}。", what=listed([say("苹果"), "X1"])), "Written as it is.")
    assert told == "有苹果、X1。Written as it is."
    before = language._lookup
    use_lookup(_english)
    try:
        assert again(told) == "There are apples, X1. Written as it is."
        assert again("苹果") == "苹果"
    finally:
        use_lookup(before)


def test_what_was_said_is_text_like_any_other() -> None:
    told = say("有{what}。", what="苹果")
    assert (json.loads(json.dumps({"told": told})), copy.deepcopy(told)) == ({"told": "有苹果。"}, "有苹果。")
    assert again(copy.deepcopy(told)) == "有苹果。"
