"""Heads of the journal signed outside the database: one line per link in a file beside it.

Who can rewrite the whole database still cannot sign; who cuts the tail of the journal is shown by the file.
"""

import base64
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection

from shanhai.database.keys import SIGNING_KEY, application_secrets, signing_key
from shanhai.journal.faults import reach

#: The file's last lines, enough of them to hold a whole one.
_TAIL = 4096


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The head of link `n`, hexadecimal, and its signature."""

    n: int
    head: str
    signature: str

    def holds(self, key: Ed25519PrivateKey) -> bool:
        """Whether the signature is by this key."""
        try:
            key.public_key().verify(base64.b64decode(self.signature, validate=True), f"{self.n}:{self.head}".encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def heads_file() -> Path:
    """Where the signed heads are appended."""
    path: Path = settings.HOME.root / "journal-heads.jsonl"
    return path


def read_heads() -> Iterator[SignedHead]:
    """The signed heads in their order; a line cut by a crash is passed over, for its link is signed again."""
    path = heads_file()
    if path.exists():
        with path.open("rb") as file:
            yield from _heads(file)


def _heads(lines: Iterable[bytes]) -> Iterator[SignedHead]:
    for line in lines:
        try:
            yield SignedHead(**json.loads(line))
        except (ValueError, TypeError):
            continue


def last_signed() -> int:
    """The last link whose head is signed; 0 where none is."""
    try:
        with heads_file().open("rb") as file:
            return max((head.n for head in _heads(_tail(file).splitlines())), default=0)
    except FileNotFoundError:
        return 0


def head_signable() -> bool:
    """Whether the next head could be signed: the key is there, is the one that signed the last, and the file takes it."""
    path, key_file = heads_file(), settings.HOME.keys / SIGNING_KEY
    if not (key_file.exists() and os.access(path if path.exists() else path.parent, os.W_OK)):
        return False
    key = signing_key(application_secrets(settings.HOME).signing)
    if not path.exists():
        return True
    with path.open("rb") as file:
        last = list(_heads(_tail(file).splitlines()))[-1:]
    return all(head.holds(key) for head in last)


def sign_new_heads() -> int:
    """Sign the links that are committed and not in the file yet; answers how many.

    Called after each act and at each start.
    """
    key = signing_key(application_secrets(settings.HOME).signing)
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        tail = _tail(file)
        signed = max((head.n for head in _heads(tail.splitlines())), default=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT n, encode(head, 'hex') FROM journal_link WHERE n > %s ORDER BY n", [signed])
            fresh = cursor.fetchall()
        reach("head.signing")
        if tail and not tail.endswith(b"\n"):
            file.write(b"\n")
        for n, head in fresh:
            signature = base64.b64encode(key.sign(f"{n}:{head}".encode())).decode()
            file.write((json.dumps({"n": n, "head": head, "signature": signature}) + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
    return len(fresh)


def _tail(file: BinaryIO) -> bytes:
    """The end of the file; a first line cut in two by where it begins is passed over like any other."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _TAIL))
    return file.read()
