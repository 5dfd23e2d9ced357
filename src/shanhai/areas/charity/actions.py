"""Every write of charity; what was handed out is held against what was given, and a job against the others of its person."""

from collections.abc import Iterator
from typing import Any

import polars

from shanhai.access.entering import Context, enter, hold, local_key, whole_rows
from shanhai.access.pairing import outside_pairing
from shanhai.access.people import birth_days
from shanhai.access.terms import CLERK, FINANCE, OPERATOR, TEAM
from shanhai.areas.charity import queries
from shanhai.areas.charity.models import (
    Appeal,
    Brand,
    BrandSale,
    Campaign,
    Centre,
    DisabilityTraining,
    DisabledEmployment,
    Distribution,
    Donation,
    TrainingAttendance,
)
from shanhai.areas.charity.terms import WORKING_AGE, Theme
from shanhai.base.language import say
from shanhai.journal.acts import kind

_KEEPERS = (TEAM, CLERK, OPERATOR)

CAMPAIGN = kind("charity.campaign.recorded", "登记公益活动", duties=_KEEPERS)
APPEAL = kind("charity.appeal.registered", "登记募捐项目", duties=(CLERK, FINANCE, OPERATOR))
RECEIVE = kind("charity.donation.received", "登记捐赠", duties=(TEAM, CLERK, FINANCE, OPERATOR))
DISTRIBUTE = kind("charity.distribution.recorded", "登记捐赠发放", duties=_KEEPERS)
OPEN_CENTRE = kind("charity.centre.opened", "登记助残服务机构", duties=_KEEPERS)
FOUND_BRAND = kind("charity.brand.founded", "登记助残品牌", duties=_KEEPERS)
NOTE_SALE = kind("charity.brandsale.noted", "登记品牌销售", duties=_KEEPERS)
HOLD_TRAINING = kind("charity.disabilitytraining.held", "登记残疾人培训", duties=_KEEPERS)
ATTEND = kind("charity.trainingattendance.recorded", "登记残疾人培训签到", duties=_KEEPERS)
EMPLOY = kind("charity.disabledemployment.recorded", "登记残疾人就业", duties=_KEEPERS)

Row = dict[str, Any]
Held = Iterator[tuple[Row, str, str, str]]


def run_campaigns(*, rows: polars.DataFrame, context: Context) -> int:
    """Record campaigns; one outside the pairing is refused, and one whose gifts were handed out keeps its theme."""
    hold(outside_pairing(rows, ("first_on",), context))
    written = enter(Campaign, rows, kind=CAMPAIGN, context=context)
    hold(_themes_moved(rows, context))
    return written


def _themes_moved(rows: polars.DataFrame, context: Context) -> Held:
    if not context.correcting:
        return
    given = queries.themes_given(context.scope_id, [row["key"] for row in whole_rows(rows, context)])
    for row in whole_rows(rows, context):
        theme = given.get(row["key"], row.get("theme_code"))
        if theme != row.get("theme_code"):
            sentence = say(
                "这次活动已有按“{theme}”登记的发放，主题不能改。请先更正这些发放，再改活动主题。",
                theme=say(str(Theme(theme or "").label)),
            )
            yield row, "theme_code", "charity.theme_moved", sentence


def appeal(*, rows: polars.DataFrame, context: Context) -> int:
    """Register appeals; a part stands one level below the one it belongs to."""
    written = enter(Appeal, rows, kind=APPEAL, context=context)
    hold(_levels_broken(rows, context))
    return written


def _levels_broken(rows: polars.DataFrame, context: Context) -> Held:
    levels = queries.appeal_levels(context.scope_id)
    for row in whole_rows(rows, context):
        above = levels.get(row.get("parent_key") or "", 0)
        if row["level_no"] != above + 1:
            sentence = say(
                "上级项目在第 {above} 层，这一项应在第 {expected} 层，填的是 {level}。请核对层次或上级项目。",
                above=above, expected=above + 1, level=row["level_no"],
            )  # fmt: skip
            yield row, "level_no", "charity.level_broken", sentence


def receive(*, rows: polars.DataFrame, context: Context) -> int:
    """Record gifts of money and goods; a gift is not corrected to less than was handed out of it."""
    hold(outside_pairing(rows, ("received_on",), context))
    written = enter(Donation, rows, kind=RECEIVE, context=context)
    keys = {row["key"]: row for row in whole_rows(rows, context)}
    hold(_more_than_given({key: (row, "item_count") for key, row in keys.items()}, context))
    return written


def distribute(*, rows: polars.DataFrame, context: Context) -> int:
    """Record what was handed out: of a gift that was there, in a campaign while it ran, never more than was given."""
    hold(_misplaced(rows, context))
    written = enter(Distribution, _with_themes(rows, context), kind=DISTRIBUTE, context=context)
    last = {row["donation_key"]: (row, "item_count") for row in whole_rows(rows, context) if row.get("donation_key")}
    hold(_more_than_given(last, context))
    return written


def _with_themes(rows: polars.DataFrame, context: Context) -> polars.DataFrame:
    """The theme of the campaign where a row leaves its own blank."""
    campaigns = queries.campaigns_by_key(context.scope_id, (row["campaign_key"] for row in whole_rows(rows, context)))
    themes = [
        campaigns[row["campaign_key"]].theme_code if row["campaign_key"] in campaigns else row.get("theme_code")
        for row in whole_rows(rows, context)
    ]
    return rows.with_columns(theme_code=polars.Series(themes, dtype=polars.String))


def _misplaced(rows: polars.DataFrame, context: Context) -> Held:
    campaigns = queries.campaigns_by_key(context.scope_id, (row["campaign_key"] for row in whole_rows(rows, context)))
    gifts = queries.donations_by_key(context.scope_id, (row["donation_key"] for row in whole_rows(rows, context)))
    for row in whole_rows(rows, context):
        if found := campaigns.get(row["campaign_key"]):
            yield from _beside_campaign(row, found)
        elif not row.get("theme_code"):
            sentence = say("没有写明所属活动，也没有写主题。请填写活动编号，或选一个主题。")
            yield row, "theme_code", "charity.theme_missing", sentence
        if gift := gifts.get(row["donation_key"]):
            yield from _beside_gift(row, gift)


def _beside_campaign(row: Row, campaign: Campaign) -> Held:
    if queries.outside(row.get("given_on"), (campaign.first_on, campaign.last_on)):
        sentence = say(
            "发放日期 {day} 不在活动期间（{first} 至 {last}）。请核对日期或活动编号。",
            day=row["given_on"], first=campaign.first_on, last=campaign.last_on or say("今"),
        )  # fmt: skip
        yield row, "given_on", "charity.outside_campaign", sentence
    if row.get("theme_code") and row["theme_code"] != campaign.theme_code:
        sentence = say(
            "活动的主题是“{expected}”，这一行填的是“{theme}”。请改成同一主题，或空着由活动带出。",
            expected=say(str(Theme(campaign.theme_code).label)), theme=say(str(Theme(row["theme_code"]).label)),
        )  # fmt: skip
        yield row, "theme_code", "charity.theme_differs", sentence


def _beside_gift(row: Row, gift: Donation) -> Held:
    if row.get("given_on") and row["given_on"] < gift.received_on:
        sentence = say(
            "发放日期 {day} 早于这笔捐赠的接收日期 {received}。请核对日期或捐赠编号。",
            day=row["given_on"], received=gift.received_on,
        )  # fmt: skip
        yield row, "given_on", "charity.given_before_received", sentence
    if gift.item_name and row.get("item_name") and row["item_name"] != gift.item_name:
        sentence = say(
            "这笔捐赠是“{expected}”，发放的却是“{found}”。请核对物资名称或捐赠编号。",
            expected=gift.item_name, found=row["item_name"],
        )  # fmt: skip
        yield row, "item_name", "charity.other_goods", sentence


def _more_than_given(told: dict[str, tuple[Row, str]], context: Context) -> Held:
    """Where both are known, no more of a gift is handed out than was given; the whole of its distributions counts."""
    gifts = queries.donations_by_key(context.scope_id, told)
    for key, given in queries.handed_out(context.scope_id, told).items():
        gift = gifts.get(key)
        if gift is not None and gift.item_count is not None and given > gift.item_count:
            row, field = told[key]
            sentence = say(
                "“{item}”一共收到 {received}，登记发放的合计 {given}，多出 {over}。请核对发放数量，或先登记其余捐赠。",
                item=gift.item_name, received=gift.item_count, given=given, over=given - gift.item_count,
            )  # fmt: skip
            yield row, field, "charity.more_than_given", sentence


def open_centres(*, rows: polars.DataFrame, context: Context) -> int:
    """Record institutions for disabled people, new or rebuilt."""
    hold(outside_pairing(rows, ("opened_on",), context))
    return enter(Centre, rows, kind=OPEN_CENTRE, context=context)


def found_brands(*, rows: polars.DataFrame, context: Context) -> int:
    """Record handicraft brands."""
    return enter(Brand, rows, kind=FOUND_BRAND, context=context)


def note_sales(*, rows: polars.DataFrame, context: Context) -> int:
    """Say which sales of the orders' book were of a brand; the money stands there and is not written again."""
    hold(_of_two_brands(rows, context))
    return enter(BrandSale, rows, kind=NOTE_SALE, context=context)


def _of_two_brands(rows: polars.DataFrame, context: Context) -> Held:
    brands = queries.brands_of_sales(context.scope_id, (row["sale_key"] for row in whole_rows(rows, context)))
    for row in whole_rows(rows, context):
        brand = brands.setdefault(row["sale_key"], row["brand_key"])
        if brand != row["brand_key"]:
            sentence = say(
                "这笔销售已登记在品牌“{brand}”名下，一笔销售只属于一个品牌。请核对销售编号或品牌编号。",
                brand=local_key(brand, context.scope_code),
            )
            yield row, "sale_key", "charity.sale_of_two_brands", sentence


def hold_trainings(*, rows: polars.DataFrame, context: Context) -> int:
    """Record courses for disabled people; one outside the pairing is refused."""
    hold(outside_pairing(rows, ("first_on", "last_on"), context))
    return enter(DisabilityTraining, rows, kind=HOLD_TRAINING, context=context)


def attend(*, rows: polars.DataFrame, context: Context) -> int:
    """Record who came to a course on which day; a day outside the course is refused."""
    trainings = queries.trainings_by_key(context.scope_id, {row["training_key"] for row in whole_rows(rows, context)})
    hold(_outside_training(rows, context, trainings))
    return enter(TrainingAttendance, rows, kind=ATTEND, context=context)


def _outside_training(rows: polars.DataFrame, context: Context, trainings: dict[str, DisabilityTraining]) -> Held:
    for row in whole_rows(rows, context):
        training = trainings.get(row["training_key"])
        if training and queries.outside(row.get("attended_on"), (training.first_on, training.last_on)):
            sentence = say(
                "参训日期 {day} 不在培训期间（{first} 至 {last}）。请核对日期或培训编号。",
                day=row["attended_on"], first=training.first_on, last=training.last_on,
            )  # fmt: skip
            yield row, "attended_on", "charity.outside_training", sentence


def employ(*, rows: polars.DataFrame, context: Context) -> int:
    """Record spells of work of disabled people; two at one time and work before the working age are refused."""
    hold(_too_young(rows, context))
    written = enter(DisabledEmployment, rows, kind=EMPLOY, context=context)
    hold(_two_at_once(rows, context))
    return written


def _too_young(rows: polars.DataFrame, context: Context) -> Held:
    born = birth_days({row["person_key"] for row in whole_rows(rows, context)})
    for row in whole_rows(rows, context):
        birth = born.get(row["person_key"])
        if birth and row.get("started_on") and (row["started_on"].year - birth.year, row["started_on"].timetuple()[1:3]) < (
            WORKING_AGE, birth.timetuple()[1:3],
        ):  # fmt: skip
            sentence = say(
                "上岗日期 {day} 时这名人员不满 {age} 周岁。请核对上岗日期或人员编号。",
                day=row["started_on"],
                age=WORKING_AGE,
            )
            yield row, "started_on", "charity.too_young", sentence


def _two_at_once(rows: polars.DataFrame, context: Context) -> Held:
    told = {row["key"]: row for row in whole_rows(rows, context)}
    for overlap in queries.overlapping_spells(context.scope_id, {row["person_key"] for row in told.values()}):
        spell, other = (
            (overlap.later, overlap.earlier) if overlap.later.key in told else (overlap.earlier, overlap.later)
        )
        if row := told.get(spell.key):
            sentence = say(
                "同一人从 {day} 起已在“{employer}”就业（编号 {key}），至 {last}，与这一行重叠。请核对起止日期；换了单位的先填前一份的离岗日期。",
                day=other.started_on, employer=other.employer_name,
                key=local_key(other.key, context.scope_code), last=other.ended_on or say("今"),
            )  # fmt: skip
            yield row, "started_on", "charity.two_jobs_at_once", sentence
