"""`bench`: each with its baseline in the same run, as ratios of wall and processor time."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections

import shanhai.areas
from shanhai.access.sessions import acting_as
from shanhai.base.findings import WrongUse
from shanhai.check.checking import check
from shanhai.cli.bench_clock import examples_folder, seconds
from shanhai.cli.bench_intake import intake
from shanhai.cli.bench_matching import matching
from shanhai.cli.bench_overlaps import audit
from shanhai.cli.bench_site import site
from shanhai.cli.printing import print_json
from shanhai.cli.showing import PAIRING, load_examples
from shanhai.cli.starting import OPERATOR
from shanhai.figures import bench as figures_bench
from shanhai.figures import declare

AREAS = Path(shanhai.areas.__file__).parent
#: Lines of each table in twenty of the ledger, as an office has them.
LEDGERS = {
    "funds.payment": 10, "funds.allocation": 5, "funds.release": 3, "funds.issue": 1, "funds.receipt": 1, "funds.refund": 1,
    "funds.carryover": 1,
}  # fmt: skip
ARTICLE = 5_000


def bench(*, name: str, as_json: bool) -> int:
    """Run one benchmark and print its answer."""
    if name not in BENCHES:
        raise WrongUse(f"没有名为“{name}”的基准；可选：{'、'.join(BENCHES)}。")
    print_json(BENCHES[name]())
    return 0


def _figures() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        owner = connections["owner"]
        owner.ensure_connection()
        measured = figures_bench.bench_figures(
            declare.registry(),
            Path(folder),
            script=figures_bench.scripts(AREAS),
            ledgers=LEDGERS,
            postgres=owner.connection,
        )
    return {"bench": "figures"} | measured


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


BENCHES: dict[str, Callable[[], dict[str, Any]]] = {
    "figures": _figures,
    "intake": intake,
    "check": _check,
    "site": site,
    "matching": matching,
    "overlaps": audit,
}
