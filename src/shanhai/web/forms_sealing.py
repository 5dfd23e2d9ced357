"""Personal identifiers on their way through a form: what was typed comes back to the page only as ciphertext.

A form is sent several times before it is saved. A page that carried an identity number in a hidden field would show it
to whoever opens the page's source, keeps the page or prints it; the ciphertext opens only here, for the same user.
"""

import base64
import hashlib
import hmac
import json

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from shanhai.access.sessions import LIFETIME


def _key(purpose: bytes) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), purpose, hashlib.sha256).digest()


def seal(text: str, *, user_id: int, field: str) -> str:
    """A typed value as ciphertext for the pages of this user."""
    body = json.dumps([user_id, field, text]).encode()
    return Fernet(base64.urlsafe_b64encode(_key(b"form values"))).encrypt(body).decode()


def open_seal(sealed: str, *, user_id: int, field: str) -> str:
    """The value again; nothing where the seal is another user's or field's, too old, or forged."""
    try:
        body = Fernet(base64.urlsafe_b64encode(_key(b"form values"))).decrypt(
            sealed.encode(), ttl=int(LIFETIME.total_seconds())
        )
    except (InvalidToken, UnicodeEncodeError):
        return ""
    owner, name, text = json.loads(body)
    return str(text) if (owner, name) == (user_id, field) else ""


def mark_of(text: str) -> str:
    """A keyed fingerprint by which two values are told apart without being shown."""
    return hmac.new(_key(b"form marks"), text.encode(), hashlib.sha256).hexdigest()[:32] if text else ""
