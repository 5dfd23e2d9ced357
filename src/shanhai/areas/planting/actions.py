"""Every write of planting; what is recorded already is held against each row, and a refusal names its cell."""

from collections.abc import Iterator
from datetime import date

import polars

from shanhai.access.entering import Context, enter, hold, whole_keys
from shanhai.access.pairing import outside_pairing
from shanhai.access.terms import CLERK, FINANCE, OPERATOR, OWNER
from shanhai.areas.planting import checks
from shanhai.areas.planting.checks import land, paying
from shanhai.areas.planting.models import (
    Base,
    BenefitPayment,
    DividendLine,
    DividendRound,
    Industry,
    LandLease,
    Parcel,
    RentDue,
    WorkDay,
)
from shanhai.areas.planting.queries import held
from shanhai.areas.planting.terms import Channel
from shanhai.base.identifiers import mask_account
from shanhai.base.language import say
from shanhai.journal import refusals
from shanhai.journal.acts import kind
from shanhai.reference import vault
from shanhai.reference.queries import personal_keys

_KEEPERS = (CLERK, OWNER, OPERATOR)
_PAYERS = (CLERK, FINANCE, OWNER, OPERATOR)

REGISTER_INDUSTRY = kind("planting.industry.registered", "登记产业", duties=_KEEPERS)
REGISTER_BASE = kind("planting.base.registered", "登记种植基地", duties=_KEEPERS)
REGISTER_PARCEL = kind("planting.parcel.registered", "登记地块", duties=_KEEPERS)
LEASE = kind("planting.landlease.recorded", "登记土地流转", duties=_KEEPERS)
FALL_DUE = kind("planting.rentdue.recorded", "登记应付租金", duties=_KEEPERS)
WORK = kind("planting.workday.recorded", "登记务工", duties=_KEEPERS)
DECIDE = kind("planting.dividendround.decided", "登记分红决定", duties=_KEEPERS)
LIST = kind("planting.dividendline.listed", "登记分红名单", duties=_KEEPERS)
PAY = kind("planting.benefitpayment.recorded", "登记利益联结支付", duties=_PAYERS)


def register_industries(*, rows: polars.DataFrame, context: Context) -> int:
    """Record when a region began to grow a crop."""
    return enter(Industry, rows, kind=REGISTER_INDUSTRY, context=context)


def register_bases(*, rows: polars.DataFrame, context: Context) -> int:
    """Register bases that the cooperation built, upgraded or revived, so after it began."""
    hold(outside_pairing(rows, ("started_on",), context))
    return enter(Base, rows, kind=REGISTER_BASE, context=context)


def register_parcels(*, rows: polars.DataFrame, context: Context) -> int:
    """Register parcels; one that stands on a former parcel takes its whole place, once."""
    frame = _measured(whole_keys(rows, context))
    formers = [key for key in frame.get_column("former_key") if key]
    fresh = {row["key"]: land.Old(row["area_mu2"], row["built_on"]) for row in frame.iter_rows(named=True)}
    old = held.parcels(context.scope_id, formers) | fresh
    hold(land.on_former(frame, old, held.successors(context.scope_id, formers)))
    return enter(Parcel, frame, kind=REGISTER_PARCEL, context=context)


def lease(*, rows: polars.DataFrame, context: Context) -> int:
    """Record leases: none outlasts the base's own right, and together they never exceed its land on any day.

    The rent of a year is worked out; it is a promise, neither due nor paid.
    """
    frame = _measured(whole_keys(rows, context))
    rents = [checks.yearly_rent(area, rate) for area, rate in frame.select("area_mu", "rate_fen").iter_rows()]
    frame = frame.with_columns(yearly_fen=polars.Series(rents, dtype=polars.Int64))
    lands = held.land_of(context.scope_id, frame.get_column("base_key"), without=_keys(frame))
    hold(land.lease_within_base(frame, lands))
    return enter(LandLease, frame, kind=LEASE, context=context)


def fall_due(*, rows: polars.DataFrame, context: Context) -> int:
    """Record rents that fell due: exactly what the lease promises for these months, inside its term, once."""
    frame = whole_keys(rows, context)
    found = held.leases(context.scope_id, frame.get_column("lease_key"))
    months = held.dues_of_leases(context.scope_id, frame.get_column("lease_key"), without=_keys(frame))
    hold(land.due_as_promised(frame, found, months))
    if context.correcting:
        hold(land.due_covers_paid(frame, held.paid_of(context.scope_id, "due_key", _keys(frame))))
    keys = frame.get_column("lease_key").to_list()
    told = frame.with_columns(
        base_key=polars.Series([found[key].base_key for key in keys], dtype=polars.String),
        household_key=polars.Series([found[key].household_key for key in keys], dtype=polars.String),
    )
    return enter(RentDue, told, kind=FALL_DUE, context=context)


def record_work(*, rows: polars.DataFrame, context: Context) -> int:
    """Record days of work; a person works a day once, under whichever of their records it is entered."""
    frame = whole_keys(rows, context)
    hold(outside_pairing(frame, ("worked_on",), context))
    same = held.same_people(context.scope_id)
    days: list[date] = frame.get_column("worked_on").to_list()
    worked = held.days_worked(
        context.scope_id,
        (min(days), max(days)),
        _all_records(set(frame.get_column("person_key")), same),
        without=_keys(frame) if context.correcting else (),
    )
    hold(paying.day_worked_once(frame, worked, same))
    return enter(WorkDay, frame, kind=WORK, context=context)


def _all_records(people: set[str], same: dict[str, str]) -> set[str]:
    """The records of people with all others that mean the same."""
    standing = {same.get(key, key) for key in people}
    return people | standing | {key for key, stands in same.items() if stands in standing}


def decide_dividend(*, rows: polars.DataFrame, context: Context) -> int:
    """Record decisions on dividends; what is kept and what is shared out add up to the income."""
    frame = whole_keys(rows, context)
    hold(outside_pairing(frame, ("decided_on",), context))
    return enter(DividendRound, frame, kind=DECIDE, context=context)


def list_dividend(*, rows: polars.DataFrame, context: Context) -> int:
    """Record the list of a round, whole: its lines add up to what was decided to be shared out.

    Lines added to a list that stands already are held by the database at the end of the act, when corrections of the
    same load have been made.
    """
    frame = whole_keys(rows, context)
    asked = frame.get_column("round_key")
    decided = {key: one.shared_fen for key, one in held.rounds(context.scope_id, asked).items()}
    standing = held.listed(context.scope_id, asked, without=_keys(frame))
    hold(paying.list_adds_up(frame, decided, standing, correcting=context.correcting))
    return enter(DividendLine, frame, kind=LIST, context=context)


def pay(*, rows: polars.DataFrame, context: Context) -> int:
    """Record payments: rent within what fell due, a dividend exactly as listed, wages within what was earned."""
    frame = whole_keys(rows, context)
    hold(outside_pairing(frame, ("paid_on",), context))
    hold(_payment_problems(frame, context))
    return enter(BenefitPayment, _sealed(frame, context), kind=PAY, context=context)


def _payment_problems(frame: polars.DataFrame, context: Context) -> Iterator[paying.Problem]:
    scope, without = context.scope_id, _keys(frame) if context.correcting else ()
    rents, dividends, wages = (
        frame.filter(polars.col("channel_code") == str(one)) for one in (Channel.RENT, Channel.DIVIDEND, Channel.WAGE)
    )
    if not rents.is_empty():
        dues = held.dues(scope, rents.get_column("due_key"), without=without)
        yield from paying.pays_what_is_owed(rents, "due_key", dues)
    if not dividends.is_empty():
        lines = held.lines(scope, dividends.get_column("line_key"), without=without)
        yield from paying.pays_what_is_owed(dividends, "line_key", lines)
    if not wages.is_empty():
        moves = held.earned_and_paid(scope, wages.get_column("person_key"), without=without)
        yield from paying.wage_was_earned(wages, *moves)


def _sealed(frame: polars.DataFrame, context: Context) -> polars.DataFrame:
    """Accounts as ciphertext under their holder's own key, with the last digits for pages."""
    if "account" not in frame.columns:
        return frame
    wrapped = personal_keys(frame.filter(_given("account")).get_column("person_key").unique())
    accounts = list(frame.select("account", "person_key").iter_rows())
    hold(
        (row, "person_key", "planting.holder_destroyed", say("人员“{person}”的个人信息已经销毁，不能再为其保存账号。请删去账号。", person=checks.local(row["person_key"])))
        for row in frame.filter(_given("account") & ~polars.col("person_key").is_in(list(wrapped))).iter_rows(named=True)
    )  # fmt: skip
    return frame.drop("account").with_columns(
        account_sealed=polars.Series([_seal(number, wrapped.get(person, "")) for number, person in accounts], dtype=polars.String),
        account_mask=polars.Series([mask_account(number) if number else "" for number, _ in accounts], dtype=polars.String),
    )  # fmt: skip


def _seal(number: str | None, wrapped: str) -> str:
    """A text sealed under a person's key, as the person's name is; the vault seals the two alike."""
    return vault.seal_person(number, "", wrapped=wrapped)[0]["name_sealed"] if number else ""


def _keys(frame: polars.DataFrame) -> list[str]:
    keys: list[str] = frame.get_column("key").to_list()
    return keys


def _measured(frame: polars.DataFrame) -> polars.DataFrame:
    """The rows with their area in hundredths of a mu too, as figures count it."""
    area = [int(area * 100) for area in frame.get_column("area_mu")]
    return frame.with_columns(area_mu2=polars.Series(area, dtype=polars.Int64))


def _given(column: str) -> polars.Expr:
    return polars.col(column).fill_null("").ne("")


def _uneven(detail: str) -> str:
    """The database's refusal of a list, or of a decision changed under its list, as a sentence."""
    round_key, count, total, shared = detail.split("|")
    return paying.list_told(round_key, int(count), int(total), int(shared))


def _overlet(detail: str) -> str:
    """The database's refusal of more land leased than a base has, as a sentence."""
    base, leased, area = detail.split("|")
    return say(
        "基地“{base}”同一天流转的面积达到 {leased} 亩，超过登记的地块 {area} 亩。没有保存任何内容，请核对流转和地块的面积。",
        base=checks.local(base),
        leased=checks.mu(int(leased)),
        area=checks.mu(int(area)),
    )


refusals.explain("planting_dividendline_adds_up", _uneven)
refusals.explain("planting_landlease_fits", _overlet)
