"""The application's own secrets in the keys folder: session proofs, the master key, the journal's signing key."""

import base64
import os
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shanhai.database.home import Home

SIGNING_KEY = "journal-signing.key"
_FILES = {
    "django": "application.secret",
    "session": "session.secret",
    "master": "master.key",
    "signing": SIGNING_KEY,
}


@dataclass(frozen=True)
class ApplicationSecrets:
    """Secrets that never enter the database folder or a backup; out of any printed form."""

    django: str = field(repr=False)
    session: str = field(repr=False)
    master: bytes = field(repr=False)
    signing: bytes = field(repr=False)


def ensure_secrets(home: Home) -> ApplicationSecrets:
    """Make what is missing (0600 in the 0700 folder) and answer all."""
    home.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in _FILES.values():
        path = home.keys / name
        if not path.exists():
            part = path.with_name(f"{path.name}.{os.getpid()}.part")
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(base64.b64encode(secrets.token_bytes(32)))
            part.rename(path)
    return application_secrets(home)


def application_secrets(home: Home) -> ApplicationSecrets:
    """The secrets of a home; where it is not set up yet, passing ones that open nothing later."""
    found = {name: home.keys / file for name, file in _FILES.items()}
    read = {
        name: path.read_bytes() if path.exists() else base64.b64encode(secrets.token_bytes(32))
        for name, path in found.items()
    }
    return ApplicationSecrets(
        django=read["django"].decode(), session=read["session"].decode(),
        master=base64.b64decode(read["master"]), signing=base64.b64decode(read["signing"]),
    )  # fmt: skip


def signing_key(secret: bytes) -> Ed25519PrivateKey:
    """The key that signs the heads of the journal."""
    return Ed25519PrivateKey.from_private_bytes(secret)
