"""Every measure by the name that an indicator gives in `numerator` or `denominator`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.cases.stages import LegalForm
from casework.cooperatives.models import Fact
from casework.linkage.models import MarketLink
from casework.programme.indicators import measures_cases as cases
from casework.programme.indicators import measures_figures as figures
from casework.programme.indicators import measures_people as people
from casework.programme.indicators.rows import Scope
from casework.programme.indicators.sources import Source, Together
from casework.programme.trainings.models import Sex

_I, _K = Fact.Indicator, MarketLink.Kind


@dataclass(frozen=True)
class Measure:
    """A way of counting: its name, what it is called, and where its rows stand in a scope."""

    name: str
    title: Any
    source: Callable[[Scope], Source | Together]
    # It grows through the period, so its pace tells what it may come to; a stock does not.
    grows: bool = True


def _stock(name: str, title: Any, source: Callable[[Scope], Source | Together]) -> Measure:
    return Measure(name, title, source, grows=False)


_ALL = [
    Measure("founded", _("Cooperatives founded"), cases.FOUNDED),
    Measure("founded_groups", _("Cooperative groups founded"), cases.FOUNDED_GROUPS),
    Measure("converted", _("Groups that became a cooperative"), cases.CONVERTED),
    Measure("consultations", _("Consultations"), cases.consultations("")),
    Measure("consulted_women", _("Women at consultations"), cases.consultations("women")),
    Measure("reviewed", _("Cooperatives reviewed"), cases.reviewed),
    Measure("strengthened", _("Cooperatives strengthened"), cases.strengthened),
    Measure("credit_decided", _("Applications decided"), cases.credit("", "full", "partial", "refused")),
    Measure("credit_granted", _("Applications granted"), cases.credit("", "full", "partial")),
    Measure("credit_cooperatives", _("Cooperatives with a loan"), cases.credit("", "full", "partial", each=True)),
    Measure("credit_amount", _("Amount granted"), cases.credit("granted_amount", "full", "partial")),
    Measure("credit_refused_amount", _("Amount refused"), cases.credit("amount", "refused")),
    Measure("contracts", _("Contracts"), cases.market(_K.CONTRACT)),
    Measure("platforms", _("Platform listings"), cases.market(_K.PLATFORM)),
    Measure("ocop", _("OCOP products recognised"), cases.market(_K.OCOP)),
    Measure("brands", _("Brands, traceability, area codes"), cases.market(_K.BRAND, _K.TRACEABILITY, _K.GROWING_AREA)),
    Measure("standards", _("Certificates of a standard"), cases.market(_K.STANDARD)),
    Measure("courses", _("Courses"), people.courses),
    Measure("attendances", _("People trained, by attendance"), people.attendances()),
    Measure("women_attendances", _("Women trained, by attendance"), people.attendances(sex=Sex.FEMALE)),
    Measure("women_managers_trained", _("Women managers trained"), people.women_managers_trained),
    _stock("women_managers", _("Women managers"), people.women_managers),
    Measure("outreach", _("Events of communication"), people.outreach()),
    Measure("reached", _("People reached"), people.outreach("reached")),
    Measure("women_reached", _("Women reached"), people.outreach("women")),
    _stock("cooperatives", _("Cooperatives at work"), figures.cooperatives(LegalForm.HTX, LegalForm.LHHTX)),
    _stock("groups", _("Cooperative groups at work"), figures.cooperatives(LegalForm.THT)),
    _stock("members", _("Members"), figures.figures(_I.MEMBERS)),
    _stock("women_members", _("Women members"), figures.figures(_I.WOMEN_MEMBERS)),
    _stock("minority_members", _("Members of ethnic minorities"), figures.figures(_I.MINORITY_MEMBERS)),
    _stock("workers", _("Workers"), figures.figures(_I.WORKERS)),
    _stock("women_workers", _("Women workers"), figures.figures(_I.WOMEN_WORKERS)),
    _stock("incomes", _("Average income of a worker, by cooperative"), figures.figures(_I.INCOME)),
    _stock("with_income", _("Cooperatives whose income is known"), figures.with_figure(_I.INCOME)),
    _stock("loans", _("Loans outstanding"), figures.figures(_I.LOAN)),
    Measure("new_women_jobs", _("New jobs for women"), figures.growth(_I.WOMEN_WORKERS)),
    Measure("supported", _("Cooperatives supported"), figures.supported),
    Measure("support_value", _("Value of support"), figures.support_value),
    Measure("fairs", _("Trade events"), figures.fairs),
    Measure("fair_parts", _("Cooperatives at trade events"), figures.fair_parts),
]
MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
