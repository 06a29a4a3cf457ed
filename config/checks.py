"""What must hold of the database before the product starts. Imported by config/apps.py."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DEFAULT_DB_ALIAS, NotSupportedError, OperationalError, connections

from config.roles import is_mighty

OLDEST = 150_000  # PostgreSQL 15, as the server itself counts


_TOO_MIGHTY = Caution(
    "The product connects to its database as an owner of tables or as somebody even mightier.",
    hint="Give it a plain role in DATABASE_URL and the owner in DATABASE_OWNER_URL, then run migrate.",
    id="config.W001",
)


@register(Tags.database)
def check_database_version(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse another database than PostgreSQL 15 or newer, in one sentence. Runs when `databases` names it."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return [_refusal(connection.vendor)]
    try:
        version = _version(connection)
    except NotSupportedError as error:  # Django itself refuses what is older than it knows
        return [_refusal(str(error))]
    except OperationalError as error:
        return [Error(f"The database does not answer: {error}".strip(), id="config.E002")]
    if version < OLDEST:
        return [_refusal(f"PostgreSQL {version // 10_000}")]
    return [_TOO_MIGHTY] if is_mighty() else []


def _version(connection: Any) -> int:
    connection.ensure_connection()
    return connection.connection.server_version


def _refusal(found: str) -> Error:
    return Error(
        f"Đồng Hành needs PostgreSQL 15 or newer, and DATABASE_URL leads to something else ({found}).",
        hint="Set DATABASE_URL to a newer server, or unset it: then the embedded one is used.",
        id="config.E001",
    )


@register(Tags.security)
def check_breached_passwords(**kwargs: Any) -> list[CheckMessage]:
    """The file of breached passwords can be read and its first lines are ordered; behind HTTPS there is one."""
    path = settings.BREACHED_PASSWORDS
    if not path:
        hint = "Set BREACHED_PASSWORDS to a file of lines SHA-1:count, ordered by hash."
        text = "Passwords that were stolen elsewhere are not refused."
        return [Caution(text, hint=hint, id="config.W002")] if settings.HTTPS else []
    try:
        with Path(path).open("rb") as file:
            first = [line[:40].upper() for line in islice(file, 1000)]
    except OSError as error:
        return [Error(f"BREACHED_PASSWORDS cannot be read: {error.strerror}.", id="config.E003")]
    if first != sorted(first) or not all(re.fullmatch(rb"[0-9A-F]{40}", one) for one in first):
        return [Error("BREACHED_PASSWORDS is no list of SHA-1 hashes ordered by hash.", id="config.E004")]
    return []
