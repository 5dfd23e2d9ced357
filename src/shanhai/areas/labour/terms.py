"""Code lists of labour cooperation, and the numbers its rules begin with."""

from django.db import models

#: Months with evidence after which a job is steady (glossary A9, 166); what a subsidy asks stands in its own rule.
STEADY_MONTHS = 3
#: Nobody younger is placed in a job (劳动法第十五条).
YOUNGEST = 16


class Destination(models.TextChoices):
    """Where a worker goes, each a class of its own; a public-welfare post is not counted under 省内 as well."""

    PAIRED_EAST = "paired_east", "东部结对地"
    IN_PROVINCE = "in_province", "省内"
    ELSEWHERE = "elsewhere", "其他省"
    PUBLIC_WELFARE = "public_welfare", "公益性岗位"


class WorkerGroup(models.TextChoices):
    """What a worker is in the help for the poor, from day to day; the flag of one day does not change another's record."""

    LIFTED = "lifted", "脱贫劳动力"
    MONITORED = "monitored", "监测对象"
    OTHER = "other", "其他农村劳动力"


class Skill(models.TextChoices):
    """A short vocabulary of trades; free text is not matched to it by guessing."""

    GENERAL = "general", "普工"
    SEWING = "sewing", "缝纫制鞋"
    MACHINING = "machining", "机械加工"
    ELECTRONICS = "electronics", "电子装配"
    BUILDING = "building", "建筑施工"
    CATERING = "catering", "餐饮服务"
    CARE = "care", "家政护理"
    DRIVING = "driving", "驾驶运输"
    FARMING = "farming", "种植养殖"


class Evidence(models.TextChoices):
    """What shows that somebody worked in a month."""

    WAGE_FLOW = "wage_flow", "银行工资流水"
    PAYROLL = "payroll", "签字工资表"
    INSURANCE = "insurance", "社会保险缴费"
    EMPLOYER = "employer", "用工单位证明"


class SubsidyKind(models.TextChoices):
    """What a subsidy is for."""

    TRAVEL = "travel", "交通补助"
    WORK = "work", "务工奖补"
    STEADY = "steady", "稳岗补助"
    POST = "post", "公益性岗位补贴"


class Per(models.TextChoices):
    """What the amount of a rule is paid for."""

    ONCE = "once", "一次性"
    MONTH = "month", "按月"


class SubsidyResult(models.TextChoices):
    """What a rule makes of a claim: granted, or the first condition that does not hold."""

    GRANTED = "granted", "符合，予以补助"
    NO_RULE = "no_rule", "当日没有适用的补助规则"
    GROUP = "group", "人员类别不符"
    DESTINATION = "destination", "就业去向不符"
    MONTHS = "months", "有凭证的月数不够"
    CAP = "cap", "当年已达上限"


class StatisticMeasure(models.TextChoices):
    """What a published statistic tells; only what no register can count is taken from print."""

    RESIDENTS_AWAY = "residents_away", "年外出务工人数"
