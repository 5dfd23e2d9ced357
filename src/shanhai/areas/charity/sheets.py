"""Worksheets of charity, in the order things happen."""

from shanhai.areas.charity import actions, checks
from shanhai.areas.charity.terms import (
    DEEPEST,
    CentreAction,
    CentreKind,
    GiftKind,
    GiverLevel,
    Origin,
    Receiver,
    Standing,
    Theme,
    Valuation,
    Workplace,
)
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging

CAMPAIGN = sheet.sheet(
    "charity.campaign", "公益活动", key=("campaign_no",), action=actions.run_campaigns,
    note="一次活动一行；每年冬季开展的，各年各一行。",
    columns=(
        *belonging(),
        sheet.code("campaign_no", "活动编号", example="GY-2023-01"),
        sheet.text("name", "活动名称", required=True, max_length=200, example="示例暖冬行动（2023年）"),
        sheet.text("brand", "公益品牌", max_length=80, example="示例向阳公益"),
        sheet.choice("theme_code", "主题", choices=dict(Theme.choices), required=True, example="暖冬"),
        sheet.whole("campaign_year", "活动年度", minimum=1996, maximum=2100, required=True, note="冬季活动填入冬的那一年", example="2023"),
        sheet.day("first_on", "开始日期", required=True, example="2023-12-04"),
        sheet.day("last_on", "结束日期", example="2024-01-19"),
        sheet.text("organiser", "主办单位", max_length=120, example="示例慈善总会"),
        sheet.whole("child_count", "现场清点儿童数", minimum=1, note="没有登记儿童身份时填写；各年的清点数不相加"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"), checks.campaign_in_its_year),
)  # fmt: skip

APPEAL = sheet.sheet(
    "charity.appeal", "募捐项目", key=("appeal_no",), action=actions.appeal,
    note="募捐项目一层套一层；下层是上层的一部分，不与上层相加。",
    columns=(
        *belonging(),
        sheet.code("appeal_no", "募捐项目编号", example="MJ-01"),
        sheet.text("name", "募捐项目名称", required=True, max_length=120, example="示例冠名基金"),
        sheet.whole("level_no", "层次", minimum=1, maximum=DEEPEST, required=True, note="最上面的填 1", example="1"),
        sheet.ref("parent_key", "上级项目编号", to="charity.appeal", note="第 1 层不填"),
    ),
    checks=(checks.level_follows,),
)  # fmt: skip

DONATION = sheet.sheet(
    "charity.donation", "捐赠", key=("donation_no",), action=actions.receive,
    note="资金和物资分开登记；东部来的捐赠跨区域，由对方表态。个人捐赠写“爱心人士”等统称，不写姓名。",
    columns=(
        *belonging(),
        sheet.code("donation_no", "捐赠编号", example="JZ-2023-001"),
        sheet.text("donor_name", "捐赠人", required=True, max_length=120, note="单位名称；个人写统称", example="示例商会"),
        sheet.choice("origin_code", "捐赠来源", choices=dict(Origin.choices), required=True, example="东部捐赠"),
        sheet.choice("level_code", "捐赠层级", choices=dict(GiverLevel.choices), required=True, example="社会各界"),
        sheet.choice("kind_code", "捐赠类别", choices=dict(GiftKind.choices), required=True, example="物资"),
        sheet.money("amount_fen", "捐赠金额或价值（元）", required=True, example="36000.00"),
        sheet.choice("valuation_code", "作价方式", choices=dict(Valuation.choices), note="物资必填", example="发票价"),
        sheet.text("item_name", "物资名称", max_length=120, note="物资必填", example="棉服"),
        sheet.whole("item_count", "物资数量", minimum=1, example="300"),
        sheet.day("received_on", "接收日期", required=True, example="2023-11-20"),
        sheet.text("purpose", "用途", max_length=200, example="留守儿童暖冬"),
        sheet.ref("campaign_key", "活动编号", to="charity.campaign", example="GY-2023-01"),
        sheet.ref("appeal_key", "募捐项目编号", to="charity.appeal"),
    ),
    checks=(checks.amount_positive, checks.goods_valued),
)  # fmt: skip

DISTRIBUTION = sheet.sheet(
    "charity.distribution", "捐赠发放", key=("distribution_no",), action=actions.distribute,
    note="发给登记在册的人的，一人一行；身份不明的填人数。学校先登记在“单位”表。",
    columns=(
        *belonging(),
        sheet.code("distribution_no", "发放编号", example="FF-2023-0001"),
        sheet.ref("donation_key", "捐赠编号", to="charity.donation", note="捐赠编号和活动编号至少填一项", example="JZ-2023-001"),
        sheet.ref("campaign_key", "活动编号", to="charity.campaign", example="GY-2023-01"),
        sheet.choice("theme_code", "主题", choices=dict(Theme.choices), filled=True, note="填了活动编号的由活动带出"),
        sheet.ref("school_key", "学校", to="reference.organisation", note="学校的统一社会信用代码"),
        sheet.text("receiver_name", "接收单位", max_length=120, note="不是学校的写名称", example="示例养护院"),
        sheet.ref("person_key", "人员编号", to="reference.person", note="身份已登记的填写"),
        sheet.choice("receiver_code", "受助对象", choices=dict(Receiver.choices), required=True, example="留守儿童"),
        sheet.whole("head_count", "受助人数", minimum=1, note="身份没有登记的填写", example="40"),
        sheet.text("item_name", "发放物资", required=True, max_length=120, note="发放资金的写“资金”", example="棉服"),
        sheet.whole("item_count", "发放数量", minimum=1, example="1"),
        sheet.day("given_on", "发放日期", required=True, example="2023-12-12"),
    ),
    checks=(checks.receiver_named, checks.origin_stated, checks.one_person_is_one),
)  # fmt: skip

CENTRE = sheet.sheet(
    "charity.centre", "助残服务机构", key=("centre_no",), action=actions.open_centres,
    columns=(
        *belonging(),
        sheet.code("centre_no", "机构编号", example="JG-01"),
        sheet.text("name", "机构名称", required=True, max_length=120, example="示例残疾人之家"),
        sheet.choice("kind_code", "机构类别", choices=dict(CentreKind.choices), required=True, example="残疾人之家"),
        sheet.choice("action_code", "建设方式", choices=dict(CentreAction.choices), required=True, example="新建"),
        sheet.day("opened_on", "启用日期", required=True, example="2023-10-18"),
        sheet.text("town", "乡镇（街道）", max_length=40, example="示例镇"),
        sheet.ref("project_key", "项目编号", to="projects.project", note="用协作资金建设的填写", example="XM-2023-011"),
    ),
)  # fmt: skip

BRAND = sheet.sheet(
    "charity.brand", "助残品牌", key=("brand_no",), action=actions.found_brands,
    columns=(
        *belonging(),
        sheet.code("brand_no", "品牌编号", example="PP-01"),
        sheet.text("name", "品牌名称", required=True, max_length=80, example="示例善坊"),
        sheet.text("holder_name", "持有单位", required=True, max_length=120, example="示例残疾人服务中心"),
        sheet.text("craft", "工艺", max_length=80, example="手工编织"),
        sheet.ref("centre_key", "依托机构编号", to="charity.centre"),
        sheet.day("founded_on", "创立日期", required=True, example="2022-03-10"),
    ),
)  # fmt: skip

BRAND_SALE = sheet.sheet(
    "charity.brandsale", "品牌销售", key=("brand_key", "sale_key"), action=actions.note_sales,
    note="只写明哪一笔销售属于哪个品牌；金额登记在消费帮扶的销售记录里，这里不重复。",
    columns=(
        *belonging(),
        sheet.ref("brand_key", "品牌编号", to="charity.brand", example="PP-01"),
        sheet.ref("sale_key", "销售编号", to="orders.sale", note="消费帮扶销售记录的编号", example="XS-2023-001"),
        sheet.day("noted_on", "登记日期", required=True, example="2023-12-20"),
    ),
)  # fmt: skip

TRAINING = sheet.sheet(
    "charity.disabilitytraining", "残疾人培训", key=("training_no",), action=actions.hold_trainings,
    columns=(
        *belonging(),
        sheet.code("training_no", "培训编号", example="CP-2023-01"),
        sheet.text("name", "培训名称", required=True, max_length=200, example="示例手工编织班"),
        sheet.text("course", "培训内容", required=True, max_length=80, example="手工编织"),
        sheet.text("organiser", "主办单位", required=True, max_length=120, example="示例残疾人联合会"),
        sheet.ref("centre_key", "机构编号", to="charity.centre"),
        sheet.ref("brand_key", "品牌编号", to="charity.brand"),
        sheet.day("first_on", "开始日期", required=True, example="2023-04-10"),
        sheet.day("last_on", "结束日期", required=True, example="2023-04-14"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"),),
)  # fmt: skip

ATTENDANCE = sheet.sheet(
    "charity.trainingattendance", "残疾人培训签到", key=("training_key", "person_key", "attended_on"), action=actions.attend,
    note="一人一天一行，一行就是一人次。",
    columns=(
        *belonging(),
        sheet.ref("training_key", "培训编号", to="charity.disabilitytraining", example="CP-2023-01"),
        sheet.ref("person_key", "人员编号", to="reference.person", example="RY-0001"),
        sheet.day("attended_on", "参训日期", example="2023-04-10"),
        sheet.choice("standing_code", "身份", choices=dict(Standing.choices), required=True, example="残疾人"),
    ),
)  # fmt: skip

EMPLOYMENT = sheet.sheet(
    "charity.disabledemployment", "残疾人就业", key=("employment_no",), action=actions.employ,
    note="一人在一个单位的一段就业一行；换了单位另填一行。",
    columns=(
        *belonging(),
        sheet.code("employment_no", "就业编号", example="JY-2023-001"),
        sheet.ref("person_key", "人员编号", to="reference.person", required=True, example="RY-0001"),
        sheet.choice("standing_code", "身份", choices=dict(Standing.choices), required=True, example="残疾人"),
        sheet.text("employer_name", "用人单位", required=True, max_length=120, example="示例手工艺合作社"),
        sheet.text("job_name", "岗位", max_length=80, example="编织工"),
        sheet.choice("workplace_code", "就业方式", choices=dict(Workplace.choices), required=True, example="就近就业"),
        sheet.ref("brand_key", "品牌编号", to="charity.brand"),
        sheet.day("started_on", "上岗日期", required=True, example="2023-05-06"),
        sheet.day("ended_on", "离岗日期", note="仍在岗的不填"),
    ),
    checks=(checks.ends_after_it_begins("started_on", "ended_on"),),
)  # fmt: skip
