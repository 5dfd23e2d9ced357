"""Worksheets of honours, in the order things happen."""

from shanhai.areas.honours import actions, checks
from shanhai.areas.honours.terms import HonourKind, Rank, Result, Sharing, SiteKind
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging

SITE = sheet.sheet(
    "honours.site", "示范点", key=("site_no",), action=actions.register_sites,
    note="一个示范点一行，被几级命名都只有这一行；命名登记在“荣誉称号”表里。",
    columns=(
        *belonging(),
        sheet.code("site_no", "示范点编号", example="SFD-2022-01"),
        sheet.text("name", "示范点名称", required=True, max_length=120, example="示例村乡村振兴示范点"),
        sheet.choice("kind_code", "示范点类别", choices=dict(SiteKind.choices), required=True, example="示范村"),
        sheet.region("region_code", "行政区划代码", required=True, example="511381"),
        sheet.text("town", "乡镇（街道）", max_length=60, example="示例镇"),
        sheet.text("village", "村（社区）", max_length=60, example="示例村"),
        sheet.ref("project_key", "项目编号", to="projects.project", note="由协作项目建成的填写", example="XM-2022-003"),
        sheet.day("proposed_on", "示范点申报日期", required=True, example="2022-02-18"),
        sheet.day("started_on", "示范点开工日期", example="2022-05-10"),
        sheet.day("accepted_on", "示范点验收日期", example="2022-11-30"),
        sheet.day("dropped_on", "停建日期", note="命名以前放弃建设的填写"),
        sheet.text("drop_reason", "停建原因", max_length=200),
        sheet.whole("household_count", "覆盖户数", minimum=1, note="不与别的户数相加", example="320"),
    ),
    checks=(checks.site_in_order, checks.dropped_with_reason),
)  # fmt: skip

HONOUR = sheet.sheet(
    "honours.honour", "荣誉称号", key=("honour_no",), action=actions.award,
    note="一份文件授予的一项称号一行；联合获得的只登记一行。只申报或公示、尚未授予的也可登记，不计入荣誉。不写个人姓名，个人荣誉写所在集体。",
    columns=(
        *belonging(),
        sheet.code("honour_no", "荣誉编号", example="RY-2023-01"),
        sheet.text("title", "荣誉称号", required=True, max_length=200, example="示例乡村振兴示范村"),
        sheet.choice("level_code", "级别", choices=dict(Rank.choices), required=True, example="省级"),
        sheet.choice("kind_code", "类别", choices=dict(HonourKind.choices), required=True, example="行政村（社区）"),
        sheet.text("holder_name", "获得者", max_length=120, note="单位、集体、基地、村或案例的名称；授予示范点的不填", example="示例镇示例村"),
        sheet.ref("site_key", "示范点编号", to="honours.site", note="授予登记在册的示范点的填写，所在地由它带出"),
        sheet.choice("sharing_code", "获得方式", choices=dict(Sharing.choices), required=True, note="两地联合获得的由对方表态", example="一地获得"),
        sheet.text("joint_names", "共同获得者", max_length=200, note="联合获得的填写，几个的用顿号分开"),
        sheet.region("region_code", "所在地", note="6 位行政区划代码", example="511381"),
        sheet.text("town", "乡镇（街道）", max_length=60, example="示例镇"),
        sheet.text("village", "村（社区）", max_length=60, example="示例村"),
        sheet.ref("origin_key", "最初的荣誉编号", to="honours.honour", note="同一称号由低级别升上来的，填最初那一项"),
        sheet.text("awarding_body", "授予单位", required=True, max_length=120, example="四川省示例局"),
        sheet.text("document_no", "文号", max_length=80, note="已授予的必填", example="示例〔2023〕8号"),
        sheet.day("nominated_on", "推荐申报日期", partial=True, example="2023-03"),
        sheet.day("announced_on", "公示日期", partial=True, example="2023-05-04"),
        sheet.day("awarded_on", "授予日期", partial=True, note="只知道年份的填年份；尚未授予的不填", example="2023-06-20"),
        sheet.day("expires_on", "荣誉有效期至", note="文件写明有效期的填写", example="2026-06-19"),
    ),
    checks=(
        checks.some_day, checks.steps_in_order, checks.awarded_by_paper, checks.expires_after_award, checks.holder_named,
        checks.partners_named,
    ),
)  # fmt: skip

REVIEW = sheet.sheet(
    "honours.honourreview", "荣誉复核", key=("honour_key", "reviewed_on"), action=actions.review,
    note="一次复核一行：通过的写新的有效期，撤销的写原因。撤销不改动原来的荣誉登记。",
    columns=(
        *belonging(),
        sheet.ref("honour_key", "荣誉编号", to="honours.honour", example="RY-2023-01"),
        sheet.day("reviewed_on", "复核日期", example="2026-05-20"),
        sheet.choice("result_code", "复核结论", choices=dict(Result.choices), required=True, example="复核通过"),
        sheet.day("expires_on", "复核后有效期至", note="没有新期限的不填", example="2029-06-19"),
        sheet.text("reason", "撤销原因", max_length=200, note="撤销的必填"),
        sheet.text("document_no", "文号", required=True, max_length=80, example="示例〔2026〕5号"),
    ),
    checks=(checks.review_told,),
)  # fmt: skip
