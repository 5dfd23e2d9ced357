"""The life of a record in steps, where another record type tells its moves: one column names the step."""

from collections.abc import Mapping
from typing import Any

from shanhai.base.language import say
from shanhai.journal.models import Record
from shanhai.web import wording

#: A record type that has this column tells the moves of the records it refers to.
STEP = "step_code"


def life_of(record: Record) -> list[dict[str, str]]:
    """Steps behind, the one it stands at, and those ahead; nothing for a record without a life."""
    for model in wording.record_types().values():
        column = next((name for name, target in wording.references(model).items() if target == record.type_name()), "")
        columns = wording.own_columns(model)
        if column and STEP in columns:
            day = next(name for name in columns if name.endswith("_on"))
            moves = model._default_manager.filter(scope_id=record.scope_id, **{column: record.key}).order_by(day, "id")
            words = {str(code): say(str(word)) for code, word in model._meta.get_field(STEP).flatchoices}  # type: ignore[union-attr]
            return _steps(words, [(getattr(move, STEP), getattr(move, day), move) for move in moves])
    return []


def _steps(words: Mapping[str, str], moves: list[tuple[str, Any, Record]]) -> list[dict[str, str]]:
    """Each step once, with the day and paper of its last move; steps passed over are left out."""
    if not moves:
        return []
    done = {step: (day, move) for step, day, move in moves}
    order = list(words)
    now, last = moves[-1][0], order[-1]
    ended = now == last
    found = []
    for place, step in enumerate(order):
        if step in done:
            day, move = done[step]
            state = "current" if step == now else "done"
            paper = str(getattr(move, "document_no", ""))
            found.append({"label": words[step], "state": state, "on": day.isoformat(), "paper": paper})
        elif place > order.index(now) and not ended and step != last:
            found.append({"label": words[step], "state": "todo", "on": "", "paper": ""})
    return found
