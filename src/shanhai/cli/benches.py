"""`bench`: each with its baseline in the same run, as ratios of wall and processor time."""

import re
from collections.abc import Callable
from typing import Any

from shanhai.access.sessions import acting_as
from shanhai.base.findings import WrongUse
from shanhai.check.checking import check
from shanhai.cli.bench_clock import examples_folder, seconds
from shanhai.cli.bench_figures import figures
from shanhai.cli.bench_intake import intake
from shanhai.cli.bench_matching import matching
from shanhai.cli.bench_overlaps import audit
from shanhai.cli.bench_site import site
from shanhai.cli.printing import print_json
from shanhai.cli.showing import PAIRING, load_examples
from shanhai.cli.starting import OPERATOR

ARTICLE = 5_000


def bench(*, name: str, rows: int | None = None, as_json: bool) -> int:
    """Run one benchmark and print its answer; `rows` is another size than the usual one, where there is a choice."""
    if name not in BENCHES:
        raise WrongUse(f"没有名为“{name}”的基准；可选：{'、'.join(BENCHES)}。")
    if rows is not None and name not in SIZED:
        raise WrongUse(f"基准“{name}”只有一种规模；可用 --rows 的：{'、'.join(SIZED)}。")
    if rows is not None and rows < LEAST:
        raise WrongUse(f"--rows 至少为 {LEAST}，现为 {rows}。")
    print_json(BENCHES[name](**({} if rows is None else {"rows": rows})))
    return 0


_NUMBER = re.compile(r"\d[\d,.]*\s*(?:亿|万|千|百)?\s*(?:元|人次|人|户|亩|个|家|所|项|%|年)?")


def _check() -> dict[str, Any]:
    examples = examples_folder()
    load_examples(examples)
    text = (examples / "article.txt").read_text("utf-8")
    text = (text * (ARTICLE // len(text) + 1))[:ARTICLE]
    with acting_as(OPERATOR):
        first = seconds(lambda: check(text, pairing=PAIRING))
        ours = min(seconds(lambda: check(text, pairing=PAIRING)) for _ in range(5))
    baseline = min(seconds(lambda: _NUMBER.findall(text)) for _ in range(5))
    return {
        "bench": "check", "characters": len(text), "first": first, "ours": ours, "bare_regex": baseline,
        "ratios": {"ours_to_regex_wall": ours["wall"] / baseline["wall"]}, "under_half_a_second": ours["wall"] < 0.5,
    }  # fmt: skip


BENCHES: dict[str, Callable[..., dict[str, Any]]] = {
    "figures": figures,
    "intake": intake,
    "check": _check,
    "site": site,
    "matching": matching,
    "overlaps": audit,
}
SIZED = ("figures",)
LEAST = 20_000
