"""Registering a request about personal data, answering it, and looking a person's data up for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit, lock_request
from casework.data_requests.models import DataRequest
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.rules.models import NoParameter
from workflows.data_requests.terms import terms_of

KEEP = "keep_data_requests"


def offices_of(standing: Standing) -> Any:
    """The organisations at which a person keeps requests: her own, never one of a commune."""
    mine = Organisation.objects.filter(pk__in=standing.organisations_with(KEEP))
    return mine.exclude(level=Organisation.Level.COMMUNE).order_by("name")


def requests_for(standing: Standing) -> Any:
    """The requests that a person may see: those of organisations that her right reaches."""
    seats = [seat for seat in standing.every_seat if KEEP in seat.permissions]
    reach = set().union(*(seat.reach for seat in seats))
    return DataRequest.objects.filter(organisation_id__in=reach).select_related("organisation")


@dataclass(frozen=True)
class RegisterDataRequest(Act):
    """Somebody asks about her data: when it must be answered is fixed by the law of that day."""

    verb: ClassVar[str] = "data_request.registered"

    organisation_id: int
    values: dict[str, Any]

    def lock(self, unit: Unit) -> None:
        lock_request(unit)
        unit.chain = f"data_requests:{self.organisation_id}"

    def authorise(self, unit: Unit) -> None:
        unit.authorise(KEEP, self.organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        organisation = offices_of(unit.standing).filter(pk=self.organisation_id).first() if unit.standing else None
        if organisation is None:
            raise ActionNotPossible(_("Requests are kept by the province, not by a commune."), "organisation")
        received = self.values["received_on"]
        if received > timezone.localdate():
            raise ActionNotPossible(_("This day is still to come."), "received_on")
        acknowledge_by, due_on = self._terms(organisation, received)
        row = DataRequest(
            organisation=organisation,
            acknowledge_by=acknowledge_by,
            due_on=due_on,
            recorded_by=unit.by,
            **self.values,
        )
        unit.add(row)
        unit.facts.update({"data_request": row.pk, "right": row.right})
        return {"data_request": row.pk}

    def _terms(self, organisation: Organisation, received: date) -> tuple[date, date]:
        try:
            return terms_of(self.values["right"], received, organisation.area_id)
        except NoParameter:
            raise ActionNotPossible(_("On this day the law set no terms for such requests."), "received_on") from None


@dataclass(frozen=True)
class _OnRequest(Act):
    """An act on one request."""

    data_request_id: int

    def lock(self, unit: Unit) -> None:
        row = DataRequest.objects.select_for_update().get(pk=self.data_request_id)
        unit.chain = f"data_requests:{row.organisation_id}"

    def authorise(self, unit: Unit) -> None:
        unit.authorise(KEEP, self._row().organisation_id)

    def repeats(self, event: Any) -> bool:
        return bool(event.facts.get("data_request") == self.data_request_id)

    def _row(self) -> DataRequest:
        return DataRequest.objects.get(pk=self.data_request_id)


@dataclass(frozen=True)
class AnswerDataRequest(_OnRequest):
    """The request is answered, or refused with the reason; after that it stays as it is."""

    verb: ClassVar[str] = "data_request.answered"

    answered_on: date
    answer: str = ""
    refused: bool = False
    refusal_reason: str = ""
    answer_paper: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        row = self._row()
        self._say_if_wrong(row)
        late = self.answered_on > row.due_on
        unit.change(
            row,
            answered_on=self.answered_on,
            answer=self.answer,
            refused=self.refused,
            refusal_reason=self.refusal_reason if self.refused else "",
            answer_paper=self.answer_paper,
            answered_by_id=unit.by.pk,
        )
        unit.facts.update({"data_request": row.pk, "refused": self.refused, "late": late})
        return {"data_request": row.pk}

    def _say_if_wrong(self, row: DataRequest) -> None:
        if row.answered_on:
            raise ActionNotPossible(_("This request has been answered already."))
        if self.answered_on < row.received_on:
            raise ActionNotPossible(_("This day lies before the request came in."), "answered_on")
        if self.answered_on > timezone.localdate():
            raise ActionNotPossible(_("This day is still to come."), "answered_on")
        if self.refused and not self.refusal_reason:
            raise ActionNotPossible(_("Write why it is refused, with the article of the law."), "refusal_reason")
        if not self.refused and not self.answer:
            raise ActionNotPossible(_("Write what was answered or done."), "answer")


@dataclass(frozen=True)
class LookUpPerson(_OnRequest):
    """Somebody finds, for a request, where one person's data stand; by a file it leaves the product.

    The event keeps numbers and the reason, never whom: the request itself names her.
    """

    verb: ClassVar[str] = "data_request.looked_up"

    reason: str
    how: str
    places: int
    beyond: int
    person_id: int | None = None

    def repeats(self, event: Any) -> bool:
        """A file is never handed out on the strength of a page."""
        return super().repeats(event) and bool(event.facts.get("how") == self.how)

    def change(self, unit: Unit) -> dict[str, Any]:
        row = self._row()
        if row.answered_on:
            raise ActionNotPossible(_("This request has been answered already."))
        unit.reason = self.reason
        if self.person_id and row.person_id is None:
            unit.change(row, person_id=self.person_id)
        unit.facts.update({"data_request": row.pk, "how": self.how, "places": self.places, "beyond": self.beyond})
        return {"data_request": row.pk}
