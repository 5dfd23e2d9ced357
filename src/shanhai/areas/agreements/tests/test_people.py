"""Members of teams: what names them is ciphertext everywhere, and can be destroyed for good."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection

from shanhai.areas.agreements.models import TeamMember
from shanhai.base.findings import Refused
from shanhai.base.identifiers import example_identity
from shanhai.journal.models import Entry, Link
from shanhai.journal.verification import verify
from shanhai.reference import vault
from shanhai.reference.actions import destroy_person
from shanhai.reference.models import Person, PersonKey
from shanhai.reference.queries import personal_values

PAIRING, OTHER = "331081-511381", "330282-513324"
NAME, NUMBER = "欧阳示例甲", example_identity(7, date(1980, 5, 6))


def member(**changed):
    return {
        "_key": "GZD-01", "team_key": "GZD", "name": NAME, "identity": NUMBER, "role_code": "leader", "home_unit": "示例局",
        "first_on": date(2024, 1, 1), "last_on": None,
    } | changed  # fmt: skip


@pytest.fixture
def join(enter):
    return lambda *rows, **rest: enter("join_teams", *rows, **({"side": "east", "is_example": True} | rest))


def everything_stored():
    """Every text of every table, journal and all, as one string."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label != "access":
                cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{model._meta.db_table}" AS t')
                found.append(cursor.fetchone()[0] or "")
    return "\n".join(found)


def test_neither_name_nor_number_stands_anywhere_in_the_database(join):
    join(member())
    join(member(name="欧阳示例乙"), correcting=True)
    stored = everything_stored()
    assert "GZD-01" in stored
    for plain in (NAME, NAME[1:], "示例乙", NUMBER, NUMBER[6:14], NUMBER[-8:]):
        assert plain not in stored


def test_the_journal_holds_the_ciphertext_of_the_person(join):
    join(member())
    entry = Entry.objects.get(record_type="reference.person")
    key = PersonKey.objects.get().wrapped
    assert vault.open_sealed(key, entry.after["name_sealed"]) == NAME
    assert vault.open_sealed(key, entry.after["identity_sealed"]) == NUMBER
    assert entry.after["identity_mask"] != NUMBER


def test_a_person_is_opened_under_their_own_key_only(join):
    join(
        member(),
        member(_key="GZD-02", name="示例丙", identity=example_identity(8, date(1981, 5, 6)), role_code="member"),
    )
    first, second = Person.objects.order_by("id")
    keys = dict(PersonKey.objects.values_list("person_key", "wrapped"))
    assert vault.open_sealed(keys[first.key], first.name_sealed) == NAME
    with pytest.raises(InvalidTag):
        vault.open_sealed(keys[second.key], first.name_sealed)


def test_a_destroyed_key_makes_record_and_journal_unreadable_for_good(join, office):
    join(member())
    person = Person.objects.get()
    before = [bytes(digests) for digests in Link.objects.order_by("n").values_list("digests", flat=True)]
    assert destroy_person(person.scope_id, person.key)
    assert personal_values([person.key]) == {}
    assert not PersonKey.objects.exists()
    after = [bytes(digests) for digests in Link.objects.order_by("n").values_list("digests", flat=True)]
    assert after[: len(before)] == before
    assert not destroy_person(person.scope_id, person.key)


@pytest.mark.slow
def test_the_chain_verifies_after_a_person_was_destroyed(committed, today):
    import polars
    from django.db import transaction

    from shanhai.access.entering import Context
    from shanhai.areas.agreements import actions as agreements
    from shanhai.areas.agreements.tests.conftest import ACT
    from shanhai.journal import actions

    scope = committed.scopes[PAIRING]
    with transaction.atomic():
        actor = committed.sign_in("clerk", side="east")
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            context = Context(
                actor=actor, scope_id=scope, scope_code=PAIRING, side="east", act=opened, today=today, is_example=True
            )
            agreements.join_teams(rows=polars.DataFrame([{"_row": 1} | member()]), context=context)
        destroy_person(scope, Person.objects.get().key)
    size, findings = verify()
    assert findings == []
    assert size["entries"] >= 2


def test_one_person_in_two_teams_is_one_person(join):
    join(member())
    join(member(_key="GZD2-01", team_key="GZD2", first_on=date(2024, 6, 1), role_code="member"))
    assert Person.objects.count() == PersonKey.objects.count() == 1
    assert len(set(TeamMember.objects.values_list("person_key", flat=True))) == 1


def test_one_person_twice_in_one_load_is_one_person(join):
    join(member(), member(_key="GZD-02", first_on=date(2024, 6, 1), role_code="member"))
    assert Person.objects.count() == 1
    assert TeamMember.objects.count() == 2


def test_a_corrected_name_is_kept_under_the_same_key(join):
    join(member())
    key = PersonKey.objects.get().wrapped
    join(member(name="示例乙"), correcting=True)
    person = Person.objects.get()
    assert PersonKey.objects.get().wrapped == key
    assert vault.open_sealed(key, person.name_sealed) == "示例乙"
    assert person.version == 2
    assert Entry.objects.filter(record_type="reference.person", before__isnull=False).count() == 1


def test_a_corrected_term_leaves_the_person_as_they_were(join):
    join(member())
    join(member(last_on=date(2024, 6, 30)), correcting=True)
    assert Person.objects.get().version == 1
    assert TeamMember.objects.get().last_on == date(2024, 6, 30)


def test_a_corrected_number_makes_the_member_another_person(join):
    join(member())
    first = TeamMember.objects.get().person_key
    join(member(identity=example_identity(9, date(1980, 5, 6))), correcting=True)
    assert Person.objects.count() == 2
    assert TeamMember.objects.get().person_key != first


def test_a_destroyed_person_is_not_renamed(join):
    join(member())
    person = Person.objects.get()
    destroy_person(person.scope_id, person.key)
    with pytest.raises(Refused, match="已经销毁"):
        join(member(name="示例乙"), correcting=True)


def test_that_a_person_was_forgotten_by_whom_and_when_is_journalled(join, acting, office, today):
    from shanhai.access.entering import Context
    from shanhai.areas.agreements import actions as agreements
    from shanhai.journal import actions
    from shanhai.journal.models import Act

    join(member())
    person = Person.objects.get()
    actor = acting("clerk", side="east")
    with actions.act(agreements.FORGET, author=actor.author, scope_id=person.scope_id, reason="本人申请") as opened:
        context = Context(
            actor=actor, scope_id=person.scope_id, scope_code=PAIRING, side="east", act=opened, today=today
        )
        assert agreements.forget_people(keys=[person.key], context=context) == 1
    assert personal_values([person.key]) == {}
    last = Entry.objects.order_by("-seq").first()
    assert (last.record_key, Act.objects.get(id=last.act_id).reason) == (person.key, "本人申请")
    assert Person.objects.get().identity_index == ""


def test_example_numbers_are_refused_where_the_pairing_is_no_example(join):
    with pytest.raises(Refused, match="身份证号码用的是示例号段"):
        join(member(), is_example=False)
    assert not Person.objects.exists()


def test_a_number_is_found_by_its_keyed_index_and_not_without_the_key(join, settings):
    join(member())
    person = Person.objects.get()
    assert person.identity_index == vault.blind_index(NUMBER) == vault.blind_index(NUMBER.lower())
    settings.MASTER_KEY = bytes(32)
    assert vault.blind_index(NUMBER) != person.identity_index
    assert vault.blind_index("") == ""


def test_values_are_opened_in_memory_for_those_who_may_see_the_person(join, acting):
    join(member())
    key = Person.objects.get().key
    assert personal_values([key]) == {key: {"name": NAME, "identity": NUMBER}}
    acting("auditor", scope=OTHER)
    assert personal_values([key]) == {}
