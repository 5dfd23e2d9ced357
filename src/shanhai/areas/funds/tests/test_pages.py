"""The pages of money: what they say against the figures, in how many questions, and to whom."""

import csv
import io
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, unquote
from xml.etree import ElementTree

import openpyxl
import polib
import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

from shanhai.access import sessions
from shanhai.areas.funds import pages
from shanhai.areas.funds.models import Source
from shanhai.areas.funds.pages import balances, differences, flow, ledger
from shanhai.areas.funds.pages.choices import Look
from shanhai.areas.funds.pages.flow_drawing import drawing_of
from shanhai.areas.funds.queries.ledger import Narrowing, movements, standings
from shanhai.asking import scopes, values
from shanhai.web import reading as reading_module

pytestmark = pytest.mark.slow
CATALOGUE = Path(pages.__file__).parents[1] / "locale" / "en" / "LC_MESSAGES" / "django.po"
OWN_WORDS = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
PAIRING, OTHER, DAY = "331081-511381", "330282-513324", date(2024, 6, 30)
#: The accounts each step fills and draws on; {s} is the source, {p} the source with the project.
MOVES = {
    "issue": [("issued/{s}", 1), ("due/{s}", 1)], "transfer": [("due/{s}", -1), ("transit/{s}", 1)], "receipt": [("transit/{s}", -1)],
    "allocation": [("issued/{s}", -1), ("allocated/{p}", 1)], "release": [("allocated/{p}", -1), ("released/{p}", 1)],
    "payment": [("released/{p}", -1)], "refund": [("released/{p}", -1), ("issued/{s}", 1)], "carryover": [],
}  # fmt: skip
VIEWS = (ledger.ledger, flow.flow, flow.payees, balances.balances, differences.differences)


def answer(office, view, *arguments, role="operator", grant=None, **asked):
    request = RequestFactory().get("/areas/funds/x", {"scope": PAIRING, "as_of": DAY.isoformat(), **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        return view(request, *arguments), len(told)


def visit(office, view, *arguments, **asked):
    return answer(office, view, *arguments, **asked)[0].content.decode()


def words(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def value(name):
    asked = scopes.by_code(PAIRING)
    return values.value(asked, name, values.window_of(asked, as_of=DAY))


def yuan(name):
    return f"{value(name).amount or 0:,.2f}元"


def cells(page, caption):
    """The rows of the table of this caption, as texts."""
    table = re.search(rf"<caption[^>]*>{caption}</caption>(.*?)</table>", page, re.S)
    assert table, caption
    body = re.search(r"<tbody.*?</tbody>", table[1], re.S)[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    return [[words(cell) for cell in re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row, re.S)] for row in rows]


def look_at(asked):
    return Look.of(asking(asked))


def asking(asked):
    request = RequestFactory().get("/areas/funds/x", {"scope": PAIRING, "as_of": DAY.isoformat(), **asked})
    request.actor = sessions.actor_of_session()
    return request


def links(page):
    return {unescape(address) for address in re.findall(r'href="(/[^"#]*)', page)}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_page_asks_at_most_twelve_questions_and_is_nobody_elses(example_loaded, view):
    _, asked = answer(example_loaded, view)
    assert asked <= 10
    with pytest.raises(Http404):
        answer(example_loaded, view, role="clerk", grant={"scope": OTHER})


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_an_account_of_another_pairing_sees_an_empty_page_of_its_own(example_loaded, view):
    page = words(visit(example_loaded, view, role="clerk", grant={"scope": OTHER}, scope=OTHER))
    assert "温岭" not in page
    assert not re.search(r"[1-9][\d,]*\.\d\d元", page)


def test_every_total_of_the_ledger_is_its_figure(example_loaded):
    rows = {row[0]: row[1:] for row in cells(visit(example_loaded, ledger.ledger), "各环节合计")}
    for word, name in {
        "下达": "funds.issued", "跨区域拨付": "funds.transferred", "到账": "funds.received", "分配": "funds.arranged",
        "拨付到项目": "funds.released", "支付": "funds.paid_out",
    }.items():  # fmt: skip
        assert rows[word] == [str(value(name).rows), yuan(name)]


def test_a_ledger_narrowed_to_a_year_and_a_source_totals_as_the_figure_so_narrowed(example_loaded):
    source = f"{PAIRING}/ZJ-2022-SJ"
    page = visit(example_loaded, ledger.ledger, year="2022", source=source)
    rows = {row[0]: row[2] for row in cells(page, "各环节合计")}
    asked = scopes.by_code(PAIRING)
    window = values.window_of(asked, as_of=DAY, year=2022)
    for word, name in {"下达": "funds.issued", "分配": "funds.arranged", "支付": "funds.paid_out"}.items():
        figure = f"{name}[source={source}]"
        assert rows[word] == f"{values.value(asked, figure, window).amount:,.2f}元"
        assert any(figure.replace("/", "%2F") in each or figure in each for each in map(unquote, links(page)))


def test_the_ledger_shows_every_line_once_over_its_pages_in_the_order_of_days(example_loaded):
    seen, address = [], ""
    while True:
        page = visit(example_loaded, ledger.ledger, **dict(parse_qsl(address)))
        seen += [(row[0], row[2]) for row in cells(page, "资金台账")]
        following = re.search(r'href="[^"?]*\?([^"]*)" rel="next"', page)
        if not following:
            break
        address = unescape(following[1])
    counted = sum(int(row[1]) for row in cells(page, "各环节合计"))
    assert len(seen) == counted
    assert [day for day, _ in seen] == sorted(day for day, _ in seen)


def test_a_search_finds_payees_and_papers_and_nothing_else(example_loaded):
    rows = cells(visit(example_loaded, ledger.ledger, q="农田设施", step="payment"), "资金台账")
    assert rows
    assert {row[5] for row in rows} == {"示例农田设施工程有限公司"}
    assert "没有符合条件的记录" in visit(example_loaded, ledger.ledger, q="查无此人")


def test_what_stood_after_a_line_is_what_moved_on_its_account_until_then(example_loaded):
    scope = scopes.by_code(PAIRING).scope.pk
    lines = list(movements(scope, Narrowing(), until=DAY).order_by("moved_on", "key"))
    told, running = standings(scope, lines), Counter()
    for line in lines:
        source, inside = line.source_key, f"{line.source_key}/{line.project_key}"
        for account, sign in MOVES[line.step_code]:
            running[account.format(s=source, p=inside)] += sign * line.amount_fen
        if line.key in told and line.project_key:
            assert told[line.key].amount_fen == running[told[line.key].account], line.key
    assert {line.key for line in lines} - told.keys() == {line.key for line in lines if line.step_code == "carryover"}


def test_a_correction_leaves_one_line_and_its_new_standing(desk):
    desk.told(("issue", {"key": "XD", "amount": 100}), ("allocate", {"key": "FP", "amount": 60}))
    desk.correct("allocate", key="FP", amount=25)
    lines = list(movements(desk.scope_id, Narrowing(), until=DAY).order_by("moved_on", "key"))
    assert [line.amount_fen for line in lines] == [100, 25]
    assert [stood.amount_fen for stood in standings(desk.scope_id, lines).values()] == [100, 75]


def read(content, form):
    """The rows of a file."""
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in page.iter_rows(values_only=True)]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_ledger_is_taken_away_as_narrowed_and_no_cell_is_a_formula(example_loaded, form):
    response, asked = answer(example_loaded, ledger.ledger_file, form, step="payment")
    content = b"".join(response.streaming_content)
    response.file_to_stream.close()
    rows = read(content, form)
    assert asked <= 8
    assert len(rows) == value("funds.paid_out").rows + 1
    assert sum(Decimal(str(row[10])) for row in rows[1:]) == value("funds.paid_out").amount
    assert not [cell for row in rows for cell in row if isinstance(cell, str) and cell.startswith("=")]


def test_the_drawing_adds_up_to_the_figures_and_every_mark_opens(example_loaded):
    page = visit(example_loaded, flow.flow)
    for name in (
        "funds.issued",
        "funds.arranged",
        "funds.refunded",
        "funds.paid_out",
        "funds.unallocated",
        "funds.balance",
    ):
        assert yuan(name) in words(page), name
    drawn = re.search(r"<svg class=\"drawing\".*?</svg>", page, re.S)[0]
    marks = re.findall(r"<(?:rect|path) ", drawn)
    assert len(re.findall(r'<a href="/[^"]+" aria-label="[^"]+">', drawn)) == len(marks) > 40
    assert "style=" not in drawn


def test_every_address_of_the_pages_answers(example_loaded):
    pages = [visit(example_loaded, view) for view in (flow.flow, balances.balances, differences.differences)]
    pages.append(visit(example_loaded, flow.flow, source=f"{PAIRING}/ZJ-2022-SJ"))
    found = {
        address
        for page in pages
        for address in links(page)
        if address.startswith(("/areas/funds", "/figures", "/records"))
    }
    assert len(found) > 150
    opened = Counter()
    for address in sorted(found):
        path, _, query = address.partition("?")
        opened[path] += 1
        if opened[path] > 6:  # the same page under other questions
            continue
        match = resolve(unquote(path))
        request = RequestFactory().get(path, dict(parse_qsl(query)))
        request.actor, request.resolver_match = sessions.actor_of_session(), match
        assert match.func(request, *match.args, **match.kwargs).status_code == 200, address


def test_each_band_into_a_place_is_the_ledger_it_opens(example_loaded):
    drawing = drawing_of(look_at({}))
    bands = [band for band in drawing.bands() if band.target.startswith("payee ")]
    assert bands
    for band in bands:
        query = dict(parse_qsl(band.url.partition("?")[2]))
        rows = cells(visit(example_loaded, ledger.ledger, **query), "各环节合计")
        assert rows == [["支付", rows[0][1], f"{Decimal(band.amount) / 100:,.2f}元"]]


def test_many_payees_are_folded_and_open_to_the_list_of_the_others(example_loaded, monkeypatch):
    monkeypatch.setattr("shanhai.areas.funds.queries.flowing.SHOWN", 3)
    page = visit(example_loaded, flow.flow)
    told = re.search(r'<a href="([^"]+)" aria-label="其余 (\d+) 个收款人：([^"]+)元">', page)
    rest = visit(example_loaded, flow.payees, **dict(parse_qsl(unescape(told[1]).partition("?")[2])))
    rows = cells(rest, "收款人")
    assert len(rows) == int(told[2]) > 3
    assert sum(Decimal(row[2].removesuffix("元").replace(",", "")) for row in rows) == Decimal(told[3].replace(",", ""))


def test_the_picture_for_paper_is_an_svg_of_its_own(example_loaded):
    picture, _ = answer(example_loaded, flow.flow_picture, "svg")
    root = ElementTree.fromstring(picture.content.decode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Noto Sans CJK SC" in root.get("font-family")
    with pytest.raises(Http404):
        answer(example_loaded, flow.flow_picture, "png")


def test_every_number_of_a_source_is_its_figure(example_loaded):
    page = visit(example_loaded, balances.balances)
    rows = cells(page, "按来源和预算年度")
    sources = {source.name: source for source in Source.objects.filter(scope__code=PAIRING)}
    assert len(rows) == len(sources)
    asked = scopes.by_code(PAIRING)
    window = values.window_of(asked, as_of=DAY)
    for row in rows:
        source = next(one for name, one in sources.items() if row[0].startswith(name))
        told = dict(
            zip(
                (
                    "funds.issued",
                    "funds.released",
                    "funds.release_rate",
                    "funds.paid_out",
                    "funds.spending_rate",
                    "funds.balance",
                ),
                row[2:],
                strict=True,
            )
        )
        for name, text in told.items():
            found = values.value(asked, f"{name}[source={source.key}]", window)
            amount = found.amount or Decimal(0)
            assert Decimal(re.match(r"[-\d,.]+", text)[0].replace(",", "")) == amount, (name, source.key)


def test_the_ages_add_up_to_the_balance_and_the_oldest_is_its_figure(example_loaded):
    rows = cells(visit(example_loaded, balances.balances), "按账龄")
    assert [row[0] for row in rows] == ["不满 1 年", "1–2 年", "满 2 年"]
    sums = [Decimal(row[2].removesuffix("元").replace(",", "")) for row in rows]
    assert sum(sums) == value("funds.balance").amount
    assert sums[-1] == value("funds.idle_over_two_years").amount
    aged = cells(visit(example_loaded, balances.balances, age="2"), "按来源和预算年度")
    assert len(aged) == int(rows[2][1])


def test_the_projects_add_up_to_the_balance_and_each_is_its_figure(example_loaded):
    rows = cells(visit(example_loaded, balances.balances), "按项目")
    sums = [[Decimal(cell.removesuffix("元").replace(",", "").replace("–", "0")) for cell in row[1:]] for row in rows]
    assert sum(row[3] for row in sums) == value("funds.balance").amount
    assert sum(row[0] for row in sums) == value("funds.arranged").amount
    assert all(sum(row[4:]) == row[3] for row in sums)
    assert [row[3] for row in sums] == sorted((row[3] for row in sums), reverse=True)


def test_both_books_are_their_figures_and_the_states_add_up_to_them(example_loaded):
    page = visit(example_loaded, differences.differences)
    rows = cells(page, "各状态合计")
    for name in ("funds.transferred", "funds.received", "funds.in_transit"):
        assert yuan(name) in words(page)
    for place, name in ((2, "funds.transferred"), (3, "funds.received"), (4, "funds.in_transit")):
        assert sum(Decimal(row[place].removesuffix("元").replace(",", "")) for row in rows) == value(name).amount


def test_what_is_done_next_is_told_to_who_may_do_it(example_loaded):
    west = cells(
        visit(example_loaded, differences.differences, role="finance", grant={"side": "west"}), "两本账不一致的拨付"
    )
    east = cells(
        visit(example_loaded, differences.differences, role="finance", grant={"side": "east"}), "两本账不一致的拨付"
    )
    assert all("等本方办" in row[-1] for row in west)
    assert not any("等本方办" in row[-1] for row in east)
    assert {row[1].split()[0] for row in west} == {"在途", "待对方确认"}
    waited = [int(row[5].partition(" 天")[0]) for row in west]
    assert waited == sorted(waited, reverse=True)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
@pytest.mark.parametrize("asked", [
    {"year": "abcd", "budget": "0000", "age": "9", "state": "x"}, {"after": "[1]", "before": "{", "source": "x\x00"}, {"after": '["2024-01-01", 5]'},
    {"after": "[99999999999999999999, \"x\"]"}, {"step": "none", "field": "none", "level": "none", "project": "none", "payee": "none"}, {"as_of": "2024-13-45"},
])  # fmt: skip
def test_an_address_that_makes_no_sense_is_a_page_all_the_same(example_loaded, view, asked):
    assert answer(example_loaded, view, **asked)[0].status_code == 200


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_an_english_page_has_chinese_only_in_records(example_loaded, view):
    token = reading_module._reading.set(reading_module.Reading("en"))
    try:
        with translation.override("en"):
            page = visit(example_loaded, view)
    finally:
        reading_module._reading.reset(token)
    shown = re.sub(r'<span lang="zh-Hans">.*?</span>', "", page, flags=re.S)
    texts = {unescape(text).strip() for text in re.findall(r">([^<>]+)<", shown)}
    assert texts & OWN_WORDS == set()
    assert len(texts) > 20
