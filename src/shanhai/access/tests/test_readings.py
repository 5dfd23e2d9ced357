"""Who read what is recorded in a person's name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from shanhai.access import readings
from shanhai.reference.models import PersonReading

PAIRING = "331081-511381"
AT = datetime(2024, 6, 20, 9, 0, tzinfo=UTC)
KEY = f"{PAIRING}/RY-1"


def test_a_reading_is_noted_once_in_a_while_and_per_page(acting, office):
    scope = office.scopes[PAIRING]
    viewer = acting("viewer", side="any")
    assert readings.note(viewer, scope, [KEY, KEY, ""], page="a", now=AT) == 1
    assert readings.note(viewer, scope, [KEY], page="a", now=AT + timedelta(minutes=9)) == 0
    assert readings.note(viewer, scope, [KEY], page="b", now=AT + timedelta(minutes=9)) == 1
    assert readings.note(viewer, scope, [KEY], page="a", now=AT + timedelta(minutes=11)) == 1
    assert [one.page for one in readings.readings_of(scope, [KEY])] == ["a", "b", "a"]


def test_a_reading_is_added_as_oneself_and_never_changed(acting, office):
    scope = office.scopes[PAIRING]
    viewer = acting("viewer", side="any")
    readings.note(viewer, scope, [KEY], page="a", now=AT)
    with pytest.raises(ProgrammingError), transaction.atomic():
        PersonReading.objects.create(
            scope_id=scope, person_key=KEY, user_id=viewer.user_id + 1, name="x", read_at=AT, page="a"
        )
    for change in ("UPDATE reference_personreading SET name = 'x'", "DELETE FROM reference_personreading"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
