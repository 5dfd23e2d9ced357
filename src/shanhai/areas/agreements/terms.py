"""Code lists of agreements and exchange."""

from django.db import models


class AgreementKind(models.TextChoices):
    """A general agreement, or one on a single field linked to it."""

    GENERAL = "general", "协作协议"
    SPECIAL = "special", "专项协议"


class MeetingKind(models.TextChoices):
    """Meetings with counters of their own; a joint meeting counts once, not once per side."""

    JOINT = "joint", "联席会议"
    LEADING_GROUP = "leading_group", "领导小组会议"
    TOPIC = "topic", "专题会议"


class Direction(models.TextChoices):
    """Who travels to whom."""

    EAST_TO_WEST = "east_to_west", "东部赴西部"
    WEST_TO_EAST = "west_to_east", "西部赴东部"


class TeamRole(models.TextChoices):
    """What a member is in the working team."""

    LEADER = "leader", "队长"
    MEMBER = "member", "队员"
