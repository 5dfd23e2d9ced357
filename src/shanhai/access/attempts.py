"""Failed attempts to sign in, counted in the database for every process of the site at once.

An account and an address each have their count. After a few failures each next attempt waits, every time twice as
long; a right password is not even looked at meanwhile. An unknown account is counted like a known one.
"""

from django.db import connection

from shanhai.access.sessions import proof

#: Failures after which waiting begins, and the longest wait in seconds: an office shares an address, an account is one's own.
ACCOUNT, ADDRESS = (5, 12 * 60 * 60), (20, 60 * 60)


def names_of(username: str, address: str) -> tuple[str, str]:
    """Under what an attempt is counted: the account first."""
    return f"account {username}", f"address {address}"


def wait(names: tuple[str, str]) -> int:
    """How many seconds the next attempt must wait; others on the same account stand in line until this one is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_wait(%s)", [list(names)])
        return int(cursor.fetchone()[0])


def failed(names: tuple[str, str]) -> None:
    """Note a failure of the account and of the address."""
    with connection.cursor() as cursor:
        for name, (allowed, longest) in zip(names, (ACCOUNT, ADDRESS), strict=True):
            cursor.execute("SELECT access_failed(%s, %s, %s)", [name, allowed, longest])


def succeeded(names: tuple[str, str]) -> None:
    """Forget the failures of an account that was signed in to; the address keeps its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_succeeded(%s, %s)", [names[0], proof("succeeded", names[0])])
