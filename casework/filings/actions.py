"""The registration: prepare, file, record the answer."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.acts import ActionNotPossible, Unit
from casework.cases.models import Case
from casework.cases.stages import Outcome, Stage
from casework.facts import Section
from casework.filings import facts
from casework.filings.dossier_forms import PrepareDossierForm
from casework.filings.filing_forms import FileDossierForm
from casework.filings.models import Dossier, Filing, FilingResult
from casework.filings.register import enter
from casework.filings.result_forms import RecordRegistrationResultForm
from casework.organisations.roles import Role
from casework.plans.facts import charter_facts, conference_facts
from casework.plans.models import FoundingConference
from casework.rules.gate import gate
from casework.steps import lead_organisation, reviewing_organisation, step


def missing_conference(case: Case) -> str:
    """Why a case cannot be steered to its dossier: the founding conference was not held (LHTX Article 39)."""
    return "" if FoundingConference.latest_of(case) else _g("The founding conference was not held yet.")


def missing_dossier(case: Case) -> str:
    """Why a case cannot be steered to the filing."""
    return "" if Dossier.latest_of(case) else _g("There is no dossier to file yet.")


def missing_filing(case: Case) -> str:
    """Why a case cannot be steered to the registrar's answer: there is nothing that still waits for one."""
    filing = Filing.latest_of(case)
    if filing is None:
        return _g("Nothing was filed yet.")
    return _g("The last filing has its answer. File again first.") if hasattr(filing, "result") else ""


def _for_dossier(case: Case) -> list[Section]:
    return [*facts.amendment_facts(case), *conference_facts(case), *charter_facts(case)]


@step(
    form_class=PrepareDossierForm,
    stage=Stage.REGISTRATION,
    role=Role.REVIEWER,
    organisation=reviewing_organisation,
    background=_for_dossier,
    correctable=True,
    record=Dossier,
    missing=missing_conference,
    title=_("Prepare the registration dossier"),
    instruction=_("Check with the founders that every document is there, complete and signed, and tick it."),
    why=_("The registrar must answer in time, but only to a complete dossier."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 42.2 and 43"),
)
def prepare_dossier(unit: Unit, *, documents: list[str], corrected: list[str] | None = None, note: str = "") -> str:
    """Store the dossier of the next round."""
    unit.add(
        Dossier(
            case=unit.case,
            recorded_by=unit.by,
            round=Dossier.next_number(unit.case),
            documents=documents,
            corrected=corrected or [],
            note=note,
        )
    )
    gate(unit, "prepare_dossier", timezone.localdate())
    return "done"


def _for_filing(case: Case) -> list[Section]:
    return [*facts.dossier_facts(case), *conference_facts(case)]


@step(
    form_class=FileDossierForm,
    stage=Stage.REGISTRATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=_for_filing,
    correctable=True,
    record=Filing,
    missing=missing_dossier,
    title=_("File the dossier"),
    instruction=_(
        "Go with the authorised person to the People's Committee of the commune where the seat is, or file online, and "
        "enter what the receipt says."
    ),
    why=_("The receipt starts the time in which the registrar must answer."),
    basis=_("Law on Cooperatives 17/2023/QH15, Article 42; Decree 125/2025/NĐ-CP"),
)
def file_dossier(unit: Unit, **answers: Any) -> str:
    """Store the filing of the newest dossier."""
    dossier = Dossier.latest_of(unit.case)
    if dossier is None:
        raise ActionNotPossible(_("There is no dossier to file yet."))
    number = Filing.next_number(unit.case)
    filing = unit.add(Filing(case=unit.case, recorded_by=unit.by, round=number, dossier=dossier, **answers))
    gate(unit, "file_dossier", filing.filed_on)
    return "done"


def filed_on(case: Case) -> date:
    """The day from which the registrar's term counts: that of the newest filing."""
    return Filing.objects.filter(case=case).order_by("-pk").values_list("filed_on", flat=True)[0]


def promised_on(case: Case) -> date | None:
    """The day for which the registrar promised the answer to the newest filing, if the receipt names one."""
    days = Filing.objects.filter(case=case).order_by("-pk").values_list("promised_on", flat=True)
    return days.first()


@step(
    form_class=RecordRegistrationResultForm,
    stage=Stage.REGISTRATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    background=facts.filing_facts,
    begins=filed_on,
    promised=promised_on,
    missing=missing_filing,
    title=_("Record the answer of the registrar"),
    instruction=_("Fetch the answer and enter it: the certificate, what must be amended, or the refusal."),
    why=_("With the certificate the cooperative exists. It may not work before."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 42.4, 44, 45 and 46"),
    outcomes={"certificate": _("Certificate"), "amend": _("To be amended"), "refused": _("Refused")},
)
def record_registration_result(unit: Unit, *, outcome: str, **answers: Any) -> str:
    """Store the answer. A certificate enters the cooperative into the register; a refusal closes the case."""
    case, filing = unit.case, Filing.latest_of(unit.case)
    if filing is None:
        raise ActionNotPossible(_("Nothing was filed yet."))
    result = unit.add(FilingResult(case=case, recorded_by=unit.by, filing=filing, outcome=outcome, **answers))
    unit.reason = result.to_amend or result.refusal_reasons
    if outcome == FilingResult.Outcome.CERTIFICATE:
        cooperative = enter(unit, filing, result.registration_code, result.issued_on)
        with unit.changing(case):
            case.cooperative = cooperative
            case.start_linkage(unit.by)
        gate(unit, "record_registration_result", result.issued_on or timezone.localdate())
    elif outcome == FilingResult.Outcome.REFUSED:
        with unit.changing(case):
            case.close(Outcome.REFUSED, result.refusal_reasons)
    return outcome
