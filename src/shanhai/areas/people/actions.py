"""Every write of people and households: the registers, and the decisions on which records mean the same."""

import polars

from shanhai.access import people
from shanhai.access.entering import Context, enter, hold, keys_in, local_key, whole_key
from shanhai.access.terms import CLERK, FINANCE, OPERATOR, OWNER, TEAM
from shanhai.areas.people import queries
from shanhai.base.language import say
from shanhai.journal.acts import kind
from shanhai.reference.models import Household, Merge, Person
from shanhai.reference.terms import MergeKind, MergeVerdict

_REGISTRARS = (CLERK, OPERATOR, OWNER, TEAM, FINANCE)
_DECIDERS = (CLERK, OPERATOR)

REGISTER_HOUSEHOLD = kind("people.household.registered", "登记农户", duties=_REGISTRARS)
REGISTER_PERSON = kind("people.person.registered", "登记人员", duties=_REGISTRARS)
DECIDE = kind("people.merge.decided", "认定是否同一", duties=_DECIDERS)


def register_households(*, rows: polars.DataFrame, context: Context) -> int:
    """Register households; people are counted apart from them."""
    return enter(Household, rows, kind=REGISTER_HOUSEHOLD, context=context)


def register_people(*, rows: polars.DataFrame, context: Context) -> int:
    """Register people, each under a key of their own; a number that is somebody's already is refused in its cell."""
    people.hold_examples(rows, context)
    indexed = people.with_index(rows).with_columns(
        key=polars.Series(keys_in(rows, "_key", context), dtype=polars.String)
    )
    _hold_numbers(indexed, context)
    if context.correcting:
        people.rename(indexed, kind=REGISTER_PERSON, context=context)
        rest = indexed.drop("name", "identity", "identity_index", "_key")
        return enter(Person, rest, kind=REGISTER_PERSON, context=context)
    return enter(
        Person, people.seal(indexed.drop("identity_index", "_key"), context), kind=REGISTER_PERSON, context=context
    )


def _hold_numbers(indexed: polars.DataFrame, context: Context) -> None:
    known = people.numbers_known(context)
    seen: dict[str, str] = {}
    problems = []
    for row in indexed.filter(polars.col("identity_index") != "").iter_rows(named=True):
        holder = known.get(row["identity_index"]) or seen.setdefault(row["identity_index"], row["key"])
        if holder != row["key"]:
            sentence = say(
                "这个身份证号码已经登记在“{holder}”名下，一个人只登记一次。请改用那个人员编号，或核对号码。",
                holder=local_key(holder, context.scope_code),
            )
            problems.append((row, "identity", "people.number_known", sentence))
    hold(problems)


def decide(*, rows: polars.DataFrame, context: Context) -> int:
    """Decide that two records mean the same, or do not, or take a decision back; no record is lost by it.

    Which record stands for whom is worked out anew from all decisions in force, so taking one back undoes just that.
    """
    _hold_records(rows, context)
    written = enter(Merge, rows, kind=DECIDE, context=context)
    for kind_code in rows.get_column("kind_code").unique():
        _stand_anew(str(kind_code), context)
    return written


def _hold_records(rows: polars.DataFrame, context: Context) -> None:
    problems = []
    for row in rows.iter_rows(named=True):
        register = queries.REGISTERS[row["kind_code"]]
        for field in ("left_key", "right_key"):
            key = whole_key(row[field], context.scope_code)
            if not register.objects.filter(scope_id=context.scope_id, key=key).exists():
                sentence = say("没有登记过编号“{key}”。请核对，或先登记。", key=row[field])
                problems.append((row, field, "people.unknown_record", sentence))
        if row["verdict_code"] == MergeVerdict.SAME and not row["revoked_on"] and _two_numbers(row, context):
            sentence = say("这两条记录的身份证号码不同，不是同一个人。号码录错的，请先更正号码。")
            problems.append((row, "right_key", "people.two_numbers", sentence))
    hold(problems)


def _two_numbers(row: dict[str, str], context: Context) -> bool:
    if row["kind_code"] != MergeKind.PERSON:
        return False
    keys = [whole_key(row[field], context.scope_code) for field in ("left_key", "right_key")]
    people_found = Person.objects.filter(scope_id=context.scope_id, key__in=keys).exclude(identity_index="")
    return len(set(people_found.values_list("identity_index", flat=True))) > 1


def _stand_anew(kind_code: str, context: Context) -> None:
    register = queries.REGISTERS[kind_code]
    pairs = queries.in_force(context.scope_id, kind_code)
    involved = {key for pair in pairs for key in pair}
    ranked = {}
    if register is Person:
        with_number = Person.objects.filter(scope_id=context.scope_id, key__in=involved).exclude(identity_index="")
        ranked = dict.fromkeys(with_number.values_list("key", flat=True), 0)
    wanted = {key: stands for key, stands in queries.standing_for(pairs, ranked).items() if key != stands}
    recorded = dict(
        register.objects.filter(scope_id=context.scope_id).exclude(canonical_key="").values_list("key", "canonical_key")
    )
    changed = {key: wanted.get(key, "") for key in wanted.keys() | recorded.keys()}
    changed = {key: stands for key, stands in changed.items() if recorded.get(key, "") != stands}
    if changed:
        frame = polars.DataFrame({"key": list(changed), "canonical_key": list(changed.values())})
        enter(register, frame, kind=DECIDE, context=context.under(correcting=True))
