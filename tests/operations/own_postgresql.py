"""A PostgreSQL that is not the embedded home: a second cluster of the same programs over TCP, laid out as docs/do says."""

import contextlib
import secrets
import subprocess
import time

import psycopg
from nginx import block
from serving import ROOT, free_port

from shanhai.database import programs
from shanhai.database.home import Home
from shanhai.database.nonroot import way_for

GUIDE = (ROOT / "docs" / "do" / "own-postgresql.md").read_text("utf-8")


def statements():
    """The blocks of SQL of the guide: in the server, in the database, before migrating, after it."""
    return [[line for line in text.splitlines() if line.strip()] for text in block("sql", text=GUIDE)]


class Server:
    """The running server: how its administrator, the owner and the web role reach it."""

    def __init__(self, port, password):
        self.port, self._admin = port, password
        self.passwords = {"建表口令": secrets.token_hex(12), "网站口令": secrets.token_hex(12)}

    def url(self, role, database="shanhai"):
        words = {
            "postgres": self._admin,
            "shanhai_owner": self.passwords["建表口令"],
            "shanhai_web": self.passwords["网站口令"],
        }
        return f"postgresql://{role}:{words[role]}@127.0.0.1:{self.port}/{database}"

    def run(self, lines, database="shanhai"):
        """Statements of the guide, with the passwords chosen here."""
        with psycopg.connect(self.url("postgres", database), autocommit=True) as admin:
            for line in lines:
                for written, chosen in self.passwords.items():
                    line = line.replace(written, chosen)
                admin.execute(line)

    @property
    def surroundings(self):
        """What the environment of the program says of it."""
        return {"DATABASE_URL": self.url("shanhai_web"), "DATABASE_OWNER_URL": self.url("shanhai_owner")}


@contextlib.contextmanager
def server(folder):
    """Make and start the server in a folder; ended and gone afterwards."""
    folder.mkdir()
    way, data, port, password = way_for(Home.at(folder)), folder / "data", free_port(), secrets.token_hex(12)
    data.mkdir(mode=0o700)
    (folder / "password").write_text(password)
    way.hand_over(folder)
    made = programs.run(
        way.command(
            "run", "initdb", f"--pgdata={data}", "--username=postgres", f"--pwfile={folder / 'password'}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync",
        )
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            way.command("run", "postgres", "-D", str(data), *options),
            env=programs.environment(), stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        running = Server(port, password)
        _await(running, process, folder / "server.log")
        yield running
    finally:
        process.terminate()
        process.wait(timeout=60)


def _await(running, process, log):
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(running.url("postgres", "postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text("utf-8", "replace")[-3000:])
