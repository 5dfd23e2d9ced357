"""The pages of orders: what they say against records and figures, in how many questions, and to whom."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shanhai.areas.orders import pages
from shanhai.areas.orders.models import Delivery, Settlement
from shanhai.areas.orders.queries import gains, selling, villages, weeks
from shanhai.areas.orders.tests.conftest import SETTLEMENT
from shanhai.asking import scopes, values
from shanhai.reference.models import Scope

pytestmark = pytest.mark.slow
PAIRING, DAY = "331081-511381", date(2024, 6, 30)
VIEWS = (pages.prices.prices, pages.statements.statement, pages.gains.gains, pages.sales.sales)
VILLAGE = {"town": "千佛镇", "village": "示例千佛一村"}


def visit(office, view, *, role="operator", grant=None, **asked):
    request = RequestFactory().get("/areas/orders/x", {"scope": PAIRING, "as_of": DAY.isoformat(), **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request)
    return answer.content.decode(), len(told)


def words(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def value(name, year=None):
    asked = scopes.by_code(PAIRING)
    return values.value(asked, name, values.window_of(asked, as_of=DAY, year=year))


@pytest.mark.parametrize(
    "asked", [{}, VILLAGE, {"week": "2023-03-13", "year": "2023"}], ids=["plain", "village", "week"]
)
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(example_loaded, view, asked):
    _, count = visit(example_loaded, view, **asked)
    assert count <= 12
    with pytest.raises(Http404):
        visit(example_loaded, view, role="clerk", grant={"scope": "330282-513324"})


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_pairing_without_orders_has_pages_too(example_loaded, view):
    page, _ = visit(example_loaded, view, scope="330282-513324")
    assert "千佛" not in page


def test_the_statement_of_a_village_holds_every_settlement_with_its_inputs(example_loaded):
    page = words(visit(example_loaded, pages.statements.statement, **VILLAGE, year="2023")[0])
    scope = Scope.objects.get(code=PAIRING)
    lines = villages.statement(scope.pk, "千佛镇", "示例千佛一村", year=2023, until=DAY)
    assert lines
    assert all(line.holds for line in lines)
    assert "全部结算单已按协议、周价和磅单重新计算" in page
    for line in lines:
        one = line.settlement
        for told in (
            one.settlement_no,
            line.delivery.ticket_no,
            f"{one.reference_fen / 100:.2f}",
            f"{one.weight_kg2 / 100:,.2f}",
            f"{one.amount_fen / 100:,.2f}元",
        ):
            assert told in page
    total = sum(line.settlement.amount_fen for line in lines)
    assert f"合计 {total / 100:,.2f}元" in page
    figure = f"orders.settled[town={VILLAGE['town']},village={VILLAGE['village']}]"
    assert value(figure, 2023).amount * 100 == total


def test_villages_add_up_to_the_figure_and_open_their_statements(example_loaded):
    page, _ = visit(example_loaded, pages.statements.statement, year="")
    every = villages.by_village(Scope.objects.get(code=PAIRING).pk, year=None, until=DAY)
    assert sum(one.settled for one in every) == value("orders.settled").amount * 100
    assert sum(one.heads for one in every) == value("orders.heads_delivered").amount
    assert page.count("village=") >= len(every)


def test_a_statement_that_no_longer_follows_from_its_inputs_is_told(ordered, office):
    ordered("settle", SETTLEMENT)
    page = words(visit(office, pages.statements.statement, town="千佛镇", village="示例一村", year="2022")[0])
    assert "7,650.36元" in page
    assert "结果一致" in page
    ordered("deliver", {"_key": "JS", "grade_code": "second"}, correcting=True)
    page = words(visit(office, pages.statements.statement, town="千佛镇", village="示例一村", year="2022")[0])
    assert "有 1 份结算单与现在的磅单或周价不一致" in page


def test_a_delivery_without_settlement_waits(ordered, office):
    assert "有 1 次交售到这一天还没有结算单" in words(visit(office, pages.statements.statement)[0])


def test_every_settlement_of_the_example_follows_from_its_inputs(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    scope = Scope.objects.get(code=PAIRING)
    lines = villages.lines_of(scope.pk, Settlement.objects.filter(scope=scope))
    assert len(lines) > 3000
    assert [line.settlement.key for line in lines if not line.holds] == []
    assert villages.unsettled(scope.pk, until=DAY) == 0
    assert gains.stale(scope.pk, until=DAY) == []


def test_the_weeks_hold_every_settlement_once(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    scope = Scope.objects.get(code=PAIRING)
    series = weeks.series_of(scope.pk)[0].key
    keys = [one.key for one in weeks.agreements_on(scope.pk, series, until=DAY)]
    found = weeks.weeks(scope.pk, series, keys, year=None, until=DAY)
    assert sum(one.count for one in found) == Settlement.objects.filter(scope=scope).count()
    assert any(len(one.prices) > 1 for one in found)


def test_gains_are_over_the_same_households_as_deliveries(example_loaded):
    page = words(visit(example_loaded, pages.gains.gains)[0])
    assert value("orders.households_accounted").amount == value("orders.households_with_deliveries").amount == 1543
    assert "7,126.40" in page
    scope = Scope.objects.get(code=PAIRING)
    bands = gains.bands(scope.pk, year=None, until=DAY)
    assert sum(band.count for band in bands) == 1543
    assert sum(band.gain for band in bands) == value("orders.gain").amount * 100


@pytest.mark.parametrize("view", selling.VIEWS)
def test_three_views_hold_the_same_sales(example_loaded, view):
    example_loaded.sign_in("operator", reach="all")
    shares = selling.by_view(Scope.objects.get(code=PAIRING).pk, view, year=None, until=DAY)
    assert sum(share.total for share in shares) == value("orders.sales").amount * 100
    assert sum(share.bought for share in shares) == value("orders.sales_bought").amount * 100


def test_sales_beyond_what_the_land_can_give_are_told(example_loaded):
    page = words(visit(example_loaded, pages.sales.sales)[0])
    assert "超过产能" in page
    held = selling.held(Scope.objects.get(code=PAIRING).pk, until=DAY)
    assert {(one.product.product_no, one.year) for one in held if one.beyond} == {("CP-2023-002", 2023)}


def test_the_other_side_may_give_its_word_on_what_was_delivered_to_it(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    east = Delivery.objects.filter(buyer_side_code="east").first()
    west = Delivery.objects.filter(buyer_side_code="west").first()
    assert east.crosses_border
    assert not west.crosses_border


def test_what_a_base_settled_is_opened_by_the_village_with_every_input(ordered, office):
    ordered("settle", SETTLEMENT, role="project_owner")
    asked = {"town": "千佛镇", "village": "示例一村", "year": "2022"}
    page = words(visit(office, pages.statements.statement, role="viewer", grant={"side": "west"}, **asked)[0])
    for told in ("千佛镇示例一村结算单", "示例磅-1", "480.55", "4 头", "15.16", "5%", "15.92", "7,650.36元", "一致"):
        assert told in page


def test_the_statement_is_there_in_english_too(example_loaded):
    with translation.override("en"):
        page = words(visit(example_loaded, pages.statements.statement, **VILLAGE, year="2023")[0])
    assert "How to check it" in page
    assert "All settlements were reckoned again" in page
