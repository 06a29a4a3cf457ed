"""Consent and share: giving them, and taking them back at once. The only functions that write either."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import signals
from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.cases.models import Case
from casework.sharing.models import CaseAccess, Consent
from casework.sharing.querysets import live_access, working_organisations

KEEP = "keep_consents"


def live_share(case_id: int, organisation_id: int | None) -> CaseAccess | None:
    """The share of a case with an organisation that holds at this moment, its consent too. One query."""
    shares = live_access([CaseAccess.Kind.SHARE]).filter(case_id=case_id, organisation_id=organisation_id)
    share = shares.select_related("consent").order_by("-pk").first()
    return share if share and (share.consent is None or share.consent.is_live) else None


def may_keep(standing: Any, case: Case) -> bool:
    """Whether a person may record and withdraw consents of a case."""
    return any(standing.seat_for(KEEP, pk) for pk in working_organisations(case.pk))


def give_consent(unit: Unit, case: Case, **values: Any) -> Consent:
    """Write a consent down. Part of an act. Raises ActionNotPossible for one that is over already."""
    until, since = values.get("valid_until"), values["valid_from"]
    if until and until < since:
        raise ActionNotPossible(_("It would end before it begins."), "valid_until")
    return unit.add(Consent(case=case, recorded_by=unit.by, **values))


def share(unit: Unit, consent: Consent, profile: str) -> CaseAccess:
    """Open a part of the case to the body that a consent names, as long as the consent lasts. Part of an act."""
    old = live_share(consent.case_id, consent.recipient_id)
    if old:
        # One share shows both: it ends with whichever of the two consents runs out first.
        ends = [end for end in (old.valid_until, _end_of(consent)) if end]
        return unit.change(old, consent_id=consent.pk, profile=profile, valid_until=min(ends, default=None))
    reason = _("Consent of %(day)s") % {"day": f"{consent.valid_from:%d/%m/%Y}"}
    return unit.add(
        CaseAccess(
            case=unit.case,
            organisation=consent.recipient,
            kind=CaseAccess.Kind.SHARE,
            profile=profile,
            consent=consent,
            reason=reason,
            valid_from=timezone.now(),
            valid_until=_end_of(consent),
        )
    )


def ran_out() -> QuerySet[CaseAccess]:
    """Shares that nobody took back and whose own day, or that of their consent, is over."""
    over = Q(valid_until__lte=timezone.now()) | Q(consent__valid_until__lt=timezone.localdate())
    return CaseAccess.objects.filter(over, kind=CaseAccess.Kind.SHARE, revoked_at=None)


def _end_of(consent: Consent) -> datetime | None:
    if consent.valid_until is None:
        return None
    return timezone.make_aware(datetime.combine(consent.valid_until + timedelta(days=1), time.min))


def end_share(unit: Unit, access: CaseAccess, reason: str) -> None:
    """Take a share back now, with the work that waits on it. Part of an act."""
    unit.change(access, revoked_at=timezone.now(), revoked_because=reason)
    unit.facts.setdefault("revoked", []).append(access.organisation_id)
    signals.share_ended.send(CaseAccess, unit=unit, access=access)
    unit.tell(Notice("share.ended", organisation_id=access.organisation_id))


@dataclass(frozen=True)
class _OnConsents(Act):
    """An act on the consents of one case, by whoever works on it and may keep them."""

    case_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(KEEP, working_organisations(unit.case.pk))


@dataclass(frozen=True)
class RecordConsent(_OnConsents):
    """Somebody agreed: on paper, or on the screen with the advisor."""

    verb: ClassVar[str] = "consent.given"

    values: dict[str, Any] = field(default_factory=dict)

    def change(self, unit: Unit) -> dict[str, Any]:
        consent = give_consent(unit, unit.case, **self.values)
        unit.facts.update({"purpose": consent.purpose, "recipient": consent.recipient_id})
        return {"consent": consent.pk}


@dataclass(frozen=True)
class WithdrawConsent(_OnConsents):
    """Whoever agreed does not agree any more: every share that stands on it ends in the same moment."""

    verb: ClassVar[str] = "consent.withdrawn"

    consent_id: int
    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        consent = Consent.objects.select_for_update().get(pk=self.consent_id, case=unit.case)
        if consent.withdrawn_at:
            raise ActionNotPossible(_("This consent was withdrawn already."))
        if not self.reason.strip():
            raise ActionNotPossible(_("Write the reason."), "reason")
        unit.reason = self.reason
        unit.facts["purpose"] = consent.purpose
        unit.change(consent, withdrawn_at=timezone.now(), withdrawn_by_id=unit.by.pk, withdrawal_reason=self.reason)
        for access in _standing_on(consent):
            end_share(unit, access, self.reason)
        return {"consent": consent.pk}


def _standing_on(consent: Consent) -> QuerySet[CaseAccess]:
    """The shares that end with a consent.

    A lender that was asked for two products reads both by one share, which names the newer consent: it ends with
    whichever of the two is withdrawn.
    """
    shares = CaseAccess.objects.filter(case=consent.case_id, kind=CaseAccess.Kind.SHARE, revoked_at=None)
    same_lender = Q(organisation=consent.recipient_id, consent__recipient=consent.recipient_id)
    return shares.filter(Q(consent=consent) | same_lender if consent.recipient_id else Q(consent=consent)).order_by(
        "pk"
    )


@dataclass(frozen=True)
class RevokeShare(_OnConsents):
    """An organisation shall see nothing of the case any more, though the consent stands."""

    verb: ClassVar[str] = "share.revoked"

    access_id: int
    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        access = _open_share(unit.case, self.access_id)
        if not self.reason.strip():
            raise ActionNotPossible(_("Write the reason."), "reason")
        unit.reason = self.reason
        end_share(unit, access, self.reason)
        return {"access": access.pk}


@dataclass(frozen=True)
class AnswerShare(Act):
    """The organisation takes what is shared with it, or does not, and says why."""

    verb: ClassVar[str] = "share.answered"

    case_id: int
    access_id: int
    accepts: bool
    reason: str = ""

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise("decide_credit", _open_share(unit.case, self.access_id).organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        access = _open_share(unit.case, self.access_id)
        if access.answer:
            raise ActionNotPossible(_("Your organisation has answered already."))
        if not self.accepts and not self.reason.strip():
            raise ActionNotPossible(_("Write why your organisation does not take it."), "reason")
        answer = CaseAccess.Answer.ACCEPTED if self.accepts else CaseAccess.Answer.DECLINED
        unit.reason, unit.facts["answer"] = self.reason, str(answer)
        unit.change(access, answer=answer, answered_at=timezone.now(), answered_by_id=unit.by.pk)
        if not self.accepts:
            end_share(unit, access, self.reason)
        return {"access": access.pk}


def _open_share(case: Case, access_id: int) -> CaseAccess:
    """A share that still holds. Raises ActionNotPossible."""
    shares = live_access([CaseAccess.Kind.SHARE]).filter(pk=access_id, case=case)
    found = shares.first()
    if found is None:
        raise ActionNotPossible(_("This share has ended already."))
    return found


def ended_words(case: Case, organisation_id: Any) -> str:
    """Why nothing may be read or decided any more, for whoever still has the page open."""
    shares = CaseAccess.objects.filter(case=case, organisation_id=organisation_id, kind=CaseAccess.Kind.SHARE)
    last = shares.select_related("consent").order_by("-pk").first()
    ended = last and (last.revoked_at or last.valid_until)
    if not ended:
        return _("This application is not shared with your organisation any more.")
    return _("Since %(moment)s this application is not shared with your organisation any more. Nothing was saved.") % {
        "moment": f"{timezone.localtime(ended):%H:%M %d/%m/%Y}"
    }
