"""Passwords that were found in a breach, looked up in a file of this machine: nothing is asked of the network.

The file (setting BREACHED_PASSWORDS): lines `SHA-1 in capitals:count`, ordered by hash. It is never read as a whole.
"""

import hashlib
import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def stands_in(path: str, digest: str) -> bool:
    """Whether a hash stands in the ordered file: a binary search over its bytes, some thirty short reads."""
    wanted = digest.upper().encode()
    with Path(path).open("rb") as file:
        low, high = 0, os.fstat(file.fileno()).st_size
        while low < high:  # the first line that begins at or after `low` and is not smaller than `wanted`
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.seek(middle - 1)
                file.readline()
            found = file.readline()[:40].upper()
            if found == wanted:
                return True
            if found and found < wanted:
                low = file.tell()
            else:
                high = middle
    return False


class NotBreached:
    """Refuses passwords of the file; without a file it refuses none."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()
        try:
            found = bool(settings.BREACHED_PASSWORDS) and stands_in(settings.BREACHED_PASSWORDS, digest)
        except OSError as error:  # it was there at the start, or `check` would have said so
            log.error("BREACHED_PASSWORDS cannot be read (%s): this password was not looked up.", error.strerror)  # noqa: TRY400 (no trace)
            found = False
        if found:
            raise ValidationError(_("This password is known to thieves: choose another one."), "breached")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("A password that was stolen somewhere before is not taken.")
