"""A checked article for its page: what was held against what, the article marked up, each claim with its verdict."""

from collections import Counter
from datetime import date
from typing import Any

from django.urls import reverse

from shanhai.base.language import again, say
from shanhai.check.bounds import described
from shanhai.check.checking import Checked
from shanhai.check.reading import ReadClaim
from shanhai.check.verdicts import VERDICTS_ZH, Judged, Verdict
from shanhai.journal.terms import Stage
from shanhai.web import amounts
from shanhai.web.markup import paragraphs
from shanhai.web.wording import named_record

_RECORDS = 8


def told_result(found: Checked, token: str) -> dict[str, Any]:
    """The `result` of the page."""
    counted = Counter(judged.verdict for judged in found.judged)
    pairs = zip(found.reading.claims, found.judged, strict=True)
    return {
        "title": found.asked.scope.name if found.asked else say("没有认出结对关系"),
        "held": _held(found),
        "notes": _notes(found),
        "counts": [
            {"code": one.value, "label": say(VERDICTS_ZH[one]), "count": counted[one]}
            for one in Verdict
            if counted[one]
        ],
        "paragraphs": paragraphs(found),
        "claims": [_claim(number, claim, judged, found) for number, (claim, judged) in enumerate(pairs, start=1)],
        "findings": [one for one in found.findings if not one.code.startswith("check.")],
        "downloads": [{"label": say("下载 JSON"), "url": reverse("checked-json", args=[token])}],
    }


def _held(found: Checked) -> str:
    told = next((one.message for one in found.findings if one.code.startswith("check.")), "")
    if found.held_on and not told:
        return say(
            "共读出 {n} 个数，按发表日期 {held_on} 的记录核对。", n=len(found.judged), held_on=found.held_on.isoformat()
        )
    return say("共读出 {n} 个数。{told}", n=len(found.judged), told=again(told))


def _notes(found: Checked) -> list[str]:
    restored = found.reading.restored
    notes = []
    if found.reconstructed:
        notes.append(say("对照用的是据公开汇总重建的示例记录，人物与凭证均为虚构。"))
    if restored.damaged:
        notes.append(
            say("文字有缺损，已按字节复原 {n} 个字；下面显示的是原样，位置按原文件计。", n=len(restored.rebuilt))
        )
    if restored.furniture:
        notes.append(say("有 {n} 段不属正文（导航、版权、广告等），没有核对。", n=len(restored.furniture)))
    return notes


def _claim(number: int, claim: ReadClaim, judged: Judged, found: Checked) -> dict[str, Any]:
    records = [named_record(name) for name in judged.records[:_RECORDS]]
    figure, more = None, len(judged.records) - len(records)
    if judged.figure and found.asked:
        url = amounts.figure_url(judged.figure, found.asked.scope.code, **_time(judged))
        figure = {"label": amounts.figure_label(amounts.declared(judged.figure), judged.figure), "url": url}
    return {
        "number": number,
        "surface": claim.surface,
        "told": _read_as(claim),
        "verdict": {"code": judged.verdict.value, "label": say(VERDICTS_ZH[judged.verdict])},
        "reason": again(judged.reason),
        "figure": figure,
        "computed": _computed(judged),
        "records": records,
        "records_more": {"count": len(judged.records), "url": figure["url"]} if figure and more > 0 else None,
        "reconstructed": found.reconstructed and bool(judged.records),
        "what": _what(claim),
        "unreadable": claim.unreadable,
    }


def _time(judged: Judged) -> dict[str, date | None]:
    """The days the claim was held against, as the page of a figure is asked for them."""
    return {"since": judged.window.start, "as_of": judged.window.end} if judged.window else {}


def _read_as(claim: ReadClaim) -> str:
    if claim.value is None:
        return say("没有写明数值")
    return "" if claim.qualifier == "exact" else described(claim)


def _what(claim: ReadClaim) -> str:
    """The stage a claim speaks of, where it is not a result."""
    return (
        ""
        if claim.stage == "achieved"
        else say("说的是{label}，不是已经实现的", label=say(str(Stage(claim.stage).label)))
    )


def _computed(judged: Judged) -> str:
    if judged.computed is None or not judged.figure:
        return ""
    return f"{judged.computed} {amounts.unit_word(amounts.declared(judged.figure))}".strip()
