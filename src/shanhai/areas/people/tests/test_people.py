"""People and households: registered once, held together by decisions that are taken back without loss."""

from datetime import date
from itertools import permutations

import ibis
import polars
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from shanhai.access import readings
from shanhai.access.entering import Context
from shanhai.access.people import birth_days
from shanhai.areas.people import actions as people_actions
from shanhai.areas.people import pages, queries
from shanhai.base.findings import RefusedRows
from shanhai.base.identifiers import example_identity
from shanhai.figures import declare, evaluating, people
from shanhai.figures.engines import PostgresEngine
from shanhai.figures.once import once
from shanhai.figures.windows import Window
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.journal.models import Entry
from shanhai.reference.models import Merge, Person

ACT = ActKind("people.tests.recorded", "登记", ("clerk",))
PAIRING = "331081-511381"
_NUMBERS = {number: example_identity(number, date(1980, 1, number)) for number in range(1, 6)}


@pytest.fixture
def enter(acting, office, today):
    """Write rows by an action as the western clerk of the example pairing."""

    def written(name, *rows, **context):
        actor = acting("clerk", side="west", scope=PAIRING)
        frame = polars.DataFrame([{"_row": number} | row for number, row in enumerate(rows, start=2)])
        scope = office.scopes[PAIRING]
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            where = Context(
                actor=actor, scope_id=scope, scope_code=PAIRING, side="west", act=opened, today=today,
                is_example=True, **context,
            )  # fmt: skip
            return getattr(people_actions, name)(rows=frame, context=where)

    return written


def person(number, **changed):
    row = {"_key": f"RY-{number}", "name": f"示例{number}", "identity": _NUMBERS[number], "birth_on": None}
    return row | {"household_key": None} | changed


def decision(number, left, right, **changed):
    row = {
        "_key": f"RD-{number}", "kind_code": "person", "left_key": left, "right_key": right, "verdict_code": "same",
        "decided_on": date(2024, 6, 20), "basis": "村委会核实", "revoked_on": None,
    }  # fmt: skip
    return row | changed


def standing():
    return {
        key.partition("/")[2]: to.partition("/")[2] for key, to in Person.objects.values_list("key", "canonical_key")
    }


def test_a_person_is_sealed_and_keeps_the_number_it_was_registered_under(enter):
    enter("register_people", person(1))
    found = Person.objects.get()
    assert (found.key, found.name_mask) == (f"{PAIRING}/RY-1", "示*1")
    assert _NUMBERS[1] not in str(found.__dict__)
    assert "示例1" not in str(Entry.objects.values_list("after", flat=True))
    assert birth_days([found.key]) == {found.key: date(1980, 1, 1)}


def test_a_number_that_is_somebodys_is_refused_in_its_cell(enter):
    enter("register_people", person(1))
    with pytest.raises(RefusedRows, match="已经登记在“RY-1”名下") as refused:
        enter("register_people", person(2, identity=_NUMBERS[1]), person(3))
    (problem,) = refused.value.problems
    assert (problem.row, problem.field) == (2, "identity")
    assert Person.objects.count() == 1


def test_the_same_number_twice_in_one_list_is_refused(enter):
    with pytest.raises(RefusedRows):
        enter("register_people", person(1), person(2, identity=_NUMBERS[1]))


def test_a_person_without_a_number_is_told_by_a_day_of_birth(enter):
    enter("register_people", person(1, identity=None, birth_on=date(2015, 3, 2)))
    found = Person.objects.get()
    assert (found.identity_index, birth_days([found.key])) == ("", {found.key: date(2015, 3, 2)})


def test_two_records_are_one_and_two_again(enter):
    enter("register_people", person(1), person(2, identity=None, birth_on=date(1980, 1, 1)))
    enter("decide", decision(1, "RY-1", "RY-2"))
    assert standing() == {"RY-1": "", "RY-2": "RY-1"}
    enter("decide", decision(1, "RY-1", "RY-2", revoked_on=date(2024, 6, 30)), correcting=True)
    assert standing() == {"RY-1": "", "RY-2": ""}
    assert Merge.objects.count() == 1
    before = Entry.objects.filter(record_type="reference.person", record_key__endswith="RY-2").count()
    assert before == 3  # registered, merged, apart again: each stands in the journal


def test_taking_one_decision_back_leaves_the_others(enter):
    rows = [person(1), *(person(n, identity=None, birth_on=date(1980, 1, 1)) for n in (2, 3, 4))]
    enter("register_people", *rows)
    enter("decide", decision(1, "RY-2", "RY-3"), decision(2, "RY-3", "RY-4"), decision(3, "RY-4", "RY-1"))
    assert standing() == {"RY-1": "", "RY-2": "RY-1", "RY-3": "RY-1", "RY-4": "RY-1"}
    enter("decide", decision(3, "RY-4", "RY-1", revoked_on=date(2024, 6, 30)), correcting=True)
    assert standing() == {"RY-1": "", "RY-2": "", "RY-3": "RY-2", "RY-4": "RY-2"}


def test_two_numbers_are_two_people(enter):
    enter("register_people", person(1), person(2))
    with pytest.raises(RefusedRows, match="身份证号码不同"):
        enter("decide", decision(1, "RY-1", "RY-2"))


def test_a_decision_names_records_there_are(enter):
    enter("register_people", person(1))
    with pytest.raises(RefusedRows, match="没有登记过编号“RY-9”"):
        enter("decide", decision(1, "RY-1", "RY-9"))


def test_records_of_one_name_wait_for_a_decision_until_there_is_one(enter, office):
    twin = {"name": "示例甲"}
    enter("register_people", person(1, **twin), person(2, identity=None, birth_on=date(1980, 1, 2), **twin), person(3))
    scope = office.scopes[PAIRING]
    (found,) = queries.candidates(scope)
    assert (found.left, found.right) == (f"{PAIRING}/RY-1", f"{PAIRING}/RY-2")
    enter("decide", decision(1, "RY-1", "RY-2", verdict_code="different"))
    assert queries.candidates(scope) == []
    assert standing()["RY-2"] == ""


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8))
def test_who_stands_for_whom_depends_on_the_decisions_and_not_on_their_order(pairs):
    wanted = queries.standing_for(pairs, {"c": 0})
    for other in list(permutations(pairs))[:20]:
        assert queries.standing_for(other, {"c": 0}) == wanted
    for left, right in pairs:
        assert wanted[left] == wanted[right]


@pytest.mark.parametrize("register", ["person", "household"])
def test_records_that_another_one_stands_for_are_found_without_reading_the_register(db, register):
    """As each figure of persons and households asks for them; without this index it reads every record there is."""
    rows = {"person": people.PERSON, "household": people.HOUSEHOLD}[register].rows()
    text = ibis.to_sql(rows.filter(rows.canonical_key != "").select("scope_id", "key"), dialect="postgres")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {text}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"reference_{register}_stands" in plan


def test_a_count_of_people_follows_the_decisions(enter, office):
    """The distinct count over team members' keys, read through the register, before, with and after a decision."""
    table = declare.table("reference.person", relation="reference_person", household_key="string", birth_on="date")
    registry = declare.Registry()
    with declare.collecting(registry):
        declare.figure(
            "people.known", zh="登记人数", en="Known", unit="person", time="cumulative", stage="achieved",
            reads=(table, people.HOUSEHOLD), how="count_distinct", identity="household_key", on="birth_on", rule="按户编号去重", basis="A2",
        )(lambda rows, register: people.one_household(rows, register))  # fmt: skip
    homes = [
        {"_key": f"NH-{n}", "region_code": "511381", "village": "示例村", "member_count": 3, "kind_code": "lifted"}
        for n in (1, 2)
    ]
    enter("register_households", *homes)
    born = {"identity": None, "birth_on": date(1990, 1, 1)}
    enter("register_people", person(1, household_key="NH-1", **born), person(2, household_key="NH-2", **born))

    def counted():
        engine = PostgresEngine(connection.connection)
        window = Window(end=date(2024, 6, 30), scopes=(office.scopes[PAIRING],))
        (value,) = evaluating.evaluate([registry["people.known"]], engine, window, registry=registry).values()
        told = once(registry["people.known"], engine, window)
        assert (told.counted, told.rows - told.repeated - told.merged) == (value.plain, value.plain)
        return value.plain

    assert counted() == 2
    enter("decide", decision(1, "NH-1", "NH-2", kind_code="household"))
    assert counted() == 1
    enter("decide", decision(1, "NH-1", "NH-2", kind_code="household", revoked_on=date(2024, 6, 30)), correcting=True)
    assert counted() == 2


def visit(office, view, *arguments, **asked):
    request = RequestFactory().get("/areas/people/x", {"scope": PAIRING, **asked})
    request.actor = office.sign_in("clerk", side="west")
    with CaptureQueriesContext(connection) as told:
        answer = view(request, *arguments)
    return answer.content.decode(), len(told)


def test_a_persons_own_record_tells_their_numbers_and_who_opened_it(enter, office):
    enter("register_people", person(1), person(2, identity=None, birth_on=date(1980, 1, 1)))
    enter("decide", decision(1, "RY-1", "RY-2"))
    readings.note(office.sign_in("viewer"), office.scopes[PAIRING], [f"{PAIRING}/RY-1"], page="people.person")
    words, asked = visit(office, pages.person.person, f"{PAIRING}/RY-2")
    assert asked <= 12
    assert "按这个编号计数" in words
    assert "已认定为同一人" in words
    assert "示例 viewer-any" in words.partition("谁看过")[2]
    assert _NUMBERS[1] not in words
    assert "示例1" not in words


def test_suspected_doubles_lead_to_the_form_that_decides(enter, office):
    enter(
        "register_people", person(1, name="示例甲"), person(2, name="示例甲", identity=None, birth_on=date(1980, 1, 1))
    )
    words, asked = visit(office, pages.doubles.doubles)
    assert asked <= 12
    assert "left_key=RY-1" in words
    assert "right_key=RY-2" in words
