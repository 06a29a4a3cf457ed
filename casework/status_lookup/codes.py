"""Drawing, reading and hashing look-up codes."""

import re
import secrets

from django.utils.crypto import salted_hmac

# Without 0, O, 1, I and L, which look alike on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BETWEEN = re.compile(r"[\s.\-–_]+")


def draw_code() -> str:
    """A new code, plain: 12 characters, 59 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def in_groups(code: str) -> str:
    """A code as it is printed: ABCD-EFGH-JKMN."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str | None:
    """The plain code that somebody typed, with or without groups, in small or capital letters; None if it is none."""
    code = _BETWEEN.sub("", typed).upper()
    return code if _CODE.fullmatch(code) else None


def code_hash(code: str) -> str:
    """What is stored of a code: keyed with the secret of the installation, so the table alone opens nothing."""
    return salted_hmac("casework.status_lookup.code", code, algorithm="sha256").hexdigest()
