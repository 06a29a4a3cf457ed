"""What the rooms of the programme share: their rows hang on an organisation, and who sees that sees them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.fields import LongText
from casework.organisations.models import Organisation
from casework.vietnamese import VnKey

if TYPE_CHECKING:
    from casework.organisations.standing import Standing


def reporting_ids(standing: "Standing") -> list[int]:
    """The organisations whose rows a person may read: her own, for some roles those below. A lender: none."""
    working = [seat for seat in standing.every_seat if seat.organisation_kind != Organisation.Kind.LENDER]
    return sorted(set().union(*(seat.reach for seat in working)))


class KeptQuerySet(models.QuerySet):
    """Rows with an `organisation`, as a person sees them."""

    def visible_to(self, standing: "Standing"):
        """The rows of the organisations that her seats reach."""
        return self.filter(organisation_id__in=reporting_ids(standing))

    def counted(self):
        """Without those that were entered by mistake."""
        return self.filter(withdrawn_at=None)


def keeping_organisations(standing: "Standing", right: str) -> models.QuerySet[Organisation]:
    """The organisations for which a person may write such rows: those where the right reaches."""
    seats: Iterable[Any] = [seat for seat in standing.every_seat if right in seat.permissions]
    ids = set().union(*(seat.reach for seat in seats))
    return Organisation.objects.live().filter(pk__in=ids).order_by("level", VnKey("name"), "pk")


class MistakeForm(forms.Form):
    """Why something that was entered is wrong."""

    reason = LongText(
        label=_("Why is this wrong?"),
        max_length=300,
        rows=2,
        error_messages={"required": _("Write why this is wrong; it stays readable with it.")},
    )

    use_required_attribute = False
