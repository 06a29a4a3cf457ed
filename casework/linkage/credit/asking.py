"""A lender is asked: the application, the consent for it, and the share that lets the lender read it."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.linkage.credit.slice import FULL
from casework.linkage.models import CreditApplication
from casework.sharing.consents import give_consent, ran_out, share
from casework.sharing.models import Category, Proof, Purpose

_SHOWN = [Category.APPLICATION, Category.COOPERATIVE, Category.PLAN, Category.PAPERS]


def ask_lender(
    unit: Unit, *, consent_proof: str = Proof.PAPER, consent_until: date | None = None, **answers: Any
) -> CreditApplication:
    """Store an application and open its slice of the case to the lender. Part of an act; the case is locked.

    Raises ActionNotPossible while an application to this lender for this product still waits, and for a consent that
    is over.
    """
    if consent_until and consent_until < timezone.localdate():
        raise ActionNotPossible(_("This consent would be over already."), "consent_until")
    requested = CreditApplication.Request.REQUESTED
    application = CreditApplication(case=unit.case, recorded_by=unit.by, **{**answers, "request": requested})
    _say_if_asked_already(application)
    _say_if_just_over(application)
    unit.add(application)
    consent = give_consent(
        unit,
        unit.case,
        purpose=Purpose.CREDIT,
        categories=_SHOWN,
        recipient=application.lender,
        person=unit.case.contact,
        valid_from=application.consent_on,
        valid_until=consent_until,
        proof=consent_proof,
    )
    share(unit, consent, FULL)
    return application


def _say_if_asked_already(new: CreditApplication) -> None:
    same = CreditApplication.objects.filter(case=new.case, lender=new.lender, product=new.product)
    if same.filter(request=new.request, decision="").exists():
        raise ActionNotPossible(
            _("%(lender)s was asked for this product already and has not answered yet.") % {"lender": new.lender},
            "product" if new.product else "lender",
        )


def _say_if_just_over(new: CreditApplication) -> None:
    """A share that has run out is ended with its work by the clock, within a minute; until then it is in the way."""
    if ran_out().filter(case=new.case, organisation=new.lender).exists():
        raise ActionNotPossible(
            _("An earlier consent for %(lender)s has just run out and is being ended. Try again in a few minutes.")
            % {"lender": new.lender},
            "lender",
        )
