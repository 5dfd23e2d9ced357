"""How rows are entered: the first wall, keys made whole inside the scope, only columns the record has."""

from datetime import date

import polars
import pytest

from shanhai.access.entering import Context, enter, local_key
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
