"""What a lender does in its room besides deciding: opening it, paying out, saying how a credit is paid back."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import signals
from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.cases.models import Case
from casework.facts import dong
from casework.linkage.credit.slice import digest, slice_of, written
from casework.linkage.models import CreditApplication, Disbursement, Repayment
from casework.sharing.consents import ended_words, live_share
from casework.sharing.models import CaseAccess, SharedSlice

DECIDE = "decide_credit"


@dataclass(frozen=True)
class OnApplication(Act):
    """An act of a lender on an application that is shared with it at this moment."""

    application_id: int

    def lock(self, unit: Unit) -> None:
        case_id = CreditApplication.objects.values_list("case_id", flat=True).get(pk=self.application_id)
        unit.about_case(Case.objects.locked(case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise(DECIDE, self.application(unit).lender_id)

    def application(self, unit: Unit) -> CreditApplication:
        """The application, sharing the locked case."""
        found = CreditApplication.objects.select_related("product").get(pk=self.application_id)
        found.case = unit.case
        return found

    def share(self, unit: Unit) -> CaseAccess:
        """The share that lets the lender in. Raises ActionNotPossible when it has ended, even with the page open."""
        lender = self.application(unit).lender_id
        return share_with(unit, lender)


@dataclass(frozen=True)
class OpenRoom(OnApplication):
    """Somebody of the lender reads what is shared: exactly what she was shown is kept, by its hash in the event."""

    verb: ClassVar[str] = "share.opened"

    how: str = "page"

    def change(self, unit: Unit) -> dict[str, Any]:
        access, application = self.share(unit), self.application(unit)
        shown = written(slice_of(application, access.profile))
        sha256 = digest(shown)
        if not SharedSlice.objects.filter(access=access, sha256=sha256).exists():
            unit.add(SharedSlice(case=unit.case, access=access, shown=shown, sha256=sha256, recorded_by=unit.by))
        unit.facts.update({"application": application.pk, "access": access.pk, "sha256": sha256, "how": self.how})
        return {"access": access.pk}


@dataclass(frozen=True)
class RecordDisbursement(OnApplication):
    """The lender paid out money of what it granted; never more than that in all."""

    verb: ClassVar[str] = "credit.disbursed"

    paid_on: date
    amount: int
    note: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        self.share(unit)
        application = self.application(unit)
        unit.facts["application"] = application.pk
        row = pay_out(unit, application, paid_on=self.paid_on, amount=self.amount, note=self.note)
        signals.credit_paid.send(CreditApplication, unit=unit, application=application)
        return {"disbursement": row.pk}


@dataclass(frozen=True)
class NoteRepayment(OnApplication):
    """How a credit is paid back, as of a day."""

    verb: ClassVar[str] = "credit.repayment_noted"

    state: str
    state_on: date
    outstanding: int | None = None
    note: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        self.share(unit)
        application = self.application(unit)
        if not application.disbursements.exists():
            raise ActionNotPossible(_("Nothing has been paid out yet."))
        row = Repayment(
            case=unit.case,
            application=application,
            state=self.state,
            state_on=self.state_on,
            outstanding=self.outstanding,
            note=self.note,
            recorded_by=unit.by,
        )
        unit.facts.update({"application": application.pk, "state": self.state})
        return {"repayment": unit.add(row).pk}


def share_with(unit: Unit, lender_id: int | None) -> CaseAccess:
    """The share that lets a lender in at this moment. Raises ActionNotPossible when it has ended."""
    access = live_share(unit.case.pk, lender_id)
    if access is None:
        raise ActionNotPossible(ended_words(unit.case, lender_id))
    return access


def say_if_not_shared(unit: Unit, application: CreditApplication) -> None:
    """Raise ActionNotPossible when an application is not shared with its lender any more."""
    share_with(unit, application.lender_id)


def pay_out(unit: Unit, application: CreditApplication, *, paid_on: Any, amount: Any, note: str) -> Disbursement:
    """Store a disbursement, in đồng, and tell whoever leads the case. Part of an act.

    Raises ActionNotPossible for more than is left of what was granted, and for a day before the decision.
    """
    if application.undrawn_reason:
        raise ActionNotPossible(
            _("It was noted that this credit is not drawn: %(why)s") % {"why": application.undrawn_reason}
        )
    left = left_to_pay(application)
    if amount > left:
        raise ActionNotPossible(_("Only %(left)s of it is left to pay out.") % {"left": dong(left)}, "amount")
    if application.decided_at and paid_on < timezone.localdate(application.decided_at):
        raise ActionNotPossible(_("This day lies before the decision."), "paid_on")
    row = Disbursement(
        case=unit.case, application=application, paid_on=paid_on, amount=amount, note=note, recorded_by=unit.by
    )
    unit.tell(Notice("credit.disbursed", organisation_id=unit.case.lead_organisation_id))
    return unit.add(row)  # type: ignore[no-any-return]


def left_to_pay(application: CreditApplication) -> int:
    """What was granted and is not paid out yet, in đồng; 0 where nothing was granted."""
    if not application.is_granted or application.undrawn_reason:
        return 0
    paid = application.disbursements.aggregate(n=Sum("amount"))["n"] or 0
    return max(0, (application.granted_amount or 0) - paid)


def lenders_of(standing: Any) -> list[int]:
    """The lenders for which a person decides, herself or in the seat of somebody else."""
    return standing.organisations_with(DECIDE)


def refuse_unless_lender(standing: Any) -> list[int]:
    """Her lenders. Raises PermissionDenied for whoever decides for none."""
    found = lenders_of(standing)
    if not found:
        raise PermissionDenied(DECIDE)
    return found
