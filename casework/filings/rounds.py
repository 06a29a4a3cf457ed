"""The rounds of a registration: what was put together, handed in, said by the desk and answered, and when."""

from dataclasses import dataclass, field
from typing import Any

from casework.documents.models import ChecklistItem
from casework.filings.filing_forms import registrar_name
from casework.filings.models import Dossier, Filing, FilingResult, OuterStatus

_TONES: dict[str, str] = {
    FilingResult.Outcome.CERTIFICATE: "ok",
    FilingResult.Outcome.AMEND: "warn",
    FilingResult.Outcome.REFUSED: "bad",
}


@dataclass
class Round:
    """One dossier and what became of it."""

    dossier: Dossier
    documents: list[str]
    filing: Filing | None = None
    statuses: list[OuterStatus] = field(default_factory=list)
    result: FilingResult | None = None

    @property
    def number(self) -> int:
        """The number of the round, from 1."""
        return self.dossier.round

    @property
    def registrar(self) -> str:
        """Who registers, in words."""
        return registrar_name(self.filing.authority) if self.filing else ""

    @property
    def tone(self) -> str:
        """The colour of the answer, beside its word."""
        return _TONES.get(self.result.outcome, "") if self.result else ""

    @property
    def points(self) -> list[str]:
        """What is to be amended, point by point."""
        return (self.result.amend_items or [self.result.to_amend]) if self.result and self.result.to_amend else []


def rounds_of(case: Any) -> list[Round]:
    """Every round of a case, the newest first. Four queries, for one round and for ten."""
    dossiers = list(Dossier.objects.filter(case=case).select_related("recorded_by").order_by("-round"))
    filings = Filing.objects.filter(case=case).select_related("authority", "recorded_by", "result__recorded_by")
    filed = {filing.dossier_id: filing for filing in filings.order_by("round")}
    noted: dict[int, list[OuterStatus]] = {}
    for status in OuterStatus.objects.filter(case=case).select_related("recorded_by").order_by("seen_on", "pk"):
        noted.setdefault(status.filing_id, []).append(status)
    titles = titles_of({code for dossier in dossiers for code in dossier.documents}, case.legal_form)
    return [_round(dossier, filed.get(dossier.pk), noted, titles) for dossier in dossiers]


def _round(dossier: Dossier, filing: Filing | None, noted: dict[int, list[OuterStatus]], titles: dict) -> Round:
    names = [titles.get(code, code) for code in dossier.documents]
    if filing is None:
        return Round(dossier, names)
    return Round(dossier, names, filing, noted.get(filing.pk, []), getattr(filing, "result", None))


def titles_of(codes: set[str], legal_form: str) -> dict[str, str]:
    """Titles of documents of a dossier by their codes, the newest wording of each. One query."""
    items = ChecklistItem.objects.filter(legal_form=legal_form, code__in=codes).order_by("valid_from")
    return {item.code: item.title for item in items}
