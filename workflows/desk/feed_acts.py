"""Making and revoking the private address of a calendar: acts on the chain of the person."""

import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.organisations.models import User
from workflows.desk.models import FeedKey


def digest_of(secret: str) -> str:
    """What is stored of a secret. It is 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class _OwnFeed(Act):
    """An act of a person on her own address."""

    def lock(self, unit: Unit) -> None:
        User.objects.select_for_update().get(pk=unit.by.pk)
        unit.chain = f"user:{unit.by.pk}"

    def authorise(self, unit: Unit) -> None:
        """Everybody for herself; the chain is her own."""


@dataclass(frozen=True)
class MakeFeed(_OwnFeed):
    """A new address; the one before ends. The secret itself never comes here."""

    verb: ClassVar[str] = "feed.made"

    digest: str

    def change(self, unit: Unit) -> dict[str, Any]:
        for before in FeedKey.objects.filter(user=unit.by, revoked_at=None):
            unit.change(before, revoked_at=timezone.now())
        key = unit.add(FeedKey(user=unit.by, digest=self.digest))
        return {"key": key.pk}


@dataclass(frozen=True)
class RevokeFeed(_OwnFeed):
    """The address answers no more."""

    verb: ClassVar[str] = "feed.revoked"

    def change(self, unit: Unit) -> dict[str, Any]:
        key = FeedKey.objects.filter(user=unit.by, revoked_at=None).first()
        if key is None:
            raise ActionNotPossible(_("There is no calendar address to revoke."))
        unit.change(key, revoked_at=timezone.now())
        return {"key": key.pk}
