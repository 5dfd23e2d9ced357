"""The figure of the made-up area."""

from typing import Any

from shanhai.figures import declare

APIARY = declare.table("beekeeping.apiary", name="string", opened_on="date")


@declare.figure(
    "beekeeping.apiaries", zh="建成蜂场", en="Apiaries opened", unit="base", time="flow", stage="achieved",
    reads=(APIARY,), how="count", on="opened_on", rule="期内建成的蜂场个数；一处计一次。", basis="测试用的示例领域",
)  # fmt: skip
def apiaries(apiary: Any) -> Any:
    """Every apiary, by the day it was opened."""
    return apiary
