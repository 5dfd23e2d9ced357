"""Money: posted by the database as double entry, never below zero, corrected by the difference."""

import psycopg
import pytest
from django.db import connection
from psycopg import errors

from shanhai.areas.funds.models import Allocation, Balance, Payment, Posting
from shanhai.areas.funds.tests.conftest import PAIRING, balances
from shanhai.base.findings import Refused
from shanhai.journal.models import Entry

POST = (
    "INSERT INTO funds_posting (scope_id, owner_side, record_type, record_key, account, amount_fen, posted_on, entry)"
)


def test_an_issue_makes_money_to_be_allocated_and_to_be_transferred(desk):
    desk.issue(amount=500)
    assert balances(desk.scope_id) == {"issued/ZJ": 500, "source/ZJ": -500, "due/ZJ": 500, "promised/ZJ": -500}


def test_money_goes_from_source_to_payee(desk):
    desk.issue(amount=500)
    desk.allocate(amount=400)
    desk.release(amount=300)
    desk.record_payment(amount=200)
    standing = balances(desk.scope_id)
    assert (standing["issued/ZJ"], standing["allocated/ZJ/XM"], standing["released/ZJ/XM"]) == (100, 100, 100)
    assert standing["paid/ZJ/XM/示例公司"] == 200


def test_money_crosses_the_border_in_two_books(desk):
    desk.issue(amount=500)
    desk.release(key="BF", kind_code="transfer", project_key="", amount=300)
    assert balances(desk.scope_id)["transit/ZJ"] == 300
    desk.receive(amount=250)
    standing = balances(desk.scope_id)
    assert (standing["due/ZJ"], standing["transit/ZJ"], standing["treasury/ZJ"]) == (200, 50, 250)
    assert standing["issued/ZJ"] == 500


def test_money_allocated_to_a_unit_stands_under_the_unit(desk):
    desk.issue(amount=500)
    desk.allocate(amount=500, project_key="", unit_name="示例镇")
    assert balances(desk.scope_id)["allocated/ZJ/unit:示例镇"] == 500


def test_a_refund_can_be_allocated_again(desk):
    desk.told(*_chain(500))
    desk.refund(amount=100)
    desk.allocate(key="again", amount=100, line_no="2")
    assert balances(desk.scope_id)["allocated/ZJ/XM"] == 100


def _chain(amount):
    return [(name, {"amount": amount}) for name in ("issue", "allocate", "release")]


@pytest.mark.parametrize(
    ("before", "deed", "words"),
    [
        (
            [],
            "allocate",
            "资金分配“331081-511381/X”没有保存：已下达、尚未分配的资金（331081-511381/ZJ）不够，还差 0.01元",
        ),
        (["issue", "allocate"], "release", "资金拨付“331081-511381/X”没有保存：已分配、尚未拨付的资金"),
        (
            ["issue", "allocate", "release"],
            "record_payment",
            "资金支付“331081-511381/X”没有保存：已拨付、尚未支付的资金",
        ),
        (["issue", "allocate", "release"], "refund", "资金退回“331081-511381/X”没有保存：已拨付、尚未支付的资金"),
        (["issue"], "receive", "资金到账“331081-511381/X”没有保存：已跨区域拨付、对方尚未登记到账的资金"),
        (["issue", "allocate", "release"], "carry_over", "资金结转“331081-511381/X”没有保存：该项目当年未支付的资金"),
    ],
)
def test_more_than_stands_is_refused_with_a_sentence(desk, before, deed, words):
    desk.told(*[(name, {"amount": 500}) for name in before])
    wanted = 501 if len(before) in (2, 3) else 1
    with pytest.raises(Refused) as refused:
        desk.told((deed, {"key": "X", "amount": wanted}))
    assert str(refused.value).startswith(words)
    assert "还差 0.01元" in str(refused.value)
    assert not Entry.objects.filter(record_key__endswith="/X").exists()


def test_a_transfer_above_what_was_issued_is_refused(desk):
    desk.issue(amount=500)
    with pytest.raises(Refused, match=r"已下达、尚未跨区域拨付的资金.*还差 1.00元"):
        desk.release(kind_code="transfer", project_key="", amount=600)


def test_exactly_what_stands_is_accepted(desk):
    desk.told(*_chain(500), ("record_payment", {"amount": 500}))
    assert {account for account in balances(desk.scope_id) if account.startswith(("allocated", "released"))} == set()


def test_money_of_one_project_does_not_pay_for_another(desk):
    desk.told(*_chain(500))
    with pytest.raises(Refused, match="XM2"):
        desk.record_payment(project_key="XM2", amount=1)


def test_money_of_one_source_does_not_pay_for_another(desk):
    desk.told(*_chain(500))
    with pytest.raises(Refused, match="ZJ2"):
        desk.record_payment(source_key="ZJ2", amount=1)


def test_a_correction_posts_the_difference_and_keeps_the_old_lines(desk):
    desk.issue(amount=500)
    desk.allocate(key="FP", amount=400)
    desk.correct("allocate", key="FP", amount=350)
    assert balances(desk.scope_id)["issued/ZJ"] == 150
    lines = Posting.objects.filter(record_type="funds.allocation", account__startswith="allocated")
    assert sorted(lines.values_list("amount_fen", flat=True)) == [-400, 350, 400]
    assert sum(lines.values_list("amount_fen", flat=True)) == 350


def test_a_correction_of_the_project_moves_the_money_there(desk):
    desk.issue(amount=500)
    desk.allocate(key="FP", amount=400)
    desk.correct("allocate", key="FP", project_key="XM2")
    standing = balances(desk.scope_id)
    assert "allocated/ZJ/XM" not in standing
    assert standing["allocated/ZJ/XM2"] == 400


def test_a_correction_below_what_was_already_paid_is_refused(desk):
    desk.told(*_chain(500), ("record_payment", {"amount": 500}))
    with pytest.raises(Refused, match=r"还差 1\.00元"):
        desk.correct("release", key="release-1", amount=400)


def test_a_whole_chain_is_lowered_in_one_act_whatever_the_order(desk):
    names = ("issue", "allocate", "release", "record_payment")
    desk.told(*[(name, {"key": name, "amount": 500}) for name in names])
    assert desk.told(*[(name, {"key": name, "amount": 300}) for name in names], correcting=True) == 4
    assert balances(desk.scope_id)["paid/ZJ/XM/示例公司"] == 300


def test_a_carry_over_within_what_stands_unspent_is_kept(desk):
    desk.told(*_chain(500), ("record_payment", {"amount": 200}))
    desk.carry_over(amount=300)
    with pytest.raises(Refused, match="该项目当年未支付的资金"):
        desk.carry_over(key="more", amount=1)


def test_an_amount_that_is_not_above_zero_is_refused_by_the_database_too(desk):
    with pytest.raises(Refused, match="funds_issue_amount"):
        desk.issue(amount=0)


def test_lines_that_do_not_add_up_are_refused_whoever_writes_them(office):
    with (
        psycopg.connect(office.urls.owner) as owner,
        pytest.raises(errors.CheckViolation, match=r"借贷不平.*相差 1 分"),
    ):
        owner.execute(
            f"{POST} VALUES (%(scope)s, 'west', 'funds.issue', 'x', 'issued/x', 101, '2024-01-01', 1),"
            " (%(scope)s, 'west', 'funds.issue', 'x', 'source/x', -100, '2024-01-01', 1)",
            {"scope": office.scopes[PAIRING]},
        )


def test_an_overdraft_is_refused_whoever_posts_it(office):
    with psycopg.connect(office.urls.owner) as owner:
        owner.execute(
            f"{POST} VALUES (%(scope)s, 'west', 'funds.payment', 'x', 'paid/x/y/z', 100, '2024-01-01', 1),"
            " (%(scope)s, 'west', 'funds.payment', 'x', 'released/x/y', -100, '2024-01-01', 1)",
            {"scope": office.scopes[PAIRING]},
        )
        with pytest.raises(errors.CheckViolation, match="科目透支：released/x/y"):
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.rollback()


def test_a_temporary_table_laid_before_the_balances_hides_no_overdraft(desk):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE funds_balance (LIKE funds_balance INCLUDING ALL) ON COMMIT DROP")
        cursor.execute("GRANT ALL ON pg_temp.funds_balance TO PUBLIC")
    with pytest.raises(Refused, match="已分配、尚未拨付"):
        desk.release(amount=1)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE pg_temp.funds_balance")


def test_every_line_of_every_record_adds_up_to_nothing(desk):
    desk.told(*_chain(500), ("record_payment", {"key": "P", "amount": 200}), ("refund", {"amount": 50}))
    desk.correct("record_payment", key="P", amount=150)
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_type, record_key FROM funds_posting GROUP BY 1, 2 HAVING sum(amount_fen) <> 0")
        assert cursor.fetchall() == []
    assert sum(Balance.objects.values_list("amount_fen", flat=True)) == 0


def test_a_record_of_money_names_its_pairing_in_every_key(desk):
    desk.told(*_chain(500))
    allocation = Allocation.objects.get()
    assert allocation.key == f"{PAIRING}/allocate-1"
    assert (allocation.source_key, allocation.project_key) == (f"{PAIRING}/ZJ", f"{PAIRING}/XM")
    assert not Payment.objects.exists()
