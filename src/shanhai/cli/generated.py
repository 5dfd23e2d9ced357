"""`generate`: whole synthetic programmes written into the home, and what is true of them."""

import time
from typing import Any

from shanhai.access.sessions import acting_as
from shanhai.base.findings import WrongUse
from shanhai.cli.generating.world import Size
from shanhai.cli.generating.writing import write
from shanhai.cli.printing import print_json, print_table
from shanhai.cli.starting import OPERATOR

_MOST_PAIRINGS, _MOST_YEARS, _MOST_PEOPLE = 400, 10, 5_000_000


def generate(*, pairings: int, years: int, people: int, seed: int, as_json: bool) -> int:
    """Write the programmes and print how many records there are and the true total of each figure, by pairing."""
    for name, given, most in (
        ("pairings", pairings, _MOST_PAIRINGS), ("years", years, _MOST_YEARS), ("people", people, _MOST_PEOPLE),
    ):  # fmt: skip
        if not 1 <= given <= most:
            raise WrongUse(f"--{name} 是 {given}，应在 1 至 {most} 之间。")
    if people < 10 * pairings:
        raise WrongUse(f"--people 是 {people}，{pairings} 个结对至少要 {10 * pairings} 人。")
    size, began = Size(pairings, years, people, seed), time.perf_counter()
    with acting_as(OPERATOR) as actor:
        written = write(size, author=actor.author)
    totals = {
        code: {figure: truth.of(figure, None, size.last_on) for figure in sorted(truth.answers)}
        for code, truth in written.truths.items()
    }
    told: dict[str, Any] = {
        "records": dict(written.records), "as_of": size.last_on.isoformat(), "totals": totals,
        "seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip
    if as_json:
        print_json(told)
        return 0
    print_table("合成记录", ("记录", "条数"), [(name, str(count)) for name, count in written.records.items()])
    for code, figures in list(totals.items())[:3]:
        print_table(
            f"{code} 的真实合计（金额以分计）",
            ("指标", "合计"),
            [(name, str(value)) for name, value in figures.items()],
        )
    return 0
