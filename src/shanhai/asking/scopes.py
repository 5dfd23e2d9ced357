"""Which scope is meant: by its code, by the places a text names, or the only one there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shanhai.base.findings import Refused, WrongUse
from shanhai.base.language import listed, say
from shanhai.reference.models import Closing, Region, Scope
from shanhai.reference.queries import rounds_of


@dataclass(frozen=True)
class Asked:
    """A scope as figures are asked of it: its own id, and the province-level pairings above it."""

    scope: Scope
    above: tuple[Scope, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The scope's own id as a window takes it."""
        return (self.scope.pk,)

    @cached_property
    def began_on(self) -> date | None:
        """The first day of the pairing, asked once."""
        return began_on(self.scope)


def by_code(code: str) -> Asked:
    """The scope of this code, as the reader may see it."""
    scope = Scope.objects.filter(code=code).first()
    if scope is None:
        visible = listed(Scope.objects.order_by("code").values_list("code", flat=True)[:10]) or say("（没有）")
        raise WrongUse(
            say("没有找到结对关系“{code}”，或您无权查看。您能看到的有：{visible}。", code=code, visible=visible)
        )
    return Asked(scope, _above(scope))


def among(scope: Scope, known: Iterable[Scope]) -> Asked:
    """A scope out of all that the reader sees, without asking for them again."""
    if scope.kind != "pairing" or scope.level == "province":
        return Asked(scope, (scope,) if scope.level == "province" else ())
    ends = (scope.east_code[:2], scope.west_code[:2])
    return Asked(
        scope,
        tuple(
            one for one in known
            if one.kind == "pairing" and one.level == "province" and (one.east_code[:2], one.west_code[:2]) == ends
        ),
    )  # fmt: skip


def only_pairing() -> Asked:
    """The home's only pairing below province level that is not kept for a notice."""
    found = list(Scope.objects.filter(kind="pairing", is_notice=False).exclude(level="province")[:2])
    if not found:
        raise Refused(say("没有结对关系。请先装载“结对关系”工作簿。"))
    if len(found) > 1:
        raise WrongUse(say("有多个结对关系，请用 --pairing 东部代码-西部代码 指明是哪一个。"))
    return Asked(found[0], _above(found[0]))


def ask(code: str | None) -> Asked:
    """The scope of a code, or the only pairing where none is given."""
    return by_code(code) if code else only_pairing()


def _above(scope: Scope) -> tuple[Scope, ...]:
    if scope.kind != "pairing" or scope.level == "province":
        return (scope,) if scope.level == "province" else ()
    return tuple(
        Scope.objects.filter(
            kind="pairing",
            level="province",
            east_code__startswith=scope.east_code[:2],
            west_code__startswith=scope.west_code[:2],
        )
    )


def last_closing(scope: Scope) -> Closing | None:
    """The latest closing record of a scope: who declared its records complete, up to which day."""
    return Closing.objects.filter(scope=scope).order_by("-closed_on").first()


def began_on(scope: Scope) -> date | None:
    """The first day of the pairing."""
    return next((one.first for one in rounds_of(scope.pk)), None)


def short_names(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By region code: the names a text may use, whole and without the word for the level (温岭市, 温岭)."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in Region.objects.filter(code__in=list(codes), last_on__isnull=True).values_list("code", "name"):
        found[code] = tuple(dict.fromkeys((name, bare_name(name))))
    return found


_LEVEL_WORDS = (
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "自治州",
    "自治县",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
)


def bare_name(name: str) -> str:
    """A place name without its level word, where two characters are left."""
    for word in _LEVEL_WORDS:
        if name.endswith(word) and len(name) - len(word) >= 2:
            return name.removesuffix(word)
    return name
