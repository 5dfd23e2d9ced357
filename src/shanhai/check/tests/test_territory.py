"""Which words around a number are its own."""

from shanhai.check.reading import read
from shanhai.check.territory import territories


def _of(text, surface):
    reading = read(text)
    return next(
        found for claim, found in zip(reading.claims, territories(reading), strict=True) if claim.surface == surface
    )


def test_a_clause_is_cut_at_the_numbers_of_its_sort():
    assert _of("投入园区3000万元和学校3385万元。", "3385万元").own == "和学校3385万元"


def test_a_list_is_cut_at_its_marks_whatever_it_counts():
    assert _of("引进企业24家、投入协作资金3000万元。", "3000万元").own == "投入协作资金3000万元"


def test_a_count_does_not_cut_the_money_it_stands_in():
    assert _of("为6家医疗机构投入800万元。", "800万元").own == "为6家医疗机构投入800万元"


def test_a_clause_that_only_adds_up_reaches_back():
    assert _of("安排给学校的资金，三年来一共3385万元。", "3385万元").own == "安排给学校的资金，三年来一共3385万元"


def test_a_number_that_opens_its_clause_and_says_more_does_not_reach_back():
    assert _of("投入园区的是前一笔，3385万元协作资金建了学校。", "3385万元").own == "3385万元协作资金建了学校"


def test_what_follows_the_number_before_belongs_to_that_number():
    assert _of("3000万元投进园区，60万元帮助就业。", "60万元").before == "，"


def test_a_short_first_sentence_is_the_heading_of_its_paragraph():
    found = _of("教育方面。投入协作资金3385万元。", "3385万元")
    assert (found.heading, found.inline_heading) == ("教育方面", True)


def test_a_heading_line_stands_over_the_lines_below_it():
    found = _of("一、医疗帮扶\n投入资金800万元，购置设备。", "800万元")
    assert (found.heading, found.inline_heading) == ("医疗帮扶", False)


def test_an_answer_has_its_question_as_topic():
    assert _of("问：花了多少钱？\n答：一共3000万元。", "3000万元").topic == "问：花了多少钱？"


def test_a_line_of_a_number_alone_is_told_by_the_next_line():
    assert _of("3385万元\n这是三所学校的协作资金。", "3385万元").own.endswith("这是三所学校的协作资金")
