"""Every write of projects."""

from collections import defaultdict

import polars

from shanhai.access.entering import Context, enter, keys_in
from shanhai.access.terms import CLERK, OPERATOR, OWNER
from shanhai.areas.projects import checks
from shanhai.areas.projects.models import Acceptance, Asset, Contract, Handover, Milestone, Project, Site
from shanhai.base.findings import Refused
from shanhai.journal.acts import kind

_KEEPERS = (CLERK, OPERATOR)
_REPORTERS = (OWNER, CLERK, OPERATOR)

PROPOSE = kind("projects.project.proposed", "申报项目", duties=_REPORTERS)
MOVE = kind("projects.milestone.recorded", "登记项目节点", duties=_REPORTERS)
PLACE = kind("projects.site.recorded", "登记项目点位", duties=_REPORTERS)
CONTRACT = kind("projects.contract.recorded", "登记项目合同", duties=_REPORTERS)
ACCEPT = kind("projects.acceptance.recorded", "登记项目验收", duties=_KEEPERS)
REGISTER_ASSET = kind("projects.asset.registered", "登记项目资产", duties=_KEEPERS)
HAND_OVER = kind("projects.handover.recorded", "登记资产移交", duties=_KEEPERS)


def propose(*, rows: polars.DataFrame, context: Context) -> int:
    """Register projects as proposed; what becomes of them are moves."""
    return enter(Project, rows, kind=PROPOSE, context=context, stage="planned")


def move(*, rows: polars.DataFrame, context: Context) -> int:
    """Move projects to their next steps; a step that may not follow is refused."""
    written = enter(Milestone, rows, kind=MOVE, context=context)
    _hold_lives(rows, context)
    return written


def _hold_lives(rows: polars.DataFrame, context: Context) -> None:
    """The whole life of every project moved, as it now stands, must be one the table of steps allows."""
    keys = set(keys_in(rows, "project_key", context))
    moves = Milestone.objects.filter(scope_id=context.scope_id, project_key__in=keys).values_list(
        "project_key", "happened_on", "step_code"
    )
    lives: defaultdict[str, list[tuple[object, str]]] = defaultdict(list)
    for key, day, step in moves:
        lives[key].append((day, step))
    broken = [sentence for key, life in sorted(lives.items()) if (sentence := checks.life_in_order(key, life))]
    if broken:
        raise Refused("项目节点没有保存：" + "；".join(broken[:20]) + "。")


def place(*, rows: polars.DataFrame, context: Context) -> int:
    """Record where projects are carried out."""
    return enter(Site, rows, kind=PLACE, context=context)


def sign_contract(*, rows: polars.DataFrame, context: Context) -> int:
    """Record contracts; what is signed is not paid."""
    return enter(Contract, rows, kind=CONTRACT, context=context, stage="signed")


def accept(*, rows: polars.DataFrame, context: Context) -> int:
    """Record acceptances with the checked final cost."""
    return enter(Acceptance, rows, kind=ACCEPT, context=context)


def register_assets(*, rows: polars.DataFrame, context: Context) -> int:
    """Enter assets in the ledger with owner and keeper."""
    return enter(Asset, rows, kind=REGISTER_ASSET, context=context)


def hand_over(*, rows: polars.DataFrame, context: Context) -> int:
    """Record hand-overs signed by both sides."""
    return enter(Handover, rows, kind=HAND_OVER, context=context)
