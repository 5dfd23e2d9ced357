"""Whose a sentence is: the lowest mechanism's that uses it, and of areas each one's own."""

import messages
import polib


def test_a_sentence_of_a_mechanism_stands_in_no_area():
    found = {"base": {"编号"}, "web": {"编号", "首页"}, "areas/funds": {"首页", "金额", "fen"}}
    assert messages.sorted_out(found) == {"base": ["编号"], "web": ["首页"], "areas/funds": ["金额"]}


def test_a_new_area_takes_no_sentence_from_another():
    before = {"web": {"首页"}, "areas/planting": {"首页", "建成日期"}}
    after = {"web": {"首页"}, "areas/bees": {"建成日期"}, "areas/planting": {"首页", "建成日期"}}
    assert messages.sorted_out(after) == messages.sorted_out(before) | {"areas/bees": ["建成日期"]}


def catalogue(**told):
    made = polib.POFile()
    made.extend(polib.POEntry(msgid=sentence, msgstr=translation) for sentence, translation in told.items())
    return made


def test_a_sentence_translated_in_two_ways_is_found():
    one, other = catalogue(建成日期="Built on", 名称="Name"), catalogue(建成日期="Opened on", 名称="Name")
    assert list(messages.two_ways([one, other])) == ["translated in two ways: 建成日期 -> Built on | Opened on"]
    assert list(messages.two_ways([one, one, catalogue(建成日期="")])) == []
