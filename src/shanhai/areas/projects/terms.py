"""Code lists of projects, and the table of what may follow what in a project's life."""

from django.db import models


class ProjectClass(models.TextChoices):
    """Main classes of projects."""

    INDUSTRY = "industry", "产业类"
    INFRASTRUCTURE = "infrastructure", "基础设施类"
    WELFARE = "welfare", "公益类"
    MANAGEMENT = "management", "项目管理类"
    OTHER = "other", "其他"


class Step(models.TextChoices):
    """Steps in the life of a project; each is an act with a date and a paper."""

    PROPOSED = "proposed", "申报"
    LIBRARY = "library", "入库"
    PLANNED = "planned", "列入年度计划"
    APPROVED = "approved", "批复"
    TENDERED = "tendered", "招标采购"
    STARTED = "started", "开工"
    PROGRESS = "progress", "进度"
    COMPLETED = "completed", "完工"
    ACCEPTED = "accepted", "验收"
    FINAL_ACCOUNT = "final_account", "结算审核"
    ASSET = "asset", "形成资产"
    HANDED_OVER = "handed_over", "移交"
    UPKEEP = "upkeep", "管护"
    STOPPED = "stopped", "终止"


_ORDER = tuple(step for step in Step if step is not Step.STOPPED)
#: Steps a project may pass over: small works are bought without a tender, some report no progress between.
_OPTIONAL = {Step.TENDERED, Step.PROGRESS}
_REPEATED = {Step.PROGRESS, Step.UPKEEP}
_BEFORE_WORK = set(_ORDER[: _ORDER.index(Step.COMPLETED)])


def _following(step: Step) -> set[Step]:
    """What may follow a step: the next one, and what lies behind steps that may be passed over."""
    found: set[Step] = {step} if step in _REPEATED else set()
    for later in _ORDER[_ORDER.index(step) + 1 :]:
        found.add(later)
        if later not in _OPTIONAL:
            break
    return found | ({Step.STOPPED} if step in _BEFORE_WORK else set())


#: What may follow each step; the empty set ends a life. A project begins with PROPOSED.
NEXT: dict[Step, set[Step]] = {step: _following(step) for step in _ORDER} | {Step.STOPPED: set()}

#: Steps before work begins; a project that stands at one when its plan year is over has not kept to the plan.
BEFORE_START = frozenset(_ORDER[: _ORDER.index(Step.STARTED)])
#: Days after which the pages point at a project that stays at a step. A hint to look, set here and by no rule; steps
#: that are not named may last.
STAY: dict[Step, int] = {
    Step.PROPOSED: 90, Step.PLANNED: 120, Step.APPROVED: 120, Step.TENDERED: 60, Step.STARTED: 180, Step.PROGRESS: 90,
    Step.COMPLETED: 90, Step.ACCEPTED: 90, Step.FINAL_ACCOUNT: 90, Step.ASSET: 90,
}  # fmt: skip


class AssetClass(models.TextChoices):
    """The three classes of project assets."""

    BUSINESS = "business", "经营性资产"
    PUBLIC = "public", "公益性资产"
    HOUSEHOLD = "household", "到户类资产"


class AcceptanceResult(models.TextChoices):
    """Outcome of the joint check."""

    PASSED = "passed", "合格"
    MENDED = "mended", "整改后合格"
    FAILED = "failed", "不合格"
