"""The two columns with which every sheet begins: which scope a row belongs to, and whose book it stands in."""

from shanhai.base.language import noted
from shanhai.intake import declare as sheet
from shanhai.intake.columns import Column

SIDES = {"east": "东部帮扶方", "west": "西部受援方", "own": "本地"}


_WHOSE = noted("这条记录记在谁的账上；本地资金填“本地”。")


def belonging(example_side: str = "west", *, whose: str = _WHOSE) -> tuple[Column, ...]:
    """The columns 结对代码 and 填报方, for the front of a sheet; `whose` teaches which side that is."""
    return (
        sheet.code(
            "scope_code", "结对代码", required=True, example="331081-511381", aliases=("范围代码",),
            pattern=r"\d{6}(-\d{6})?|FUND-\d{6}(-[A-Z0-9]+)?", shape="结对双方代码或本地资金代码",
            note=noted("东部代码-西部代码，如 331081-511381；省级结对如 330000-510000；本地资金填 FUND-行政区划代码。一个工作簿只填一个。"),
        ),
        sheet.choice(
            "owner_side", "填报方", required=True, choices=SIDES, example=SIDES[example_side],
            note=whose,
        ),
    )  # fmt: skip
