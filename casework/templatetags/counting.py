"""Counts in templates that end at a thousand."""

from typing import Any

from django.template import Library
from django.utils.translation import gettext as _

from casework.counting import COUNTED
from casework.facts import grouped

register = Library()


@register.filter
def counted(number: Any) -> str:
    """A count of `casework.counting`: `17`, and `1.000+` for what was counted no further."""
    return _("%(n)s+") % {"n": grouped(COUNTED)} if number > COUNTED else grouped(number)


@register.filter
def uncounted(number: Any) -> bool:
    """Whether there are more than were counted."""
    return bool(number > COUNTED)
