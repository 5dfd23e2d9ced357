"""What the page of a figure tells of it beside its rows: value, meaning, parts."""

from typing import Any

from django.urls import reverse

from shanhai.asking import values
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.figures.opening import Opened
from shanhai.figures.terms import State
from shanhai.web import amounts
from shanhai.web.figure_terms import FOLDS, TIMES, fold_sentence, stage_badge
from shanhai.web.questions import Question
from shanhai.web.reading import reading
from shanhai.web.wording import area_words, with_query


def told_figure(asked: Question, opened: Opened) -> dict[str, Any]:
    """The `figure` of the page."""
    figure, value = asked.figure, opened.value
    return {
        "name": asked.name,
        "label": amounts.figure_label(figure, asked.name),
        "area": area_words().get(figure.area, figure.area),
        **amounts.told(value),
        "state": amounts.state(value),
        "stage": stage_badge(figure),
        "period": asked.period,
        "as_of": asked.as_of.isoformat(),
        "reconstructed": asked.asked.scope.is_example and opened.total_rows > 0,
        "definition": f"{figure.zh}（{figure.en}）" if reading().language == "zh-hans" else figure.en,
        "rule": say(figure.rule),
        "basis": say(figure.basis),
        "time": say(TIMES[figure.time][0]),
        "time_means": say(TIMES[figure.time][1]),
        "how": say(FOLDS[figure.how]),
        "fold": fold_sentence(opened),
        "folds": opened.fold.amount == value.amount,
        "parts": [_part(part, asked) for part in value.parts],
        "once": _once(asked, value),
    }


def _once(asked: Question, value: Value) -> dict[str, Any] | None:
    """The de-duplication statement of a count of persons or households: each step with its number, and what is open."""
    told = values.counted_once(asked.asked, asked.name, asked.window) if value.state is State.VALUE else None
    if told is None:
        return None
    unit = amounts.unit_word(asked.figure)
    steps = (
        (say("读到的记录"), told.once.rows, say("条")),
        (say("同一编号重复出现，扣除"), told.once.repeated, say("条")),
        (say("不同编号，已认定为同一个，扣除"), told.once.merged, unit),
        (say("去重后计入"), told.once.counted, unit),
    )
    return {
        "steps": [{"label": label, "count": count, "unit": word} for label, count, word in steps],
        "undecided": told.undecided,
        "undecided_told": say("另有 {n} 对编号可能是同一个，还没有人认定，现分别计数。", n=told.undecided)
        if told.undecided
        else say("没有待认定的疑似重复。"),
        "url": with_query(reverse("list", args=["reference.merge"]), scope=asked.asked.scope.code),
    }


def _part(value: Value, asked: Question) -> dict[str, str]:
    figure, name = asked.figure, value.figure.name
    roles = {figure.numerator: say("分子"), figure.denominator: say("分母")} | dict.fromkeys(figure.minus, say("减去"))
    open_name = amounts.narrowed_name(value.figure, dict(asked.narrowed))
    return {
        "role": roles.get(name, say("其中")),
        "label": amounts.figure_word(value.figure),
        "value": amounts.text(value),
        "unit": amounts.unit_word(value.figure),
        "url": with_query(reverse("figure", args=[open_name]), **asked.told),
    }
