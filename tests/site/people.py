"""People of the office who come in through the front door: made on the command line, settled in by their first sign-in."""

import re
import subprocess
import sys
import time

import psycopg
import pyotp
from office import ROOT, environment_of
from visiting import Visitor

from shanhai.database import Cluster
from shanhai.database.home import Home

OWN = "海到山里一千公里路远"
_HANDED = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")


def run(home, *arguments):
    """A command of the office; answers what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "shanhai.cli", *arguments], env=environment_of(home) | {"COLUMNS": "300"}, cwd=ROOT,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def add(home, name, role, *more):
    """A new account; answers the password that was handed out."""
    return handed(run(home, "user", "add", name, "--name", f"示例 {name}", "--role", role, *more))


def handed(text):
    return _HANDED.search(text)[0]


def settle(site, name, password, *, address="127.0.0.9", own=OWN):
    """Sign in for the first time: a password of one's own, and the second factor where it is demanded."""
    visitor = Visitor(site, address=address)
    answer = visitor.sign_in(name, password)
    assert "/sign-in/password" in answer.location, answer.words
    answer = visitor.post("/sign-in/password", {"new_password": own, "new_again": own})
    secret = ""
    if "/sign-in/second-factor" in answer.location:
        secret = secret_on(visitor.get(answer.location))
        answer = visitor.post("/sign-in/second-factor", {"code": code_of(secret, -1)})
        assert answer.status == 200, answer.words
    return visitor, secret


def secret_on(answer):
    return re.search(r"<code>([A-Z2-7 ]+)</code>", answer.text)[1].replace(" ", "")


def code_of(secret, steps=0):
    """The code so many steps from now; not at the very end of a step, when it would be another one's at once."""
    while time.time() % 30 > 25:
        time.sleep(0.5)
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


def database(home):
    """The office's database as its administrator, to turn clocks back."""
    cluster = Cluster(Home.at(home / "home", home / "keys"))
    return psycopg.connect(cluster.url("admin"), autocommit=True)
