"""Money walked from source to payee and back: every step a record with its day and paper."""

from datetime import date

import pytest

from shanhai.areas.funds import queries
from shanhai.areas.funds.models import Payment, Source

PAIRING = "331081-511381"


@pytest.fixture
def spent(desk):
    """Two projects of one source: 甲 pays two companies, 乙 one of the same; 丙 has not paid yet."""
    deeds = [("issue", {"amount": 1000, "issued_on": date(2024, 1, 5)})]
    for project, paid in {"甲": {"一公司": 30, "二公司": 20}, "乙": {"一公司": 100}, "丙": {}}.items():
        deeds.append(("allocate", {"project_key": project, "amount": 200, "allocated_on": date(2024, 2, 1)}))
        deeds.append(("release", {"project_key": project, "amount": 150, "released_on": date(2024, 3, 1)}))
        deeds += [
            (
                "record_payment",
                {"project_key": project, "payee_name": payee, "amount": amount, "paid_on": date(2024, 4, 1)},
            )
            for payee, amount in paid.items()
        ]
    desk.told(*deeds)
    return Source.objects.get()


def test_the_steps_of_a_source_come_in_the_order_of_days(spent):
    steps = queries.steps_of_source(spent)
    assert [step.day for step in steps] == sorted(step.day for step in steps)
    assert [step.record_type for step in steps[:2]] == ["funds.issue", "funds.allocation"]
    assert steps[0].brought_to == "示例市财政局"
    assert {step.zh for step in steps} == {"资金下达", "资金分配", "资金拨付", "资金支付"}
    assert all(step.document_no and step.entry for step in steps)


def test_the_steps_of_a_project_leave_out_other_projects(spent):
    steps = queries.steps_of_project(spent.scope_id, f"{PAIRING}/甲")
    assert [(step.record_type, step.amount_fen) for step in steps] == [
        ("funds.allocation", 200), ("funds.release", 150), ("funds.payment", 30), ("funds.payment", 20),
    ]  # fmt: skip


def test_forward_every_payee_stands_with_what_was_paid_and_how_it_got_there(spent):
    payees = {payee.name: payee for payee in queries.walk_to_payees(spent)}
    assert {name: payee.paid_fen for name, payee in payees.items()} == {"一公司": 130, "二公司": 20}
    way = [(step.record_type, step.project_key.rpartition("/")[2]) for step in payees["二公司"].steps]
    assert way == [("funds.issue", ""), ("funds.allocation", "甲"), ("funds.release", "甲"), ("funds.payment", "甲")]


def test_back_every_payment_leads_to_its_source(spent):
    for payment in Payment.objects.all():
        source, steps = queries.walk_to_sources(payment)
        assert source == spent
        assert steps[-1].key == payment.key
        assert [step.record_type for step in steps] == [
            "funds.issue",
            "funds.allocation",
            "funds.release",
            "funds.payment",
        ]
        assert {step.project_key for step in steps[1:]} == {payment.project_key}


def test_back_a_step_after_the_payment_is_not_on_its_way(desk, spent):
    desk.allocate(project_key="甲", amount=10, line_no="9", allocated_on=date(2024, 5, 1))
    payment = Payment.objects.filter(payee_name="二公司").get()
    _source, steps = queries.walk_to_sources(payment)
    assert len([step for step in steps if step.record_type == "funds.allocation"]) == 1


def test_what_is_walked_forward_is_all_that_was_paid(spent):
    paid = sum(payee.paid_fen for payee in queries.walk_to_payees(spent))
    assert paid == sum(Payment.objects.values_list("amount_fen", flat=True)) == 150


def test_a_source_nobody_was_paid_from_has_no_payee(desk):
    assert queries.walk_to_payees(Source.objects.get()) == []
