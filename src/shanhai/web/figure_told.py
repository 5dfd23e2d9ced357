"""What the page of a figure tells of it beside its rows: value, meaning, parts."""

from typing import Any

from django.urls import reverse

from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.figures.opening import Opened
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
