"""The tour: ten minutes on the example, page by page. A bar above each page says what to look at and leads on."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import noted, say
from shanhai.web.choosing import writes
from shanhai.web.memory import remembered
from shanhai.web.wording import with_query


@dataclass(frozen=True, slots=True)
class Step:
    """A stop of the tour: what it is called, what to look at, the page, whether only who writes may open it."""

    title: str
    text: str
    path: str
    only_writing: bool = False


STEPS = (
    Step(noted("首页"), noted("这是一对结对的首页：等您办的事、今年的目标和时间进度、各领域的数字、最近谁改了什么。每个数字都可以点开。"), "/"),
    Step(noted("打开一个数字"), noted("“安排协作资金”由这些记录相加而来。上面是定义和计数规则，下面是每一行；右边写着重新相加是否与上方一致。"), "/figures/funds.arranged"),
    Step(noted("再收窄一点"), noted("同一个数字，只看教育帮扶。换年份、换截止日期也在这里。图上的每一根柱子都能打开那一年。"), "/figures/funds.arranged[field=education]"),
    Step(noted("一条记录"), noted("每一行都有自己的页面：内容、来源的文件和单元格、凭证、它影响哪些数字、谁在什么时候写下它。"), "/records/projects.project/331081-511381/XM-2022-010"),
    Step(noted("两本账"), noted("跨越两地的事由一方登记、另一方确认。这笔拨款在温岭的账上，阆中的经办人可以在这里确认或提出异议。"), "/records/funds.release/331081-511381/BF-2024-004"),
    Step(noted("一张清单"), noted("任何一类记录都有清单：按条件筛选，点表头排序，选择要看的列，按筛选结果下载成工作簿。"), "/lists/funds.payment"),
    Step(noted("上传工作簿"), noted("先下载空白模板，填好后上传。系统先试读：哪一格要改、哪些数字会变，看过再保存；全部保存，或一行也不保存。"), "/upload", only_writing=True),
    Step(noted("核对文章"), noted("把稿件贴进来，里面的每个数字都与记录对照，给出结论和依据。对不上的，能看到差在哪里。"), "/check"),
    Step(noted("一个领域的全部"), noted("协作资金这个领域的全部指标、页面和清单。其他领域也是同样的样子：学会一个，就会了全部。"), "/areas/funds"),
    Step(noted("每个字段的说明"), noted("每张表、每个字段、每个指标都有一句话的说明，来自同一份定义。打印的一页指南也在“帮助”里。"), "/help"),
)  # fmt: skip


def _open_to(request: HttpRequest) -> list[Step]:
    """The stops the reader may open."""
    writing = writes(request)  # type: ignore[arg-type]  # asked only where somebody is signed in
    return [step for step in STEPS if writing or not step.only_writing]


@remembered
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The stops of the tour."""
    steps = [
        {"title": say(step.title), "text": say(step.text), "url": with_query(step.path, tour=number)}
        for number, step in enumerate(_open_to(request), start=1)
    ]
    context = {"steps": steps, "crumbs": [{"label": say("帮助"), "url": reverse("help")}]}
    return render(request, "web/tour.html", context)


def bar_of(request: HttpRequest) -> dict[str, Any] | None:
    """The bar above a page that is visited on the tour."""
    steps = _open_to(request)
    given = request.GET.get("tour", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 3 else 0
    if not 1 <= number <= len(steps):
        return None
    step = steps[number - 1]

    def url(at: int) -> str:
        return with_query(steps[at - 1].path, tour=at) if 1 <= at <= len(steps) else ""

    return {
        "told": say("第 {n} 站，共 {all} 站", n=number, all=len(steps)),
        "title": say(step.title),
        "text": say(step.text),
        "previous_url": url(number - 1),
        "next_url": url(number + 1),
        "end_url": reverse("tour"),
    }
