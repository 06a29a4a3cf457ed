"""What is asked of the board: as in the list of cases, and the period in which cases were closed."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from workflows.board.asked import MOST_OFFERED
from workflows.casefile.filters import CaseFilter, Places
from workflows.casefile.measures import MEASURES, between_q

CLOSED = ("closed_from", "closed_to")


class BoardFilter(CaseFilter):
    """The filters of the list without what the board tells apart itself: stage, status, due, outcome."""

    offers_programmes = True

    def __init__(self, data: QueryDict, places: Places):
        super().__init__(data, places)
        for name in ("stage", "status", "late", "outcome"):
            del self.fields[name]
        for name in ("organisation", "commune"):
            # A select of eight hundred would be most of the page; a link in the table chooses as well.
            if len(self.fields[name].choices) > MOST_OFFERED:  # type: ignore[attr-defined]
                self.fields[name].widget = forms.HiddenInput()

    def _days(self, what: str) -> Q:
        """Running cases have not been closed: that period is only for those that were."""
        return Q() if what == "closed" else super()._days(what)

    @property
    def closed_days(self) -> tuple[date, date | None]:
        """The period in which cases were closed; from the beginning of this year unless another is asked for."""
        self.is_valid()
        first, last = (self.cleaned_data.get(name) for name in CLOSED)
        return first or timezone.localdate().replace(month=1, day=1), last

    @property
    def closed_q(self) -> Q:
        """Cases closed in that period."""
        return Q(status="closed") & between_q("closed_at", *self.closed_days)

    def running_url(self, measure: str, **more: Any) -> str:
        """The list of exactly the cases that a measure counts."""
        kept = {name: value for name, value in self.chosen.items() if name not in CLOSED}
        return _list_url({**kept, **MEASURES[measure], **more})

    def closed_url(self, outcome: str = "") -> str:
        """The list of exactly the cases that were closed in the period with an outcome."""
        first, last = self.closed_days
        return _list_url(
            {**self.chosen, "status": "closed", "outcome": outcome, "closed_from": first, "closed_to": last or ""}
        )


def _list_url(params: dict[str, Any]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in params.items() if value})
    return f"{reverse('cases:list')}?{query.urlencode()}"
