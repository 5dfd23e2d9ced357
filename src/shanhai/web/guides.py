"""One page per person who works with the site: what they come for and how it is done, to read or to print."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import noted, say
from shanhai.web.memory import remembered


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: for whom, what they come for, and the ways of doing it as (what, how)."""

    slug: str
    person: str
    comes_for: str
    tasks: tuple[tuple[str, str], ...]


GUIDES = (
    Guide("clerk", noted("协作办经办人"), noted("收各部门的工作簿，改对每一格，回答“多少、几个、从什么时候起”，写季度简报。"), (
        (noted("收一张表"), noted("“上传工作簿”里下载这类记录的空白模板发给部门。收回来直接上传，先试读；要改的地方标在原表的那一格里，下载后退给部门。")),
        (noted("改一条错的"), noted("同一编号、不同内容，系统会问是不是更正，并要写理由。旧内容留在日志里，谁都删不掉。")),
        (noted("回答一个数"), noted("首页或领域页点开指标，选年份和截止日期。口径写在旁边，行可以下载附在答复后面。")),
        (noted("看目标"), noted("首页“年度目标与序时进度”：完成多少、时间过了多少、快还是慢，都是当天的数。")),
        (noted("确认对方登记的"), noted("首页“等我办”数出对方登记、等本方确认的记录，点开在“两边核对”里逐条列着，写明等了多久、下一步谁办。选定一种记录，可一次全部确认。对不上的提出异议，写明哪一项、本方是多少。")),
    )),
    Guide("finance", noted("财务人员"), noted("登记下达、分配、拨付、支付，看结余、闲置和超支，与对方对账。"), (
        (noted("登记一笔"), noted("用“资金分配”“资金拨付”“资金支付”等模板。每笔都有文号和日期，金额精确到分。")),
        (noted("为什么存不进去"), noted("支付超过拨付、拨付超过分配，数据库一律拒绝，并说明差多少。先登记前一环节的文件。")),
        (noted("看结余和闲置"), noted("“协作资金”领域的余额页按来源、年度、项目列出未支付的钱，满两年的单独标出。")),
        (noted("对账"), noted("“两本账”列出一方登记而另一方没有登记、没有确认或有异议的款项，写明拖了几天、下一步谁来办。")),
    )),
    Guide("project-owner", noted("项目单位"), noted("报进度、合同、验收和资产，附上凭证。"), (
        (noted("报一个节点"), noted("用“项目节点”模板：项目编号、节点、日期、文号。次序不对的会被退回，并说明差哪一步。")),
        (noted("附凭证"), noted("在记录页“添加凭证”，PDF、照片、Word、Excel 都可以。同一份文件只存一次。")),
        (noted("看本项目的钱"), noted("项目页的“资金来去”从来源一直到收款人。")),
    )),
    Guide("team", noted("工作队和挂职人员"), noted("登记工作队、会议、互访和对接成果。"), (
        (noted("登记一次互访"), noted("用“互访”模板：方向、事项、日期、人次。批次和人次是两个数，不要混。")),
        (noted("登记会议"), noted("联席会议双方只登记一次，另一方确认即可。")),
        (noted("查一个人在不在岗"), noted("“在岗工作队员”这个指标可以选任意一天。")),
    )),
    Guide("auditor", noted("审计人员"), noted("把任何数字打开到凭证，证明没有被悄悄改过。"), (
        (noted("从数字到凭证"), noted("指标页列出它所数的每一行；点记录，看来源单元格、凭证文件和全部经过。")),
        (noted("看谁改过"), noted("“日志”按人、时间、类型筛选。更正前后的内容都在。")),
        (noted("证明日志完整"), noted("日志首尾相连，链头在库外签名。“核验日志”会指出第一条不对的，或证明一条不少。")),
        (noted("换一种算法再算"), noted("下载指标的行（工作簿、CSV、JSON），自己加一遍。系统自己也这样做，结果写在页上。")),
    )),
    Guide("journalist", noted("写稿和审稿的人"), noted("发稿之前，把稿件里的每个数字与记录对照。"), (
        (noted("核对一篇稿件"), noted("“核对文章”里贴上全文，写明发表日期和哪一对结对。")),
        (noted("看懂结论"), noted("“有记录支持”可以用；“不符”旁边是记录的数；“曾经属实”说明数字旧了；“没有记录”不等于错，是系统里没有。")),
        (noted("计划不是成绩"), noted("把计划说成已经做到，会标成“计划非实绩”。")),
    )),
    Guide("administrator", noted("管理员"), noted("建结对、开账号、给职责，备份，升级。"), (
        (noted("开一个账号"), noted("“管理”里新建账号，给一个角色、一方、一个范围。角色能做什么，看“谁可以做什么”那张表。")),
        (noted("人走了"), noted("停用账号，结束授权。他写过的记录和日志不动。")),
        (noted("备份"), noted("命令 shanhai backup 写出一个文件；密钥另行保管，没有密钥读不出个人信息。")),
    )),
)  # fmt: skip


@remembered
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide of one kind of person."""
    guide = next((one for one in GUIDES if one.slug == slug), None)
    if guide is None:
        raise Http404
    context = {
        "title": say(guide.person),
        "lead": say(guide.comes_for),
        "tasks": [{"what": say(what), "how": say(how)} for what, how in guide.tasks],
        "crumbs": [{"label": say("帮助"), "url": reverse("help")}],
    }
    return render(request, "web/guide.html", context)
