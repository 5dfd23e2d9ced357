"""The measures of the house: print them, compare them with house.json, refuse what is worse.

    python tools/house.py            print, compare, exit 1 on a worse value or a broken limit
    python tools/house.py --write    the same, and keep today's values as the ones to compare with

house.json also holds waivers, `{"measure", "until", "reason"}`, each with a last day, and
`unused_allowed`, `{"name", "reason"}`, for names that only a framework uses.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from house_measures import Module, is_test, measure_trees, part, percentile, read_modules

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "shanhai"
KEPT = ROOT / "house.json"


@dataclass(frozen=True)
class Measure:
    """One line of the table: its limits and how much worse than the kept value it may become.

    A value must lie from `least` to `most`. `better` is the side a value should move to, "" for one
    that is only shown (a history cannot be mended by the next change).
    """

    name: str
    title: str
    most: float | None = None
    least: float | None = None
    better: str = "low"
    slack: float = 0.0


MEASURES = (
    Measure("import_cycles", "import cycles, deferred ones counted", most=0),
    Measure("package_cycles", "first-level packages in a cycle", most=0),
    Measure("contracts_broken", "layer contracts broken", most=0),
    Measure("deferred_imports", "deferred imports %", most=1),
    Measure("function_lines_p50", "function lines p50", slack=2),
    Measure("function_lines_p90", "function lines p90", most=25, slack=2),
    Measure("function_lines_p99", "function lines p99", most=60, slack=5),
    Measure("function_lines_max", "longest function", most=60, slack=5),
    Measure("functions_over_50", "functions over 50 lines %", most=0.5, slack=0.2),
    Measure("complexity", "functions over complexity 8", most=0),
    Measure("arguments", "functions over 4 positional arguments", most=0),
    Measure("module_lines_p90", "module lines p90", most=300, slack=20),
    Measure("module_lines_max", "longest module", most=450, slack=30),
    Measure("class_lines_p90", "class lines p90", most=80, slack=5),
    Measure("fan_out_p90", "fan-out p90", most=8, slack=1),
    Measure("fan_out_max", "fan-out max", most=15, slack=2),
    Measure("duplicated_lines", "duplicated lines %", most=1.5, slack=0.2),
    Measure("unused", "unused code (80 % sure)", most=0),
    Measure("commented_out", "commented-out code", most=0),
    Measure("reminders", "reminders without an issue number", most=0),
    Measure("prints", "prints in the package", most=0),
    Measure("broad_except", "broad except without a reason", most=0),
    Measure("annotated_functions", "annotated functions %", least=100, better="high"),
    Measure("docstrings_modules", "modules with docstring %", least=100, better="high"),
    Measure("docstrings_functions", "public functions of mechanisms, docstring %", least=80, better="high", slack=1),
    Measure("comment_share", "comments and docstrings %", least=8, most=25, better=""),
    Measure("test_to_code", "test lines : code lines", least=1, most=2, better="high", slack=0.1),
    Measure("test_lines_p50", "test lines p50", most=15, slack=2),
    Measure("test_lines_p90", "test lines p90", most=40, slack=4),
    Measure("files_per_change_p50", "files per change p50", better=""),
    Measure("files_per_change_p90", "files per change p90", better=""),
    Measure("changes_with_test", "changes that bring a test %", better=""),
)


# --- what other tools count ------------------------------------------------------------------------


def run(*command: str) -> str:
    """What a command prints on standard output, whatever its exit code."""
    inside = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(command, cwd=ROOT, env=inside, capture_output=True, text=True, check=False)
    return done.stdout


def beside(tool: str) -> str:
    """The tool installed beside this interpreter."""
    return str(Path(sys.executable).with_name(tool))


def count_lint(paths: list[Path]) -> dict[str, float]:
    """Complexity, positional arguments, commented-out code and broad excepts, as ruff sees them."""
    rules = {"C901": "complexity", "PLR0917": "arguments", "ERA001": "commented_out", "BLE001": "broad_except"}
    options = ("--config", "lint.mccabe.max-complexity=8", "--config", "lint.pylint.max-positional-args=4")
    command = ("check", "--isolated", "--preview", "--select", ",".join(rules), "--output-format", "json", *options)
    found = json.loads(run(beside("ruff"), *command, *map(str, paths)) or "[]")
    counts = dict.fromkeys(rules.values(), 0.0)
    for one in found:
        if one["code"] in rules:
            counts[rules[one["code"]]] += 1
    return counts


def count_silent_excepts(modules: list[Module]) -> int:
    """Broad excepts that are let through without saying why on the same line."""
    silent = re.compile(r"noqa:\s*(?:[A-Z]+\d+,\s*)*BLE001(?:,\s*[A-Z]+\d+)*\W*$")
    return sum(bool(silent.search(text)) for module in modules for _, text in module.comments)


def count_unused(paths: list[Path], allowed: set[str]) -> list[str]:
    """Names nothing uses, as vulture sees them at 80 per cent, without the allowed ones."""
    lines = run(beside("vulture"), "--min-confidence", "80", *map(str, paths)).splitlines()
    return [line for line in lines if not any(f"'{name}'" in line for name in allowed)]


def count_broken_contracts() -> float | None:
    """Broken import-linter contracts; None where the tool gave no count."""
    counted = re.search(r"Contracts: \d+ kept, (\d+) broken", run(beside("lint-imports"), "--no-cache"))
    return float(counted[1]) if counted else None


def measure_history() -> dict[str, float]:
    """Files per change and the share of changes of the package that bring a test."""
    changes = [change.split() for change in run("git", "log", "--name-only", "--format=%x00").split("\0")]
    code = [files for files in changes if any(f.startswith("src/") and "/tests/" not in f for f in files)]
    tested = sum(any("/tests/" in f or f.startswith("tests/") for f in files) for files in code)
    sizes = [len(files) for files in code]
    return {
        "files_per_change_p50": percentile(sizes, 0.5),
        "files_per_change_p90": percentile(sizes, 0.9),
        "changes_with_test": part(tested, len(code)),
    }


def measure_house(allowed: set[str]) -> tuple[dict[str, float | None], list[str]]:
    """Every measure of this repository, and the unused names behind one of them."""
    inside = list(read_modules(PACKAGE, PACKAGE.name))
    modules = [module for module in inside if not is_test(module.name)]
    tests = [module for module in inside if is_test(module.name)] + list(read_modules(ROOT / "tests", "tests"))
    paths = [path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    lint = count_lint(paths)
    lint["broad_except"] += count_silent_excepts(modules)
    unused = count_unused(paths, allowed)
    rest = {"unused": len(unused), "contracts_broken": count_broken_contracts(), **measure_history()}
    return {**measure_trees(modules, tests), **lint, **rest}, unused


# --- the comparison --------------------------------------------------------------------------------


def judge(measure: Measure, value: float | None, kept: float | None) -> str:
    """What is wrong with a value, in a few words; nothing where all is well."""
    if value is None:
        return "" if measure.most is None else "could not be measured"
    if measure.most is not None and value > measure.most:
        return f"over the limit {measure.most:g}"
    if measure.least is not None and value < measure.least:
        return f"under the limit {measure.least:g}"
    if kept is None or not measure.better:
        return ""
    worse = value - kept if measure.better == "low" else kept - value
    return f"worse than the kept {kept:g}" if worse > measure.slack + 1e-9 else ""


def waived(waivers: list[dict[str, str]], name: str, today: date) -> str:
    """The reason of a waiver of this measure that still runs."""
    reasons = (w["reason"] for w in waivers if w["measure"] == name and date.fromisoformat(w["until"]) >= today)
    return next(reasons, "")


def compare(
    values: dict[str, float | None], kept: dict[str, Any], today: date
) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows of the table (title, value, kept, limit, remark) and the faults that fail the build."""
    rows: list[tuple[str, ...]] = []
    faults: list[str] = []
    for measure in MEASURES:
        value, before = values.get(measure.name), kept.get("measures", {}).get(measure.name)
        fault = judge(measure, value, before)
        reason = waived(kept.get("waivers", []), measure.name, today) if fault else ""
        if fault and not reason:
            faults.append(f"{measure.title}: {_shown(value)}, {fault}")
        remark = f"{fault} (waived: {reason})" if reason else fault
        rows.append((measure.title, _shown(value), _shown(before), _limit(measure), remark))
    return rows, faults


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _limit(measure: Measure) -> str:
    least, most = (f"{mark}{bound:g}" if bound is not None else "" for mark, bound in _bounds(measure))
    return " ".join(filter(None, (least, most)))


def _bounds(measure: Measure) -> tuple[tuple[str, float | None], tuple[str, float | None]]:
    return ("≥", measure.least), ("≤", measure.most)


def main() -> int:
    """Measure, print, compare; 1 where something is worse or over a limit."""
    parser = argparse.ArgumentParser(description="Measures of the house, compared with house.json.")
    parser.add_argument("--write", action="store_true", help="keep today's values in house.json")
    options = parser.parse_args()
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    values, unused = measure_house({one["name"] for one in kept.get("unused_allowed", [])})
    rows, faults = compare(values, kept, datetime.now(tz=UTC).date())
    for title, *cells, remark in (("measure", "value", "kept", "limit", ""), *rows):
        print(f"{title:<50}" + "".join(f"{cell:>10}" for cell in cells) + (f"  {remark}" if remark else ""))
    print("\n".join(("", *unused) if unused else ""))
    if options.write:
        known = {name: round(value, 2) for name, value in sorted(values.items()) if value is not None}
        new = {"measures": known, "waivers": kept.get("waivers", []), "unused_allowed": kept.get("unused_allowed", [])}
        KEPT.write_text(json.dumps(new, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for fault in faults:
        print(f"house: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
