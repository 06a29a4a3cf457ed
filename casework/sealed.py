"""Values that the database holds sealed: whoever reads the database alone cannot read them.

AES-GCM with a fresh nonce for each value. `FIELD_KEYS` are secrets outside the database: the first one seals, all
of them open, so a key is changed by putting a new one in front and running `manage.py rotate_keys`. What a value
belongs to (`about`) is authenticated with it: moved to another row it does not open.
"""

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12  # bytes


class CannotOpen(Exception):
    """No key of this installation opens the value, or it was changed or moved."""


def _key(secret: str) -> bytes:
    return hashlib.sha256(b"dong-hanh field\n" + secret.encode()).digest()


def _name(secret: str) -> str:
    """The name of a key; it tells nothing about it."""
    return hashlib.sha256(b"dong-hanh field name\n" + secret.encode()).hexdigest()[:8]


def seal(text: str, about: str) -> str:
    """Seal a text that belongs to `about`, such as "second-factor:7"."""
    secret, nonce = settings.FIELD_KEYS[0], os.urandom(_NONCE)
    sealed = AESGCM(_key(secret)).encrypt(nonce, text.encode(), about.encode())
    return f"{_name(secret)}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, about: str) -> str:
    """The text. Raises CannotOpen."""
    name, _colon, content = sealed.partition(":")
    for secret in settings.FIELD_KEYS:
        if _name(secret) == name:
            try:
                content_bytes = base64.b64decode(content, validate=True)
                opened = AESGCM(_key(secret)).decrypt(content_bytes[:_NONCE], content_bytes[_NONCE:], about.encode())
            except (InvalidTag, ValueError) as error:
                raise CannotOpen(about) from error
            return opened.decode()
    raise CannotOpen(about)


def is_current(sealed: str) -> bool:
    """Whether a value is sealed with the key that seals now."""
    return sealed.startswith(f"{_name(settings.FIELD_KEYS[0])}:")
