"""What stands around an article on a page is told from the article, above all where it carries figures."""

import pytest

from shanhai.check.restoring import restore


def furniture(text: str) -> list[tuple[str, str]]:
    restored = restore(text)
    return [(restored.text[start:end], kind) for start, end, kind in restored.furniture]


ARTICLE = "两地携手五年\n2021年6月以来,两地共投入资金3.2亿元,实施项目120个,惠及群众4万人。\n群众说好。"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("低价机票|云上课堂88折|会员3天免费|老街影院|第6频道", "spam"),
        ("精选铺子一二专区 2031新款包邮 六折清仓", "spam"),
        ("首页 > 新闻 > 协作", "site_line"),
        ("您现在的位置:首页>>要闻", "site_line"),
        ("新闻  图片  视频  专题", "site_line"),
        ("字体:大 中 小  打印", "site_line"),
    ],
)
def test_lines_above_the_article_are_furniture(line: str, kind: str) -> None:
    assert furniture(f"{line}\n\n{ARTICLE}") == [(line, kind)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("免责声明:本网转载文章只为传递信息,如涉侵权请致电021-00012345处理。", "footer"),
        ("联系我们  广告合作:021-00012345  沪ICP备00012345号-2", "footer"),
        ("相关阅读:三镇办起运动会 5条公交改线", "related"),
        ("来源:山那边日报 06-17 09:26  点击:1862次", "byline"),
        ("报送:领导小组。共印60份。", "byline"),
        ("收藏 分享 打印", "button"),
        ("- 第3页 共5页 -", "page"),
    ],
)
def test_lines_below_the_article_are_furniture(line: str, kind: str) -> None:
    assert furniture(f"{ARTICLE}\n\n{line}\n") == [(line, kind)]


def test_titles_below_a_heading_of_further_reading_are_furniture() -> None:
    below = ["相关新闻", "五县办起直播间 销售额3亿元", "12条公交线路调整"]
    assert furniture("\n".join([ARTICLE, *below])) == [(line, "related") for line in below]


def test_a_telephone_number_inside_the_article_is_furniture_and_its_sentence_is_not() -> None:
    assert furniture("办件316件。窗口电话0816-0009004。共58个事项。") == [("0816-0009004", "phone")]


def test_the_rest_of_a_page_behind_a_turn_is_furniture() -> None:
    text = f"{ARTICLE}\n值班员李某  (下转第4版)本报讯:球赛以88比79结束,观众3200人"
    assert furniture(text) == [("(下转第4版)本报讯:球赛以88比79结束,观众3200人", "sidebar")]


@pytest.mark.parametrize(
    "text",
    [
        "类别|数量|备注|单位\n县与县|56|全覆盖|个\n镇与镇|330|增12|个",
        "投入资金>300万元的项目有12个\n其余项目40个。",
        "全年处理侵权纠纷32件,版权登记1200件",
        "来源:财政援助3.2亿元\n用途:产业项目12个",
        "接听热线电话126000个,办结12万件",
        "消费帮扶专区卖出农产品3200万元。\n共有12家企业参加。",
    ],
)
def test_lines_with_figures_of_the_article_are_not_furniture(text: str) -> None:
    assert furniture(text) == []
