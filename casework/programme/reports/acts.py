"""What is done with a report: begun, written, reviewed by somebody else, returned, frozen, taken out."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit, lock_request
from casework.audit.models import AuditEvent
from casework.documents.papers.press import digest
from casework.organisations.models import Organisation
from casework.programme.indicators.models import ReportingPeriod
from casework.programme.kept import reporting_ids
from casework.programme.reports.gather import gather
from casework.programme.reports.models import Report

WRITE, REVIEW, FREEZE = "write_report", "review_report", "freeze_report"


@dataclass(frozen=True)
class StartReport(Act):
    """The report of an organisation on a period is begun, as a draft without texts."""

    verb: ClassVar[str] = "report.started"

    organisation_id: int
    period_id: int

    def lock(self, unit: Unit) -> None:
        lock_request(unit)
        Organisation.objects.get(pk=self.organisation_id)
        ReportingPeriod.objects.get(pk=self.period_id)

    def authorise(self, unit: Unit) -> None:
        unit.authorise(WRITE, self.organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        period = ReportingPeriod.objects.get(pk=self.period_id)
        if period.first_day > timezone.localdate():
            raise ActionNotPossible(_("This period lies ahead. Its report can be begun once it has begun."), "period")
        report = Report(organisation_id=self.organisation_id, period=period, begun_by=unit.by)
        try:
            with transaction.atomic():
                unit.add(report)
        except IntegrityError as error:
            raise ActionNotPossible(_("This report was begun already. Open it from the list."), "period") from error
        unit.chain = f"report:{report.pk}"
        unit.facts.update({"period": str(period), "result": {"report": report.pk}})
        return {"report": report.pk}


@dataclass(frozen=True)
class _OnReport(Act):
    """An act on one report: locks it and asks for a right on its organisation."""

    right: ClassVar[str]

    report_id: int

    def lock(self, unit: Unit) -> None:
        Report.objects.select_for_update().get(pk=self.report_id)
        unit.chain = f"report:{self.report_id}"

    def authorise(self, unit: Unit) -> None:
        unit.authorise(self.right, self._report().organisation_id)

    def _report(self) -> Report:
        related = ("period", "organisation__area__parent", "organisation__parent", "frozen_by")
        return Report.objects.select_related(*related).get(pk=self.report_id)

    def _in(self, state: str, refusal: str) -> Report:
        """The report, if it is in a state. Raises ActionNotPossible."""
        report = self._report()
        if report.state == Report.State.FROZEN:
            raise ActionNotPossible(
                _("%(name)s froze this report already, as %(number)s. It says the same for ever.")
                % {"name": report.frozen_by, "number": report.number}
            )
        if report.state != state:
            raise ActionNotPossible(refusal)
        return report


@dataclass(frozen=True)
class WriteTexts(_OnReport):
    """What no count can say is written. `seen`: when the texts that the writer had before her were written."""

    verb: ClassVar[str] = "report.written"
    right: ClassVar[str] = WRITE

    texts: dict[str, str]
    seen: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        report = self._in(Report.State.DRAFT, _("This report was reviewed. Return it before you change its texts."))
        if self.seen != mark_of(report):
            raise ActionNotPossible(
                _("Somebody else wrote in this report meanwhile. Open it in another tab and put both texts together.")
            )
        texts = {key: text for key, text in self.texts.items() if text}
        unit.change(report, texts=texts, written_by_id=unit.by.pk, written_at=timezone.now())
        return {"report": report.pk}


def mark_of(report: Report) -> str:
    """By which a form knows the texts that it showed."""
    return report.written_at.isoformat() if report.written_at else ""


@dataclass(frozen=True)
class ReviewReport(_OnReport):
    """Somebody who did not write it last finds the draft in order."""

    verb: ClassVar[str] = "report.reviewed"
    right: ClassVar[str] = REVIEW

    def change(self, unit: Unit) -> dict[str, Any]:
        report = self._in(Report.State.DRAFT, _("This report was reviewed already."))
        if report.written_by_id is None:
            raise ActionNotPossible(_("Nobody has written the texts of this report yet."))
        if unit.by.pk == report.written_by_id:
            raise ActionNotPossible(_("You wrote in this report last. Somebody else must review it."))
        unit.change(report, state=Report.State.REVIEWED, reviewed_by_id=unit.by.pk, reviewed_at=timezone.now())
        unit.facts["values"] = values_of(gather(report, with_rows=False))
        return {"report": report.pk}


def values_of(data: dict[str, Any]) -> dict[str, str | None]:
    """The numbers of a report by the codes of their indicators."""
    return {one["code"]: one["value"] for one in data["numbers"]}


def values_reviewed(report: Report) -> dict[str, str | None]:
    """The numbers as they were when the report was last found in order."""
    events = AuditEvent.objects.filter(chain=f"report:{report.pk}", verb=ReviewReport.verb)
    event = events.order_by("-seq").first()
    return event.facts.get("values", {}) if event else {}


@dataclass(frozen=True)
class ReturnReport(_OnReport):
    """A reviewed report goes back to its writers, with the reason."""

    verb: ClassVar[str] = "report.returned"
    right: ClassVar[str] = REVIEW

    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        report = self._in(Report.State.REVIEWED, _("This report is a draft; its writers have it."))
        unit.reason = self.reason
        unit.change(report, state=Report.State.DRAFT, reviewed_by_id=None, reviewed_at=None)
        return {"report": report.pk}


@dataclass(frozen=True)
class FreezeReport(_OnReport):
    """The report gets its number and its day, is counted once more, and says the same from then on.

    Nobody freezes numbers that she has not read.
    """

    verb: ClassVar[str] = "report.frozen"
    right: ClassVar[str] = FREEZE

    number: str
    signed_on: date
    # The mark of the numbers that the person had before her; without one nothing is compared.
    read: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        report = self._in(Report.State.REVIEWED, _("Only a reviewed report can be frozen."))
        self._check_days(report)
        counted = gather(report)
        if self.read and self.read != digest(values_of(counted)):
            raise ActionNotPossible(
                _("The numbers changed while you had this page before you. Read below what changed, then freeze again.")
            )
        data = counted | {
            "state": Report.State.FROZEN.value,
            "number": self.number,
            "signed_on": self.signed_on.isoformat(),
        }
        unit.change(
            report,
            state=Report.State.FROZEN,
            number=self.number,
            signed_on=self.signed_on,
            data=data,
            data_hash=digest(data),
            frozen_by_id=unit.by.pk,
            frozen_at=timezone.now(),
        )
        unit.facts.update({"number": self.number, "values": values_of(data)})
        return {"report": report.pk}

    def _check_days(self, report: Report) -> None:
        last = report.period.last_day
        if timezone.localdate() <= last:
            raise ActionNotPossible(
                _("The period runs until %(day)s. Its report can be frozen after that day.")
                % {"day": f"{last:%d/%m/%Y}"}
            )
        if not last <= self.signed_on <= timezone.localdate():
            raise ActionNotPossible(
                _("The day of the report lies between %(day)s, the end of its period, and today.")
                % {"day": f"{last:%d/%m/%Y}"},
                "signed_on",
            )


@dataclass(frozen=True)
class TakeReport(Act):
    """The report leaves the product as a file. Nothing changes; that it left stays.

    Without a report begun (the command prints a draft all the same) the event stands with the organisation.
    """

    verb: ClassVar[str] = "report.taken"

    organisation_id: int
    report_id: int | None
    format: str

    def lock(self, unit: Unit) -> None:
        unit.chain = f"report:{self.report_id}" if self.report_id else f"organisation:{self.organisation_id}"

    def authorise(self, unit: Unit) -> None:
        if unit.by.is_superuser:
            return
        seats = unit.standing.every_seat if unit.standing else ()
        seat = next((s for s in seats if self.organisation_id in s.reach and s.organisation_kind != "lender"), None)
        if seat is None or self.organisation_id not in reporting_ids(unit.standing):  # type: ignore[arg-type]
            raise PermissionDenied("reports")
        unit.take(seat)

    def change(self, unit: Unit) -> dict[str, Any]:
        unit.facts.update({"format": self.format})
        return {"format": self.format}
