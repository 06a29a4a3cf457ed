"""Support that overlaps: the same need of the same cooperative, met twice within some months.

How many months is a dated number (`support_overlap_months`). A merged entry is the cooperative that it became.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, Func, OuterRef, Value
from django.db.models.functions import Coalesce
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


def window(day: date) -> tuple[date, date]:
    """The first and the last day on which other support overlaps with that of a day. One query."""
    months = parameter("support_overlap_months", day)
    return add_months(day, -months), add_months(day, months)


def overlapping(row: Support) -> Any:
    """Other support for the same need of the same cooperative within the months; that row itself left out."""
    first, last = window(row.given_on)
    found = Support.objects.counted().alias(entry=ENTRY).filter(entry=entry_of(row.cooperative), need=row.need)
    within = found.filter(given_on__gt=first, given_on__lt=last)
    return within.exclude(pk=row.pk).select_related("organisation").order_by("given_on", "pk")


def overlapping_for(standing: Standing, on: date) -> Any:
    """Support that a person may see and that overlaps with other support, newest first."""
    months = parameter("support_overlap_months", on)
    others = (
        Support.objects.counted()
        .alias(entry=ENTRY, first=_months_from("given_on", -months), last=_months_from("given_on", months))
        .filter(entry=OuterRef("entry"), need=OuterRef("need"), first__lt=OuterRef("given_on"))
        .filter(last__gt=OuterRef("given_on"))
        .exclude(pk=OuterRef("pk"))
    )
    seen = Support.objects.visible_to(standing).counted().annotate(entry=ENTRY).filter(Exists(others))
    return seen.select_related("cooperative", "organisation").order_by("-given_on", "-pk")


def _months_from(path: str, months: int) -> Any:
    return Func(
        F(path), Value(months), template="(%(expressions)s)", arg_joiner=" + interval '1 month' * ",
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
