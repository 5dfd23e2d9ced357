"""What actions and pages of charity ask of the records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery, Sum

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
)
from shanhai.journal.models import PartnerWord
from shanhai.reference.models import Person


def outside(day: date | None, days: tuple[date, date | None]) -> bool:
    """Whether a day lies before the first or after the last of two days, where they are known."""
    first, last = days
    return day is not None and (day < first or (last is not None and day > last))


def campaigns_by_key(scope_id: int, keys: Iterable[str]) -> dict[str, Campaign]:
    """Campaigns by their keys."""
    return {one.key: one for one in Campaign.objects.filter(scope_id=scope_id, key__in=set(keys))}


def donations_by_key(scope_id: int, keys: Iterable[str]) -> dict[str, Donation]:
    """Gifts by their keys."""
    return {one.key: one for one in Donation.objects.filter(scope_id=scope_id, key__in=set(keys))}


def trainings_by_key(scope_id: int, keys: Iterable[str]) -> dict[str, DisabilityTraining]:
    """Courses by their keys."""
    return {one.key: one for one in DisabilityTraining.objects.filter(scope_id=scope_id, key__in=set(keys))}


def appeal_levels(scope_id: int) -> dict[str, int]:
    """The depth of every appeal of a scope by its key."""
    return dict(Appeal.objects.filter(scope_id=scope_id).values_list("key", "level_no"))


def handed_out(scope_id: int, donation_keys: Iterable[str]) -> dict[str, int]:
    """How many items of each gift were handed out, over all distributions that give a number."""
    found = Distribution.objects.filter(
        scope_id=scope_id, donation_key__in=set(donation_keys), item_count__isnull=False
    )
    return {
        key: total
        for key, total in found.values_list("donation_key").annotate(total=Sum("item_count"))
        if key and total
    }


def themes_given(scope_id: int, campaign_keys: Iterable[str]) -> dict[str, str]:
    """The theme under which things were handed out in each campaign."""
    found = Distribution.objects.filter(scope_id=scope_id, campaign_key__in=set(campaign_keys))
    return dict(found.values_list("campaign_key", "theme_code").distinct())


def brands_of_sales(scope_id: int, sale_keys: Iterable[str]) -> dict[str, str]:
    """The brand each of these sales is noted under."""
    found = BrandSale.objects.filter(scope_id=scope_id, sale_key__in=set(sale_keys))
    return dict(found.values_list("sale_key", "brand_key"))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two spells of work of one person that lie over each other: the later one, and the one it meets."""

    later: DisabledEmployment
    earlier: DisabledEmployment


def overlapping_spells(scope_id: int, person_keys: Iterable[str]) -> list[Overlap]:
    """Spells of these people that overlap; records recognised as one person are one."""
    stands_for = dict(
        Person.objects.filter(scope_id=scope_id).exclude(canonical_key="").values_list("key", "canonical_key")
    )
    whole = {stands_for.get(key, key) for key in person_keys}
    alike = whole | {key for key, canonical in stands_for.items() if canonical in whole}
    spells = DisabledEmployment.objects.filter(scope_id=scope_id, person_key__in=alike)
    by_person: dict[str, list[DisabledEmployment]] = {}
    for spell in sorted(spells, key=lambda one: (one.started_on, one.key)):
        by_person.setdefault(stands_for.get(spell.person_key, spell.person_key), []).append(spell)
    return [over for spells in by_person.values() for over in _overlaps(spells)]


def _overlaps(spells: list[DisabledEmployment]) -> Iterable[Overlap]:
    """Over spells in the order of their first day: each against the one before that ends last."""
    lasting: DisabledEmployment | None = None
    for spell in spells:
        if lasting is not None and _last_day(lasting) >= spell.started_on:
            yield Overlap(spell, lasting)
        if lasting is None or _last_day(spell) > _last_day(lasting):
            lasting = spell


def _last_day(spell: DisabledEmployment) -> date:
    """The last day of a spell; one that has not ended lasts."""
    return spell.ended_on or date.max


def campaigns_until(scope_id: int, day: date) -> list[Campaign]:
    """Campaigns that had begun by a day, latest first."""
    return list(Campaign.objects.filter(scope_id=scope_id, first_on__lte=day).order_by("-first_on", "key"))


def trainings_until(scope_id: int, day: date) -> list[DisabilityTraining]:
    """Courses that had begun by a day, latest first."""
    return list(DisabilityTraining.objects.filter(scope_id=scope_id, first_on__lte=day).order_by("-first_on", "key"))


def centres_until(scope_id: int, day: date) -> list[Centre]:
    """Institutions that had opened by a day, in the order in which they did."""
    return list(Centre.objects.filter(scope_id=scope_id, opened_on__lte=day).order_by("opened_on", "key"))


def brands_until(scope_id: int, day: date) -> list[Brand]:
    """Brands that were founded by a day."""
    return list(Brand.objects.filter(scope_id=scope_id, founded_on__lte=day).order_by("founded_on", "key"))


def nested_appeals(scope_id: int) -> list[tuple[Appeal, list[str]]]:
    """Every appeal behind the one it is part of, with the keys of itself and all that is part of it."""
    parts: dict[str, list[Appeal]] = {}
    for one in Appeal.objects.filter(scope_id=scope_id).order_by("key"):
        parts.setdefault(one.parent_key, []).append(one)

    def below(above: str) -> list[tuple[Appeal, list[str]]]:
        found = []
        for one in parts.get(above, ()):
            inside = below(one.key)
            found += [(one, [one.key, *(part.key for part, _ in inside)]), *inside]
        return found

    return below("")


def gifts_by_word(scope_id: int, day: date) -> dict[str, tuple[int, int]]:
    """Gifts that cross the border by the other side's latest word, `none` where it said nothing: how many, worth how many fen.

    A word said before the record was last corrected is void.
    """
    said = PartnerWord.objects.filter(
        scope_id=scope_id, record_type=Donation.type_name(), record_key=OuterRef("key"), entry__gt=OuterRef("entry")
    )
    crossing = Donation.objects.filter(scope_id=scope_id, received_on__lte=day, **(Donation.crossing or {}))
    told = crossing.annotate(word=Subquery(said.order_by("-entry").values("word")[:1])).values_list("word")
    return {
        word or "none": (count, fen) for word, count, fen in told.annotate(Count("id"), Sum("amount_fen")).order_by()
    }
