"""Safe by default: signing in, sessions, headers, forms, files; over HTTP, as a stranger and as a clerk would try."""

import csv
import http.client
import io
import socket
import subprocess
import sys
import time
import zipfile
from urllib.parse import urlsplit

import office
import openpyxl
import people
import pytest
from visiting import Visitor

PAIR = office.PAIR
HEADERS = {
    "content-security-policy": "default-src 'none'; ",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()", "cache-control": "no-store",
}  # fmt: skip
EVERY_KIND = {
    "page": "/", "sign-in": "/sign-in", "not there": "/nothing", "record": f"/records/funds.payment/{PAIR}/ZF-2021-0001",
    "refused": "/administration", "static": "/static/web/shanhai.css", "chart": f"/charts/funds.arranged?scope={PAIR}",
    "workbook": f"/downloads/xlsx/funds.arranged?scope={PAIR}", "json": f"/downloads/json/funds.arranged?scope={PAIR}",
    "csv": f"/downloads/csv/funds.arranged?scope={PAIR}", "template": "/templates/funds.allocation.xlsx",
    "own account": "/account", "nul": "/records/funds.payment/%00", "method": "/sign-out",
}  # fmt: skip


@pytest.fixture(scope="module")
def other_server(home, site):
    """Another process of the same site, as one reached over https behind a proxy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = office.environment_of(home) | {"SHANHAI_HTTPS": "1"}
    arguments = [sys.executable, "-m", "shanhai.cli", "serve", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(arguments, env=environment, cwd=office.ROOT, **quiet)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=120)


def raw(site, method, path, body=None, headers=None):
    """A request as written, without quoting, cookies or a referrer."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        found = {}
        for name, value in answer.getheaders():
            found[name.lower()] = "\n".join(filter(None, (found.get(name.lower()), value.strip())))
        return answer.status, found, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_answer_carries_every_header_and_no_version(kind, signed_in):
    headers = signed_in("viewer").get(EVERY_KIND[kind]).headers
    kept = {"static": "max-age=", "chart": "private, max-age=60"}
    expected = HEADERS | ({"cache-control": kept[kind]} if kind in kept else {})
    for name, value in expected.items():
        assert headers[name].startswith(value), (name, headers.get(name))
    assert not any(character.isdigit() for character in headers.get("server", ""))
    assert not {"x-powered-by", "via"} & set(headers)


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/web/shanhai.css", "/static/web/none.css"])
def test_strangers_get_every_header_too_also_under_a_foreign_host(path, site):
    for host in ({}, {"Host": "evil.example"}):
        status, headers, text = raw(site, "GET", path, headers=host)
        assert status in (200, 302, 400, 404)
        assert "Traceback" not in text
        for name in set(HEADERS) - {"cache-control"}:
            assert headers[name].startswith(HEADERS[name]), (name, host)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/"), ("DELETE", "/account"), ("GET", "/sign-out"), ("GET", "/account/password"), ("PUT", "/administration"),
     ("GET", "/account/sessions/1/end"), ("GET", "/administration/grants/1/end"), ("GET", "/scope")],
)  # fmt: skip
def test_a_method_that_a_page_has_not_is_refused(method, path, signed_in):
    visitor = signed_in("viewer")
    token = {"X-CSRFToken": visitor._token()}
    answer = visitor._ask(method, path, "" if method != "GET" else None, token)
    assert answer.status in (403, 405)
    assert answer.status == 405 or method == "PUT"


@pytest.mark.parametrize(
    "changed",
    [{"csrfmiddlewaretoken": ""}, {"csrfmiddlewaretoken": "x" * 64}, {"foreign": True}, {"origin": "https://evil.example"}, {"origin": "null"}],
    ids=["missing", "made up", "of somebody else", "foreign origin", "no origin told"],
)  # fmt: skip
def test_a_form_that_comes_from_elsewhere_changes_nothing(changed, signed_in, site):
    visitor = signed_in("viewer")
    fields = {"csrfmiddlewaretoken": visitor._token()} | {k: v for k, v in changed.items() if k.startswith("csrf")}
    if changed.get("foreign"):
        fields["csrfmiddlewaretoken"] = Visitor(site)._token()
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | (
        {"Origin": changed["origin"]} if "origin" in changed else {}
    )
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    assert visitor._ask("POST", "/sign-out", body, headers).status == 403
    assert visitor.get("/account").status == 200


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil.example"],
)
def test_no_address_leads_to_another_site(wanted, signed_in):
    visitor = signed_in("viewer")
    for path, fields in (("/reading", {"language": "zh-hans"}), ("/scope", {"scope": PAIR})):
        assert visitor.post(path, fields | {"next": wanted}).location == "/"
    assert visitor.get(f"/sign-in?next={wanted}").location == "/"


def test_bodies_and_headers_that_are_too_large_are_refused_and_the_site_goes_on(site):
    large = "name=" + "x" * (11 << 20)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for method, body, headers in (("POST", large, form), ("GET", None, {"X-Large": "x" * (1 << 20)})):
        try:
            status, _, text = raw(site, method, "/sign-in", body, headers)
        except (ConnectionError, http.client.HTTPException):
            continue  # hanging up is an answer too
        assert status in (400, 403, 413, 431)
        assert "Traceback" not in text
    many = "&".join(f"f{number}=1" for number in range(2000))
    status, _, _ = raw(site, "POST", "/sign-in", many, {"Content-Type": "application/x-www-form-urlencoded"})
    assert status in (400, 403)
    assert raw(site, "GET", "/sign-in")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/lists/funds.payment?q=%00", "/figures/%00", "/records/funds.payment/a%00b", "/?scope=%00", "/sign-in?next=%00",
     "/administration?q=%00", "/administration?page=9999999999999999999", "/account/sessions/99999999999999999999/end"],
)  # fmt: skip
def test_a_null_byte_or_a_huge_number_breaks_nothing(path, signed_in):
    answer = signed_in("viewer").get(path)
    assert answer.status in (200, 302, 400, 403, 404, 405)
    assert "Traceback" not in answer.text


def test_a_null_byte_in_a_form_breaks_nothing(site):
    visitor = Visitor(site, address="127.0.0.20")
    assert visitor.sign_in("vie\x00wer", "x").status == 400
    assert visitor.sign_in("viewer", "x\x00").status == 400


def test_signing_in_opens_a_new_session_and_the_token_from_before_opens_nothing(site):
    visitor = Visitor(site, {"shanhai": "a" * 43}, address="127.0.0.21")
    visitor.sign_in("viewer", office.PASSWORD)
    first = visitor.cookies["shanhai"]
    assert first != "a" * 43
    visitor.post("/sign-out")
    visitor.sign_in("viewer", office.PASSWORD)
    assert visitor.cookies["shanhai"] != first
    assert "/sign-in" in Visitor(site, {"shanhai": first}).get("/").location


@pytest.mark.parametrize("name", ["east-team", "nobody-of-this-name"])
def test_after_five_wrong_passwords_an_account_waits_known_or_not_in_every_process(name, site, other_server):
    """The same words and the same waits for an account that is there and for one that is not."""
    visitor, told = Visitor(site, address="127.0.0.22"), []
    for _ in range(5):
        answer = visitor.sign_in(name, "wrong")
        told.append((answer.status, answer.words.partition("有内容需要改正")[2]))
    assert len(set(told)) == 1
    assert told[0][0] == 400
    assert told[0][1].startswith(" 账号或密码不对。")
    assert visitor.sign_in(name, office.PASSWORD).status == 429
    elsewhere = Visitor(other_server, address="127.0.0.23").sign_in(name, office.PASSWORD)
    assert elsewhere.status == 429
    assert "请等 1 分钟后再试" in elsewhere.words


def test_each_further_failure_waits_twice_as_long(site, home):
    visitor, waits = Visitor(site, address="127.0.0.24"), []
    mine = "WHERE digest = access_attempt_digest('account grows-and-grows')"
    with people.database(home) as admin:
        for _ in range(8):
            visitor.sign_in("grows-and-grows", "wrong")
            row = admin.execute(
                f"SELECT extract(epoch FROM waits_until_at - failed_at) FROM access_attempt {mine}"
            ).fetchone()
            waits.append(row[0] and round(row[0]))
            admin.execute(f"UPDATE access_attempt SET waits_until_at = NULL {mine}")
        assert "grows-and-grows" not in repr(admin.execute("SELECT * FROM access_attempt").fetchall())
    assert waits == [None, None, None, None, 60, 120, 240, 480]


def test_an_address_that_tries_many_accounts_waits_and_another_does_not(site, home):
    visitor = Visitor(site, address="127.0.0.25")
    for number in range(20):
        assert visitor.sign_in(f"one-of-many-{number}", "wrong").status == 400
    assert visitor.sign_in("viewer", office.PASSWORD).status == 429
    assert Visitor(site, address="127.0.0.26").sign_in("viewer", office.PASSWORD).status == 302


def test_a_session_that_was_not_used_or_lasted_too_long_is_over_and_use_is_noted_once_a_minute(site, home):
    visitor = Visitor(site, address="127.0.0.27")
    visitor.sign_in("viewer", office.PASSWORD)
    mine = "digest = access_hash(%s)", (visitor.cookies["shanhai"],)
    with people.database(home) as admin:

        def seen():
            return admin.execute(f"SELECT seen_at FROM access_session WHERE {mine[0]}", mine[1]).fetchone()[0]

        before = seen()
        visitor.get("/account")
        assert seen() == before
        for path in ("/account", "/?scope=331081-511381", "/?scope=331081-511381"):
            admin.execute(f"UPDATE access_session SET seen_at = now() - interval '2 minutes' WHERE {mine[0]}", mine[1])
            before = seen()
            visitor.get(path)
            assert seen() > before, path
        admin.execute(f"UPDATE access_session SET seen_at = now() - interval '61 minutes' WHERE {mine[0]}", mine[1])
        assert "/sign-in" in visitor.get("/?scope=331081-511381").location
        admin.execute(f"UPDATE access_session SET seen_at = now(), expires_at = now() WHERE {mine[0]}", mine[1])
        assert "/sign-in" in visitor.get("/account").location


def test_a_new_password_ends_every_other_session_and_turns_this_one(site, home):
    given = people.add(home, "changes-password", "viewer", "--side", "any", "--pairing", PAIR)
    first, _ = people.settle(site, "changes-password", given, address="127.0.0.28")
    second = Visitor(site, address="127.0.0.28")
    second.sign_in("changes-password", people.OWN)
    before = dict(first.cookies)
    new = "另一句只有自己知道的话"
    wrong = first.post("/account/password", {"old_password": "wrong", "new_password": new, "new_again": new})
    assert (wrong.status, second.get("/account").status) == (400, 200)
    done = first.post("/account/password", {"old_password": people.OWN, "new_password": new, "new_again": new})
    assert done.location.startswith("/account")
    assert first.get("/account").status == 200
    for stale in (second, Visitor(site, before)):
        assert "/sign-in" in stale.get("/account").location
    assert Visitor(site, address="127.0.0.28").sign_in("changes-password", new).status == 302


def test_ones_own_sessions_are_listed_and_ended_and_nobody_elses(site, signed_in):
    here, there = Visitor(site, address="127.0.0.29"), Visitor(site, address="127.0.0.30")
    for visitor in (here, there):
        visitor.sign_in("auditor", office.PASSWORD)
    page = here.get("/account").text
    assert "127.0.0.30" in page
    number = page.split("127.0.0.30")[1].split("/account/sessions/")[1].split("/")[0]
    signed_in("viewer").post(f"/account/sessions/{number}/end")
    assert there.get("/account").status == 200
    here.post(f"/account/sessions/{number}/end")
    assert "/sign-in" in there.get("/account").location
    assert here.get("/account").status == 200


def test_behind_a_proxy_cookies_are_secure_and_the_address_is_the_proxys_word(other_server, home):
    over = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.9.9, 203.0.113.77"}
    _, headers, page = raw(other_server, "GET", "/sign-in", headers=over)
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    cookie = headers["set-cookie"]
    assert cookie.strip().startswith("__Host-csrftoken=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    token = page.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    told = over | {"Cookie": cookie.split(";")[0].strip(), "Content-Type": "application/x-www-form-urlencoded",
                   "Referer": f"https://{urlsplit(other_server).netloc}/sign-in"}  # fmt: skip
    body = f"csrfmiddlewaretoken={token}&name=auditor&password=%E4%B8%80%E4%BA%8C%E4%B8%89-password"
    status, headers, text = raw(other_server, "POST", "/sign-in", body, told)
    assert status == 302, text[:500]
    session = next(line for line in headers["set-cookie"].splitlines() if line.startswith("__Host-shanhai="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(session.split("; "))
    assert "Domain" not in session
    with people.database(home) as admin:
        row = admin.execute("SELECT address FROM access_session ORDER BY id DESC LIMIT 1").fetchone()
    assert row == ("203.0.113.77",)


def test_without_a_proxy_nobody_says_their_own_address(site, home):
    visitor = Visitor(site, address="127.0.0.31")
    fields = {"name": "viewer", "password": office.PASSWORD, "csrfmiddlewaretoken": visitor._token()}
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    visitor._ask(
        "POST",
        "/sign-in",
        body,
        {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": "203.0.113.78"},
    )
    with people.database(home) as admin:
        row = admin.execute("SELECT address FROM access_session ORDER BY id DESC LIMIT 1").fetchone()
    assert row == ("127.0.0.31",)


def zipped(parts):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return body.getvalue()


BOMB = zipped(
    {"[Content_Types].xml": "", "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * (80 << 20)}
)
HOSTILE = {
    "a bomb": ("表.xlsx", BOMB, "解压后"),
    "a page under the name of a workbook": ("表.xlsx", b"<html><script>alert(1)</script>", "这是网页"),
    "a program": ("表.xlsx", b"MZ\x90\x00" + b"\x00" * 500, "这不是工作簿"),
    "an archive": ("表.xlsx", zipped({"a.txt": "x"}), "压缩包"),
    "a PDF that is also an archive": ("表.xlsx", b"%PDF-1.7\n" + zipped({"xl/workbook.xml": "<workbook/>"}), "PDF"),
    "a torn archive": ("表.xlsx", BOMB[:2000], "损坏"),
    "a name that leads elsewhere": ("../../etc/passwd", b"MZ\x00\x00\x00", "这不是工作簿"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_workbook_is_told_by_its_content_and_opens_nothing(kind, signed_in):
    name, body, word = HOSTILE[kind]
    visitor = signed_in("west-finance")
    answer = visitor.send("/upload", "files", name, body)
    told = visitor.follow(answer) if answer.location else answer
    assert told.status == 200, told.words[:300]
    assert word in told.words
    assert "不能保存" in told.words
    assert ".." not in told.words.partition("试读")[2].replace("...", "")


def test_a_name_with_control_characters_is_told_without_them(signed_in):
    visitor = signed_in("west-finance")
    answer = visitor.send("/upload", "files", "a\x07b\x1b[31m<script>.xlsx", b"MZ\x00\x00")
    text = visitor.follow(answer).text
    assert "<script>.xlsx" not in text
    assert not {"\x07", "\x1b"} & set(text)


@pytest.mark.parametrize(
    "body",
    [b"MZ\x90\x00" + b"\x00" * 200, b"<html><script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a",
     zipped({"xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "macro"}), zipped({"a.exe": "x"})],
    ids=["program", "page", "drawing with scripts", "other picture", "workbook with macros", "archive"],
)  # fmt: skip
def test_evidence_is_what_its_content_says_and_nothing_that_runs(body, signed_in):
    answer = signed_in("west-finance").send(f"/evidence/of/funds.payment/{PAIR}/ZF-2021-0004", "file", "凭证.pdf", body)
    assert answer.status == 400
    assert "不是可以作凭证的文件" in answer.words


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r="], ids=["equals", "plus", "minus", "at", "tab", "return"]
)
def test_what_would_run_in_a_spreadsheet_goes_out_as_text(start, signed_in, tmp_path):
    """A payee that is a formula is loaded as text, and comes out of the workbook and the CSV file as text."""
    visitor, number = signed_in("west-finance"), f"ZF-2024-F{ord(start[0]):03d}"
    payee = f"{start}cmd|' /C calc'!A0"
    row = [*office.payment(number, 1)]
    row[5] = payee
    book = tmp_path / "formula.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(str(book), {"strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet("资金支付")
        page.write_row(0, 0, office.PAYMENT)
        for place, cell in enumerate(row):
            page.write_string(1, place, str(cell)) if isinstance(cell, str) else page.write(1, place, cell)
    answer = visitor.send("/upload", "files", "formula.xlsx", book.read_bytes())
    assert "可以保存" in visitor.follow(answer).words
    assert "已保存" in visitor.follow(visitor.post(f"{answer.location}/save")).words
    asked = f"funds.paid_out?scope={PAIR}"
    lines = csv.reader(io.StringIO(visitor.get(f"/downloads/csv/{asked}").body.decode("utf-8-sig")))
    assert all(cell.startswith("'") for line in lines for cell in line if "cmd|" in cell)
    sheet = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/downloads/xlsx/{asked}").body)).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    asked = f"scope={PAIR}&column=payee_name"
    listed = visitor.get(f"/lists/funds.payment/csv?{asked}").body.decode("utf-8-sig")
    written = [cell for line in csv.reader(io.StringIO(listed)) for cell in line if "cmd|" in cell]
    assert written
    assert all(cell.startswith("'") for cell in written)
    sheet = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/lists/funds.payment/xlsx?{asked}").body)).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if "cmd|" in str(cell.value)} == {"s"}
