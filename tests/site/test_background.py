"""Background work over the real site and its worker: small work at once, long work with progress, left and come back to."""

import os
import re
import signal
import time
from contextlib import contextmanager

import office
import psycopg
import pytest
from browser import is_sound
from playwright.sync_api import expect
from workers import workers_of

from shanhai.database import Cluster, Home

MANY = 9_000
PROJECT = (
    "结对代码",
    "填报方",
    "项目编号",
    "项目名称",
    "领域",
    "项目类别",
    "所在地",
    "项目单位",
    "计划总投资（元）",
    "计划年度",
    "申报日期",
)
NUMBER = re.compile(r"/upload/([\w-]+)")


def projects(path, mark, count, *, scope=office.OTHER, region="511302"):
    rows = [
        (scope, "西部受援方", f"{mark}-{n:06}", f"示例批量项目{n}", "医疗帮扶", "公益类", region, "示例卫生院", 1000 + n, 2023, "2023-03-05")
        for n in range(count)
    ]  # fmt: skip
    return office.write_book(path, "协作项目", PROJECT, rows)


@contextmanager
def halted(home):
    """The worker stands still, so that what waits can be looked at."""
    (number,) = workers_of(home)
    os.kill(number, signal.SIGSTOP)
    try:
        yield number
    finally:
        os.kill(number, signal.SIGCONT)


def runs(answer):
    return 'role="progressbar"' in answer.text


def ended(visitor, address):
    """The page once its work has ended."""
    until = time.monotonic() + 90
    while runs(answer := visitor.get(address)):
        assert time.monotonic() < until, answer.words
        time.sleep(0.1)
    return answer


def send(visitor, path, name="批量.xlsx"):
    answer = visitor.send("/upload", "files", name, path.read_bytes())
    assert answer.status == 302, answer.words
    return answer.location


def told_in_header(visitor):
    found = re.search(r'class="work-told"[^>]*>([^<]*)', visitor.get("/check").text)
    return found[1] if found else ""


def count(home, statement):
    url = Cluster(Home.at(home / "home", home / "keys")).url("admin")
    with psycopg.connect(url) as admin:
        return admin.execute(statement).fetchone()[0]


def folder_of(home, location):
    return home / "home" / "uploads" / NUMBER.search(location)[1]


def reaches(home, location, told):
    """Waits until the work is told to be there."""
    until = time.monotonic() + 60
    while told not in (folder_of(home, location) / "state.json").read_text("utf-8"):
        assert time.monotonic() < until
        time.sleep(0.01)


def look_at(visitor, location):
    """Whatever has ended is looked at, so that the next test begins with an empty header."""
    return ended(visitor, location)


def test_a_small_workbook_is_answered_at_once(signed_in, tmp_path):
    visitor = signed_in("other-clerk")
    location = send(visitor, projects(tmp_path / "少.xlsx", "SH", 2))
    answer = visitor.get(location)
    assert not runs(answer)
    assert "可以保存：新增 2 行" in answer.words
    assert told_in_header(visitor) == ""


def test_a_large_workbook_shows_its_progress_and_is_told_everywhere_until_it_was_seen(signed_in, home, tmp_path):
    visitor = signed_in("other-clerk")
    with halted(home):
        location = send(visitor, projects(tmp_path / "多.xlsx", "DA", MANY))
        first = visitor.get(location)
        assert runs(first), first.words
        assert "可以离开本页" in first.words
        assert 'http-equiv="refresh"' in first.text
        assert told_in_header(visitor) == "1 项正在处理"
        assert "试读：批量.xlsx" in visitor.get("/jobs").words
    until = time.monotonic() + 60
    while told_in_header(visitor) == "1 项正在处理" and time.monotonic() < until:
        time.sleep(0.2)
    assert told_in_header(visitor) == "1 项已有结果"
    assert location in visitor.get("/").text
    assert f"可以保存：新增 {MANY} 行" in visitor.get(location).words
    assert told_in_header(visitor) == ""


def test_a_page_that_asks_again_is_given_the_progress_alone_and_led_on_at_the_end(signed_in, home, tmp_path):
    visitor = signed_in("other-clerk")
    with halted(home):
        location = send(visitor, projects(tmp_path / "少.xlsx", "PA", 2))
        part = visitor._ask("GET", location, headers={"HX-Request": "true"})
        assert runs(part)
        assert "<html" not in part.text
        assert 'hx-swap-oob="innerHTML"' in part.text
    look_at(visitor, location)
    over = visitor._ask("GET", location, headers={"HX-Request": "true"})
    assert over.headers["hx-refresh"] == "true"


def test_nobody_else_sees_it_stops_it_or_takes_its_file(signed_in, home, tmp_path):
    visitor = signed_in("other-clerk")
    with halted(home):
        location = send(visitor, projects(tmp_path / "少.xlsx", "NO", 2))
        token = NUMBER.search(location)[1]
        for account in ("west-clerk", "auditor"):
            stranger = signed_in(account)
            for address in (f"/jobs/{token}", f"/jobs/{token}/file"):
                assert stranger.get(address).status == 404
            assert stranger.post(f"/jobs/{token}/stop").status == 404
            assert told_in_header(stranger) == ""
        assert "/sign-in" in signed_in("nobody").get(f"/jobs/{token}").location
    assert "可以保存" in look_at(visitor, location).words


def test_a_try_that_waits_or_runs_or_is_done_can_be_put_away(signed_in, home, tmp_path):
    visitor = signed_in("other-clerk")
    small, large = projects(tmp_path / "少.xlsx", "ST", 2), projects(tmp_path / "多.xlsx", "SU", MANY)
    with halted(home):
        waiting = send(visitor, small)
        assert visitor.post(f"/jobs/{NUMBER.search(waiting)[1]}/stop").location == "/upload?told=stopped"
    running = send(visitor, large)
    reaches(home, running, '"phase": "running"')
    visitor.post(f"/jobs/{NUMBER.search(running)[1]}/stop")
    done = send(visitor, small)
    assert "不保存，删去上传的文件" in visitor.get(done).words
    assert "已取消" in visitor.follow(visitor.post(f"/jobs/{NUMBER.search(done)[1]}/stop")).words
    until = time.monotonic() + 60
    while folder_of(home, running).exists() and time.monotonic() < until:
        time.sleep(0.2)
    for location in (waiting, running, done):
        assert visitor.get(location).status == 404
        assert not folder_of(home, location).exists()
    assert told_in_header(visitor) == ""


def test_a_delivery_saved_twice_is_saved_once_and_saving_cannot_be_stopped(signed_in, home, tmp_path):
    visitor = signed_in("other-clerk")
    location = send(visitor, projects(tmp_path / "少.xlsx", "ZW", 3))
    assert "可以保存" in look_at(visitor, location).words
    acts = count(home, "SELECT count(*) FROM journal_act")
    with halted(home):
        for _ in range(2):
            assert visitor.post(f"{location}/save").location == location
        queued = (
            f"SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND lock = '{NUMBER.search(location)[1]}'"
        )
        assert count(home, queued) == 1
        stopped = visitor.post(f"/jobs/{NUMBER.search(location)[1]}/stop")
        assert stopped.status == 400
        assert "不能取消" in stopped.words
    assert "已保存：新增 3 行" in look_at(visitor, location).words
    assert visitor.post(f"{location}/save").location == location
    assert "已保存：新增 3 行" in visitor.get(location).words
    assert count(home, "SELECT count(*) FROM journal_act") == acts + 1
    assert visitor.post(f"/jobs/{NUMBER.search(location)[1]}/stop").status == 400


def test_a_worker_killed_in_the_middle_of_a_save_is_started_again_and_completes_it_once(signed_in, home, tmp_path):
    visitor = signed_in("other-clerk")
    location = send(visitor, projects(tmp_path / "多.xlsx", "KI", MANY))
    assert "可以保存" in look_at(visitor, location).words
    (number,) = workers_of(home)
    visitor.post(f"{location}/save")
    reaches(home, location, '"step": "writing"')
    os.kill(number, signal.SIGKILL)
    assert runs(visitor.get(location))
    assert "已保存：新增" in look_at(visitor, location).words
    assert workers_of(home) not in ([], [number])
    assert count(home, "SELECT count(*) FROM projects_project WHERE key LIKE '%/KI-%'") == MANY
    assert count(home, "SELECT count(DISTINCT act_id) FROM projects_project WHERE key LIKE '%/KI-%'") == 1
    assert count(home, "SELECT count(*) FROM journal_entry WHERE record_key LIKE '%/KI-%'") == MANY


def test_the_queue_holds_no_word_of_what_was_sent(home):
    told = count(
        home,
        "SELECT string_agg(DISTINCT array_to_string(ARRAY(SELECT jsonb_object_keys(args) ORDER BY 1), ','), ';') FROM procrastinate_jobs",
    )
    assert told == "delivery,user"
    assert count(home, "SELECT count(*) FROM procrastinate_jobs WHERE length(args ->> 'delivery') <> 24") == 0


def test_a_long_article_is_checked_in_the_background(signed_in, home):
    visitor = signed_in("viewer")
    article = (office.ROOT / "examples" / "article.txt").read_text("utf-8")
    with halted(home):
        sent = visitor.post("/check", {"text": article * 40})
        assert runs(visitor.get(sent.location))
    answer = ended(visitor, sent.location)
    assert answer.text.count('class="claim"') > 1000
    whole = visitor.get(f"{sent.location}/json")
    assert whole.headers["content-type"].startswith("application/json")
    assert whole.text.count('"verdict"') > 1000
    assert signed_in("auditor").get(sent.location).status == 404


@contextmanager
def page_of(chromium, site, visitor, *, width=1440, scripts=True):
    """A page of somebody signed in; at its end the browser has not complained."""
    complaints = []
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale="zh-CN", base_url=site, java_script_enabled=scripts
    )
    context.add_cookies([{"name": "shanhai", "value": visitor.cookies["shanhai"], "url": site}])
    page = context.new_page()
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def choose(page, path):
    page.goto("/upload")
    page.get_by_label("工作簿").set_input_files(str(path))
    page.get_by_role("button", name="试读").click()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_the_progress_page_is_sound_and_goes_on_by_itself(chromium, site, signed_in, home, tmp_path, width):
    with page_of(chromium, site, signed_in("other-clerk"), width=width) as page:
        with halted(home):
            choose(page, projects(tmp_path / "少.xlsx", f"BR{width}", 2))
            expect(page.get_by_role("progressbar")).to_be_visible()
            assert page.get_by_role("progressbar").get_attribute("aria-valuenow") == "0"
            expect(page.get_by_role("status")).to_contain_text("排在前面的工作做完就开始")
            is_sound(page)
            with page.expect_response(lambda answer: "/upload/" in answer.url):
                pass
            expect(page.get_by_role("progressbar")).to_be_visible()
            is_sound(page)
            page.goto("/jobs")
            expect(page.get_by_role("link", name="试读：少.xlsx")).to_be_visible()
            is_sound(page)
            page.get_by_role("link", name="1 项正在处理").click()
            expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.get_by_text("可以保存：新增 2 行")).to_be_visible(timeout=10_000)
        is_sound(page)


@pytest.mark.browser
def test_without_scripts_the_progress_page_loads_itself_again(chromium, site, signed_in, home, tmp_path):
    with page_of(chromium, site, signed_in("other-clerk"), scripts=False) as page:
        with halted(home):
            choose(page, projects(tmp_path / "少.xlsx", "NS", 2))
            expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.get_by_text("可以保存：新增 2 行")).to_be_visible(timeout=10_000)
