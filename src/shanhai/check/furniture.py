"""What stands around an article on a page and is no part of it, told by the kind of line, not by its words alone.

Lines in front of the article and behind it are judged by their place and build; telephone numbers, licences and
addresses are taken wherever they stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int, str]

LONGEST_NOTICE = 300
LONGEST_BYLINE = 80
LONGEST_TITLE = 40
HEAD = 8  # so many lines with text at the top may be furniture


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


BARS = re.compile(r"[|｜丨¦]")
SENTENCE = re.compile(r"[。！；;]|[,，].{8,}[,，]")
TRADE = _any(
    """包邮 清仓 特卖 代购 优选 爆款 新款 秒杀 优惠 折扣 [一二三五六七八九\\d]折 抽奖 彩票 棋牌 娱乐城 免费 领取 批发
    回收 定制 比价 专区 旗舰店 好物 小铺 满\\d+减\\d+ 加微信 下载 成人 无码 国产 在线 [一二三]区 [aA][vV] 直播间 代理
    加盟 贷款 返现 票券 估价"""
)
TRADE_WORD = re.compile(TRADE)
CRUMBS = re.compile(r"^[^。,，;；]{0,40}[^\s>»›]\s*[>»›]\s*[^。,，;；]{1,60}$")
PLACE_LABEL = re.compile(r"^(?:您?(?:现在)?的?|当前)?(?:所在)?位置\s*[:：]|^[您你](?:现在)?所?在的?(?:位置)?[:：]")
PAGE_LABEL = re.compile(rf"^{_any('字号 字体 字体大小 视力保护色 分享到? 打印 语音播报 背景色')}\s*[:：]|大\s+中\s+小")
SECTIONS = _any(
    """首页 主页 要闻 新闻 本地要闻 地方要闻 头条 图片 图集 视频 专题 频道 时政 财经 经济 社会 体育 娱乐 文化 教育 健康
    评论 理论 国际 国内 地方 本地 民生 互动 客户端 数字报 电子报 搜索 登录 注册 更多 返回首页 直播 滚动 热点 生活 旅游
    党建 政务 服务 问政 公告 县区 镇街 国内新闻 国际新闻 新闻中心"""
)
SECTION = re.compile(rf"^{SECTIONS}$")
ABOUT = _any(
    """来源 稿源 文章来源 信息来源 责任编辑 责编 编辑 审核 校对 初审 复审 终审 发布时间 发布日期 发稿时间 更新时间
    浏览次数 浏览量 浏览 点击数 点击量 点击 阅读次数 阅读量 阅读数 阅读 访问量 供稿 作者 页码 报送 主送 抄送 抄报
    印发"""
)
BYLINE = re.compile(rf"^[\[【(（]?{ABOUT}\s*[:：]")
PAGE_NUMBER = re.compile(r"^\W*(?:第\s*\d+\s*[页版]|\d+\s*/\s*\d+)(?:\W*共\s*\d+\s*[页版])?\W*$")
RIGHTS = _any(
    """侵权 版权 转载 来源于网络 与本[站网] 本(?:站|网|媒体|报|平台)(?:部分|所有|转载|刊登|声明) 违法和不良信息
    举报电话 著作权 删除"""
)
LEGAL = re.compile(RIGHTS)
LEGAL_LABEL = re.compile(r"^[\[【(（]?(?:免责|版权|特别|郑重|本[站网])?(?:声明|说明|提示)[\]】)）]?\s*[:：]")
REACH = _any(
    """联系我们 关于我们 广告合作 商务合作 广告 客服 热线 投稿 新闻爆料 联系电话 联系方式 咨询电话 监督电话 传真 邮箱
    邮编 网站地图 主办单位 承办单位 技术支持 Copyright ©"""
)
CONTACT = re.compile(REACH)
MORE = _any(
    """相关(?:阅读|新闻|链接|文章|报道|推荐|内容) 延伸阅读 推荐阅读 更多(?:阅读|新闻|推荐|精彩) 猜你喜欢
    热门(?:推荐|新闻|文章) [上下]一[篇条页]"""
)
RELATED = re.compile(rf"^[\[【]?{MORE}[\]】]?\s*(?:[:：]|$)")
PRESS = _any(
    """收藏 分享 打印 点赞 关闭(?:窗口)? 返回(?:顶部|首页|列表)? 评论 举报 转发 复制链接 扫一扫 纠错 订阅 关注 在看 赞
    [上下]一篇 展开全文 阅读原文"""
)
BUTTON = re.compile(rf"^[\W_]*(?:{PRESS}[\W_]*)+\d*$")
TURN = re.compile(r"[(（](?:下转|上接|转|接)第?\s*[\d一二三四五六七八九十A-Z]+\s*版[^)）]{0,12}[)）]")

DIGIT = re.compile(r"\d")
# what an article counts, and furniture does not
TALLY = re.compile(r"\d[余多]?[万亿]?(?:元|个|家|名|户|亩|件|起|所|人(?!次))")

FIXED_LINE = r"0\d{2,3}[-—－– ]?\d{7,8}"
MOBILE = r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
SERVICE = r"[48]00[- ]\d{3}[- ]?\d{4}"
NUMBER = rf"(?:\+?86[- ]?)?(?:{FIXED_LINE}|{MOBILE}|{SERVICE})(?:[-转]\d{{1,5}})?"
PIECES = (
    ("phone", re.compile(rf"(?<![\d.]){NUMBER}(?![\d.元万亿人户亩吨个家])")),
    ("phone", re.compile(r"(?:电话|热线|传真|客服|致电|拨打|微信|QQ)\s*[:：]?\s*(\d[\d\-]{4,14}\d)(?![\d.一-鿿])")),
    ("licence", re.compile(r"[一-鿿]?ICP[备证]\s*\d+号?(?:-\d+)?|[一-鿿]?公网安备\s*\d+号?")),
    ("licence", re.compile(r"(?:许可证|备案)编?号?\s*[:：]\s*[\w\-]+")),
    ("address", re.compile(r"(?:https?://|www\.)[\w./?=&%#\-:]+|[\w.\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)),
    ("address", re.compile(r"邮(?:政)?编(?:码)?\s*[:：]?\s*\d{6}(?!\d)")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with text: its span without surrounding blanks, and its number among the lines with text."""

    start: int
    end: int
    text: str
    alone: bool  # no line right above or below is of the same build


def furniture_of(text: str) -> tuple[Span, ...]:
    """Spans of a restored text that do not belong to the article, in order, each with its kind.

    Kinds: spam, site_line, byline, footer, related, button, page, sidebar (whole lines or their rest);
    phone, licence, address (pieces of a line).
    """
    lines = _lines(text)
    whole = _top(lines) | _anywhere(lines) | _bottom(lines)
    spans = [(lines[at].start, lines[at].end, kind) for at, kind in whole.items()]
    taken = [(start, end) for start, end, _ in spans]
    spans += [span for span in _pieces(text, lines) if not any(a <= span[0] and span[1] <= b for a, b in taken)]
    return tuple(sorted(spans))


def _lines(text: str) -> list[Line]:
    raw = [(match.start(), match.end(), match[0]) for match in re.finditer(r"[^\n]*", text)]
    found = []
    for at, (start, _end, line) in enumerate(raw):
        body = line.strip()
        if body:
            begins = start + line.index(body[0])
            near = [raw[i][2] for i in (at - 2, at - 1, at + 1, at + 2) if 0 <= i < len(raw)]
            alone = not any(len(BARS.findall(other)) >= 2 for other in near)
            found.append(Line(begins, begins + len(body), body, alone))
    return found


def _top(lines: list[Line]) -> dict[int, str]:
    """Furniture among the first lines; what stands above a trail of sections is furniture too."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines[:HEAD]):
        if SENTENCE.search(line.text) and not _is_spam(line):
            break
        if _is_spam(line):
            found[at] = "spam"
        elif _is_site_line(line.text):
            found = dict.fromkeys(range(at + 1), "site_line") | found
        elif PAGE_LABEL.search(line.text):
            found[at] = "site_line"
    return found


def _is_spam(line: Line) -> bool:
    text = line.text
    parts = [part.strip() for part in BARS.split(text)]
    if len(parts) >= 4 and line.alone and max(map(len, parts)) <= 24:
        return "。" not in text
    return len(text.split()) >= 2 and len(TRADE_WORD.findall(text)) >= 3 and not SENTENCE.search(text)


def _is_site_line(text: str) -> bool:
    if PLACE_LABEL.search(text):
        return True
    if DIGIT.search(text):
        return False
    words = [word for word in re.split(r"[\s|｜>»›·/]+", text) if word]
    sections = sum(SECTION.match(word) is not None for word in words)
    if CRUMBS.match(text):
        return len(words) >= 3 or sections >= 1
    return len(words) >= 3 and sections >= 2 and max(map(len, words)) <= 8


def _is_byline(text: str) -> bool:
    return BYLINE.match(text) is not None and len(text) <= LONGEST_BYLINE and TALLY.search(text) is None


def _bottom(lines: list[Line]) -> dict[int, str]:
    """Furniture behind the article: from the end upwards as long as lines are of its kinds."""
    found: dict[int, str] = {}
    known = _anywhere(lines)
    for at in range(len(lines) - 1, 0, -1):
        kind = known.get(at) or _closing_kind(lines[at])
        if kind is None:
            break
        found[at] = kind
    return found | _below_related(lines, found)


def _closing_kind(line: Line) -> str | None:
    text = line.text
    if BUTTON.match(text):
        return "button"
    if RELATED.match(text):
        return "related"
    if _is_spam(line):
        return "spam"
    return "footer" if TALLY.search(text) is None and (_is_legal(text) or _is_contact(text)) else None


def _below_related(lines: list[Line], found: dict[int, str]) -> dict[int, str]:
    """Short titles under a heading such as 相关阅读 belong to it."""
    for at in range(max(1, len(lines) // 2), len(lines)):
        if RELATED.match(lines[at].text) and all(map(_is_title, lines[at + 1 :])):
            return dict.fromkeys(range(at, len(lines)), "related") | found
    return found


def _is_title(line: Line) -> bool:
    return len(line.text) <= LONGEST_TITLE and "。" not in line.text


def _is_legal(text: str) -> bool:
    marks = len(set(LEGAL.findall(text)))
    return marks >= 1 and (LEGAL_LABEL.match(text) is not None or (marks >= 2 and len(text) <= LONGEST_NOTICE))


def _is_contact(text: str) -> bool:
    numbers = any(pattern.search(text) for _, pattern in PIECES)
    words = len(CONTACT.findall(text))
    return "。" not in text.rstrip("。") and (words >= 2 or (words >= 1 and numbers and len(text) <= LONGEST_BYLINE))


def _anywhere(lines: list[Line]) -> dict[int, str]:
    """Lines that are furniture wherever they stand."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        text = line.text
        if _is_byline(text):
            found[at] = "byline"
        elif PAGE_NUMBER.match(text):
            found[at] = "page"
        elif LEGAL_LABEL.match(text) and _is_legal(text):
            found[at] = "footer"
    return found


def _pieces(text: str, lines: list[Line]) -> Iterator[Span]:
    seen: set[int] = set()
    for kind, pattern in PIECES:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if seen.isdisjoint(range(start, end)):
                seen.update(range(start, end))
                yield start, end, kind
    for line in lines:
        turn = TURN.search(line.text)
        if turn is not None:
            onward = line is lines[-1] and turn[0][1:].startswith("下转")
            yield line.start + turn.start(), line.end if onward else line.start + turn.end(), "sidebar"
