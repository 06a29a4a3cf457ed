"""Wrong passwords and codes slow the next try down: for a name at an address, and for a name from anywhere.

Never for an address alone: a whole commune office may share one. Names that do not exist are counted alike.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv4_address
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.ipv6 import is_valid_ipv6_address

from casework.signing_in.models import SignInAttempt


def address_of(request: HttpRequest) -> str | None:
    """The network address of the visitor, None when unknown.

    X-Forwarded-For counts only as far as our own proxies wrote it: TRUSTED_PROXIES places from its end.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        found = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else found
    return found if _is_address(found) else None


def _is_address(text: str) -> bool:
    try:
        validate_ipv4_address(text)
    except ValidationError:
        return is_valid_ipv6_address(text)
    return True


def hash_of(name: str) -> str:
    """What stands in the table for a name."""
    return salted_hmac("casework.signing_in", name.strip().casefold(), algorithm="sha256").hexdigest()


def one_at_a_time(name: str) -> None:
    """Make tries for one name wait for each other, until the transaction ends: no guessing in parallel."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sign-in:{hash_of(name)}"])


def refused_until(name: str, address: str | None) -> datetime | None:
    """When the next try for a name may be made; None when it may be made now. Two queries."""
    now = timezone.now()
    times = [_until_here(name, address), _until_anywhere(name)]
    return max((time for time in times if time and time > now), default=None)


def _wrong(name: str, since: datetime, **narrower: str | None) -> list[datetime]:
    """Times of the wrong tries after the last right one, newest first."""
    tries = SignInAttempt.objects.filter(name_hash=hash_of(name), at__gte=since, **narrower)
    times: list[datetime] = []
    for at, ok in tries.order_by("-at", "-pk").values_list("at", "ok")[: 20 + settings.SIGN_IN_WRONG_ANYWHERE]:
        if ok:
            break
        times.append(at)
    return times


def _until_here(name: str, address: str | None) -> datetime | None:
    window = timedelta(seconds=settings.SIGN_IN_WINDOW)
    wrong = _wrong(name, timezone.now() - window, address=address)
    limit = settings.SIGN_IN_WRONG_HERE
    return wrong[limit - 1] + window if len(wrong) >= limit else None


def _until_anywhere(name: str) -> datetime | None:
    """After so many wrong tries from anywhere each further one waits twice as long, up to the window."""
    wrong = _wrong(name, timezone.now() - timedelta(days=1))
    over = len(wrong) - settings.SIGN_IN_WRONG_ANYWHERE
    if over < 0:
        return None
    return wrong[0] + timedelta(seconds=min(2**over, settings.SIGN_IN_WINDOW))


def note(name: str, address: str | None, *, ok: bool) -> None:
    """Remember a try."""
    SignInAttempt.objects.create(name_hash=hash_of(name), address=address, at=timezone.now(), ok=ok)


def failed_before(name: str) -> int:
    """How many wrong tries of a day went before this right one; at most a few dozen are counted."""
    return len(_wrong(name, timezone.now() - timedelta(days=1)))


def forget_old() -> int:
    """Delete tries older than a day. Returns how many."""
    return SignInAttempt.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()[0]
