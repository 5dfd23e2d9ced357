"""Background work: asked for once, done under its sender's rights, told step by step, kept for its sender alone."""

import json
from types import SimpleNamespace

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job

from shanhai.access import walls
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.database import Home
from shanhai.journal.models import Act
from shanhai.web import job_states, job_told, job_work, jobs, keeping
from shanhai.web.reading import Reading, read_as, reading

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = Home.at(tmp_path / "home", settings.HOME.keys)


@pytest.fixture
def toy(monkeypatch):
    """A kind of work that does what the test says; its calls are remembered."""
    found = SimpleNamespace(calls=[], does=lambda asked: {"told": "好"})

    def work(asked):
        found.calls.append(asked)
        return found.does(asked)

    monkeypatch.setitem(jobs.JOBS, "toy", jobs.Job("toy", "试一试", work, ("reading", "writing")))
    return found


@pytest.fixture
def clerk(acting):
    return acting("clerk", side="west")


def asked_for(actor, **given):
    delivery = keeping.reserve(actor, now=timezone.now(), told={"title": "阆中市张三的补助"})
    assert jobs.start(actor, delivery, "toy", **given)
    return delivery


def done(delivery, actor, *, attempts=0, abort=False):
    context = SimpleNamespace(should_abort=lambda: abort, job=SimpleNamespace(attempts=attempts))
    job_work.work(context, delivery=delivery.token, user=actor.user_id)
    return job_states.state_of(delivery)


def queue():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM procrastinate_jobs ORDER BY id")
        return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor.fetchall()]


def test_the_queue_is_told_a_token_and_a_number_and_nothing_else(clerk, toy):
    delivery = asked_for(clerk, reason="张三")
    (row,) = queue()
    args = row.pop("args")
    assert (json.loads(args) if isinstance(args, str) else args) == {
        "delivery": delivery.token,
        "user": clerk.user_id,
    }
    assert (row["lock"], row["task_name"], row["queueing_lock"]) == (delivery.token, "shanhai.work", None)
    assert "张三" not in str(row)


def test_work_asked_for_twice_is_asked_for_once(clerk, toy):
    delivery = asked_for(clerk)
    assert not jobs.start(clerk, delivery, "toy")
    assert len(queue()) == 1


def test_work_is_given_its_words_and_its_answer_is_kept(clerk, toy):
    delivery = asked_for(clerk, reason="核对")
    state = done(delivery, clerk)
    assert (state.phase, state.active) == ("done", False)
    assert delivery.answer() == {"told": "好"}
    (asked,) = toy.calls
    assert asked.given == {"reason": "核对"}
    assert asked.actor.username == clerk.username


def test_a_result_told_by_a_function_is_kept_in_each_language(clerk, toy):
    toy.does = lambda asked: lambda: {"told": say("保存")}
    delivery = asked_for(clerk)
    assert done(delivery, clerk).phase == "done"
    assert delivery.answer() == {"told": "保存"}
    with read_as(Reading("en")):
        assert delivery.answer() == {"told": "Save"}


def test_it_is_done_in_the_language_and_unit_of_who_asked(clerk, toy):
    seen = []
    toy.does = lambda asked: seen.append((reading().language, reading().unit)) or {}
    with read_as(Reading("en", "wan")):
        delivery = asked_for(clerk)
    done(delivery, clerk)
    assert seen == [("en", "wan")]


def test_work_that_has_ended_is_not_done_again(clerk, toy):
    delivery = asked_for(clerk)
    done(delivery, clerk)
    done(delivery, clerk)
    assert len(toy.calls) == 1


def test_a_forged_order_for_another_users_delivery_does_nothing(clerk, acting, toy):
    delivery = asked_for(clerk)
    stranger = acting("finance", side="east")
    assert done(delivery, stranger).phase == "waiting"
    assert toy.calls == []


@pytest.mark.parametrize("token", ["../../etc", "", "gone-gone-gone"])
def test_an_order_for_what_is_not_there_does_nothing(clerk, toy, token):
    job_work.work(SimpleNamespace(), delivery=token, user=clerk.user_id)
    assert toy.calls == []


def test_what_is_refused_is_told_in_its_sentence(clerk, toy):
    def refuse(asked):
        raise Refused("账上没有这笔钱。")

    toy.does = refuse
    state = done(asked_for(clerk), clerk)
    assert (state.phase, state.sentence) == ("failed", "账上没有这笔钱。")


def test_what_nobody_foresaw_is_logged_and_told_without_its_inside(clerk, toy, caplog):
    toy.does = lambda asked: 1 // 0
    delivery = asked_for(clerk)
    with pytest.raises(ZeroDivisionError):
        done(delivery, clerk)
    state = job_states.state_of(delivery)
    assert state.phase == "failed"
    assert "没有保存任何内容" in state.sentence
    assert "division" not in state.sentence
    assert "division" in caplog.text


def test_what_it_wrote_before_it_failed_is_taken_back(clerk, toy, office):
    def write_then_fail(asked):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO journal_act (id, code, acted_at, acted_by, acted_by_name, reason, source, scope_id)"
                " VALUES (gen_random_uuid(), 'toy', now(), 'x', '', '', '{}', %s)",
                [office.scopes["331081-511381"]],
            )
        asked.tell("writing", 0, 0)
        raise Refused("不行。")

    toy.does = write_then_fail
    done(asked_for(clerk), clerk)
    assert not Act.objects.filter(code="toy").exists()


@pytest.mark.parametrize("problem", [JobAborted, OperationalError])
def test_work_cut_off_from_outside_is_begun_again_but_not_for_ever(clerk, toy, problem):
    def cut_off(asked):
        raise problem

    toy.does = cut_off
    delivery = asked_for(clerk)
    again = job_work._Again()
    for attempts, phase in ((0, "waiting"), (1, "waiting"), (2, "failed")):
        with pytest.raises(problem):
            done(delivery, clerk, attempts=attempts)
        queued = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
        decided = again.get_retry_decision(exception=problem(), job=queued)
        state = job_states.state_of(delivery)
        assert (state.phase != "failed") == (phase != "failed") == (decided is not None)
    assert "3 次" in state.sentence
    assert again.get_retry_decision(exception=ValueError(), job=queued) is None


def test_the_worker_on_its_way_out_ends_work_at_its_next_step(clerk, toy):
    delivery = asked_for(clerk)
    with pytest.raises(JobAborted):
        done(delivery, clerk, abort=True)
    assert job_states.state_of(delivery).active


def test_stopped_work_ends_at_its_next_step_and_leaves_nothing(clerk, toy):
    def stopped_meanwhile(asked):
        job_states.ask_to_stop(asked.delivery)
        asked.tell("writing", 1, 2)
        raise AssertionError("went on")

    toy.does = stopped_meanwhile
    delivery = asked_for(clerk)
    assert done(delivery, clerk) is None
    assert not delivery.folder.exists()
    assert jobs.running_of(clerk) == []


def test_stopped_after_its_last_step_is_stopped_all_the_same_unless_it_is_saved(clerk, toy):
    for saved, stays in ((False, False), (True, True)):
        toy.does = lambda asked, saved=saved: job_states.ask_to_stop(asked.delivery) or {"saved": saved}
        delivery = asked_for(clerk)
        done(delivery, clerk)
        assert delivery.folder.exists() == stays


def test_a_deactivated_account_does_nothing_any_more(committed, toy, settings, tmp_path):
    settings.HOME = Home.at(tmp_path / "home", settings.HOME.keys)
    with transaction.atomic():
        clerk = committed.sign_in("clerk", side="west")
        delivery = asked_for(clerk)
    with psycopg.connect(committed.urls.owner, autocommit=True) as owner:
        owner.execute("UPDATE access_user SET is_active = false WHERE id = %s", [clerk.user_id])
    state = done(delivery, clerk)
    assert state.phase == "failed"
    assert "停用" in state.sentence
    assert toy.calls == []


def test_the_session_of_the_work_ends_with_it(committed, toy, settings, tmp_path):
    settings.HOME = Home.at(tmp_path / "home", settings.HOME.keys)
    with transaction.atomic():
        clerk = committed.sign_in("clerk", side="west")
        delivery = asked_for(clerk)
    done(delivery, clerk)
    with psycopg.connect(committed.urls.admin) as admin:
        rows = admin.execute("SELECT ended_at IS NOT NULL FROM access_session ORDER BY id").fetchall()
    assert rows == [(False,), (True,)]


def test_every_page_tells_what_runs_and_what_has_ended_until_it_was_seen(clerk, acting, toy):
    delivery = asked_for(clerk)
    assert job_told.work_of(clerk)["told"] == say("{n} 项正在处理", n=1)
    done(delivery, clerk)
    assert [each[0].token for each in jobs.finished_of(clerk)] == [delivery.token]
    assert job_told.work_of(clerk)["told"] == say("{n} 项已有结果", n=1)
    assert job_told.work_of(acting("finance", side="east"))["lines"] == []
    jobs.seen(clerk, delivery)
    assert job_told.work_of(clerk) == {"told": "", "url": "/jobs", "lines": []}


def test_work_whose_day_is_over_is_forgotten(clerk, toy):
    asked_for(clerk).remove()
    assert jobs.running_of(clerk) == []


def test_progress_counts_steps_and_rows(clerk, toy):
    delivery = asked_for(clerk)
    state = job_states.state_of(delivery)
    assert job_told.progress_of(delivery, state)["percent"] == 0
    told = {}
    for step, so_far, total in (("reading", 0, 0), ("writing", 500, 1000)):
        state = job_states.keep_state(delivery, state, phase="running", step=step, done=so_far, total=total)
        told[step] = job_told.progress_of(delivery, state)
    assert (told["reading"]["percent"], told["writing"]["percent"]) == (0, 75)
    assert told["writing"]["told"] == "写入：500 / 1,000 行"
    assert [step["done"] for step in told["writing"]["steps"]] == [True, False]
    assert "阆中市张三的补助" in told["writing"]["label"]


def test_a_step_without_a_word_cannot_be_declared():
    with pytest.raises(ValueError, match="without a word"):
        jobs.job("toy.wordless", "x", steps=("no-such-step",))(lambda asked: {})


def test_its_file_is_handed_out_under_its_name_and_there_is_one(clerk, toy):
    def export(asked):
        asked.result("旧.csv").write_text("1", "utf-8")
        asked.result("清单.csv").write_text("2", "utf-8")
        return {}

    toy.does = export
    delivery = asked_for(clerk)
    done(delivery, clerk)
    name, path = jobs.result_of(delivery)
    assert (name, path.read_text("utf-8")) == ("清单.csv", "2")


def test_work_that_fell_out_of_the_queue_is_told_so(clerk, toy):
    delivery = asked_for(clerk)
    assert "没有运行" in job_told.standstill(delivery)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [job_told.WORKER_LOCK])
        try:
            assert job_told.standstill(delivery) == ""
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
            assert "中断" in job_told.standstill(delivery)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [job_told.WORKER_LOCK])


def test_what_a_dead_worker_left_is_queued_again_and_given_up_after_the_third_time(clerk, toy):
    fresh, worn = asked_for(clerk), asked_for(clerk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 2 WHERE lock = %s", [worn.token])
    assert job_work.take_up_again() == 2
    assert {row["lock"]: (row["status"], row["attempts"]) for row in queue()} == {
        fresh.token: ("todo", 1),
        worn.token: ("failed", 3),
    }
    assert job_states.state_of(fresh).active
    assert "3 次" in job_states.state_of(worn).sentence


def test_the_web_role_has_what_the_queue_needs_and_no_more(office):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, string_agg(privilege, ', ' ORDER BY place) FROM pg_class,"
            " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])"
            " WITH ORDINALITY AS each (privilege, place)"
            " WHERE relname LIKE 'procrastinate%%' AND relkind = 'r' AND has_table_privilege(oid, privilege) GROUP BY 1"
        )
        assert dict(cursor.fetchall()) == walls.QUEUE


def test_what_has_ended_is_removed_from_the_queue(clerk, toy):
    asked_for(clerk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
    async_to_sync(app.job_manager.delete_old_jobs)(-1)
    assert queue() == []
