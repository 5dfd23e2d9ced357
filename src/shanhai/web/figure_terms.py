"""The terms of figures in the reader's words: behaviour in time, fold, stage."""

from typing import Any

from shanhai.base.language import noted, say
from shanhai.figures.model import Figure
from shanhai.figures.opening import Opened
from shanhai.figures.terms import How, Time
from shanhai.journal.terms import Stage
from shanhai.web import amounts

TIMES = {
    Time.FLOW: (noted("流量"), noted("数的是时段之内发生的")),
    Time.STOCK: (noted("存量"), noted("截止那天的状况")),
    Time.CUMULATIVE: (noted("累计"), noted("从开始到截止那天")),
    Time.RATIO: (noted("比率"), noted("按分子、分母重新相除，从不平均")),
}
FOLDS = {
    How.SUM: noted("各行相加"),
    How.COUNT: noted("数行数"),
    How.COUNT_DISTINCT: noted("去掉重复后数个数"),
    How.MIN_DATE: noted("取最早的日期"),
    How.MAX_DATE: noted("取最晚的日期"),
    How.BALANCE: noted("各行相加（余额）"),
    How.COMMON: noted("各行相同时取该值"),
    How.LARGEST: noted("取最大的一次"),
    How.RATIO: noted("分子除以分母"),
    How.SPAN_YEARS: noted("两个日期之间的整年数"),
    How.TOTAL: noted("几个数相加、相减"),
}


def stage_badge(figure: Figure) -> dict[str, str]:
    """The stage a figure claims."""
    return {"code": str(figure.stage), "label": say(str(Stage(str(figure.stage)).label))}


def fold_sentence(opened: Opened) -> str:
    """What came of folding all rows again."""
    fold: Any = opened.fold
    if fold.amount is None:
        return ""
    again, unit = say(FOLDS[opened.value.figure.how]), amounts.unit_word(fold.figure)
    return say(
        "把下面全部 {total_rows} 条记录重新{again}，得 {text}{unit}。",
        total_rows=opened.total_rows,
        again=again,
        text=amounts.text(fold),
        unit=unit,
    )
