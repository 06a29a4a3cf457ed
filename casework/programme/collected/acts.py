"""Asking bodies that are not users for their results, and keeping what they tell: on the chain `results:<request>`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit, lock_request
from casework.organisations.models import Organisation
from casework.programme.collected.models import ResultAnswer, ResultRequest
from casework.programme.indicators.models import Indicator, ReportingPeriod
from casework.programme.reports.models import Report

COLLECT = "collect_results"


def token_hash(token: str) -> str:
    """What is stored of the token of a link: whoever reads the table cannot answer for the body."""
    return sha256(token.encode()).hexdigest()


def version_of(indicators: list[str], period: ReportingPeriod) -> str:
    """The version of the form: the same questions about the same period have the same."""
    asked = "|".join([str(period), *indicators])
    return sha256(asked.encode()).hexdigest()[:12].upper()


def _say_if_reported(organisation_id: int, period: ReportingPeriod) -> None:
    if Report.objects.frozen().filter(organisation_id=organisation_id, period=period).exists():
        raise ActionNotPossible(_("The report of this period is frozen. What comes now belongs to the next period."))


def _say_if_past(expires_on: date) -> None:
    if expires_on < timezone.localdate():
        raise ActionNotPossible(_("Choose a day that is still to come."), "expires_on")


@dataclass(frozen=True)
class AskForResults(Act):
    """A body is asked for some of the numbers of a period; it answers by a link that expires, or by the form."""

    verb: ClassVar[str] = "results.asked"

    organisation_id: int
    period_id: int
    body: str
    email: str
    indicators: tuple[str, ...]
    expires_on: date
    token_hash: str

    def lock(self, unit: Unit) -> None:
        lock_request(unit)
        Organisation.objects.get(pk=self.organisation_id)

    def authorise(self, unit: Unit) -> None:
        unit.authorise(COLLECT, self.organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        period = ReportingPeriod.objects.get(pk=self.period_id)
        _say_if_reported(self.organisation_id, period)
        _say_if_past(self.expires_on)
        codes = list(self.indicators)
        row = ResultRequest(
            organisation_id=self.organisation_id, period=period, body=self.body, email=self.email, indicators=codes,
            form_version=version_of(codes, period), token_hash=self.token_hash, expires_on=self.expires_on,
            asked_by=unit.by,
        )  # fmt: skip
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise ActionNotPossible(_("This body was asked for this period already."), "body") from error
        # The hash of the token is no value for a history.
        unit.chain = f"results:{row.pk}"
        unit.facts.update(
            {"body": self.body, "period": str(period), "indicators": codes, "result": {"request": row.pk}}
        )
        return {"request": row.pk}


@dataclass(frozen=True)
class _OnRequest(Act):
    pk: int

    def lock(self, unit: Unit) -> None:
        ResultRequest.objects.select_for_update().get(pk=self.pk)
        unit.chain = f"results:{self.pk}"

    def authorise(self, unit: Unit) -> None:
        unit.authorise(COLLECT, self.request().organisation_id)

    def request(self) -> ResultRequest:
        """The request as it is now."""
        return ResultRequest.objects.select_related("period").get(pk=self.pk)

    def standing(self) -> ResultRequest:
        """The request, unless it was withdrawn. Raises ActionNotPossible."""
        request = self.request()
        if request.withdrawn_at:
            raise ActionNotPossible(_("This request was withdrawn."))
        return request


@dataclass(frozen=True)
class AskAgain(_OnRequest):
    """The body gets a new link; the one before leads nowhere any more."""

    verb: ClassVar[str] = "results.asked_again"

    expires_on: date
    token_hash: str

    def change(self, unit: Unit) -> dict[str, Any]:
        request = self.standing()
        _say_if_reported(request.organisation_id, request.period)
        _say_if_past(self.expires_on)
        ResultRequest.objects.filter(pk=request.pk).update(token_hash=self.token_hash)
        unit.change(request, expires_on=self.expires_on, reminded_at=None)
        return {"request": request.pk}


@dataclass(frozen=True)
class WithdrawRequest(_OnRequest):
    """The body need not answer any more; what it told counts no more."""

    verb: ClassVar[str] = "results.withdrawn"

    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        request = self.standing()
        _say_if_reported(request.organisation_id, request.period)
        unit.reason = self.reason
        unit.change(request, withdrawn_at=timezone.now())
        return {"request": request.pk}


@dataclass(frozen=True)
class TellResults(_OnRequest):
    """What a body tells, by its link (as the system) or through whoever asked; what it told before is withdrawn.

    `values` has for each indicator the number and a note. `by_link`: refused once the link has expired.
    """

    verb: ClassVar[str] = "results.told"

    values: dict[str, tuple[Decimal, str]]
    told_by: str
    via: str
    by_link: bool = False

    def authorise(self, unit: Unit) -> None:
        if not (self.by_link and unit.by.is_superuser):
            super().authorise(unit)

    def change(self, unit: Unit) -> dict[str, Any]:
        request = self.standing()
        if self.by_link and request.expires_on < timezone.localdate():
            raise ActionNotPossible(_("This link has expired. Ask whoever sent it for a new one."))
        _say_if_reported(request.organisation_id, request.period)
        for old in ResultAnswer.objects.filter(request=request, withdrawn_at=None):
            unit.change(old, withdrawn_at=timezone.now())
        indicators = {one.code: one for one in Indicator.objects.filter(code__in=request.indicators)}
        for code, (value, note) in self.values.items():
            told = {"value": value, "note": note, "told_by": self.told_by, "via": self.via}
            unit.add(ResultAnswer(request=request, indicator=indicators[code], **told))
        unit.change(request, answered_at=timezone.now())
        unit.facts.update({"body": request.body, "told_by": self.told_by, "via": self.via})
        if self.by_link:
            unit.tell(Notice("results.told", user_id=request.asked_by_id))
        return {"request": request.pk}


@dataclass(frozen=True)
class RemindOfResults(_OnRequest):
    """Whoever asked is told that the body has not answered and its link soon expires; done by the worker."""

    verb: ClassVar[str] = "results.reminded"

    def authorise(self, unit: Unit) -> None:
        if not unit.by.is_superuser:
            super().authorise(unit)

    def change(self, unit: Unit) -> dict[str, Any]:
        request = self.standing()
        if request.answered_at:
            raise ActionNotPossible(_("This body has answered already."))
        unit.change(request, reminded_at=timezone.now())
        unit.tell(Notice("results.missing", user_id=request.asked_by_id))
        return {"request": request.pk}
