"""The other side's words from a worksheet: the same rules as on the pages, told in the cells, all rows or none."""

from datetime import date, timedelta

import openpyxl
import polars
import pytest
from django.utils.timezone import localdate, localtime

from shanhai.access.actions import GIVE_WORD, give_word, give_words
from shanhai.access.entering import Context
from shanhai.access.sessions import Actor
from shanhai.areas.funds.models import Release
from shanhai.base.findings import RefusedRows
from shanhai.intake.declare import SHEETS
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.journal.models import Act, Entry, PartnerWord
from shanhai.journal.terms import Word
from shanhai.loading.executing import Order, load
from shanhai.loading.movements import readers
from shanhai.loading.tests.programme import write
from shanhai.reference.models import Scope
from shanhai.web.words_found import Narrowing, counts_in, crossing_types, page_of

pytestmark = pytest.mark.slow
PAIRING = "331081-511381"
NAME = "journal.partnerword"
SAID = date(2022, 2, 1)
ENTER = ActKind("house.tests.entered", "登记", ("operator",))
#: Langzhong's word on the transfer that Wenling registered on 2022-01-20.
ROW = {
    "scope_code": PAIRING, "owner_side": "west", "record_type": "funds.release", "record_key": "BF-1",
    "word": "confirmed", "said_on": SAID,
}  # fmt: skip
DISPUTE = {"word": "disputed", "note": "本方到账 790.00 元，少 5 元"}


@pytest.fixture
def say_in(programme_loaded, tmp_path, today):
    """Load rows of the sheet as somebody of a side: `say_in(ROW | {...}, role="finance")`."""

    def loaded(*rows, role="clerk", side="west", on=today, **order):
        actor = programme_loaded.sign_in(role, side=side, scope=PAIRING)
        path = write(tmp_path / "意见.xlsx", {NAME: [ROW | row for row in rows]})
        return load(Order([(path.name, path)], **order), actor=actor, today=on)

    programme_loaded.sign_in("operator", reach="all")
    return loaded


def words():
    return list(PartnerWord.objects.order_by("entry").values_list("record_key", "word", "note", "said_on"))


def found(outcome):
    """What stands against a load: code and cell; nothing at all was written."""
    assert not outcome.saved
    assert not PartnerWord.objects.exists()
    return [
        (one.code, f"{one.place.column}{one.place.row}" if one.place else "") for one in outcome.findings if one.blocks
    ]


def standing():
    scope = Scope.objects.get(code=PAIRING)
    asked = [Narrowing(standing=one) for one in ("confirmed", "disputed", "asserted", "changed")]
    return {one.key: one for each in asked for one in page_of(scope.pk, each, 50)}[f"{PAIRING}/BF-1"]


def corrected(office):
    """Wenling corrects the transfer."""
    actor, scope = office.sign_in("operator", reach="all"), office.scopes[PAIRING]
    frame = polars.DataFrame([{"key": f"{PAIRING}/BF-1", "payer_name": "甲财政局国库科"}])
    with actions.act(ENTER, author=actor.author, scope_id=scope) as opened:
        actions.correct(Release, frame, under=opened, setting=actions.Setting(scope, "east"))


@pytest.mark.parametrize("role", ["clerk", "finance"])
def test_a_word_from_a_worksheet_stands_as_one_from_a_page(say_in, role):
    outcome = say_in(DISPUTE, role=role)
    assert outcome.saved
    assert outcome.written == {NAME: 1}
    (word,) = PartnerWord.objects.all()
    assert (word.key, word.owner_side, word.version) == (f"{PAIRING}/BT-000001", "west", 1)
    assert words() == [(f"{PAIRING}/BF-1", "disputed", DISPUTE["note"], SAID)]
    assert (word.source["file"], word.source["sheet"], word.source["row"]) == ("意见.xlsx", "对方意见", 2)
    entry = Entry.objects.get(seq=word.entry)
    assert (entry.record_type, entry.record_key, str(entry.act_id)) == (NAME, word.key, outcome.act_id)
    assert Act.objects.get(id=outcome.act_id).code == "loading.workbook.loaded"
    one = standing()
    assert (one.standing, one.turn, one.note) == ("disputed", "east", DISPUTE["note"])


def test_a_record_stands_as_it_does_since_the_day_the_word_was_said(say_in):
    assert localtime(page_of(Scope.objects.get(code=PAIRING).pk, Narrowing(), 50)[0].since).date() == localdate()
    assert say_in(DISPUTE).saved
    assert localtime(standing().since).date() == SAID
    (count,) = (one for one in counts_in(Scope.objects.get(code=PAIRING).pk) if one.standing == "disputed")
    assert localtime(count.oldest_at).date() == SAID


@pytest.mark.parametrize(
    ("changed", "code", "cell"),
    [
        ({"record_key": "BF-99"}, "access.word.unknown_record", "D2"),
        ({"record_type": "orders.sale"}, "access.word.unknown_record", "D2"),
        ({"record_key": "BF-X1"}, "access.word.crosses_no_border", "D2"),
        ({"word": "disputed"}, "access.word.no_reason", "F2"),
        ({"word": "disputed", "note": "  "}, "access.word.no_reason", "F2"),
        ({"said_on": date(2024, 7, 2)}, "access.word.in_the_future", "G2"),
        ({"said_on": date(2022, 1, 19)}, "access.word.before_the_record", "G2"),
        ({"said_on": None}, "intake.required", "G2"),
        ({"record_key": None}, "intake.required", "D2"),
    ],
)
def test_what_may_not_be_said_is_refused_in_its_cell(say_in, changed, code, cell):
    assert found(say_in(changed)) == [(code, cell)]


def test_a_side_says_nothing_of_its_own_record(say_in):
    outcome = say_in({"owner_side": "east"}, side="east")
    assert found(outcome) == [("access.word.own_record", "D2")]
    assert "本方自己登记的" in outcome.findings[0].message


def test_a_type_that_never_crosses_is_not_in_the_drop_down(programme_loaded, tmp_path, today):
    column = SHEETS[NAME].column("record_type")
    assert column.choices.keys() == crossing_types().keys()
    path = write(tmp_path / "意见.xlsx", {NAME: [ROW]})
    book = openpyxl.load_workbook(path)
    book["对方意见"]["C2"] = "资金支付"
    book.save(path)
    actor = programme_loaded.sign_in("clerk", side="west", scope=PAIRING)
    assert found(load(Order([(path.name, path)]), actor=actor, today=today)) == [("intake.not_in_list", "C2")]


def test_all_rows_are_refused_where_one_is_and_each_says_why(say_in):
    outcome = say_in(
        {}, {"record_key": "BF-99", "word": "disputed", "said_on": date(2025, 1, 1)}, {"record_key": "BF-X2"}
    )
    assert found(outcome) == [
        ("access.word.crosses_no_border", "D4"), ("access.word.unknown_record", "D3"),
        ("access.word.no_reason", "F3"), ("access.word.in_the_future", "G3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "side", "owner"), [("team", "west", "west"), ("project_owner", "west", "west"), ("clerk", "east", "west")]
)
def test_who_may_not_give_a_word_on_the_page_may_not_by_a_worksheet(say_in, role, side, owner):
    outcome = say_in({"owner_side": owner}, role=role, side=side)
    assert [code for code, _ in found(outcome)] == ["loading.refused"]
    assert "对对方的记录表态" in outcome.findings[-1].message


def test_the_operator_gives_no_word_for_a_side(programme_loaded, tmp_path, today):
    path = write(tmp_path / "意见.xlsx", {NAME: [ROW]})
    actor: Actor = programme_loaded.sign_in("operator", reach="all")
    outcome = load(Order([(path.name, path)]), actor=actor, today=today)
    assert [code for code, _ in found(outcome)] == ["loading.refused"]
    assert "operator" not in GIVE_WORD.duties


def test_a_dry_run_says_all_and_keeps_nothing(say_in):
    outcome = say_in({}, dry_run=True)
    assert (outcome.blocked, outcome.saved, outcome.written, words()) == (False, False, {NAME: 1}, [])
    assert found(say_in({"record_key": "BF-X1"}, dry_run=True)) == [("access.word.crosses_no_border", "D2")]


def test_the_same_rows_again_are_nothing_new(say_in):
    first = say_in(DISPUTE)
    acts = Act.objects.count()
    again = say_in(DISPUTE, {"word": "confirmed", "said_on": SAID + timedelta(1)})
    assert (first.plan.sheets[0].new.height, again.plan.sheets[0].same, again.plan.sheets[0].new.height) == (1, 1, 1)
    third = say_in(DISPUTE, {"word": "confirmed", "said_on": SAID + timedelta(1)})
    assert (third.plan.sheets[0].same, third.saved, Act.objects.count()) == (2, False, acts + 1)
    assert [word for _, word, _, _ in words()] == ["disputed", "confirmed"]


def test_the_same_word_on_a_later_day_is_nothing_new_and_another_one_is(say_in):
    assert say_in({}).saved
    assert say_in({"said_on": SAID + timedelta(9)}).written == {NAME: 0}
    assert say_in(DISPUTE | {"said_on": SAID + timedelta(10)}).written == {NAME: 1}
    assert say_in(DISPUTE | {"said_on": SAID + timedelta(11), "note": "少 6 元"}).written == {NAME: 1}
    assert [(word, day) for _, word, _, day in words()] == [
        ("confirmed", SAID), ("disputed", SAID + timedelta(10)), ("disputed", SAID + timedelta(11)),
    ]  # fmt: skip


def test_words_of_one_worksheet_follow_each_other_by_their_days(say_in):
    assert say_in({"said_on": SAID + timedelta(30)}, DISPUTE).written == {NAME: 2}
    assert [word for _, word, _, _ in words()] == ["disputed", "confirmed"]
    assert standing().standing == "confirmed"


def test_an_earlier_word_does_not_come_after_a_later_one(say_in):
    assert say_in({"said_on": SAID + timedelta(30)}).saved
    outcome = say_in(DISPUTE)
    assert [(one.code, one.place.column) for one in outcome.findings] == [("access.word.overtaken", "G")]
    assert len(words()) == 1


def test_no_reason_lets_a_word_be_changed(say_in):
    assert say_in(DISPUTE).saved
    outcome = say_in(DISPUTE | {"note": "少 6 元"}, correct="写错了")
    (finding,) = outcome.findings
    assert (finding.code, finding.blocks, finding.place.column) == ("intake.correction", True, "F")
    assert "不能更改" in finding.message
    assert words()[0][2] == DISPUTE["note"]


def test_a_word_from_the_page_is_known_to_the_worksheet_and_numbered_on(programme_loaded, say_in, today):
    actor = programme_loaded.sign_in("clerk", side="west", scope=PAIRING)
    record = Release.objects.get(key=f"{PAIRING}/BF-1")
    give_word(record, word=Word.CONFIRMED, note="", actor=actor, today=SAID)
    assert say_in({}).plan.sheets[0].same == 1
    assert say_in(DISPUTE | {"said_on": today}).saved
    assert sorted(PartnerWord.objects.values_list("key", flat=True)) == [
        f"{PAIRING}/BT-000001", f"{PAIRING}/BT-000002",
    ]  # fmt: skip


def test_a_record_corrected_after_a_word_is_not_confirmed_by_the_old_worksheet(programme_loaded, say_in):
    assert say_in({}).saved
    corrected(programme_loaded)
    assert not say_in({}).saved
    assert standing().standing == "changed"
    assert say_in({"said_on": SAID + timedelta(1)}).written == {NAME: 1}
    assert standing().standing == "confirmed"


def test_outside_an_example_no_word_is_older_than_the_record_as_it_was_written(programme_loaded):
    scope, actor = programme_loaded.scopes[PAIRING], programme_loaded.sign_in("clerk", side="west", scope=PAIRING)
    entered = localdate(Act.objects.get(id=Release.objects.get(key=f"{PAIRING}/BF-1").act_id).acted_at)

    def give(day):
        told = {name: ROW[name] for name in ("record_type", "record_key", "word")}
        rows = polars.DataFrame(
            [told | {"note": "", "said_on": day, "_row": 2, "_sheet": "对方意见", "_file": "意见.xlsx"}]
        )
        with actions.act(ENTER, author=actor.author, scope_id=scope) as opened:
            context = Context(
                actor=actor,
                scope_id=scope,
                scope_code=PAIRING,
                side="west",
                act=opened,
                today=entered,
                is_example=False,
            )
            return give_words(rows=rows, context=context)

    with pytest.raises(RefusedRows) as refused:
        give(entered - timedelta(1))
    (problem,) = refused.value.problems
    assert (problem.code, problem.field, problem.row) == ("access.word.before_the_record", "said_on", 2)
    assert f"{entered} 登记或更正的" in problem.message
    assert give(entered) == 1


def test_no_figure_moves_by_a_word():
    assert readers(PartnerWord) == []


def test_the_sheet_has_no_form_and_its_word_cannot_be_corrected():
    assert not SHEETS[NAME].has_form
    assert SHEETS["funds.release"].has_form
