"""How often somebody may try a code: so many tries from one address, and so many in all."""

from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casework.signing_in.throttle import address_of
from casework.status_lookup.models import StatusTry

TRIES_OF_ONE = 10
WINDOW_OF_ONE = timedelta(minutes=10)
TRIES_OF_ALL = 200
WINDOW_OF_ALL = timedelta(minutes=1)


def sender_of(request: HttpRequest) -> str:
    """A keyed hash of the address of the visitor, another one every day.

    X-Forwarded-For is read only as far as our own proxies wrote it: anybody may write it.
    """
    day, address = timezone.localdate(), address_of(request) or ""
    return salted_hmac("casework.status_lookup.sender", f"{day} {address}", algorithm="sha256").hexdigest()


def may_try(sender: str) -> bool:
    """Count a try, and say whether it is allowed. What is too old to count is deleted. A refused try is not counted."""
    now = timezone.now()
    with transaction.atomic():
        # One after the other: two tries at once must not both be the last one that is allowed.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('status_lookup:tries', 0))")
        StatusTry.objects.filter(at__lte=now - max(WINDOW_OF_ONE, WINDOW_OF_ALL)).delete()
        of_one = StatusTry.objects.filter(sender=sender, at__gt=now - WINDOW_OF_ONE).count()
        of_all = StatusTry.objects.filter(at__gt=now - WINDOW_OF_ALL).count()
        if of_one >= TRIES_OF_ONE or of_all >= TRIES_OF_ALL:
            return False
        StatusTry.objects.create(sender=sender, at=now)
    return True
