"""Every write of planting; what is recorded already is held against each row, and a refusal names its cell."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars

from shanhai.access.entering import Context, enter, hold, whole_key
from shanhai.access.terms import CLERK, FINANCE, OPERATOR, OWNER
from shanhai.areas.planting import checks
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
from shanhai.reference.models import PersonKey

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

Row = dict[str, Any]
Problem = tuple[Row, str, str, str]


def register_industries(*, rows: polars.DataFrame, context: Context) -> int:
    """Record when a region began to grow a crop."""
    return enter(Industry, rows, kind=REGISTER_INDUSTRY, context=context)


def register_bases(*, rows: polars.DataFrame, context: Context) -> int:
    """Register bases that the cooperation built, upgraded or revived, so after it began."""
    hold(_outside_pairing(rows, "started_on", context))
    return enter(Base, rows, kind=REGISTER_BASE, context=context)


def register_parcels(*, rows: polars.DataFrame, context: Context) -> int:
    """Register parcels; one that stands on a former parcel takes its whole place, once."""
    frame = _measured(_whole(rows, context))
    hold(_former_problems(frame, context))
    return enter(Parcel, frame, kind=REGISTER_PARCEL, context=context)


def _former_problems(frame: polars.DataFrame, context: Context) -> Iterator[Problem]:
    named = frame.filter(_given("former_key"))
    if named.is_empty():
        return
    formers = named.get_column("former_key").to_list()
    old = held.parcels(context.scope_id, formers)
    old |= {row["key"]: held.Old(row["area_mu2"], row["built_on"]) for row in frame.iter_rows(named=True)}
    taken = held.successors(context.scope_id, formers)
    for row in named.iter_rows(named=True):
        former, told = old.get(row["former_key"]), _local(row["former_key"])
        if former is None:
            continue
        holder = taken.setdefault(row["former_key"], row["key"])
        if holder != row["key"]:
            yield row, "former_key", "planting.former_taken", say("原地块“{former}”已由地块“{holder}”改造，一个地块只能改造一次。请核对编号；分块改造的，先把原地块分块登记。", former=told, holder=_local(holder))
        elif former.built_on >= row["built_on"]:
            yield row, "built_on", "planting.built_before_former", say("建成日期 {built} 不晚于原地块“{former}”的建成日期 {old}。请核对日期或原地块编号。", built=row["built_on"].isoformat(), former=told, old=former.built_on.isoformat())
        elif row["area_mu2"] < former.area_mu2:
            yield row, "area_mu", "planting.smaller_than_former", say("面积 {area} 亩小于原地块“{former}”的 {old} 亩，其余的地会漏计。请先把原地块分成两块登记，再登记改造的一块。", area=_mu(row["area_mu2"]), former=told, old=_mu(former.area_mu2))


def lease(*, rows: polars.DataFrame, context: Context) -> int:
    """Record leases: none outlasts the base's own right, and together they never exceed its land on any day.

    The rent of a year is worked out; it is a promise, neither due nor paid.
    """
    frame = _measured(_whole(rows, context))
    frame = frame.with_columns(
        yearly_fen=polars.Series(
            [checks.yearly_rent(area, rate) for area, rate in frame.select("area_mu", "rate_fen").iter_rows()],
            dtype=polars.Int64,
        )
    )
    hold(_lease_problems(frame, context))
    return enter(LandLease, frame, kind=LEASE, context=context)


def _lease_problems(frame: polars.DataFrame, context: Context) -> Iterator[Problem]:
    lands = held.land_of(context.scope_id, frame.get_column("base_key"), without=frame.get_column("key").to_list())
    for row in frame.iter_rows(named=True):
        land = lands[row["base_key"]]
        last = land.right_last_on
        if last is not None and row["last_on"] > last:
            yield row, "last_on", "planting.lease_outlasts_base", say("流转终止日期 {found} 晚于基地“{base}”的经营权到期日期 {expected}。流转期限不能超过基地自己的期限，请核对日期。", found=row["last_on"].isoformat(), base=_local(row["base_key"]), expected=last.isoformat())
    by_base = frame.partition_by("base_key", maintain_order=True)
    for rows in by_base:
        land = lands[rows.item(0, "base_key")]
        spans = [*land.leased, *_spans(rows)]
        if checks.peak(spans) > land.area_mu2:
            yield from _too_large(rows, land)


def _spans(rows: polars.DataFrame) -> list[held.Span]:
    return list(rows.select("first_on", "last_on", "area_mu2").iter_rows())


def _too_large(rows: polars.DataFrame, land: held.Land) -> Iterator[Problem]:
    """The rows that do not fit beside those before them."""
    standing = list(land.leased)
    for row in rows.iter_rows(named=True):
        own = (row["first_on"], row["last_on"], row["area_mu2"])
        beside = [span for span in standing if span[0] <= own[1] and own[0] <= span[1]]
        inside = [(max(first, own[0]), min(last, own[1]), area) for first, last, area in beside]
        leased = checks.peak(inside)
        if leased + own[2] > land.area_mu2:
            yield row, "area_mu", "planting.lease_exceeds_base", say("基地“{base}”登记的地块共 {area} 亩，同一时期已流转 {leased} 亩，这一行的 {found} 亩超出 {over} 亩。请核对面积和期限，或先登记地块。", base=_local(row["base_key"]), area=_mu(land.area_mu2), leased=_mu(leased), found=_mu(own[2]), over=_mu(leased + own[2] - land.area_mu2))
        else:
            standing.append(own)


def fall_due(*, rows: polars.DataFrame, context: Context) -> int:
    """Record rents that fell due: exactly what the lease promises for these months, inside its term, once."""
    frame = _whole(rows, context)
    found = held.leases(context.scope_id, frame.get_column("lease_key"))
    hold(_due_problems(frame, found, context))
    keys = frame.get_column("lease_key").to_list()
    told = frame.with_columns(
        base_key=polars.Series([found[key].base_key for key in keys], dtype=polars.String),
        household_key=polars.Series([found[key].household_key for key in keys], dtype=polars.String),
    )
    return enter(RentDue, told, kind=FALL_DUE, context=context)


def _due_problems(frame: polars.DataFrame, found: dict[str, LandLease], context: Context) -> Iterator[Problem]:
    keys = frame.get_column("key").to_list()
    months = defaultdict(int, held.dues_of_leases(context.scope_id, frame.get_column("lease_key"), without=keys))
    for row in frame.iter_rows(named=True):
        lease = found[row["lease_key"]]
        told, place = _local(lease.key), (lease.key, row["due_year"])
        months[place] += row["months"]
        expected = checks.rent_of_months(lease.yearly_fen, row["months"])
        if not lease.first_on.year <= row["due_year"] <= lease.last_on.year:
            yield row, "due_year", "planting.due_outside_lease", say("流转“{lease}”的期限是 {first} 至 {last}，所属年度 {year} 不在其中。请核对年度或流转编号。", lease=told, first=lease.first_on.isoformat(), last=lease.last_on.isoformat(), year=row["due_year"])
        elif months[place] > checks.MONTHS:
            yield row, "months", "planting.year_due_twice", say("流转“{lease}” {year} 年度的应付租金合计已有 {months} 个月，超过 12 个月。这一年的租金可能登记了两次，请核对。", lease=told, year=row["due_year"], months=months[place])
        elif row["amount_fen"] != expected:
            yield row, "amount_fen", "planting.due_is_not_the_promise", say("应付金额是 {found}，按流转“{lease}”（年租金 {yearly}）{months} 个月应为 {expected}。请核对金额或月数。", found=checks.yuan(row["amount_fen"]), lease=told, yearly=checks.yuan(lease.yearly_fen), months=row["months"], expected=checks.yuan(expected))


def record_work(*, rows: polars.DataFrame, context: Context) -> int:
    """Record days of work; a person works a day once, under whichever of their records it is entered."""
    frame = _whole(rows, context)
    hold(_outside_pairing(frame, "worked_on", context))
    hold(_worked_twice(frame, context))
    return enter(WorkDay, frame, kind=WORK, context=context)


def _worked_twice(frame: polars.DataFrame, context: Context) -> Iterator[Problem]:
    same = held.same_people(context.scope_id)
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for key, stands in same.items():
        groups[stands] |= {key, stands}
    people = set(frame.get_column("person_key"))
    people |= {other for key in people for other in groups.get(same.get(key, key), ())}
    first, last = frame.get_column("worked_on").min(), frame.get_column("worked_on").max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    recorded = held.days_worked(
        context.scope_id, (first, last), people, without=frame.get_column("key").to_list() if context.correcting else ()
    )
    worked = {(same.get(person, person), day): base for (person, day), base in recorded.items()}
    for row in frame.iter_rows(named=True):
        place = (same.get(row["person_key"], row["person_key"]), row["worked_on"])
        other = worked.setdefault(place, row["key"])
        if other != row["key"]:
            yield row, "worked_on", "planting.day_worked_twice", say("人员“{person}”（或认定为同一人的记录）{day} 在基地“{base}”已记过工。同一人同一天只记一次，请核对日期和人员。", person=_local(row["person_key"]), day=row["worked_on"].isoformat(), base=_local(other))


def decide_dividend(*, rows: polars.DataFrame, context: Context) -> int:
    """Record decisions on dividends; what is kept and what is shared out add up to the income."""
    frame = _whole(rows, context)
    hold(_outside_pairing(frame, "decided_on", context))
    return enter(DividendRound, frame, kind=DECIDE, context=context)


def list_dividend(*, rows: polars.DataFrame, context: Context) -> int:
    """Record the list of a round, whole: its lines add up to what was decided to be shared out.

    Lines added to a list that stands already are held by the database at the end of the act, when corrections of the
    same load have been made.
    """
    frame = _whole(rows, context)
    hold(_list_problems(frame, context))
    return enter(DividendLine, frame, kind=LIST, context=context)


def _list_problems(frame: polars.DataFrame, context: Context) -> Iterator[Problem]:
    keys = frame.get_column("key").to_list()
    decided = held.rounds(context.scope_id, frame.get_column("round_key"))
    standing = held.listed(context.scope_id, frame.get_column("round_key"), without=keys)
    for rows in frame.partition_by("round_key", maintain_order=True):
        round_key = rows.item(0, "round_key")
        before, households = standing.get(round_key, (0, set()))
        for row in rows.filter(polars.col("household_key").is_in(list(households))).iter_rows(named=True):
            yield row, "household_key", "planting.household_listed_twice", say("户“{household}”已在分红“{round}”的名单上。一户一批只列一次，请核对户编号。", household=_local(row["household_key"]), round=_local(round_key))
        shared, total = decided[round_key].shared_fen, before + rows.get_column("amount_fen").sum()
        if total != shared and (context.correcting or not households):
            yield _where_it_goes_wrong(rows, total - shared), "amount_fen", "planting.list_does_not_add_up", _list_told(round_key, rows.height + len(households), total, shared)


def _where_it_goes_wrong(rows: polars.DataFrame, over: int) -> Row:
    """The row that alone explains the difference (its amount is the surplus), else the last of the list."""
    alone = rows.filter(polars.col("amount_fen") == over)
    row: Row = (alone if alone.height == 1 else rows).row(-1, named=True)
    return row


def _list_told(round_key: str, count: int, total: int, shared: int) -> str:
    gap = say("多 {gap}", gap=checks.yuan(total - shared)) if total > shared else say("少 {gap}", gap=checks.yuan(shared - total))
    return say("分红“{round}”的名单共 {count} 户，合计 {total}，而决定分配到户 {shared}，{gap}。名单合计必须等于决定，请核对各户金额，或补上漏列的户。", round=_local(round_key), count=count, total=checks.yuan(total), shared=checks.yuan(shared), gap=gap)


def pay(*, rows: polars.DataFrame, context: Context) -> int:
    """Record payments: rent within what fell due, a dividend exactly as listed, wages within what was earned."""
    frame = _whole(rows, context)
    hold(_outside_pairing(frame, "paid_on", context))
    hold(_payment_problems(frame, context))
    return enter(BenefitPayment, _sealed(frame, context), kind=PAY, context=context)


def _payment_problems(frame: polars.DataFrame, context: Context) -> Iterator[Problem]:
    scope, keys = context.scope_id, frame.get_column("key").to_list() if context.correcting else []
    by_channel = {channel: frame.filter(polars.col("channel_code") == str(channel)) for channel in Channel}
    rents, dividends, wages = (by_channel[one] for one in (Channel.RENT, Channel.DIVIDEND, Channel.WAGE))
    if not rents.is_empty():
        yield from _owed_problems(rents, "due_key", held.dues(scope, rents.get_column("due_key"), without=keys))
    if not dividends.is_empty():
        yield from _owed_problems(dividends, "line_key", held.lines(scope, dividends.get_column("line_key"), without=keys))
    if not wages.is_empty():
        yield from _wage_problems(wages, *held.earned_and_paid(scope, wages.get_column("person_key"), without=keys))


def _owed_problems(rows: polars.DataFrame, column: str, owed: dict[str, held.Owed]) -> Iterator[Problem]:
    paid: defaultdict[str, int] = defaultdict(int)
    for row in rows.iter_rows(named=True):
        one, told = owed[row[column]], _local(row[column])
        already = one.paid_fen + paid[row[column]]
        paid[row[column]] += row["amount_fen"]
        if row["household_key"] != one.household_key:
            yield row, "household_key", "planting.other_household", say("“{owed}”应付给户“{expected}”，这里填的是户“{found}”。请核对户编号或所付的编号。", owed=told, expected=_local(one.household_key), found=_local(row["household_key"]))
        elif row["base_key"] != one.base_key:
            yield row, "base_key", "planting.other_base", say("“{owed}”属于基地“{expected}”，这里填的是“{found}”。请核对基地编号。", owed=told, expected=_local(one.base_key), found=_local(row["base_key"]))
        elif column == "line_key" and (already or row["amount_fen"] != one.amount_fen):
            yield row, "amount_fen", "planting.payment_is_not_the_line", say("分红名单“{owed}”应分 {expected}，已付 {paid}，这一笔是 {found}。分红按名单一次付清，请核对金额，或先更正名单。", owed=told, expected=checks.yuan(one.amount_fen), paid=checks.yuan(already), found=checks.yuan(row["amount_fen"]))
        elif column == "line_key" and row["paid_on"] < one.since:
            yield row, "paid_on", "planting.paid_before_decided", say("支付日期 {paid} 早于分红决定的日期 {decided}。请核对日期。", paid=row["paid_on"].isoformat(), decided=one.since.isoformat())
        elif already + row["amount_fen"] > one.amount_fen:
            yield row, "amount_fen", "planting.paid_more_than_due", say("应付租金“{owed}”共 {expected}，已付 {paid}，再付 {found} 就多付了 {over}。请核对金额和编号。", owed=told, expected=checks.yuan(one.amount_fen), paid=checks.yuan(already), found=checks.yuan(row["amount_fen"]), over=checks.yuan(already + row["amount_fen"] - one.amount_fen))


def _wage_problems(rows: polars.DataFrame, earned: held.Moves, paid: held.Moves) -> Iterator[Problem]:
    """Wages paid up to a day never exceed what was earned up to it."""
    for row in rows.sort("paid_on", maintain_order=True).iter_rows(named=True):
        place = (row["base_key"], row["person_key"])
        paid[place].append((row["paid_on"], row["amount_fen"]))
        due = sum(amount for day, amount in earned.get(place, ()) if day <= row["paid_on"])
        out = sum(amount for day, amount in paid[place] if day <= row["paid_on"])
        if out > due:
            yield row, "amount_fen", "planting.wage_not_earned", say("截至 {day}，人员“{person}”在基地“{base}”务工应得 {earned}，连同这一笔已付 {paid}，多付 {over}。请先登记务工，或核对金额。", day=row["paid_on"].isoformat(), person=_local(row["person_key"]), base=_local(row["base_key"]), earned=checks.yuan(due), paid=checks.yuan(out), over=checks.yuan(out - due))


def _sealed(frame: polars.DataFrame, context: Context) -> polars.DataFrame:
    """Accounts as ciphertext under their holder's own key, with the last digits for pages."""
    if "account" not in frame.columns:
        return frame
    held_by = frame.filter(_given("account")).get_column("person_key").unique().to_list()
    keys = PersonKey.objects.filter(scope_id=context.scope_id, person_key__in=held_by)
    wrapped = dict(keys.values_list("person_key", "wrapped"))
    accounts = list(frame.select("account", "person_key").iter_rows())
    hold(
        (row, "person_key", "planting.holder_destroyed", say("人员“{person}”的个人信息已经销毁，不能再为其保存账号。请删去账号。", person=_local(row["person_key"])))
        for row in frame.filter(_given("account") & ~polars.col("person_key").is_in(list(wrapped))).iter_rows(named=True)
    )  # fmt: skip
    return frame.drop("account").with_columns(
        account_sealed=polars.Series([_seal(number, wrapped.get(person, "")) for number, person in accounts], dtype=polars.String),
        account_mask=polars.Series([mask_account(number) if number else "" for number, _ in accounts], dtype=polars.String),
    )  # fmt: skip


def _seal(number: str | None, wrapped: str) -> str:
    """A text sealed under a person's key, as the person's name is; the vault seals the two alike."""
    return vault.seal_person(number, "", wrapped=wrapped)[0]["name_sealed"] if number else ""


def _outside_pairing(rows: polars.DataFrame, column: str, context: Context) -> Iterator[Problem]:
    """Acts of the cooperation lie inside the pairing."""
    first, last = held.pairing_days(context.scope_id)
    for row in rows.iter_rows(named=True):
        if first and row[column] < first:
            yield row, column, "planting.before_pairing", say("日期 {found} 早于结对开始的 {first}，那时还没有协作。请核对日期。", found=row[column].isoformat(), first=first.isoformat())
        elif last and row[column] > last:
            yield row, column, "planting.after_pairing", say("日期 {found} 晚于结对结束的 {last}。请核对日期。", found=row[column].isoformat(), last=last.isoformat())


def _whole(rows: polars.DataFrame, context: Context) -> polars.DataFrame:
    """The rows with keys as records carry them."""
    frame = rows.rename({"_key": "key"}) if "_key" in rows.columns else rows
    names = [name for name in frame.columns if name == "key" or name.endswith("_key")]
    return frame.with_columns(
        polars.Series(name, [whole_key(key or "", context.scope_code) for key in frame.get_column(name)], dtype=polars.String)
        for name in names
    )  # fmt: skip


def _measured(frame: polars.DataFrame) -> polars.DataFrame:
    """The rows with their area in hundredths of a mu too, as figures count it."""
    area = [int(area * 100) for area in frame.get_column("area_mu")]
    return frame.with_columns(area_mu2=polars.Series(area, dtype=polars.Int64))


def _given(column: str) -> polars.Expr:
    return polars.col(column).fill_null("").ne("")


def _local(key: str) -> str:
    return key.partition("/")[2] or key


def _mu(mu2: int) -> str:
    """An area in a sentence, in mu."""
    whole, rest = divmod(mu2, 100)
    return f"{whole:,}" + (f".{rest:02}".rstrip("0") if rest else "")


def _uneven(detail: str) -> str:
    """The database's refusal of a list, or of a decision changed under its list, as a sentence."""
    round_key, count, total, shared = detail.split("|")
    return _list_told(round_key, int(count), int(total), int(shared))


def _overlet(detail: str) -> str:
    """The database's refusal of more land leased than a base has, as a sentence."""
    base, leased, area = detail.split("|")
    return say("基地“{base}”同一天流转的面积达到 {leased} 亩，超过登记的地块 {area} 亩。没有保存任何内容，请核对流转和地块的面积。", base=_local(base), leased=_mu(int(leased)), area=_mu(int(area)))



refusals.explain("planting_dividendline_adds_up", _uneven)
refusals.explain("planting_landlease_fits", _overlet)
