"""Support that overlaps: the same need of the same cooperative, met twice within some months.

How many months is a dated number (`support_overlap_months`). A merged entry is the cooperative that it became.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cooperatives.models import Cooperative
from casework.months import add_months
from casework.organisations.standing import Standing
from casework.programme.kept import reporting_ids
from casework.programme.support.models import Support
from casework.rules.models import parameter

ENTRY = Coalesce(F("cooperative__merged_into_id"), F("cooperative_id"))


def entry_of(cooperative: Cooperative) -> int:
    """The entry under which a cooperative is counted."""
    return cooperative.merged_into_id or cooperative.pk


def months_of_overlap() -> int:
    """Within how many months support for the same need overlaps, today. One query."""
    return parameter("support_overlap_months", timezone.localdate())


def overlaps(one: date, other: date, months: int) -> bool:
    """Whether what was given on two days overlaps: the earlier day plus so many months is after the later one."""
    earlier, later = sorted((one, other))
    return add_months(earlier, months) > later


def overlapping(row: Support) -> Any:
    """Other support for the same need of the same cooperative that overlaps; that row itself left out."""
    months = months_of_overlap()
    found = Support.objects.counted().alias(entry=ENTRY, ends=_months_after("given_on", months))
    same = found.filter(entry=entry_of(row.cooperative), need=row.need).exclude(pk=row.pk)
    earlier = Q(given_on__lte=row.given_on, ends__gt=row.given_on)
    later = Q(given_on__gt=row.given_on, given_on__lt=add_months(row.given_on, months))
    return same.filter(earlier | later).select_related("organisation").order_by("given_on", "pk")


def overlapping_for(standing: Standing) -> Any:
    """Support that a person may see and that overlaps with other support, newest first."""
    ends = _months_after("given_on", months_of_overlap())
    same = Support.objects.counted().alias(entry=ENTRY, ends=ends)
    earlier = Q(given_on__lte=OuterRef("given_on"), ends__gt=OuterRef("given_on"))
    later = Q(given_on__gt=OuterRef("given_on"), given_on__lt=OuterRef("ends"))
    others = same.filter(earlier | later, entry=OuterRef("entry"), need=OuterRef("need")).exclude(pk=OuterRef("pk"))
    seen = Support.objects.visible_to(standing).counted().annotate(entry=ENTRY, ends=ends).filter(Exists(others))
    return seen.select_related("cooperative", "organisation").order_by("-given_on", "-pk")


def _months_after(path: str, months: int) -> Any:
    """The same day some months later, or the last of that month, as `add_months` counts."""
    return Func(
        F(path), Value(months), template="((%(expressions)s)::date)", arg_joiner=" + interval '1 month' * ",
        output_field=DateField(),
    )  # fmt: skip


def told(standing: Standing, rows: Iterable[Support]) -> list[str]:
    """Other support in words, each as far as a person may know of it."""
    mine = set(reporting_ids(standing))
    return [_told(row, whole=row.organisation_id in mine) for row in rows]


def _told(row: Support, *, whole: bool) -> str:
    if not whole:
        return _("another organisation, %(need)s, %(month)s") % {
            "need": row.get_need_display(),
            "month": f"{row.given_on:%m/%Y}",
        }
    return _("%(organisation)s: %(what)s from %(giver)s, %(day)s") % {
        "organisation": row.organisation.name,
        "what": row.what,
        "giver": row.giver,
        "day": f"{row.given_on:%d/%m/%Y}",
    }
