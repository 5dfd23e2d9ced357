"""Every write of agreements and exchange, and of the parties, people and closings they bring in."""

import polars

from shanhai.access.entering import Context, enter
from shanhai.access.people import known_by_number
from shanhai.access.terms import CLERK, OPERATOR, TEAM
from shanhai.areas.agreements.models import Agreement, Clause, Meeting, Target, TeamMember, Visit, WorkingTeam
from shanhai.journal.acts import kind
from shanhai.reference.actions import destroy_person
from shanhai.reference.models import Closing, Organisation, Pairing, Person

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
    """Record members of teams; a person not known yet is registered under a key of their own."""
    members = known_by_number(rows, kind=JOIN_TEAM, context=context)
    return enter(TeamMember, members, kind=JOIN_TEAM, context=context)


def forget_people(*, keys: list[str], context: Context) -> int:
    """Destroy the keys of people: their names and numbers, in records and journal, can never be read again.

    That it was done, by whom and when, stays in the journal. Answers how many keys were destroyed.
    """
    rows = polars.DataFrame({"key": keys, "identity_index": "", "_row": 0}, schema_overrides={"key": polars.String})
    enter(Person, rows, kind=FORGET, context=context.under(correcting=True))
    return sum(destroy_person(context.scope_id, key) for key in keys)
