"""The terms of figures in the reader's words: behaviour in time, fold, stage."""

from typing import Any

from shanhai.figures.model import Figure
from shanhai.figures.opening import Opened
from shanhai.figures.terms import How, Time
from shanhai.journal.terms import Stage
from shanhai.web import amounts

TIMES = {
    Time.FLOW: ("流量", "数的是时段之内发生的"),
    Time.STOCK: ("存量", "截止那天的状况"),
    Time.CUMULATIVE: ("累计", "从开始到截止那天"),
    Time.RATIO: ("比率", "按分子、分母重新相除，从不平均"),
}
FOLDS = {
    How.SUM: "各行相加",
    How.COUNT: "数行数",
    How.COUNT_DISTINCT: "去掉重复后数个数",
    How.MIN_DATE: "取最早的日期",
    How.MAX_DATE: "取最晚的日期",
    How.BALANCE: "各行相加（余额）",
    How.RATIO: "分子除以分母",
    How.SPAN_YEARS: "两个日期之间的整年数",
    How.TOTAL: "几个数相加、相减",
}


def stage_badge(figure: Figure) -> dict[str, str]:
    """The stage a figure claims."""
    return {"code": str(figure.stage), "label": str(Stage(str(figure.stage)).label)}


def fold_sentence(opened: Opened) -> str:
    """What came of folding all rows again."""
    fold: Any = opened.fold
    if fold.amount is None:
        return ""
    again, unit = FOLDS[opened.value.figure.how], amounts.unit_word(fold.figure)
    return f"把下面全部 {opened.total_rows} 条记录重新{again}，得 {amounts.text(fold)}{unit}。"
