"""The backup file: a tar whose last members are its list of contents and the checksum of that list."""

import contextlib
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from shanhai.database.refusals import DatabaseUnavailable, unavailable

FORMAT = 1
FIRST = "shanhai-backup"
DUMP = "database.dump"
FILES = "files/"
MANIFEST = "manifest.json"
CHECKSUM = "manifest.sha256"
PIECE = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: when and from what it was made, and each member with size and SHA-256."""

    made: dict[str, Any]
    members: dict[str, tuple[int, str]]


class _Digesting:
    """Reads a file once for two purposes: copying it into the archive and taking its digest."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.digest.update(piece)
        return piece


class Writing:
    """A backup being written; `add` each file, then `finish`."""

    def __init__(self, target: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 closed by finish
        self._members: dict[str, list[int | str]] = {}
        self._put(FIRST, f"{FORMAT}\n".encode())

    def add(self, name: str, path: Path) -> None:
        """Add a file under a name; its size is that at the time of opening, should it grow meanwhile."""
        with path.open("rb") as source:
            entry = tarfile.TarInfo(name)
            entry.size = os.fstat(source.fileno()).st_size
            entry.mtime = int(os.fstat(source.fileno()).st_mtime)
            entry.mode = 0o600
            reading = _Digesting(source)
            self._tar.addfile(entry, cast("IO[bytes]", reading))
        self._members[name] = [entry.size, reading.digest.hexdigest()]

    def finish(self, made: dict[str, Any]) -> None:
        """Write the list of contents and its checksum."""
        listing = {"made": made, "members": self._members}
        text = json.dumps(listing, ensure_ascii=False, sort_keys=True).encode()
        self._put(MANIFEST, text)
        self._put(CHECKSUM, f"{hashlib.sha256(text).hexdigest()}\n".encode())
        self._tar.close()

    def _put(self, name: str, content: bytes) -> None:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        entry.mode = 0o600
        self._tar.addfile(entry, io.BytesIO(content))


def is_backup(path: Path) -> bool:
    """Whether a file begins like a backup of ours."""
    try:
        with path.open("rb") as file:
            return file.read(len(FIRST)) == FIRST.encode()
    except OSError:
        return False


def verify(path: Path) -> Manifest:
    """Read the whole backup and compare every byte with its checksums; raises DatabaseUnavailable at the first flaw."""
    with _readable(path) as tar:
        seen: dict[str, tuple[int, str]] = {}
        tail: dict[str, bytes] = {}
        for entry in tar:
            source = tar.extractfile(entry) if entry.isreg() else None
            if source is None or entry.name in seen or entry.name in tail:
                raise _flawed(path, f"不应有的内容 {entry.name}")
            if entry.name in {FIRST, MANIFEST, CHECKSUM}:
                tail[entry.name] = source.read()
            else:
                seen[entry.name] = (entry.size, _digest(source))
    if not tail.keys() >= {FIRST, MANIFEST, CHECKSUM}:
        raise _flawed(path, "没有结尾的目录，文件不完整")
    if hashlib.sha256(tail[MANIFEST]).hexdigest().encode() != tail[CHECKSUM].strip():
        raise _flawed(path, "目录与其校验和不符")
    return _compared(path, tail, seen)


def _compared(path: Path, tail: dict[str, bytes], seen: dict[str, tuple[int, str]]) -> Manifest:
    if tail[FIRST].strip() != str(FORMAT).encode():
        raise unavailable(
            f"备份文件 {path} 的格式是 {tail[FIRST].decode('utf-8', 'replace').strip()}",
            expected=f"格式 {FORMAT}",
            to_do="用写成它的那一版软件，或更新的版本来恢复",
        )
    listing = json.loads(tail[MANIFEST])
    members = {name: (int(size), str(digest)) for name, (size, digest) in listing["members"].items()}
    different = sorted(name for name in members.keys() | seen.keys() if members.get(name) != seen.get(name))
    if different:
        raise _flawed(path, f"{different[0]} 等 {len(different)} 项与校验和不符")
    if DUMP not in members or any(not _stays_inside(name) for name in members):
        raise _flawed(path, "目录中有不应有的名称")
    return Manifest(made=listing["made"], members=members)


def unpack(path: Path, manifest: Manifest, into: Path) -> None:
    """Write the members of a verified backup below a folder, under their names."""
    with _readable(path) as tar:
        for entry in tar:
            source = tar.extractfile(entry) if entry.name in manifest.members else None
            if source is not None:
                target = into / entry.name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(target, source, mtime=entry.mtime)


def _write(target: Path, source: IO[bytes], *, mtime: float) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while piece := source.read(PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    os.utime(target, (mtime, mtime))


def _digest(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name == DUMP or (name.startswith(FILES) and len(parts) > 1 and ".." not in parts)


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar
    except tarfile.TarError as error:
        raise _flawed(path, "读到中途即告损坏") from error
    except OSError as error:
        raise unavailable(
            f"读不了备份文件 {path}（{error.strerror or error}）", expected="可读的备份文件", to_do="检查路径与权限"
        ) from error


def _flawed(path: Path, what: str) -> DatabaseUnavailable:
    return unavailable(
        f"备份文件 {path} 不完整或被改动：{what}",
        expected="与写成时逐字节相同的备份文件",
        to_do="换用另一份备份；现有数据没有改动",
    )
