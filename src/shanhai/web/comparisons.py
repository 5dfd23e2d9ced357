"""The totals a notice states against its rows, for the upload page."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shanhai.base.findings import Finding
from shanhai.base.language import noted, say
from shanhai.intake.stated_totals import RELATIONS, STATED
from shanhai.loading.executing import Outcome

DIFFERENCE = "intake.stated_difference"
_RELATIONS = {RELATIONS["at_most"]: noted("至多"), RELATIONS["of_which"]: noted("其中")}


def comparisons_of(outcome: Outcome) -> list[dict[str, Any]]:
    """Each stated total of a notice against its rows; those that hold are told with the value the text states."""
    lines = []
    for reading in outcome.plan.readings:
        for stated in (each for each in reading.sheets if each.sheet is STATED):
            apart = {
                one.place.row: one
                for one in outcome.plan.findings
                if one.code == DIFFERENCE and one.place and one.place.file == reading.file
            }
            lines += [_comparison(row, apart.get(row["_row"])) for row in stated.frame.iter_rows(named=True)]
    return lines


def _comparison(row: Mapping[str, Any], finding: Finding | None) -> dict[str, Any]:
    unit, relation = row.get("unit") or "", row.get("relation") or RELATIONS["equal"]
    same = relation in (RELATIONS["equal"], "=", "＝")
    computed = f"{finding.found}{unit}" if finding else f"{row['stated']}{unit}" if same else say("在范围之内")
    return {
        "label": row.get("label") or "",
        "relation": "" if same else say(_RELATIONS.get(relation, relation)),
        "stated": f"{row['stated']}{unit}",
        "computed": computed,
        "difference": _gap(finding, unit) if finding else "0" if same else "–",
        "holds": finding is None,
    }


def _gap(finding: Finding, unit: str) -> str:
    """By how much the rows differ from what the text states."""
    gap = _number(finding.found) - _number(finding.expected)
    shown = _number_shown(abs(gap))
    return say("多 {gap}{unit}", gap=shown, unit=unit) if gap > 0 else say("少 {gap}{unit}", gap=shown, unit=unit)


def _number_shown(number: Decimal) -> str:
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _number(shown: str) -> Decimal:
    return Decimal(shown.replace(",", ""))
