"""The data folder of one office and the key folder that belongs to it."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from shanhai.database.refusals import unavailable

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 107


@dataclass(frozen=True)
class Home:
    """Where everything of one office lies: `root` (the data folder) and `keys` (never inside it)."""

    root: Path
    keys: Path

    @classmethod
    def at(cls, root: Path | str, keys: Path | str | None = None) -> "Home":
        """The home in a folder; its keys lie beside it as `<root>.keys` unless told otherwise.

        Raises Refused where the keys would lie inside the data folder, for then each backup would carry them.
        """
        root = Path(root).expanduser().resolve()
        keys = Path(keys).expanduser().resolve() if keys else root.with_name(f"{root.name}.keys")
        if keys == root or root in keys.parents:
            raise unavailable(
                f"密钥文件夹 {keys} 在数据文件夹 {root} 之内",
                expected="密钥放在数据文件夹之外，备份才不会把密钥一并带走",
                to_do="把 SHANHAI_KEYS 指向数据文件夹以外的位置",
            )
        return cls(root, keys)

    @property
    def cluster(self) -> Path:
        """The files of PostgreSQL."""
        return self.root / "cluster"

    @property
    def evidence(self) -> Path:
        """Evidence files, named by their content."""
        return self.root / "evidence"

    @property
    def log(self) -> Path:
        """What the server said; holds no values of records."""
        return self.root / "postgresql.log"

    @property
    def lock(self) -> Path:
        """Held while the server of this home is being started, stopped or replaced."""
        return self.root / "lock"

    @property
    def socket_record(self) -> Path:
        """Says where the socket lies when it cannot lie in the data folder."""
        return self.root / "socket-folder"

    @property
    def socket_folder(self) -> Path:
        """The private folder of the socket: in the data folder, or, where that path is too long for a socket
        (107 bytes) or holds a comma (which separates hosts in libpq), in the temporary folder under a hash."""
        inside = self.root / "run"
        if fits_a_socket(inside):
            return inside
        try:
            return Path(self.socket_record.read_text(encoding="utf-8").strip())
        except OSError:
            return _outside_folder(self.root)

    @property
    def volatile(self) -> frozenset[str]:
        """Names in the data folder that belong to the running server and to no backup; what was sent to be tried too."""
        return frozenset(
            {"cluster", "run", "lock", "postgresql.log", "postgresql.log.old", "socket-folder", "uploads", "metrics"}
        )


def home_from_environment() -> Home:
    """The home named by SHANHAI_HOME (else ./var) and SHANHAI_KEYS (else beside it)."""
    return Home.at(os.environ.get("SHANHAI_HOME") or "var", os.environ.get("SHANHAI_KEYS") or None)


def fits_a_socket(folder: Path) -> bool:
    """Whether a socket in this folder can be named to the kernel and to libpq."""
    path = os.fsencode(folder / SOCKET_NAME)
    return len(path) <= LONGEST_SOCKET and b"," not in path


def _outside_folder(root: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:20]
    folder = Path(tempfile.gettempdir()) / f"shanhai-{digest}"
    return folder if fits_a_socket(folder) else Path("/tmp") / folder.name  # noqa: S108 checked by private_folder


def private_folder(folder: Path, *, owner: int) -> None:
    """Make a folder that only `owner` (a uid, or this process's user) may enter, or accept it when it already is one.

    An existing folder is never loosened or tightened here: in a shared temporary folder somebody else may have laid
    it there, so a wrong owner or mode is refused.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        known = found.st_uid in {owner, os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or not known or found.st_mode & 0o077:
            raise unavailable(
                f"{folder} 已存在，但它不是只有本用户可进入的文件夹",
                expected="属于本用户、权限为 0700 的文件夹",
                to_do="检查是谁放在那里的，移走后再试",
            ) from None
