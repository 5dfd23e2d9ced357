"""Personal values as ciphertext: a key per person, wrapped by the home's master key, and a keyed blind index.

The master key lies in the keys folder, outside the data folder and its backups. Destroying a wrapped key
makes everything sealed under it unreadable, while digests of the ciphertext, and so the journal, still hold.
"""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from shanhai.base.identifiers import mask_identity, mask_name

_NONCE = 12


def _master() -> bytes:
    key: bytes = settings.MASTER_KEY
    return key


def _seal(key: bytes, text: bytes, *, bound: bytes | None = None) -> str:
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, text, bound)).decode()


def _unseal(key: bytes, sealed: str, *, bound: bytes | None = None) -> bytes:
    body = base64.b64decode(sealed)
    return AESGCM(key).decrypt(body[:_NONCE], body[_NONCE:], bound)


def key_for(purpose: str) -> bytes:
    """A key of its own for one purpose, made from the home's master key."""
    return hmac.new(_master(), purpose.encode(), hashlib.sha256).digest()


def seal_value(purpose: str, owner: str, text: str) -> str:
    """A secret of the home as ciphertext, bound to whose it is: it opens for nobody else."""
    return _seal(key_for(purpose), text.encode(), bound=owner.encode())


def open_value(purpose: str, owner: str, sealed: str) -> str:
    """The secret that `seal_value` sealed; a foreign owner or another master key opens nothing (InvalidTag)."""
    return _unseal(key_for(purpose), sealed, bound=owner.encode()).decode()


def blind_index(identity: str) -> str:
    """A keyed fingerprint by which an identity number is found without being readable."""
    key = key_for("blind index")
    return hmac.new(key, identity.upper().encode(), hashlib.sha256).hexdigest() if identity else ""


def name_index(name: str) -> str:
    """A keyed fingerprint by which records of one name are found without the name being readable."""
    return hmac.new(key_for("name index"), name.encode(), hashlib.sha256).hexdigest()[:32] if name else ""


def seal_person(name: str, identity: str, *, wrapped: str = "") -> tuple[dict[str, str], str]:
    """The sealed columns of a person, and the person's key wrapped by the master key: a new one, or the one given."""
    key = _unseal(_master(), wrapped) if wrapped else AESGCM.generate_key(256)
    columns = {
        "name_sealed": _seal(key, name.encode()),
        "identity_sealed": _seal(key, identity.encode()) if identity else "",
        "identity_index": blind_index(identity),
        "identity_mask": mask_identity(identity) if identity else "",
        "name_mask": mask_name(name),
        "name_index": name_index(name),
    }
    return columns, wrapped or _seal(_master(), key)


def open_sealed(wrapped: str, sealed: str) -> str:
    """The plain value under a person's wrapped key; a destroyed or foreign key opens nothing (InvalidTag)."""
    return _unseal(_unseal(_master(), wrapped), sealed).decode()
