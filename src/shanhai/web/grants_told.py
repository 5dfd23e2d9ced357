"""How a grant is told: how far it reaches, which side, from when to when."""

from datetime import date

from shanhai.access.terms import Reach
from shanhai.base.language import noted, say
from shanhai.journal.terms import Side

_BOTH = noted("双方")


def reach_told(reach: str, scope_name: str, region: str) -> str:
    """How far it reaches: everything, one scope by its name, or one region."""
    if reach == Reach.SCOPE:
        return scope_name
    return say(str(Reach(reach).label)) if reach == Reach.ALL else say("{region} 参与的全部范围", region=region)


def side_told(side: str) -> str:
    """The side whose book it opens."""
    return say(_BOTH) if side == "any" else say(str(Side(side).label))


def time_told(first_on: date | None, last_on: date | None) -> str:
    """From when to when."""
    if first_on and last_on:
        return say("{first} 至 {last}", first=first_on.isoformat(), last=last_on.isoformat())
    if first_on:
        return say("自 {first} 起", first=first_on.isoformat())
    return say("至 {last}", last=last_on.isoformat()) if last_on else say("长期")
