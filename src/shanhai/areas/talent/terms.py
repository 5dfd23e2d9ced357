"""Code lists of talent exchange."""

from django.db import models


class Direction(models.TextChoices):
    """Which side sends whom; the two directions are counted apart."""

    EAST_TO_WEST = "east_to_west", "东部派往西部"
    WEST_TO_EAST = "west_to_east", "西部派往东部"


class PostingKind(models.TextChoices):
    """Who is sent."""

    OFFICIAL = "official", "党政干部"
    TEACHER = "teacher", "教师"
    DOCTOR = "doctor", "医生"
    SPECIALIST = "specialist", "专业技术人才"


class Role(models.TextChoices):
    """What somebody is in the unit they are sent to."""

    PRINCIPAL = "principal", "校长"
    VICE_PRINCIPAL = "vice_principal", "副校长"
    PRINCIPAL_AIDE = "principal_aide", "校长助理"
    SCHOOL_OFFICE = "school_office", "学校中层负责人"
    CLASS_TEACHER = "class_teacher", "任课教师"
    HOSPITAL_HEAD = "hospital_head", "院长、副院长"
    WARD_HEAD = "ward_head", "科室负责人"
    PHYSICIAN = "physician", "临床医师"
    OFFICE_HEAD = "office_head", "党政副职"
    OFFICE_STAFF = "office_staff", "部门工作人员"
    EXPERT = "expert", "技术专家"
    LEARNER = "learner", "跟岗学习"


class Trade(models.TextChoices):
    """What a mentor hands on."""

    TEACHING = "teaching", "教学"
    MEDICINE = "medicine", "医疗"
    FARMING = "farming", "农技"
    MANAGEMENT = "management", "管理"
    OTHER = "other", "其他"


class Outcome(models.TextChoices):
    """What the check at the end of a pair found."""

    MET = "met", "达到约定目标"
    NOT_MET = "not_met", "未达到约定目标"


class CourseKind(models.TextChoices):
    """Whom a course is for."""

    OFFICIALS = "officials", "党政干部培训"
    SPECIALISTS = "specialists", "专业技术人才培训"
    LEADERS = "leaders", "致富带头人培训"
    ON_THE_JOB = "on_the_job", "跟岗跟班学习"


class Venue(models.TextChoices):
    """On which side a course is held."""

    EAST = "east", "东部"
    WEST = "west", "西部"


class Way(models.TextChoices):
    """How somebody signed in."""

    LIST = "list", "签到名单"
    CODE = "code", "扫码签到"


class ResultKind(models.TextChoices):
    """What came of a posting after the return."""

    PROMOTED = "promoted", "提拔或重用"
    TITLE = "title", "职称晋升"
    KEY_ROLE = "key_role", "成为业务骨干"
    PRACTICE = "practice", "做法在本单位推广"
    AWARD = "award", "获得表彰"


class InstitutionKind(models.TextChoices):
    """What was built for people to learn in."""

    ACADEMY = "academy", "乡村振兴学院"
    TRAINING_BASE = "training_base", "实训基地"
    STATION = "station", "专家工作站"
