"""`template` and `load`."""

from pathlib import Path
from typing import Any

from shanhai.access.sessions import acting_as
from shanhai.base.dates import MachineClock, today
from shanhai.base.findings import Finding, WrongUse
from shanhai.cli.printing import print_json, print_table, say
from shanhai.intake.declare import SHEETS
from shanhai.intake.errors import of_file, write_errors
from shanhai.intake.templates import listing, write_template
from shanhai.loading.executing import Order, Outcome, ordered_sheets
from shanhai.loading.executing import load as load_files
from shanhai.loading.movements import Movement


def template(*, sheet: str, out: Path | None, listed: bool) -> int:
    """Write the empty workbook of a sheet, or list the sheets there are."""
    if listed or not sheet:
        print_table("表", ("表名", "名称", "说明"), listing(ordered_sheets()))
        return 0
    if sheet not in SHEETS:
        raise WrongUse(f"没有名为“{sheet}”的表。请用 shanhai template --list 查看全部表名。")
    target = out or Path(f"{SHEETS[sheet].zh}.xlsx")
    write_template([SHEETS[sheet]], target)
    say(f"已写出 {target}")
    return 0


def load(
    *,
    files: list[Path],
    dry_run: bool,
    errors: Path | None,
    correct: str,
    accept_difference: str,
    user: str,
    as_json: bool,
) -> int:
    """Load workbooks, or say what a load would do."""
    order = Order([(path.name, path) for path in files], correct, accept_difference, dry_run)
    with acting_as(user) as actor:
        outcome = load_files(order, actor=actor, today=today(MachineClock()))
    if errors is not None:
        _write_errors(outcome, files, errors)
    if as_json:
        print_json(_answer(outcome, order))
    else:
        _tell(outcome, order)
    return 1 if outcome.blocked else 0


def _write_errors(outcome: Outcome, files: list[Path], target: Path) -> None:
    """One marked copy per file with findings; further files get their own name beside the target."""
    for number, (reading, path) in enumerate(zip(outcome.plan.readings, files, strict=True)):
        findings = of_file(outcome.findings, path.name)
        if findings:
            write_errors(
                reading,
                path,
                findings,
                target if number == 0 else target.with_name(f"{target.stem}-{path.stem}{target.suffix}"),
            )


def _counts(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {"sheet": sheet.sheet.name, "zh": sheet.sheet.zh, "rows": sheet.frame.height, "new": sheet.new.height,
         "changed": sheet.changed.height, "same": sheet.same}
        for sheet in outcome.plan.sheets
    ]  # fmt: skip


def _answer(outcome: Outcome, order: Order) -> dict[str, Any]:
    return {
        "saved": outcome.saved, "dry_run": order.dry_run, "blocked": outcome.blocked, "act": outcome.act_id,
        "sheets": _counts(outcome), "findings": [_finding(finding) for finding in outcome.findings],
        "moved": [_movement(movement) for movement in outcome.movements],
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code, "file": place.file if place else "", "sheet": place.sheet if place else "",
        "cell": f"{place.column}{place.row or ''}" if place else "", "message": finding.message, "blocks": finding.blocks,
        "found": finding.found, "expected": finding.expected,
    }  # fmt: skip


def _movement(movement: Movement) -> dict[str, Any]:
    return {
        "scope": movement.scope, "figure": movement.figure, "unit": movement.unit,
        "before": movement.before.plain, "after": movement.after.plain,
    }  # fmt: skip


def _tell(outcome: Outcome, order: Order) -> None:
    for count in _counts(outcome):
        say(f"{count['zh']}：{count['rows']} 行，新增 {count['new']}，更正 {count['changed']}，已有 {count['same']}")
    for finding in outcome.findings[:50]:
        say(("✗ " if finding.blocks else "· ") + str(finding))
    if len(outcome.findings) > 50:
        say(f"……另有 {len(outcome.findings) - 50} 条，请用 --errors 写出完整清单。")
    for movement in outcome.movements:
        say(f"  {movement.scope} {movement.zh}：{movement.before.plain} → {movement.after.plain} {movement.unit}")
    if outcome.blocked:
        say("有问题需要处理，没有保存任何一行。")
    elif order.dry_run:
        say("这是试算，没有保存任何一行。")
    else:
        say(f"已保存（操作 {outcome.act_id}）。" if outcome.saved else "没有新的内容，什么也没有改变。")
