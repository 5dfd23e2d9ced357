"""Failed attempts to sign in."""

from datetime import UTC, datetime, timedelta

from shanhai.web.attempts import MOST, WITHIN, Attempts

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMES = ("account chen", "address 10.0.0.1")


def failed(times, *, at=NOON, names=NAMES):
    attempts = Attempts()
    for number in range(times):
        attempts.failed(names, now=at + timedelta(seconds=number))
    return attempts


def test_nine_failures_wait_for_nothing():
    assert not failed(MOST - 1).wait(NAMES, now=NOON + timedelta(minutes=1))


def test_ten_failures_of_one_account_wait_until_the_first_is_fifteen_minutes_old():
    attempts = failed(MOST)
    assert attempts.wait(("account chen",), now=NOON + timedelta(minutes=5)) == timedelta(minutes=10)
    assert not attempts.wait(("account chen",), now=NOON + WITHIN)


def test_one_address_waits_whatever_account_it_tries_next():
    attempts = failed(MOST)
    assert attempts.wait(("account li", "address 10.0.0.1"), now=NOON + timedelta(minutes=1))
    assert not attempts.wait(("account li", "address 10.0.0.2"), now=NOON + timedelta(minutes=1))


def test_a_right_password_forgets_the_failures_of_the_account_and_not_of_the_address():
    attempts = failed(MOST)
    attempts.succeeded("account chen")
    now = NOON + timedelta(minutes=1)
    assert not attempts.wait(("account chen",), now=now)
    assert attempts.wait(("address 10.0.0.1",), now=now)
