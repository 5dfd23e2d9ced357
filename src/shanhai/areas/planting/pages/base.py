"""一个基地: its land, its benefits by channel, how they spread over households, and its dividends."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.planting.figures import LARGEST
from shanhai.areas.planting.models import Base, Parcel
from shanhai.areas.planting.pages.asking import (
    Asked,
    Cell,
    crumbs,
    money_told,
    mu,
    number,
    percent,
    table_of,
    yuan,
)
from shanhai.areas.planting.pages.rounds import table as rounds_table
from shanhai.areas.planting.queries import standing
from shanhai.areas.planting.queries.standing import Reached, Standing
from shanhai.areas.planting.terms import BANDS, Channel
from shanhai.base.language import say
from shanhai.reference.terms import HouseholdKind
from shanhai.web import charts, wording
from shanhai.web.charts import Bar
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.memory import remembered

_FACTS = (
    "kind_code", "crop_code", "action_code", "is_demonstration", "town", "operator", "started_on", "right_last_on",
)  # fmt: skip
#: By channel the figures of what is due and what is paid.
_FIGURES = {
    Channel.RENT: ("planting.rent_due", "planting.rent_paid"),
    Channel.WAGE: ("planting.wages_due", "planting.wages_paid"),
    Channel.DIVIDEND: ("planting.dividends_decided", "planting.dividends_paid"),
}


@page("bases/<path:key>", "基地全貌", record="planting.base")
@remembered
@require_safe
def base(request: HttpRequest, key: str) -> HttpResponse:
    """One base as its reader may see it; one of another pairing is not there."""
    found = Base.objects.filter(key=key).select_related("scope").first() if "\x00" not in key else None
    if found is None:
        raise Http404
    asked = Asked.of(request, scope=found.scope)
    told = standing.standing_of(found, on=asked.day)
    reached = standing.reached(found, on=asked.day)
    bands = standing.banded(reached, BANDS)
    context = {
        "title": found.name, "number": wording.local(key), "record_url": wording.record_url(Base.type_name(), key),
        "lead": say("算到 {day}。", day=asked.day.isoformat()), "facts": _facts(found), "unit_told": money_told(),
        "land": _land(found, asked), "channels": _channels(asked, told, reached) if told else None,
        "bands": _bands(asked, key, bands), "chart": _chart(bands) if reached else None, "kinds": _kinds(asked, key, reached),
        "concentration": _concentration(reached), "rounds": rounds_table(asked, standing.rounds_on(found.scope, on=asked.day, base=key)),
        "filters": asked.filters(reverse("planting-base", args=[key]), [asked.day_field()]),
        "crumbs": crumbs(beside=True),
    }  # fmt: skip
    return render(request, "planting/base.html", context)


def _facts(found: Base) -> list[dict[str, str]]:
    told = [
        {"label": wording.label(Base, name), "value": wording.cell(Base, name, getattr(found, name)), "url": ""}
        for name in _FACTS
    ]
    if found.project_key:
        url = wording.record_url("projects.project", found.project_key)
        told.append(
            {"label": wording.label(Base, "project_key"), "value": wording.local(found.project_key), "url": url}
        )
    return [one for one in told if one["value"]]


def _land(found: Base, asked: Asked) -> dict[str, Any]:
    """Parcels, those that another has taken the place of with that other; the sum counts the land once."""
    rows = list(standing.land_of(found, on=asked.day))
    heads = [
        (say("地块"), False),
        (wording.label(Parcel, "crop_code"), False),
        (wording.label(Parcel, "built_on"), False),
        (say("面积（亩）"), True),
        (say("计入（亩）"), True),
    ]
    counted = sum(one.area_mu2 for one in rows if not getattr(one, "newer"))  # noqa: B009 - worked out by the query
    foot: list[Cell] = [
        {"text": say("合计"), "head": True}, {"text": ""}, {"text": ""}, {"text": "", "number": True},
        number(mu(counted), asked.figure("planting.base_area", base=found.key)),
    ]  # fmt: skip
    return table_of(say("地块"), heads, [_parcel(one) for one in rows], foot=foot if rows else ())


def _parcel(one: Parcel) -> list[Cell]:
    newer: str | None = getattr(one, "newer")  # noqa: B009 - worked out by the query
    notes = [say("由 {former} 改造", former=wording.local(one.former_key))] if one.former_key else []
    notes += [say("已由 {newer} 改造，不再计入", newer=wording.local(newer))] if newer else []
    return [
        {
            "text": wording.local(one.key),
            "url": wording.record_url(Parcel.type_name(), one.key),
            "head": True,
            "note": "；".join(notes),
        },
        {"text": wording.cell(Parcel, "crop_code", one.crop_code)},
        {"text": one.built_on.isoformat()},
        number(mu(one.area_mu2)),
        number("0" if newer else mu(one.area_mu2)),
    ]


def _channels(asked: Asked, told: Standing, reached: Sequence[Reached]) -> dict[str, Any]:
    """Promised, due and paid by channel, with the households each reached."""
    key = told.base.key
    heads = [
        (say("渠道"), False),
        (say("约定（年）"), True),
        (say("应付"), True),
        (say("已付"), True),
        (say("应付未付"), True),
        (say("受益户"), True),
        (say("户均"), True),
    ]
    rows = [_channel(asked, told, channel, reached) for channel in Channel]
    foot = [
        {"text": say("合计（户数去重）"), "head": True},
        number(yuan(told.promised_fen), asked.figure("planting.rent_promised", base=key)),
        number(yuan(told.all_due_fen), asked.figure("planting.benefits_due", base=key)),
        number(yuan(told.all_paid_fen), asked.figure("planting.benefits_paid", base=key)),
        number(yuan(told.unpaid_fen), asked.figure("planting.benefits_unpaid", base=key)),
        number(f"{told.households:,}", asked.figure("planting.households_benefited", base=key)),
        number(_mean(told.all_paid_fen, told.households), asked.figure("planting.paid_per_household", base=key)),
    ]
    return table_of(say("按渠道"), heads, rows, foot=foot)


def _channel(asked: Asked, told: Standing, channel: Channel, reached: Sequence[Reached]) -> list[Cell]:
    key, code, (due, paid) = told.base.key, str(channel), _FIGURES[channel]
    households = sum(1 for one in reached if one.paid_fen[code])
    promised = (
        number(yuan(told.promised_fen), asked.figure("planting.rent_promised", base=key))
        if channel is Channel.RENT
        else number("–")
    )
    records = asked.records("planting.benefitpayment", base_key=key, channel_code=code)
    return [
        {"text": say(str(channel.label)), "head": True},
        promised,
        number(yuan(told.due_fen[code]), asked.figure(due, base=key)),
        number(yuan(told.paid_fen[code]), asked.figure(paid, base=key)),
        number(yuan(told.due_fen[code] - told.paid_fen[code]), records),
        number(f"{households:,}", asked.figure("planting.households_benefited", base=key, channel=code)),
        number(
            _mean(told.paid_fen[code], households), asked.figure("planting.paid_per_household", base=key, channel=code)
        ),
    ]


def _mean(fen: int, households: int) -> str:
    """An average in the money unit of the page, rounded to the fen; a dash where nobody got anything."""
    return yuan(round(Decimal(fen) / households)) if households else "–"


def _band_words() -> list[str]:
    """What the bands are called, from the smallest."""
    between = [say("{a}–{b} 元", a=f"{a:,}", b=f"{b:,}") for a, b in pairwise(BANDS)]
    return [say("不足 {n} 元", n=f"{BANDS[0]:,}"), *between, say("{n} 元及以上", n=f"{BANDS[-1]:,}")]


def _bands(asked: Asked, key: str, bands: Sequence[Sequence[Reached]]) -> dict[str, Any]:
    heads = [
        (say("每户所得"), False),
        (say("户数"), True),
        (say("户数占比"), True),
        (say("金额"), True),
        (say("金额占比"), True),
    ]
    households, money = sum(map(len, bands)), sum(one.total_fen for band in bands for one in band)
    records = asked.records("planting.benefitpayment", base_key=key)
    rows = [
        [{"text": word, "head": True}, number(f"{len(band):,}", records), number(percent(len(band), households)),
         number(yuan(fen := sum(one.total_fen for one in band)), records), number(percent(fen, money))]
        for word, band in zip(_band_words(), bands, strict=True)
    ]  # fmt: skip
    return table_of(say("按每户所得分档"), heads, rows if households else [])


def _chart(bands: Sequence[Sequence[Reached]]) -> dict[str, Any]:
    words = _band_words()
    bars = [
        Bar(word, Decimal(len(band)), say("{band}：{n} 户", band=word, n=len(band)))
        for word, band in zip(words, bands, strict=True)
    ]
    told = say("；").join(bar.told for bar in bars)
    return {
        "title": say("各档的户数"),
        "svg": inline(charts.bars(bars, order=words, width=900), label=say("按每户所得分档的户数：{told}", told=told)),
    }


def _kinds(asked: Asked, key: str, reached: Sequence[Reached]) -> dict[str, Any]:
    """By kind of household: whether those the programme is for are reached."""
    heads = [(say("户类型"), False), (say("户数"), True), (say("金额"), True), (say("户均"), True)]
    records = asked.records("planting.benefitpayment", base_key=key)
    groups = [(kind, [one for one in reached if one.kind_code == str(kind)]) for kind in HouseholdKind]
    rows = [
        [{"text": say(str(kind.label)), "head": True}, number(f"{len(found):,}", records),
         number(yuan(fen := sum(one.total_fen for one in found)), records), number(_mean(fen, len(found)))]
        for kind, found in groups if found
    ]  # fmt: skip
    return table_of(say("按户类型"), heads, rows)


def _concentration(reached: list[Reached]) -> str:
    """Whether few households get most of it, in a sentence."""
    if not reached:
        return say("还没有付到户的钱。")
    most, money = standing.largest_share(reached, LARGEST)
    median = sorted(one.total_fen for one in reached)[len(reached) // 2]
    return say(
        "得钱最多的 {n} 户得到全部的 {share}；居中的一户得到 {median}，平均每户 {mean}。平均数高出居中数越多，越集中在少数户。",
        n=min(LARGEST, len(reached)), share=percent(most, money), median=wording.money(median),
        mean=wording.money(round(Decimal(money) / len(reached))),
    )  # fmt: skip
