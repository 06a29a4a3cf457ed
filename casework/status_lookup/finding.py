"""From a typed code to its case."""

from django.db.models import F
from django.utils import timezone

from casework.cases.models import Case
from casework.status_lookup.codes import code_hash, read_code
from casework.status_lookup.models import StatusCode, StatusCodeUse


def case_for(typed: str) -> Case | None:
    """The case that a code opens, with its leading organisation; None for unknown and revoked codes alike.

    A code that opens is counted, with the day, and nothing else is kept of the look-up.
    """
    code = read_code(typed)
    found = StatusCode.objects.filter(hash=code_hash(code), revoked_at=None) if code else StatusCode.objects.none()
    found = found.beyond_sight("whoever holds the code may know how far its case is")
    status_code = found.select_related("case__lead_organisation").first()
    if status_code is None:
        return None
    _count(status_code)
    return status_code.case


def _count(code: StatusCode) -> None:
    today = timezone.localdate()
    StatusCodeUse.objects.get_or_create(code=code, defaults={"last_day": today})
    StatusCodeUse.objects.filter(code=code).update(times=F("times") + 1, last_day=today)
