"""What benchmarks share: the clock, and where the example lies."""

import time
from collections.abc import Callable
from pathlib import Path

from shanhai.base.findings import Refused


class Cost(dict[str, float]):
    """Wall and processor seconds, ordered by wall."""

    def __lt__(self, other: "Cost") -> bool:
        return self["wall"] < other["wall"]


def seconds(work: Callable[[], object]) -> Cost:
    """What the work takes in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)


def examples_folder() -> Path:
    """The example, which lies in the root of the repository."""
    examples = Path("examples")
    if not (examples / "article.txt").exists():
        raise Refused("没有找到 examples/article.txt，请在代码仓库的根目录运行。")
    return examples
