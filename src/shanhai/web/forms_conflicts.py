"""What became of a record while its form was open, told field by field with who did it and when."""

from typing import Any

from shanhai.base.language import say
from shanhai.journal.models import Act, Entry, Record
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_filled import Filled
from shanhai.web.forms_merge import Merged
from shanhai.web.wording import moment


def conflicts_told(form: AskedForm, filled: Filled, merged: Merged, *, since: int) -> tuple[dict[str, Any], ...]:
    """Each field both changed, with both values, who changed it and when."""
    assert form.record is not None
    entries = list(_entries(form.record)[: max(1, form.record.version - since)])
    acts = {act.pk: act for act in Act.objects.filter(pk__in=[entry.act_id for entry in entries])}
    found = []
    for name in merged.conflicts:
        entry = next((each for each in entries if _changed(each, name)), entries[0] if entries else None)
        act = acts.get(entry.act_id) if entry else None
        hidden = say("（个人信息，不显示）")
        personal = name in form.personal
        found.append(
            {
                "name": name,
                "label": say(form.sheet.column(name).zh),
                "mine": hidden if personal else filled.values[name],
                "theirs": hidden if personal else form.shown[name],
                "who": (act.acted_by_name or act.acted_by) if act else "",
                "when": moment(act.acted_at) if act else "",
            }
        )
    return tuple(found)


def _entries(record: Record) -> Any:
    return Entry.objects.filter(
        scope_id=record.scope_id, record_type=record.type_name(), record_key=record.key
    ).order_by("-seq")  # fmt: skip


def _changed(entry: Entry, name: str) -> bool:
    return (entry.before or {}).get(name) != (entry.after or {}).get(name)


def taken_told(form: AskedForm, merged: Merged, *, who: str, when: str) -> str:
    """The sentence that says which fields were taken over from the other."""
    listed = say("、").join(say(form.sheet.column(name).zh) for name in merged.taken)
    if not listed:
        return say("您填写期间，{who}在 {when} 更正过这条记录；与您改的不冲突，请再看一遍。", who=who, when=when)
    return say(
        "您填写期间，{who}在 {when} 更正过这条记录，已并入：{fields}。您改的照旧，请再看一遍。",
        who=who, when=when, fields=listed,
    )  # fmt: skip
