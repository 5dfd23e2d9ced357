"""Every write of agreements and exchange, and of the parties, people and closings they bring in."""

import polars

from shanhai.access.entering import SEPARATOR, Context, enter
from shanhai.access.terms import CLERK, OPERATOR, TEAM
from shanhai.areas.agreements.models import Agreement, Clause, Meeting, Target, TeamMember, Visit, WorkingTeam
from shanhai.base.findings import Refused
from shanhai.base.identifiers import is_example
from shanhai.base.language import say
from shanhai.journal.actions import Setting
from shanhai.journal.acts import kind
from shanhai.reference import vault
from shanhai.reference.actions import destroy_person, reseal_people, seal_people
from shanhai.reference.models import Closing, Organisation, Pairing, Person
from shanhai.reference.queries import personal_values

_KEEPERS = (CLERK, OPERATOR)
_TEAM = (TEAM, CLERK, OPERATOR)

PAIR = kind("agreements.pairing.registered", "登记结对关系", duties=(OPERATOR,))
CLOSE = kind("agreements.closing.recorded", "登记关账", duties=_KEEPERS)
REGISTER_ORGANISATION = kind("agreements.organisation.registered", "登记单位", duties=_KEEPERS)
SIGN = kind("agreements.agreement.signed", "登记协作协议", duties=_KEEPERS)
STATE_CLAUSE = kind("agreements.clause.stated", "登记协议条款", duties=_KEEPERS)
SET_TARGET = kind("agreements.target.set", "登记年度目标", duties=_KEEPERS)
MEET = kind("agreements.meeting.recorded", "登记会议", duties=_TEAM)
VISIT = kind("agreements.visit.recorded", "登记互访", duties=_TEAM)
SEND_TEAM = kind("agreements.workingteam.sent", "登记工作队", duties=_TEAM)
JOIN_TEAM = kind("agreements.teammember.joined", "登记工作队成员", duties=_TEAM)
FORGET = kind("agreements.person.forgotten", "销毁个人信息", duties=_KEEPERS)


def pair(*, rows: polars.DataFrame, context: Context) -> int:
    """Register pairings; the scope each one founds stands already."""
    return enter(Pairing, rows, kind=PAIR, context=context)


def close(*, rows: polars.DataFrame, context: Context) -> int:
    """Declare the records of the scope complete up to a day."""
    frame = rows.with_columns(closed_by=polars.col("closed_by").fill_null(context.actor.name))
    return enter(Closing, frame, kind=CLOSE, context=context)


def register_organisations(*, rows: polars.DataFrame, context: Context) -> int:
    """Register bodies by their 统一社会信用代码."""
    return enter(Organisation, rows, kind=REGISTER_ORGANISATION, context=context)


def sign(*, rows: polars.DataFrame, context: Context) -> int:
    """Record signed agreements."""
    return enter(Agreement, rows, kind=SIGN, context=context, stage="signed")


def state_clauses(*, rows: polars.DataFrame, context: Context) -> int:
    """Record clauses of agreements."""
    return enter(Clause, rows, kind=STATE_CLAUSE, context=context, stage="signed")


def set_targets(*, rows: polars.DataFrame, context: Context) -> int:
    """Record yearly targets; a target is a plan."""
    return enter(Target, rows, kind=SET_TARGET, context=context, stage="planned")


def meet(*, rows: polars.DataFrame, context: Context) -> int:
    """Record meetings held."""
    return enter(Meeting, rows, kind=MEET, context=context)


def visit(*, rows: polars.DataFrame, context: Context) -> int:
    """Record visits."""
    return enter(Visit, rows, kind=VISIT, context=context)


def send_teams(*, rows: polars.DataFrame, context: Context) -> int:
    """Record working teams sent."""
    return enter(WorkingTeam, rows, kind=SEND_TEAM, context=context)


def join_teams(*, rows: polars.DataFrame, context: Context) -> int:
    """Record members of teams; a person not known yet is registered under a key of their own.

    A correction of the name is one of the person; another identity number makes the member another person.
    """
    _hold_examples(rows, context)
    indexed = rows.with_columns(
        identity_index=polars.Series([vault.blind_index(number or "") for number in rows.get_column("identity")])
    )
    known = _registered(indexed, context)
    members = indexed.with_columns(
        person_key=polars.col("identity_index").replace_strict(known, return_dtype=polars.String)
    )
    if context.correcting:
        _rename(members, context)
    return enter(TeamMember, members.drop("name", "identity", "identity_index"), kind=JOIN_TEAM, context=context)


def _registered(indexed: polars.DataFrame, context: Context) -> dict[str, str]:
    """The key of every person by the index of the identity number; who is new is registered."""
    people = Person.objects.filter(scope_id=context.scope_id).exclude(identity_index="")
    known = dict(people.values_list("identity_index", "key"))
    fresh = indexed.filter(~polars.col("identity_index").is_in(list(known))).unique(
        "identity_index", keep="first", maintain_order=True
    )
    if fresh.is_empty():
        return known
    key = context.scope_code + SEPARATOR + polars.lit("RY-") + polars.col("identity_index").str.slice(0, 12)
    named = fresh.select("_row", "name", "identity", key=key)
    sealed = seal_people(named, setting=Setting(context.scope_id, context.side, context.scheme))
    enter(Person, sealed, kind=JOIN_TEAM, context=context.under(correcting=False))
    return known | dict(zip(fresh.get_column("identity_index"), named.get_column("key"), strict=True))


def _rename(members: polars.DataFrame, context: Context) -> None:
    """Put right the names of people; each stays under the key they have."""
    recorded = personal_values(members.get_column("person_key"))
    named = members.select("_row", "name", "identity", key="person_key").unique(
        "key", keep="first", maintain_order=True
    )
    other = [row["name"] != recorded.get(row["key"], {}).get("name") for row in named.iter_rows(named=True)]
    changed = named.filter(polars.Series(other, dtype=polars.Boolean))
    if not changed.is_empty():
        enter(Person, reseal_people(changed), kind=JOIN_TEAM, context=context)


def forget_people(*, keys: list[str], context: Context) -> int:
    """Destroy the keys of people: their names and numbers, in records and journal, can never be read again.

    That it was done, by whom and when, stays in the journal. Answers how many keys were destroyed.
    """
    rows = polars.DataFrame({"key": keys, "identity_index": "", "_row": 0}, schema_overrides={"key": polars.String})
    enter(Person, rows, kind=FORGET, context=context.under(correcting=True))
    return sum(destroy_person(context.scope_id, key) for key in keys)


def _hold_examples(rows: polars.DataFrame, context: Context) -> None:
    """Example identity numbers, which belong to nobody, are taken only where the pairing is an example."""
    invented = [row["_row"] for row in rows.iter_rows(named=True) if is_example(row["identity"] or "")]
    if invented and not context.is_example:
        raise Refused(
            say(
                "第 {value} 行的身份证号码用的是示例号段，只能用在标为示例的结对关系里。请填写真实号码。",
                value="、".join(map(str, invented[:10])),
            )
        )
