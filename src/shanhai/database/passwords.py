"""Passwords of the database roles: random, one file each in the key folder, known to the server only as verifiers."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from shanhai.database.home import Home
from shanhai.database.refusals import unavailable

ROLES = {"web": "shanhai_web", "owner": "shanhai_owner", "admin": "shanhai_admin"}
ITERATIONS = 4096


def password_file(home: Home, role: str) -> Path:
    """Where the password of 'web', 'owner' or 'admin' is kept."""
    return home.keys / f"database-{role}.password"


def read_password(home: Home, role: str) -> str:
    """The password of a role; raises DatabaseUnavailable where its file is missing or unreadable."""
    path = password_file(home, role)
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise unavailable(
            f"读不到数据库口令文件 {path}（{error.strerror}）",
            expected="密钥文件夹与数据文件夹配套、且可由本用户读取",
            to_do="从密钥备份中恢复密钥文件夹，或把 SHANHAI_KEYS 指向正确的位置",
        ) from error


def ensure_passwords(home: Home) -> None:
    """Make the key folder (0700) and the passwords that are not there yet (0600)."""
    try:
        home.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unavailable(
            f"建不了密钥文件夹 {home.keys}（{error.strerror}）",
            expected="可写的位置",
            to_do="用 SHANHAI_KEYS 指定一个可写的位置后再试",
        ) from error
    if home.keys.stat().st_mode & 0o077:
        raise unavailable(
            f"密钥文件夹 {home.keys} 可被其他用户进入",
            expected="只有本用户可进入（权限 0700）",
            to_do=f"执行 chmod 700 {home.keys} 后再试",
        )
    for role in ROLES:
        path = password_file(home, role)
        if not path.exists():
            _write_private(path, secrets.token_urlsafe(32) + "\n")


def _write_private(path: Path, text: str) -> None:
    """Write whole or not at all: an interrupted run must not leave an empty password."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def verifier(password: str) -> str:
    """The SCRAM-SHA-256 verifier the server stores (RFC 5803), so that no password ever reaches it in clear.

    For passwords of plain ASCII only, such as those made here: others would need SASLprep first.
    """
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, ITERATIONS)
    client = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt64, client64, server64 = (base64.b64encode(part).decode() for part in (salt, client, server))
    return f"SCRAM-SHA-256${ITERATIONS}:{salt64}${client64}:{server64}"
