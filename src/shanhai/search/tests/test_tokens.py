"""Text is cut the same way here and in the database."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.search.tokens import needed, normal, tokens_of

LETTERS = st.text(
    st.one_of(
        st.sampled_from("温岭市阆中市橄榄〔2021〕5号AZaz09 -/·，（）ＡＢ１２①㎡ﬁéß㐀𠀀豈"),
        st.characters(min_codepoint=1, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cn", "Co")),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("油橄榄种植", ["榄种", "橄榄", "油橄", "种植"]),
        ("ZF-2021-0001", ["0001", "2021", "zf"]),
        ("川阆协〔2021〕5号", ["2021", "5", "号", "川阆", "阆协"]),
        ("ＸＭ－１２", ["12", "xm"]),
        ("、。", []),
    ],
)
def test_chinese_is_cut_in_twos_and_letters_in_words(text, tokens):
    assert tokens_of(text) == tokens


def test_a_term_that_goes_on_does_not_ask_for_its_last_word():
    assert needed("ZF-2021-00") == ["00", "2021", "zf"]
    assert needed("ZF-2021-00", goes_on=True) == ["2021", "zf"]
    assert needed("9133", goes_on=True) == ["9133"]
    assert needed("5号") == ["5"]
    assert needed("市") == []


@given(LETTERS)
def test_whatever_stands_in_a_text_is_asked_for_by_tokens_the_text_has(text):
    words = normal(text)
    assert normal(words) == words
    for size in (2, 5):
        for place in range(len(words) - size + 1):
            part = words[place : place + size]
            if part.isalpha() and not part.isascii() and all(not letter.isascii() for letter in part):
                assert set(needed(part)) <= set(tokens_of(words))


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=LETTERS)
def test_the_database_cuts_as_the_program_does(text, acting):
    acting("viewer")
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_text(%s), search_tokens(search_text(%s))", [text, text])
        told, tokens = cursor.fetchone()
    assert told == normal(text)
    assert sorted(tokens) == tokens_of(text)
