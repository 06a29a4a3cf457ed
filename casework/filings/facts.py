"""What is known of a registration, as people read it."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from casework.documents.models import ChecklistItem
from casework.facts import Section, section
from casework.filings.models import Dossier, Filing, FilingResult


def facts_of(case: Any) -> list[Section]:
    """Every round: the dossier, its filing, the answer."""
    sections = []
    filings = Filing.objects.filter(case=case).select_related("authority", "result").order_by("round")
    by_dossier = {filing.dossier_id: filing for filing in filings}
    for dossier in Dossier.objects.filter(case=case).order_by("round"):
        sections.append(_dossier_section(dossier))
        filing = by_dossier.get(dossier.pk)
        if filing:
            sections.append(_filing_section(filing))
            result = getattr(filing, "result", None)
            sections += [_result_section(result, filing.round)] if result else []
    return sections


def dossier_facts(case: Any) -> list[Section]:
    """The newest dossier."""
    dossier = Dossier.latest_of(case)
    return [_dossier_section(dossier)] if dossier else []


def filing_facts(case: Any) -> list[Section]:
    """The newest filing."""
    filing = Filing.latest_of(case)
    return [_filing_section(filing)] if filing else []


def amendment_facts(case: Any) -> list[Section]:
    """What the registrar wants to have amended, while that is the last word."""
    result = FilingResult.latest_of(case)
    amend = result and result.outcome == FilingResult.Outcome.AMEND
    return [replace(_result_section(result, result.filing.round), correction=True)] if result and amend else []


def _dossier_section(dossier: Dossier) -> Section:
    documents = ChecklistItem.objects.filter(legal_form=dossier.case.legal_form, code__in=dossier.documents)
    titles = list({d.code: d.title for d in documents.order_by("place", "valid_from")}.values())
    told = section(_("Registration dossier, round %(number)s") % {"number": dossier.round}, dossier, ("note",))
    corrected = [(_("Corrected as the registrar asked"), "; ".join(dossier.corrected))] if dossier.corrected else []
    return Section(told.title, [(_("Documents"), "; ".join(titles or dossier.documents)), *corrected, *told.facts])


def _filing_section(filing: Filing) -> Section:
    return section(
        _("Filing, round %(number)s") % {"number": filing.round},
        filing,
        ("filed_on", "authority", "channel", "receipt_code", "promised_on"),
    )


def _result_section(result: FilingResult, number: int) -> Section:
    return section(
        _("Answer of the registrar, round %(number)s") % {"number": number},
        result,
        ("outcome", "registration_code", "issued_on", "letter_number", "to_amend", "refusal_reasons"),
    )
