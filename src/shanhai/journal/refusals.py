"""What the database refuses, told in sentences: an area says how the rules it gave the database read."""

from collections.abc import Callable

from django.db import IntegrityError

from shanhai.base.language import say

_ALREADY_THERE = "23505"
_SENTENCES: dict[str, Callable[[str], str]] = {}


def explain(constraint: str, sentence: Callable[[str], str]) -> None:
    """Say how a refusal by this constraint reads; `sentence` is given the detail the database sent with it."""
    _SENTENCES[constraint] = sentence


def sentence(refused: IntegrityError) -> str:
    """The refusal as a sentence: what its area says, else the database's own words and the name of the rule."""
    diagnosed = getattr(refused.__cause__, "diag", None)
    constraint = getattr(diagnosed, "constraint_name", None) or ""
    if constraint in _SENTENCES:
        return _SENTENCES[constraint](getattr(diagnosed, "message_detail", None) or "")
    if getattr(diagnosed, "sqlstate", None) == _ALREADY_THERE:
        return say("没有保存任何内容：同样编号的记录刚刚由另一次操作保存了。请再装载一次，已有的行不会重复登记。")
    words = getattr(diagnosed, "message_primary", None) or str(refused)
    return say(
        "没有保存任何内容：数据库的规则“{constraint}”不允许这些值（{words}）。请核对后重试。",
        constraint=constraint,
        words=words,
    )
