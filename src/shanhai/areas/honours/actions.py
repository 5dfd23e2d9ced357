"""Every write of honours; a title is held against its holder's others, its site, its reviews and the body that awards it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

import polars

from shanhai.access.entering import Context, enter, hold, local_key, whole_rows
from shanhai.access.pairing import outside_pairing
from shanhai.access.terms import CLERK, OPERATOR, TEAM
from shanhai.areas.honours import queries
from shanhai.areas.honours.checks import days_of, rank_told, told_day
from shanhai.areas.honours.models import Honour, HonourReview, Site
from shanhai.areas.honours.queries import Held
from shanhai.areas.honours.terms import Rank
from shanhai.base.language import say
from shanhai.journal.acts import kind
from shanhai.reference.queries import rounds_of

_KEEPERS = (TEAM, CLERK, OPERATOR)
Row = dict[str, Any]
Problems = Iterator[tuple[Row, str, str, str]]

REGISTER_SITE = kind("honours.site.registered", "登记示范点", duties=_KEEPERS)
AWARD = kind("honours.honour.recorded", "登记荣誉称号", duties=_KEEPERS)
REVIEW = kind("honours.honourreview.recorded", "登记荣誉复核", duties=_KEEPERS)

_RANKS = [str(rank) for rank in Rank]
_STEPS = ("nominated_on", "announced_on", "awarded_on")


def register_sites(*, rows: polars.DataFrame, context: Context) -> int:
    """Record sites; none begins before its project was proposed, and one that was named is not given up."""
    days = ("proposed_on", "started_on", "accepted_on", "dropped_on")
    hold(chain(outside_pairing(rows, days, context), _before_project(rows, context), _dropped_though_named(rows, context)))  # fmt: skip
    written = enter(Site, rows, kind=REGISTER_SITE, context=context)
    titles = queries.titles_of_sites(context.scope_id, [row["key"] for row in whole_rows(rows, context)])
    hold(
        problem
        for row in whole_rows(rows, context)
        for honour in titles.get(row["key"], ())
        for problem in _awarded_before_site(row, "proposed_on", honour.awarded_on, row["proposed_on"])
    )
    return written


def _before_project(rows: polars.DataFrame, context: Context) -> Problems:
    began = queries.projects_began(context.scope_id, (row["project_key"] for row in whole_rows(rows, context)))
    for row in whole_rows(rows, context):
        first = began.get(row["project_key"])
        for field in ("started_on", "accepted_on"):
            if first and row.get(field) and row[field] < first:
                sentence = say(
                    "{day} 早于项目“{project}”的申报日期（{first}），示范点不会比建它的项目更早。请核对日期或项目编号。",
                    day=row[field], project=local_key(row["project_key"], context.scope_code), first=first,
                )  # fmt: skip
                yield row, field, "honours.before_project", sentence


def _dropped_though_named(rows: polars.DataFrame, context: Context) -> Problems:
    titles = queries.titles_of_sites(context.scope_id, [row["key"] for row in whole_rows(rows, context)])
    for row in whole_rows(rows, context):
        named = next((one for one in titles.get(row["key"], ()) if one.awarded_on), None)
        if row.get("dropped_on") and named:
            sentence = say(
                "这个示范点已被命名为“{title}”（{day}），不能停建。撤销命名的，请在“荣誉复核”表里登记。",
                title=named.title, day=named.awarded_on,
            )  # fmt: skip
            yield row, "dropped_on", "honours.dropped_though_named", sentence


def award(*, rows: polars.DataFrame, context: Context) -> int:
    """Record titles: planned while only nominated or announced, achieved from the award on; one title of a holder once."""
    hold(chain(_outside_pairing(rows, context), _rank_differs(rows, context), _beside_site(rows, context)))
    awarded = polars.col("awarded_on").is_not_null()
    staged = rows.with_columns(stage=polars.when(awarded).then(polars.lit("achieved")).otherwise(polars.lit("planned")))
    written = enter(Honour, staged, kind=AWARD, context=context)
    hold(chain(_held_twice(rows, context), _origin_broken(rows, context), _reviewed_before(rows, context)))
    return written


def _outside_pairing(rows: polars.DataFrame, context: Context) -> Problems:
    """A day is held against the pairing as far as it is known: of a year or a month some day must lie inside."""
    rounds = rounds_of(context.scope_id)

    def surely(field: str) -> Any:
        return lambda row: (
            not any(
                first <= (one.last or date.max) and last >= one.first
                for one in rounds
                for first, last in (days_of(row[field], row.get(f"{field}_precision")),)
            )
        )

    return chain.from_iterable(outside_pairing(rows, (field,), context, only=surely(field)) for field in _STEPS)


def _rank_differs(rows: polars.DataFrame, context: Context) -> Problems:
    regions = queries.region_levels(row["awarding_body"] for row in rows.iter_rows(named=True))
    for row in whole_rows(rows, context):
        told = rank_told(row["awarding_body"], regions)
        if told and told != row["level_code"]:
            sentence = say(
                "级别填的是“{level}”，授予单位“{body}”是{told}的单位。请核对级别，或填写发文授予的单位。",
                level=say(str(Rank(row["level_code"]).label)), body=row["awarding_body"], told=say(str(Rank(told).label)),
            )  # fmt: skip
            yield row, "level_code", "honours.level_differs", sentence


def _beside_site(rows: polars.DataFrame, context: Context) -> Problems:
    sites = queries.sites_by_key(context.scope_id, (row["site_key"] for row in whole_rows(rows, context)))
    for row in whole_rows(rows, context):
        site = sites.get(row["site_key"])
        if site is None or row.get("awarded_on") is None:
            continue
        if site.dropped_on:
            sentence = say("这个示范点已停建（{day}），不能命名。请核对示范点编号。", day=site.dropped_on)
            yield row, "site_key", "honours.site_dropped", sentence
        yield from _awarded_before_site(
            row, "awarded_on", days_of(row["awarded_on"], row.get("awarded_on_precision"))[1], site.proposed_on
        )


def _awarded_before_site(row: Row, field: str, awarded: date | None, proposed: date) -> Problems:
    if awarded and awarded < proposed:
        sentence = say(
            "命名日期（{day}）早于示范点的申报日期（{proposed}）。请核对两个日期。", day=awarded, proposed=proposed
        )
        yield row, field, "honours.named_before_site", sentence


def _held_twice(rows: polars.DataFrame, context: Context) -> Problems:
    """A title of one level is of one holder once, until it is withdrawn or over; joint holders are one holder."""
    told = {row["key"]: row for row in whole_rows(rows, context)}
    before: defaultdict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for one in queries.alike(context.scope_id, [row["title"] for row in told.values()]):
        places = [(one.honour.title, one.honour.level_code, holder) for holder in queries.holders(one.honour)]
        other = next((each for place in places for each in before[place] if _stands(each, one)), None)
        for place in places:
            before[place].append(one)
        if other is None or not {one.honour.key, other.honour.key} & told.keys():
            continue
        mine, theirs = (one, other) if one.honour.key in told else (other, one)
        sentence = say(
            "“{title}”已登记在编号 {key} 下，获得者相同，还在有效期内。一项荣誉只登记一次，联合获得的也只登记一次；复核延期的请填“荣誉复核”表。",
            title=mine.honour.title, key=local_key(theirs.honour.key, context.scope_code),
        )  # fmt: skip
        yield told[mine.honour.key], "title", "honours.held_twice", sentence


def _stands(earlier: Held, later: Held) -> bool:
    """Whether of two titles of one name, level and holder the earlier one stands when the later begins."""
    one, other = earlier.honour, later.honour
    if queries.elsewhere(one, other):
        return False
    begun = other.announced_on or other.nominated_on
    day = max(filter(None, (earlier.title.awarded_on, later.title.awarded_on or begun)), default=None)
    return day is None or one.awarded_on is None or earlier.title.in_force(day)


def _origin_broken(rows: polars.DataFrame, context: Context) -> Problems:
    """A title was raised from the first one of the same holder, on a lower level, from before."""
    told = list(whole_rows(rows, context))
    mine = queries.honours_by_key(context.scope_id, (row["key"] for row in told))
    origins = queries.honours_by_key(context.scope_id, (row["origin_key"] for row in told))
    later = queries.raised_to(context.scope_id, mine)
    for row in told:
        one = mine[row["key"]]
        if origin := origins.get(row["origin_key"]):
            yield from _raised_wrongly(row, origin, one)
        if one.origin_key and later.get(one.key):
            sentence = say("已有荣誉写明由这一项升级而来，这一项就是最初的荣誉。请删去这一格，或先更正那一项。")
            yield row, "origin_key", "honours.origin_not_first", sentence
        for other in later.get(one.key, ()):
            yield from _raised_wrongly(row, one, other, field="level_code")


def _raised_wrongly(row: Row, origin: Honour, raised: Honour, *, field: str = "origin_key") -> Problems:
    if origin.origin_key:
        sentence = say("{key} 本身是升级得来的。请填写最初那一项荣誉的编号。", key=origin.key.rpartition("/")[2])
        yield row, field, "honours.origin_not_first", sentence
    elif not queries.holders(origin) & queries.holders(raised):
        sentence = say(
            "最初的荣誉属于“{holder}”，获得者不同。请核对编号；不是升级的删去这一格。",
            holder=origin.holder_name or origin.site_key,
        )
        yield row, field, "honours.origin_of_another", sentence
    elif _RANKS.index(raised.level_code) >= _RANKS.index(origin.level_code):
        sentence = say(
            "升级后的级别应高于最初的荣誉（{level}）。请核对级别或最初的荣誉编号。",
            level=say(str(Rank(origin.level_code).label)),
        )
        yield row, field, "honours.not_raised", sentence
    elif origin.awarded_on is None or (
        raised.awarded_on and raised.awarded_on < origin.awarded_on.replace(month=1, day=1)
    ):
        sentence = say("最初的荣誉尚未授予，或授予得比这一项晚。请核对授予日期。")
        yield row, field, "honours.origin_later", sentence  # fmt: skip


def _reviewed_before(rows: polars.DataFrame, context: Context) -> Problems:
    """A corrected title keeps its award before its reviews."""
    if not context.correcting:
        return
    reviews = queries.reviews_of(context.scope_id, [row["key"] for row in whole_rows(rows, context)])
    for row in whole_rows(rows, context):
        first = next(iter(reviews.get(row["key"], ())), None)
        if first and (row.get("awarded_on") is None or first.reviewed_on < row["awarded_on"]):
            sentence = say(
                "这项荣誉已有 {day} 的复核，授予日期应在此之前。请核对日期，或先更正复核。", day=first.reviewed_on
            )
            yield row, "awarded_on", "honours.reviewed_before_award", sentence


def review(*, rows: polars.DataFrame, context: Context) -> int:
    """Record what reviews said: of titles that were awarded, and none after a withdrawal."""
    hold(chain(outside_pairing(rows, ("reviewed_on",), context), _unawarded(rows, context)))
    written = enter(HonourReview, rows, kind=REVIEW, context=context)
    hold(_after_withdrawal(rows, context))
    return written


def _unawarded(rows: polars.DataFrame, context: Context) -> Problems:
    honours = queries.honours_by_key(context.scope_id, (row["honour_key"] for row in whole_rows(rows, context)))
    for row in whole_rows(rows, context):
        honour = honours.get(row["honour_key"])
        if honour is None:
            continue
        if honour.awarded_on is None:
            sentence = say("“{title}”还没有授予，没有可以复核的。请先登记授予日期和文号。", title=honour.title)
            yield row, "honour_key", "honours.not_awarded", sentence
        elif row["reviewed_on"] < honour.awarded_on:
            day = told_day({"day": honour.awarded_on, "day_precision": honour.awarded_on_precision}, "day")
            sentence = say("复核（撤销）日期早于授予日期（{day}）。请核对日期或荣誉编号。", day=day)
            yield row, "reviewed_on", "honours.reviewed_before_award", sentence


def _after_withdrawal(rows: polars.DataFrame, context: Context) -> Problems:
    """A title is withdrawn once, and nothing is said of it afterwards; who gets it again has a new title."""
    told = {row["key"]: row for row in whole_rows(rows, context)}
    known = queries.reviews_of(context.scope_id, [row["honour_key"] for row in told.values()])
    for reviews in known.values():
        over = next((one for one in reviews if one.result_code == "withdrawn"), None)
        later = [one for one in reviews if over and one.key != over.key and one.reviewed_on >= over.reviewed_on]
        marked = next((one for one in (*later, over) if later and one and one.key in told), None)
        if marked and over:
            sentence = say(
                "这项荣誉已于 {day} 撤销，此后没有复核。请核对日期；重新获得的，另登记一项荣誉。", day=over.reviewed_on
            )
            yield told[marked.key], "reviewed_on", "honours.reviewed_after_withdrawal", sentence
