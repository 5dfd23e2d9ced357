"""Pure checks on rows and lives of projects."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import polars

from shanhai.areas.projects.terms import NEXT, Step
from shanhai.base.language import listed, say

Problem = tuple[int, str, str, str]
_PLACE = {step: place for place, step in enumerate(Step)}


def life_in_order(project: str, life: Iterable[tuple[object, str]]) -> str:
    """The sentence that says where a life breaks the table of steps; empty where it holds.

    `life` holds (day, step code) in any order; steps of one day follow the order of a life.
    """
    ordered = sorted((day, _PLACE[Step(code)], Step(code)) for day, code in life)
    steps = [step for _day, _place, step in ordered]
    if steps and steps[0] is not Step.PROPOSED:
        return say(
            "项目“{project}”的第一个节点是“{first}”，应先有“{proposed}”",
            project=project,
            first=_word(steps[0]),
            proposed=_word(Step.PROPOSED),
        )
    for before, after in pairwise(steps):
        if after not in NEXT[before]:
            allowed = listed(_word(step) for step in sorted(NEXT[before], key=_PLACE.__getitem__))
            return say(
                "项目“{project}”在“{before}”之后是“{after}”，这里只能是{allowed}",
                project=project,
                before=_word(before),
                after=_word(after),
                allowed=allowed or say("（已终止，不再有节点）"),
            )
    return ""


def _word(step: Step) -> str:
    return say(str(step.label))


def progress_only_with_progress(frame: polars.DataFrame) -> Iterator[Problem]:
    """形象进度 is given for the step 进度, and within 0 to 100 per cent."""
    wrong = frame.filter((polars.col("step_code") == Step.PROGRESS) & polars.col("progress_percent").is_null())
    for row in wrong.iter_rows(named=True):
        yield (
            row["_row"],
            "progress_percent",
            "projects.progress_missing",
            say("节点是“进度”，但没有填形象进度。请填 0 至 100 之间的数字。"),
        )


def planned_money_not_negative(frame: polars.DataFrame) -> Iterator[Problem]:
    """计划总投资 is not below zero."""
    for row in frame.filter(polars.col("planned_fen") < 0).iter_rows(named=True):
        yield (
            row["_row"],
            "planned_fen",
            "projects.planned_negative",
            say("计划总投资小于零。请填写不小于零的金额（单位：元）。"),
        )


def contract_amount_positive(frame: polars.DataFrame) -> Iterator[Problem]:
    """合同金额 is above zero."""
    for row in frame.filter(polars.col("amount_fen") <= 0).iter_rows(named=True):
        yield (
            row["_row"],
            "amount_fen",
            "projects.contract_not_positive",
            say("合同金额不大于零。请填写合同上的金额（单位：元）。"),
        )
