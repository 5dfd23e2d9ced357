"""How rows are entered: the first wall, keys made whole inside the scope, only columns the record has."""

from datetime import date

import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.access.entering import Context, enter, keys_in, local_key, whole_key, whole_keys, whole_rows
from shanhai.base.findings import Refused
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.journal.models import PartnerWord

SAY = ActKind("access.tests.said", "表态", ("finance",))
OWN = "331081-511381"


@pytest.fixture
def said(acting, office):
    """Enter words given as rows; answers the record."""

    def entered(role="finance", correcting=False, **row):
        actor, scope = acting(role, side="west"), office.scopes[OWN]
        given = {"record_type": "funds.release", "record_key": "BF-1", "word": "confirmed", "said_on": date(2024, 6, 1)}
        frame = polars.DataFrame([{"_row": 7, "_key": "BT-1"} | ({} if correcting else given) | row])
        with actions.act(SAY, author=actor.author, scope_id=scope) as opened:
            context = Context(
                actor=actor, scope_id=scope, scope_code=OWN, side="west", act=opened, today=date(2024, 6, 1), correcting=correcting,
                scheme="counterpart",
            )  # fmt: skip
            assert enter(PartnerWord, frame, kind=SAY, context=context, stage="signed") == 1
        return PartnerWord.objects.get()

    return entered


def test_keys_carry_the_code_of_their_scope(said):
    record = said()
    assert record.key == f"{OWN}/BT-1"
    assert record.record_key == f"{OWN}/BF-1"
    assert local_key(record.key, OWN) == "BT-1"


def test_a_key_that_is_whole_already_stays(said):
    assert said(record_key=f"{OWN}/BF-1").record_key == f"{OWN}/BF-1"


def test_an_empty_reference_stays_empty(said):
    assert said(record_key="").record_key == ""


def test_scheme_side_and_stage_come_from_the_context(said):
    record = said()
    assert (record.scheme, record.owner_side, record.stage) == ("counterpart", "west", "signed")


def test_columns_the_record_does_not_have_are_passed_over(said):
    assert said(nonsense="x").note == ""


def test_the_row_of_the_sheet_is_kept(said):
    assert said().source["row"] == 7


def test_a_correction_keeps_what_it_does_not_name(said):
    said(note="旧")
    record = said(correcting=True, note="新")
    assert (record.note, record.word, record.version) == ("新", "confirmed", 2)
    assert (record.scheme, record.stage) == ("counterpart", "signed")


def test_whose_duty_it_is_not_is_refused_before_anything_is_written(said):
    with pytest.raises(Refused, match="“表态”由财务人员办理"):
        said(role="clerk")
    assert not PartnerWord.objects.exists()


#: Keys as papers write them: local ones, whole ones, ones that only begin alike, blank ones.
KEYS = st.none() | st.sampled_from(["", OWN, f"{OWN}/", f"{OWN}/BF-1", f"{OWN}0/BF-1"]) | st.text(max_size=12)


@pytest.fixture
def context(acting, office):
    return Context(
        actor=acting("operator", reach="all"), scope_id=office.scopes[OWN], scope_code=OWN, side="west", act=None,
        today=date(2024, 6, 1),
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(KEYS, min_size=1, max_size=6))
def test_a_key_is_made_whole_alike_one_by_one_in_a_column_and_in_rows(context, keys):
    rows = polars.DataFrame(
        {"_key": keys, "person_key": keys, "name": keys},
        schema=dict.fromkeys(("_key", "person_key", "name"), polars.String),
    )
    whole = [whole_key(key, OWN) for key in keys]
    assert keys_in(rows, "person_key", context) == whole
    assert [tuple(row.values()) for row in whole_rows(rows, context)] == list(zip(whole, whole, keys, strict=True))
    assert whole_keys(whole_keys(rows, context), context).equals(whole_keys(rows, context))
    assert all(whole_key(local_key(key, OWN), OWN) == key for key in whole if key not in ("", f"{OWN}/"))


def test_a_column_of_blank_references_stays_blank(context):
    rows = polars.DataFrame({"_key": ["A"], "parent_key": [None]})
    assert list(whole_rows(rows, context)) == [{"key": f"{OWN}/A", "parent_key": ""}]
