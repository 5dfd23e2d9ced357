"""The vault: a key for each person, wrapped by the home's own; nothing opens with another."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from shanhai.base.identifiers import example_identity
from shanhai.reference import vault

NUMBER = example_identity(3, date(1975, 3, 4))
NAMES = st.text(min_size=1, max_size=40)


@given(NAMES, st.sampled_from(["", NUMBER]))
def test_what_was_sealed_opens_again_under_its_key(name, number):
    columns, wrapped = vault.seal_person(name, number)
    assert vault.open_sealed(wrapped, columns["name_sealed"]) == name
    assert (vault.open_sealed(wrapped, columns["identity_sealed"]) if number else columns["identity_sealed"]) == number


def test_the_same_person_sealed_twice_looks_different():
    (first, one), (second, other) = vault.seal_person("示例甲", NUMBER), vault.seal_person("示例甲", NUMBER)
    assert one != other
    assert first["name_sealed"] != second["name_sealed"]
    assert first["identity_index"] == second["identity_index"]


def test_a_person_sealed_again_keeps_the_key():
    _, wrapped = vault.seal_person("示例甲", NUMBER)
    columns, again = vault.seal_person("示例乙", NUMBER, wrapped=wrapped)
    assert again == wrapped
    assert vault.open_sealed(wrapped, columns["name_sealed"]) == "示例乙"


def test_a_foreign_key_opens_nothing():
    columns, _ = vault.seal_person("示例甲", NUMBER)
    _, foreign = vault.seal_person("示例乙", NUMBER)
    with pytest.raises(InvalidTag):
        vault.open_sealed(foreign, columns["name_sealed"])


def test_another_homes_master_key_opens_nothing(settings):
    columns, wrapped = vault.seal_person("示例甲", NUMBER)
    settings.MASTER_KEY = bytes(32)
    with pytest.raises(InvalidTag):
        vault.open_sealed(wrapped, columns["name_sealed"])


def test_a_letter_changed_in_the_ciphertext_is_noticed():
    columns, wrapped = vault.seal_person("示例甲", NUMBER)
    sealed = columns["name_sealed"]
    changed = sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:]
    with pytest.raises(InvalidTag):
        vault.open_sealed(wrapped, changed)


def test_masks_show_neither_name_nor_number():
    columns, _ = vault.seal_person("欧阳示例", NUMBER)
    assert columns["name_mask"] != "欧阳示例"
    assert NUMBER[6:14] not in columns["identity_mask"]


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True), st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_two_numbers_have_one_index_only_where_they_are_one(first, second):
    assert (vault.blind_index(first) == vault.blind_index(second)) == (first == second)
