"""A damaged text comes back as it was, and every place of it is found again in the file as given."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shanhai.check.restoring import Restored, restore, span_as_given
from shanhai.check.tests.byte_damage import damaged

HERE = Path(__file__).parent
OWN = {path.stem: path.read_text("utf-8") for path in sorted((HERE / "texts").glob("*.txt"))}
SEEDS = range(4)


def han(text: str) -> str:
    return "".join(char for char in text if "一" <= char <= "鿿")


def given_span(text: str, part: str) -> tuple[Restored, str]:
    """The text as given of the first place where the restored text reads `part`."""
    restored = restore(text)
    at = restored.text.index(part)
    start, end = span_as_given(restored, at, at + len(part))
    return restored, text[start:end]


# clean texts


@pytest.mark.parametrize("name", OWN)
def test_a_clean_text_comes_back_unchanged(name: str) -> None:
    restored = restore(OWN[name])
    assert restored.text == OWN[name]
    assert restored.origin == tuple((at, at + 1) for at in range(len(OWN[name])))
    assert not restored.damaged
    assert not restored.doubtful
    assert not restored.rebuilt


def test_an_empty_text_is_restored_to_nothing() -> None:
    assert restore("") == Restored("", (), frozenset(), (), False)


def test_old_forms_that_are_simplified_words_stay_in_a_simplified_text() -> None:
    text = "乾坤湾旁的著名瞭望塔下,藉此机会,后来者余下的只有一个里程碑。"
    assert restore(text).text == text


def test_a_traditional_name_in_a_simplified_text_stays() -> None:
    text = "公司的英文名之外还注册了繁体名“龍鳳”,今年在协作地区设立了12家门店,销售农产品3400万元。"
    assert restore(text).text == text


def test_a_gloss_on_one_rare_character_is_no_damage() -> None:
    text = "阆(làng)中市有12家企业。"
    restored = restore(text)
    assert restored.text == text
    assert not restored.damaged


def test_brackets_that_are_meant_stay() -> None:
    text = "產(chǎn)業(yè)園(一期)引進(jìn)企業(yè)(含2家外資)12家,GDP(亿元)另計。"
    assert restore(text).text == "产业园(一期)引进企业(含2家外资)12家,GDP(亿元)另计。"


# traditional characters and pinyin


def test_pinyin_is_taken_out_and_the_number_meets_its_unit() -> None:
    restored, surface = given_span("投入資(zī)金30萬(wàn)元,惠及農(nóng)戶(hù)", "30万元")
    assert restored.text == "投入资金30万元,惠及农户"
    assert surface == "30萬(wàn)元"


def test_pinyin_behind_the_last_character_is_outside_the_surface() -> None:
    _, surface = given_span("引進(jìn)項(xiàng)目12個(gè),投資(zī)3億(yì)元", "12个")
    assert surface == "12個"


def test_pinyin_in_a_text_turned_back_to_simplified_characters_is_taken_out() -> None:
    restored = restore("投入30万(wàn)元,建设(shè)项目12个(gè)")
    assert restored.text == "投入30万元,建设项目12个"


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        ("隨著協作深入,產業帶來著名品牌,成效顯著", "随着协作深入,产业带来著名品牌,成效显著"),
        ("乾隆年間的古鎮,餅乾廠遷來此處", "乾隆年间的古镇,饼干厂迁来此处"),
        ("群眾瞭解政策,在瞭望臺裝設備", "群众了解政策,在瞭望台装设备"),
        ("視頻核驗,12分鍾就錄完了,佔97.3%", "视频核验,12分钟就录完了,占97.3%"),
    ],
)
def test_traditional_characters_become_those_of_the_simplified_word(traditional: str, plain: str) -> None:
    assert restore(traditional).text == plain


# characters cut in two


def test_a_character_cut_by_pinyin_of_its_neighbour_is_put_together() -> None:
    text = "實(shí)現(xiàn)縣域發(fā)展?jié)摿?/strong>\n\n借著這個(gè)契機(jī)"
    restored = restore(text)
    assert restored.text == "实现县域发展潜力\n\n借着这个契机"
    assert restored.damaged
    rebuilt = {restored.text[at] for at in restored.rebuilt}
    assert "潜" in rebuilt


def test_a_run_that_reads_one_byte_late_is_read_in_step() -> None:
    text = "聚焦農(nóng)業(yè)規(guī)?;\ue1d6⒓\ue1f1s化、機(jī)械化生產(chǎn)。"
    assert restore(text).text == "聚焦农业规模化、集约化、机械化生产。"


def test_a_long_late_run_with_quotes_and_names_is_read_in_step() -> None:
    text = "振興學(xué)院1家?!闭憬\ue131八拇ㄊ∧铣涫袔头龉ぷ麝?duì)隊(duì)長(zhǎng)說。"
    restored = restore(text)
    assert restored.text == "振兴学院1家。”浙江赴四川省南充市帮扶工作队队长说。"
    at = restored.text.index("工作队")
    assert text[slice(*span_as_given(restored, at, at + 3))] == "龉ぷ麝?"


def test_bytes_that_make_no_character_together_are_found_again() -> None:
    text = "到年底總數(shù)力爭?bāng)黄瓢賯?gè)。"
    assert restore(text).text == "到年底总数力争突破百个。"


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("seed", SEEDS)
def test_own_texts_come_back_from_damaged_bytes(name: str, seed: int) -> None:
    restored = restore(damaged(OWN[name], seed=seed, cuts=20, headings=40))
    right = sum(one == two for one, two in zip(han(OWN[name]), han(restored.text), strict=False))
    assert right >= 0.995 * len(han(OWN[name]))


# lost text and numbers


def test_a_digit_behind_a_lost_character_is_doubtful() -> None:
    text = "當(dāng)?shù)厝司鶋勖?1.1歲,比從(cóng)前多了6歲"
    restored = restore(text)
    assert restored.text.startswith("当地人均寿命")
    at = restored.text.index("1.1岁")
    assert at in restored.doubtful
    assert restored.text.index("6岁") not in restored.doubtful


def test_a_digit_behind_a_question_mark_that_is_meant_is_not_doubtful() -> None:
    assert not restore("今年招了多少人?1200人,比去年多300人。").doubtful


def test_a_digit_behind_a_lost_character_in_a_text_without_pinyin_is_doubtful() -> None:
    text = "全县共有?1200人外出务工。"
    assert restore(text).doubtful == {text.index("1200")}


@pytest.mark.parametrize("text", ["培训教师1996?,其中女教师820名", "新增1.2万?,同比增长8%"])
def test_a_lost_unit_that_may_be_several_things_stays_lost(text: str) -> None:
    assert restore(text).text == text


def test_a_character_that_is_truly_lost_stays_a_question_mark() -> None:
    assert restore("新引進(jìn)企業(yè)98?,協(xié)議(yì)投資(zī)300億(yì)元").text == "新引进企业98?,协议投资300亿元"


def test_a_swallowed_digit_before_a_counting_word_stays_visible_as_lost() -> None:
    restored = restore(damaged(OWN["hospital"], seed=0, cuts=20, headings=40))
    assert "?个科室" in restored.text or "5个科室" in restored.text


# traces of the page


@pytest.mark.parametrize(
    ("found", "meant", "part", "surface"),
    [
        ("安排项目1 500多个,惠及群众", "安排项目1500多个,惠及群众", "1500多个", "1 500多个"),
        ("安排项目1200 个,惠及群众", "安排项目1200个,惠及群众", "1200个", "1200 个"),
        ("援助资金为207。6亿元,另有", "援助资金为207.6亿元,另有", "207.6亿元", "207。6亿元"),
        ("20184月牵手至今", "2018年4月牵手至今", "2018年4月", "20184月"),
        ("201811月牵手至今", "2018年11月牵手至今", "2018年11月", "201811月"),
        ("2018?4月牵手至今", "2018年4月牵手至今", "2018年4月", "2018?4月"),
        ("于2018年4?19日牵手", "于2018年4月19日牵手", "2018年4月19日", "2018年4?19日"),
        ("自1996?起,联席会议年年开", "自1996年起,联席会议年年开", "1996年", "1996?"),
        ("合起来作价1亿?,参建小微园", "合起来作价1亿元,参建小微园", "1亿元", "1亿?"),
        ("收入达到１２．５万元", "收入达到12.5万元", "12.5万元", "１２．５万元"),
        ("建成,,投资3亿元", "建成,投资3亿元", "3亿元", "3亿元"),
        ("建成。</strong>投资3亿元&nbsp;", "建成。投资3亿元", "3亿元", "3亿元"),
        ('建成。<p style="x">投资3<b>亿</b>元', "建成。投资3亿元", "3亿元", "3<b>亿</b>元"),
    ],
)
def test_a_trace_is_undone_and_its_place_kept(found: str, meant: str, part: str, surface: str) -> None:
    restored, shown = given_span(found, part)
    assert restored.text == meant
    assert shown == surface
    assert not restored.doubtful


@pytest.mark.parametrize(
    "text",
    [
        "名次为12。3家企业参加。",
        "比分 3 200",
        "电话 0816 500",
        "省略……以及——破折",
        "表格 12 34",
        "a<b且c>d",
        "(第2页,共3页)",
        "1,200亩",
        "4∶3∶3",
    ],
)
def test_what_may_be_meant_is_left(text: str) -> None:
    expected = text.replace("3 200", "3200")
    assert restore(text).text == expected


def test_a_span_outside_the_text_is_refused() -> None:
    restored = restore("三个村")
    for start, end in ((0, 4), (2, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no such span"):
            span_as_given(restored, start, end)


# properties

PIECES = (
    *("產(chǎn)業(yè)", "?guī)?", "12", "3.5億(yì)元", "?", "5", "。", ",,", " ", "\n", "|", "</p>", "?/p>", "\ue131"),
    *("模化", "20184月", "麝?duì)", "賯?", "\ufffd", "😀", "A(bāo)", "(", ")", "&nbsp;", "\t", "協(xié)作"),
    *("\u3000", "1 500"),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=14)


@pytest.mark.slow
@given(pieces)
@settings(max_examples=30, deadline=None)
@example(["賯?", "賯?", "?guī)?", "?", "?"])
def test_the_way_back_always_stays_in_the_text_and_in_order(parts: list[str]) -> None:
    text = "".join(parts)
    restored = restore(text)
    assert len(restored.text) == len(restored.origin)
    assert all(0 <= start <= end <= len(text) for start, end in restored.origin)
    assert all(one[0] <= two[0] for one, two in pairwise(restored.origin))
    assert all(0 <= at < len(restored.text) for at in restored.doubtful | restored.rebuilt)
    assert all(0 <= start < end <= len(restored.text) for start, end, _ in restored.furniture)


@pytest.mark.slow
@given(pieces)
@settings(max_examples=30, deadline=None)
def test_no_digit_is_ever_made_or_changed(parts: list[str]) -> None:
    text = "".join(parts)
    restored = restore(text)
    for char, (start, end) in zip(restored.text, restored.origin, strict=True):
        if char.isdigit():
            assert end == start + 1
            assert int(text[start:end]) == int(char)
    assert [c for c in restored.text if c.isdigit()] == [str(int(c)) for c in text if c.isdigit()]


@pytest.mark.slow
@given(st.text(max_size=60))
@settings(max_examples=30, deadline=None)
def test_any_text_at_all_is_restored_without_failing(text: str) -> None:
    restored = restore(text)
    assert len(restored.origin) == len(restored.text)


# speed


@pytest.mark.slow
@pytest.mark.parametrize(("broken", "allowed"), [(False, 0.05), (True, 0.2)])
def test_a_long_article_is_restored_quickly(broken: bool, allowed: float) -> None:
    text = "".join(OWN.values()) * 7
    if broken:
        text = damaged(text, seed=1, cuts=30, headings=60)
    best = min(seconds(text) for _ in range(3))
    assert best * 5000 / len(text) < allowed


def seconds(text: str) -> float:
    before = time.process_time()
    restore(text)
    return time.process_time() - before
