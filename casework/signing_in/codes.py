"""Codes of an app (RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes on paper."""

import base64
import hmac
import secrets
import struct
import time
from urllib.parse import quote, urlencode

from django.utils.crypto import salted_hmac

STEP = 30  # seconds
DIGITS = 6
RECOVERY_CODES = 10
# Without letters and digits that look alike on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """A key of 160 bits, in base32 as apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of a time step (seconds since 1970 by thirty)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def current_step() -> int:
    """The time step of now."""
    return int(time.time()) // STEP


def step_of(secret: str, code: str, after: int) -> int | None:
    """The step whose code this is, one step early or late allowed; None if wrong or not later than `after`."""
    now = current_step()
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def otpauth(secret: str, username: str) -> str:
    """The address by which an app on the same phone takes the key."""
    label = quote(f"Đồng Hành:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': 'Đồng Hành'})}"


def in_groups(secret: str) -> str:
    """The key in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def new_recovery_codes() -> list[str]:
    """Ten codes of twelve letters."""
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
            for _ in range(RECOVERY_CODES)]  # fmt: skip


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code. They are random and long: a keyed hash is enough."""
    plain = code.replace("-", "").replace(" ", "").lower()
    return salted_hmac("casework.signing_in.recovery", plain, algorithm="sha256").hexdigest()
