"""Roles as data: a short code, a name, and a sentence a human can judge."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Role:
    """A role: what its holder is there for. Which acts are its duty is said where the acts are declared."""

    code: str
    zh: str
    sentence: str


CLERK, FINANCE, OWNER, TEAM, AUDITOR, VIEWER, OPERATOR = (
    "clerk", "finance", "project_owner", "team", "auditor", "viewer", "operator",
)  # fmt: skip

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(CLERK, "协作办经办人", "录入和更正本方的协议、项目等业务记录，对对方的记录表态。"),
        Role(FINANCE, "财务人员", "登记资金的下达、分配、拨付、支付，确认对方拨来的资金。"),
        Role(OWNER, "项目单位", "报送本方项目的进展、验收和资产。"),
        Role(TEAM, "工作队", "登记工作队及成员、会议和互访。"),
        Role(AUDITOR, "审计人员", "查看范围内的全部记录、佐证和日志，核验日志，不能写入。"),
        Role(VIEWER, "查看人员", "查看范围内的记录和指标，不能写入。"),
        Role(OPERATOR, "管理员", "建立结对关系和账号、装载基础资料；可在命令行代为装载各类工作簿。"),
    )
}


class Reach(models.TextChoices):
    """How far a grant reaches."""

    SCOPE = "scope", "单个范围"
    REGION = "region", "本行政区参与的全部范围"
    ALL = "all", "全部范围"


class Stage(models.TextChoices):
    """How far signing in has come; only a session that is whole opens records."""

    CODE = "code", "等待验证码"
    PASSWORD = "password", "须改密码"
    FACTOR = "factor", "须启用二次验证"
    FULL = "full", "已登录"
