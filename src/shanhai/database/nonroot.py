"""PostgreSQL refuses to be root: the ways to run its programs as somebody else."""

import os
import pwd
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shanhai.database import programs
from shanhai.database.home import Home
from shanhai.database.refusals import unavailable

LAUNCHER = Path(__file__).with_name("launch.py")
WAYS_OF_ROOT = ("namespace", "setuid", "setuid_reaching")


@dataclass(frozen=True)
class Way:
    """One way to run a program: its name in `launch.py`, the user it runs as there, and where it stands."""

    name: str
    uid: int
    gid: int
    folder: Path

    def command(self, mode: str, name: str, *arguments: str) -> list[str]:
        """The command line that runs a PostgreSQL program this way."""
        # -I and -S: nothing of the user's Python set-up is needed, and it starts in a fraction of the time.
        launch = [sys.executable, "-I", "-S", str(LAUNCHER), self.name, str(self.uid), str(self.gid)]
        return [*launch, str(self.folder), mode, programs.program(name), *arguments]

    @property
    def file_owner(self) -> int:
        """Who the files of the cluster belong to, seen from outside."""
        return self.uid if self.name.startswith("setuid") else os.geteuid()

    def hand_over(self, folder: Path) -> None:
        """Give a folder inside the data folder, and all in it, to the user of this way."""
        if self.file_owner != os.geteuid():
            os.chown(folder, self.uid, self.gid)
            for place, folders, files in os.walk(folder):
                for name in folders + files:
                    os.chown(Path(place, name), self.uid, self.gid, follow_symlinks=False)


def way_for(home: Home) -> Way:
    """The first way that works on this machine for this home, whose data folder must exist.

    Raises DatabaseUnavailable where the home belongs to another user, or where root finds no way to be another.
    """
    owner = (home.cluster if home.cluster.exists() else home.root).stat().st_uid
    if os.geteuid() == 0:
        return _way_of_root(home, owner)
    if owner != os.geteuid():
        raise unavailable(
            f"数据文件夹 {home.root} 属于用户 {_name(owner)}",
            expected=f"属于当前用户 {_name(os.geteuid())}",
            to_do=f"改用 {_name(owner)} 登录后再试，或把 SHANHAI_HOME 指向自己的数据文件夹",
        )
    return Way("same", os.geteuid(), os.getegid(), home.root)


def _way_of_root(home: Home, owner: int) -> Way:
    tried = []
    was = home.root.stat().st_uid
    for way in _candidates(home, owner):
        # The data folder itself is handed over before the trial: it may be closed to everybody but its owner.
        if way.file_owner != 0:
            os.chown(home.root, way.uid, -1)
        answer = programs.run(way.command("run", "postgres", "--version"))
        if answer.returncode == 0:
            return way
        os.chown(home.root, was, -1)
        tried.append(f"{way.name}: {answer.stderr.strip()[-200:]}")
    raise unavailable(
        f"当前是 root 用户，PostgreSQL 不允许以 root 运行，而本机又不允许改换用户（{'；'.join(tried)}）",
        expected="以普通用户运行，或本机允许用户命名空间（user namespace）",
        to_do="换一个普通用户执行同一命令，或设置 DATABASE_URL 与 DATABASE_OWNER_URL 使用自己的 PostgreSQL",
    )


def _candidates(home: Home, owner: int) -> Iterator[Way]:
    """The ways worth trying, best first; files that belong to another user already stay with that user."""
    users = list(_other_users()) if owner == 0 else [(owner, _group(owner))]
    for name in WAYS_OF_ROOT:
        if name != "namespace":
            yield from (Way(name, uid, gid, home.root) for uid, gid in users)
        elif owner == 0 and users:
            yield Way(name, *users[0], home.root)


def _other_users() -> Iterator[tuple[int, int]]:
    """Users to be instead of root, best first: who called sudo, the machine's own for databases, nobody."""
    sudo = os.environ.get("SUDO_UID", "")
    if sudo.isdigit() and int(sudo):
        yield int(sudo), _group(int(sudo))
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if user.pw_uid:
            yield user.pw_uid, user.pw_gid


def _group(uid: int) -> int:
    try:
        return pwd.getpwuid(uid).pw_gid
    except KeyError:
        return uid


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
