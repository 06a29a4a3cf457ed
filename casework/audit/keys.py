"""The key that signs checkpoints. It never lies in the database.

`AUDIT_KEY` names a file (PEM, PKCS 8, Ed25519) that only its owner may read; on a first start it is made. With
`AUDIT_SIGN_COMMAND` a program of the installation's own signs: it gets the bytes on its standard input and writes 64
bytes as hex; `AUDIT_KEY` then names the file of the public key.
"""

import contextlib
import hashlib
import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

# Nothing else that this key could ever be made to sign begins like this.
PURPOSE = b"dong-hanh checkpoint\n"
SIGN_WITHIN = 20  # seconds


class NoKey(Exception):
    """The key cannot be read or does not sign; the message says what to do."""


def key_id(public: bytes) -> str:
    """The name of a key: 16 hex digits of SHA-256 of its 32 public bytes."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True)
class Signer:
    """A key that can sign. `public` are its 32 bytes."""

    public: bytes
    private: Ed25519PrivateKey | None = None
    command: str = ""

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, text: str) -> str:
        """Sign the text of a checkpoint; 64 bytes as hex. Raises NoKey when the program does not sign."""
        message = PURPOSE + text.encode()
        signature = self.private.sign(message) if self.private else self._by_command(message)
        if not is_signed(text, signature.hex(), self.public):
            raise NoKey(f"AUDIT_SIGN_COMMAND does not sign with the key {self.id}.")
        return signature.hex()

    def _by_command(self, message: bytes) -> bytes:
        try:
            told = subprocess.run(  # noqa: S603 (the installation's own program)
                shlex.split(self.command), input=message, capture_output=True, check=True, timeout=SIGN_WITHIN
            )
            return bytes.fromhex(told.stdout.decode("ascii").strip())
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise NoKey(f"AUDIT_SIGN_COMMAND failed ({type(error).__name__}).") from error


def is_signed(text: str, signature: str, public: bytes) -> bool:
    """Whether the holder of a key signed the text of a checkpoint."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), PURPOSE + text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def signer(path: Path | None = None) -> Signer:
    """The installation's signer, or the one of a key file. Raises NoKey."""
    if path is None and settings.AUDIT_SIGN_COMMAND:
        return Signer(_public_key(settings.AUDIT_KEY), command=settings.AUDIT_SIGN_COMMAND)
    if path is None:
        make_key(settings.AUDIT_KEY)
    return _private_key(path or settings.AUDIT_KEY)


def make_key(path: Path) -> None:
    """Make a key file that only its owner may read, unless there is one."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = path.with_name(f"{path.name}.{os.getpid()}")
    drawn.touch(mode=0o600)
    drawn.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    # Of two first starts at once the first one's key holds, and nobody reads half a key.
    with contextlib.suppress(FileExistsError):
        os.link(drawn, path)
    drawn.unlink()


def _private_key(path: Path) -> Signer:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise NoKey(f"The signing key {path.name} cannot be read ({type(error).__name__}).") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"The signing key {path.name} is no Ed25519 key.")
    return Signer(_raw(key.public_key()), private=key)


def _public_key(path: Path) -> bytes:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NoKey(f"The public key {path.name} cannot be read ({type(error).__name__}).") from error
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey(f"The public key {path.name} is no Ed25519 key.")
    return _raw(key)


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
