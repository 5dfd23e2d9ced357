"""The API: its own description thrown at it, the rights of pages, and no question that breaks a page."""

import json
import re
from itertools import pairwise
from urllib.parse import quote

import office
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from visiting import Visitor

import shanhai.web.api as described

PAIR = office.PAIR
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
]  # fmt: skip
STEADY = {"derandomize": True, "deadline": None, "database": None}
GENTLE = settings(
    max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate], **STEADY
)


def api(visitor, path, *, language=None):
    """An answer of the API, read."""
    headers = {"Accept-Language": language} if language else None
    answer = visitor._ask("GET", f"/api/v1{path}", headers=headers)
    return answer, json.loads(answer.body)


def post(visitor, path, told, *, token=True):
    visitor.get("/check")
    headers = {"Content-Type": "application/json"}
    if token:
        headers["X-CSRFToken"] = visitor.cookies["csrftoken"]
    answer = visitor._ask("POST", f"/api/v1{path}", json.dumps(told).encode(), headers)
    return answer, json.loads(answer.body)


def headers_of(visitor):
    visitor.get("/check")
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    return {"Cookie": cookies, "X-CSRFToken": visitor.cookies["csrftoken"], "Referer": visitor.base + "/"}


DESCRIBED = json.loads(json.dumps(described.api.get_openapi_schema()))
OPERATIONS = {one.ok().label: one.ok() for one in schemathesis.openapi.from_dict(DESCRIBED).get_all_operations()}


def test_the_server_gives_the_description(signed_in):
    assert api(signed_in("viewer"), "/openapi.json")[1] == DESCRIBED


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_keeps_to_its_description(operation, signed_in, site):
    headers = headers_of(signed_in("auditor"))

    @GENTLE
    @given(case=OPERATIONS[operation].as_strategy())
    def keeps(case):
        answer = case.call(base_url=site, headers=headers, timeout=30)
        case.validate_response(answer, checks=CHECKS)

    keeps()


# Right addresses and nearly right ones: the fuzzer above rarely meets a record that is there.
ADDRESSES = [
    "/scopes", "/figures?as_of=2024-06-30", "/figures?as_of=1900-01-01&year=2200", "/figures/funds.arranged?slices=field=education",
    "/figures/funds.arranged?slices=field", "/figures/funds.arranged?slices=nothing=1", "/figures/funds.nothing", "/figures/x",
    "/figures/funds.arranged/rows?first=70&size=500", "/figures/agreements.team_members_on_duty/rows", "/record-types",
    "/records/funds.payment?sort=-paid_on&size=500", "/records/funds.payment?after=x", "/records/funds.payment?q=%25",
    f"/records/funds.payment?project_key={PAIR}/XM-2021-005&from=2021-01-01&to=0000", "/records/funds.nothing", "/records/access.user",
    f"/records/funds.payment/{PAIR}/ZF-2021-0001", f"/records/reference.person/{PAIR}/P-1", "/records/funds.payment/a/b/c",
    "/journal?size=500", "/journal?key=ZF-2021-0001", "/journal?from=2021-01-01&to=9999-12-31", "/journal?after=4611686018427387903",
    "/journal/00000000-0000-4000-8000-000000000000", "/journal/x", "/search?q=橄榄", "/search?q=示例&kind=funds.payment&after=Z", "/search?q=市",
    "/search?q=", "/nothing", "/figures?scope=999999-999999", "/figures?as_of=2024-13-01", "/figures?year=99999",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_breaks_it_and_every_problem_says_so(address, signed_in):
    answer, told = api(signed_in("auditor"), address)
    assert answer.status in (200, 400, 404, 422)
    if answer.status == 200:
        assert answer.headers["content-type"].startswith("application/json")
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert told["status"] == answer.status
        assert told["title"]
        assert told["detail"]


def floats_in(told):
    if isinstance(told, dict):
        return [one for value in told.values() for one in floats_in(value)]
    if isinstance(told, list):
        return [one for value in told for one in floats_in(value)]
    return [told] if isinstance(told, float) else []


def test_money_is_yuan_as_text_and_codes_stand_beside_words(signed_in):
    visitor = signed_in("viewer")
    _, figure = api(visitor, f"/figures/funds.arranged?scope={PAIR}&as_of=2024-06-30")
    assert (figure["value"], figure["unit"]["code"], figure["rows"]) == ("117000000.00", "CNY", 73)
    assert figure["stage"] == {"code": "achieved", "label": "已实现"}
    _, record = api(visitor, f"/records/funds.payment/{PAIR}/ZF-2021-0001")
    fields = {field["name"]: field for field in record["fields"]}
    assert fields["amount"]["value"] == "1320000.00"
    assert record["owner_side"] == {"code": "west", "label": "西部受援方"}
    assert record["history"][-1]["act"] == "装载工作簿"
    for address in (
        "/figures",
        "/figures/funds.arranged/rows",
        "/records/funds.payment",
        "/records/projects.acceptance",
    ):
        assert floats_in(api(visitor, address)[1]) == []


def test_the_rows_of_a_figure_are_paged_and_fold_to_its_value(signed_in):
    seen, first = [], 0
    while first is not None:
        _, page = api(signed_in("viewer"), f"/figures/funds.arranged/rows?as_of=2024-06-30&size=30&first={first}")
        assert page["fold"] == page["value"] == "117000000.00"
        seen += [row["record"] for row in page["rows"]]
        first = page["next"]
    assert len(seen) == len(set(seen)) == 73


def test_lists_are_narrowed_sorted_and_paged_by_key(signed_in):
    seen, after = [], ""
    while after is not None:
        told = f"&after={quote(after, safe='')}" if after else ""
        answer = signed_in("viewer")._ask(
            "GET", f"/api/v1/records/funds.payment?scope={PAIR}&sort=-paid_on&size=40{told}"
        )
        page = json.loads(answer.body)
        seen += [
            (record["key"], next(f["value"] for f in record["fields"] if f["name"] == "paid_on"))
            for record in page["records"]
        ]
        after = page["next"]
    assert len(seen) == len({key for key, _ in seen}) >= 112
    assert all(before >= later for (_, before), (_, later) in pairwise(seen))
    _, narrowed = api(signed_in("viewer"), f"/records/funds.payment?project_key={PAIR}/XM-2021-005&to=2021-12-31")
    assert 0 < len(narrowed["records"]) < 20


def test_people_are_masked(signed_in):
    answer, told = api(signed_in("auditor"), "/records/reference.person")
    assert told["records"]
    for word in ("_sealed", "identity_index", "示例甲"):
        assert word not in answer.text


def test_the_journal_opens_from_a_line_to_its_entries(signed_in):
    _, lines = api(signed_in("auditor"), "/journal?type=funds.refund")
    _, act = api(signed_in("auditor"), f"/journal/{lines['lines'][0]['act_id']}?from={lines['lines'][0]['first']}")
    entry = act["entries"][0]
    assert entry["record_type"] == "funds.refund"
    assert re.fullmatch("[0-9a-f]{64}", entry["digest"])
    assert entry["link"] > 0
    assert {change["field"] for change in entry["changes"]} >= {"退回金额", "退回日期"}


@pytest.mark.parametrize(
    "address",
    [f"/records/funds.payment/{PAIR}/ZF-2021-0001", f"/figures?scope={PAIR}", f"/journal?scope={PAIR}",
     f"/records/funds.payment?scope={PAIR}", f"/figures/funds.arranged/rows?scope={PAIR}"],
)  # fmt: skip
def test_what_is_not_the_readers_is_not_there(address, signed_in):
    answer, told = api(signed_in("other-clerk"), address)
    assert answer.status == 404
    assert "示例" not in answer.text
    assert told["title"] == "没有这一项"
    answer, told = api(signed_in("nobody"), address)
    assert answer.status == 401
    assert told["title"] == "还没有登录"


def test_an_article_is_checked_as_on_the_page(signed_in):
    text = "阆中市与温岭市东西部协作，安排协作资金1.17亿元。"
    answer, told = post(signed_in("viewer"), "/check", {"text": text, "published": "2024-08-31"})
    assert answer.status == 200, answer.text
    assert told["pairing"] == PAIR
    claim = told["claims"][0]
    assert (claim["surface"], claim["value"]) == ("1.17亿元", "117000000.00")
    assert claim["verdict"] == {"code": "supported", "label": "有记录支持"} or claim["verdict"]["code"].startswith(
        "supported"
    )
    assert text[claim["start"] : claim["end"]] == claim["surface"]
    assert post(signed_in("other-clerk"), "/check", {"text": text, "pairing": PAIR})[0].status == 404


def test_writing_needs_the_form_token(signed_in):
    answer, told = post(signed_in("viewer"), "/check", {"text": "一"}, token=False)
    assert answer.status == 403
    assert "X-CSRFToken" in told["detail"]


def test_problems_are_told_in_the_readers_language(site):
    visitor = Visitor(site)
    _, chinese = api(visitor, "/scopes", language="zh-CN,zh;q=0.9")
    assert chinese["title"] == "还没有登录"
    answer, _ = api(visitor, "/scopes", language="en-GB,en;q=0.9")
    assert answer.headers["content-language"] == "en"


def test_asking_by_the_api_moves_no_page_to_another_pairing(site):
    visitor = Visitor(site)
    visitor.sign_in("viewer", office.PASSWORD)
    api(visitor, "/figures?scope=330000-510000")
    assert "shanhai_scope" not in visitor.cookies


def test_the_page_for_people_lists_every_operation_of_the_description(signed_in):
    _, told = api(signed_in("viewer"), "/openapi.json")
    words = signed_in("viewer").get("/api/v1/")
    assert len(told["paths"]) >= 11
    for path in told["paths"]:
        assert path.replace("{", "&#x7B;") in words.text or path in words.text
    assert "cdn" not in words.text
    assert signed_in("nobody").get("/api/v1/").status == 302


# --- pages and forms under any question ---

ODD = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["", "-", "0", "-1", "1e9", "9" * 40, "0001-01-01", "9999-12-31", "2024-02-30", "null", "[]", '["a","b"]', "[null,1]", "{}",
         "\x00", "%", "_", "'", '"', "funds.payment", PAIR, "education", "-paid_on", "key", "-key", "２０２４", "①", "true", "[1e999,\"k\"]"]
    ),
)  # fmt: skip
NAMES = st.sampled_from(
    ["q", "scope", "page", "year", "as_of", "since", "by_field", "by_project", "sort", "column", "after", "before", "from", "to", "type",
     "kind", "key", "who", "code", "reason", "owner_side", "project_key", "told", "next", "field_code"]
)  # fmt: skip
PAGES = st.sampled_from(
    ["/", "/search", "/journal", "/journal/file/csv", "/lists/funds.payment", "/lists/projects.project", "/lists/reference.person",
     "/lists/projects.milestone/csv", "/figures/funds.arranged", "/figures/funds.spending_rate", "/downloads/json/funds.arranged",
     "/charts/funds.arranged", "/areas/funds", f"/records/funds.payment/{PAIR}/ZF-2021-0001", "/check", "/upload", "/sign-in"]
)  # fmt: skip


def query(asked):
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in asked)


@settings(max_examples=150, suppress_health_check=list(HealthCheck), **STEADY)
@given(page=PAGES, asked=st.lists(st.tuples(NAMES, ODD), max_size=4))
def test_no_question_breaks_a_page(page, asked, signed_in):
    import http.client
    from urllib.parse import urlsplit

    visitor = signed_in("west-clerk")
    connection = http.client.HTTPConnection(urlsplit(visitor.base).netloc, timeout=60)
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    connection.request("GET", f"{quote(page)}?{query(asked)}", headers={"Cookie": cookies})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status in (200, 302, 400, 404), (page, asked, answer.status)


FORMS = st.sampled_from(
    [
        "/check",
        "/reading",
        "/scope",
        "/sign-in",
        f"/words/dispute/funds.release/{PAIR}/BF-2023-004",
        "/journal/verify",
        "/upload",
    ]
)


@settings(max_examples=80, suppress_health_check=list(HealthCheck), **STEADY)
@given(
    form=FORMS,
    told=st.dictionaries(
        st.sampled_from(["text", "pairing", "published", "next", "language", "unit", "scope", "name", "password", "note"]),
        ODD, max_size=4,
    ),
)  # fmt: skip
def test_no_form_breaks_the_site(form, told, signed_in):
    answer = signed_in("viewer").post(form, told)
    assert answer.status in (200, 302, 400, 403, 404, 429), (form, told, answer.status)
