"""What actions and pages of honours ask of the records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q

from shanhai.areas.honours.checks import Review, Title, days_of, names_of
from shanhai.areas.honours.models import Honour, HonourReview, Site
from shanhai.areas.honours.terms import Rank
from shanhai.reference.models import Region

_RANKS = [str(rank) for rank in Rank]


@dataclass(frozen=True, slots=True)
class Held:
    """A title with what its reviews said."""

    honour: Honour
    title: Title


@dataclass(frozen=True, slots=True)
class Placed:
    """A site with the titles it was ever awarded, highest level first."""

    site: Site
    titles: tuple[Held, ...]

    def in_force(self, day: date) -> tuple[Held, ...]:
        """Its titles that stand on a day."""
        return tuple(one for one in self.titles if one.title.in_force(day))


def honours_by_key(scope_id: int, keys: Iterable[str]) -> dict[str, Honour]:
    """Titles by their keys."""
    return {one.key: one for one in Honour.objects.filter(scope_id=scope_id, key__in=set(keys))}


def sites_by_key(scope_id: int, keys: Iterable[str]) -> dict[str, Site]:
    """Sites by their keys."""
    return {one.key: one for one in Site.objects.filter(scope_id=scope_id, key__in=set(keys))}


def reviews_of(scope_id: int, keys: Iterable[str]) -> dict[str, list[HonourReview]]:
    """The reviews of titles, each in the order of their days."""
    found: defaultdict[str, list[HonourReview]] = defaultdict(list)
    rows = HonourReview.objects.filter(scope_id=scope_id, honour_key__in=set(keys))
    for one in rows.order_by("reviewed_on", "entry"):
        found[one.honour_key].append(one)
    return found


def held(scope_id: int, honours: Iterable[Honour]) -> list[Held]:
    """Titles with what their reviews said, in the order given."""
    rows = list(honours)
    reviews = reviews_of(scope_id, [one.key for one in rows])
    return [
        Held(
            one,
            Title(
                days_of(one.awarded_on, one.awarded_on_precision)[1] if one.awarded_on else None, one.expires_on,
                tuple(Review(said.reviewed_on, said.result_code == "passed", said.expires_on) for said in reviews.get(one.key, ())),
            ),
        )
        for one in rows
    ]  # fmt: skip


def alike(scope_id: int, titles: Iterable[str]) -> list[Held]:
    """Every title of these names."""
    return held(scope_id, Honour.objects.filter(scope_id=scope_id, title__in=set(titles)).order_by("awarded_on", "key"))


def raised_to(scope_id: int, keys: Iterable[str]) -> dict[str, list[Honour]]:
    """The titles to which these were raised."""
    found: defaultdict[str, list[Honour]] = defaultdict(list)
    for one in Honour.objects.filter(scope_id=scope_id, origin_key__in=set(keys)):
        found[one.origin_key].append(one)
    return found


def titles_of_sites(scope_id: int, keys: Iterable[str]) -> dict[str, list[Honour]]:
    """The titles of sites, nominated ones among them."""
    found: defaultdict[str, list[Honour]] = defaultdict(list)
    for one in Honour.objects.filter(scope_id=scope_id, site_key__in=set(keys) - {""}):
        found[one.site_key].append(one)
    return found


def holders(honour: Honour) -> set[str]:
    """Who holds a title: its site, or every holder it names, whichever of them is written first."""
    return {honour.site_key} if honour.site_key else {honour.holder_name.strip()} | names_of(honour.joint_names)


def elsewhere(one: Honour, other: Honour) -> bool:
    """Whether two holders of one name are two: villages of one name lie in several towns."""
    places = ((mine, theirs) for mine, theirs in zip(_place(one), _place(other), strict=True) if mine and theirs)
    return one.holder_name == other.holder_name and any(mine != theirs for mine, theirs in places)


def _place(honour: Honour) -> tuple[str, str, str]:
    return honour.region_code, honour.town, honour.village


def region_levels(bodies: Iterable[str]) -> list[tuple[str, str]]:
    """Names of regions in these bodies, with their level."""
    text = "、".join(bodies)
    rows = Region.objects.filter(last_on__isnull=True).values_list("name", "level").distinct()
    return [(name, level) for name, level in rows if name in text]


def projects_began(scope_id: int, keys: Iterable[str]) -> dict[str, date]:
    """The day on which each project was proposed."""
    project: Any = apps.get_model("projects.project")
    return dict(project.objects.filter(scope_id=scope_id, key__in=set(keys)).values_list("key", "proposed_on"))


def honours_until(scope_id: int, day: date) -> list[Held]:
    """Titles that were nominated, announced or awarded by a day, latest first, highest level first within a day."""
    begun = Q(nominated_on__lte=day) | Q(announced_on__lte=day) | Q(awarded_on__lte=day)
    rows = sorted(
        Honour.objects.filter(begun, scope_id=scope_id), key=lambda one: (_RANKS.index(one.level_code), one.key)
    )
    latest = sorted(rows, key=lambda one: one.awarded_on or one.announced_on or one.nominated_on or day, reverse=True)
    return held(scope_id, latest)  # fmt: skip


def sites_until(scope_id: int, day: date) -> list[Placed]:
    """Sites that were proposed by a day, by place, with the titles awarded to them by that day."""
    sites = list(
        Site.objects.filter(scope_id=scope_id, proposed_on__lte=day).order_by("region_code", "town", "village", "key")
    )
    awarded = Honour.objects.filter(scope_id=scope_id, awarded_on__lte=day).exclude(site_key="")
    titles: defaultdict[str, list[Held]] = defaultdict(list)
    for one in held(scope_id, sorted(awarded, key=lambda one: (_RANKS.index(one.level_code), one.key))):
        if one.title.awarded_on and one.title.awarded_on <= day:
            titles[one.honour.site_key].append(one)
    return [Placed(site, tuple(titles.get(site.key, ()))) for site in sites]


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of regions in force by their codes."""
    return dict(Region.objects.filter(code__in=set(codes), last_on__isnull=True).values_list("code", "name"))
