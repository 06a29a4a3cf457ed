"""Facts, days and spans of time in words, as the pages of a case say them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Fact:
    """A label and a value, as components/facts.html shows them."""

    label: str
    value: str
    hint: str = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Facts under a heading, with the day on which they were entered."""

    title: str
    facts: list[Fact]
    day: str = ""
    note: str = ""


def day_of(moment: datetime) -> str:
    """The day of a moment in Vietnam, day first."""
    return timezone.localtime(moment).strftime("%d/%m/%Y")


def days_since(moment: datetime) -> int:
    """Whole calendar days from a moment until today, in Vietnam."""
    return (timezone.localdate() - timezone.localdate(moment)).days


def days_text(days: int) -> str:
    """`since today`, `1 day`, `12 days`."""
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days > 0 else _("since today")
