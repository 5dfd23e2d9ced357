"""A checked text as JSON, the form the command and the pages share."""

from decimal import Decimal
from typing import Any

from shanhai.check.checking import Checked
from shanhai.check.reading import ReadClaim
from shanhai.check.verdicts import Judged, Verdict


def answer(checked: Checked) -> dict[str, Any]:
    """The whole answer: claims in order, findings, pairing and day."""
    return {
        "claims": [
            claim_line(claim, judged, reconstructed=checked.reconstructed)
            for claim, judged in zip(checked.reading.claims, checked.judged, strict=True)
        ],
        "findings": [
            {"code": finding.code, "message": finding.message, "found": finding.found, "expected": finding.expected}
            for finding in checked.findings
        ],
        "pairing": checked.asked.scope.code if checked.asked else None,
        "held_on": checked.held_on.isoformat() if checked.held_on else None,
    }


def claim_line(claim: ReadClaim, judged: Judged, *, reconstructed: bool) -> dict[str, Any]:
    """One claim with its verdict."""
    return {
        "surface": claim.surface, "start": claim.start, "end": claim.end, "value": _number(claim.value),
        "value_max": _number(claim.value_max), "unit": claim.unit, "qualifier": claim.qualifier, "kind": claim.kind,
        "stage": claim.stage, "figure": judged.figure or None, "computed": judged.computed, "verdict": judged.verdict.value,
        "reason": judged.reason, "records": list(judged.records), "reconstructed": reconstructed and bool(judged.records),
        "unreadable": judged.verdict is Verdict.UNCERTAIN,
    }  # fmt: skip


def _number(value: Decimal | str | None) -> int | float | str | None:
    """A number as JSON writes it; whole ones without a point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
