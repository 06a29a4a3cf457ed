"""Reading the facts of cases: ten statements, for one case and for a thousand; one more for conversions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from casework.cases.models import Case
from casework.cases.stages import Kind
from casework.filings.models import Filing, FilingResult
from casework.people.models import ContributedAsset, FamilyTie, Member, Office, TiesDeclaration
from casework.people.queries import living
from casework.plans.models import BusinessPlan, Charter, FoundingConference
from casework.rules.facts import (
    AssetFact,
    CaseFacts,
    CharterFact,
    ConferenceFact,
    ConversionFact,
    MemberFact,
    OfficeFact,
)
from casework.rules.identity import faults_of_id
from casework.rules.names import protected_names
from casework.strengthening.models import ConversionCheck


def facts_of(case: Case, on: date) -> CaseFacts:
    """What the rules ask about a case, as it stood on a day. Ten statements."""
    return facts_of_all([case], on)[case.pk]


def facts_of_all(cases: Sequence[Case], on: date) -> dict[int, CaseFacts]:
    """The same for many cases at once, by id; as many statements as for one."""
    wanted = list(cases)
    members = _by_case(Member.objects.filter(_not_ended(on), case__in=wanted).select_related("person"))
    live = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    assets = _by_case(ContributedAsset.objects.filter(live, case__in=wanted))
    held = Office.objects.filter(living(on), case__in=wanted)
    offices = _by_case(held.select_related("person"))
    ties = _by_case(FamilyTie.objects.filter(live, case__in=wanted))
    declared = _newest(TiesDeclaration, wanted, "declared_on", declared_on__lte=on)
    charters, conferences = _newest(Charter, wanted), _newest(FoundingConference, wanted)
    plans = _newest(BusinessPlan, wanted)
    results = _newest(FilingResult, wanted, outcome=FilingResult.Outcome.CERTIFICATE)
    protected = tuple(protected_names(on))
    converting = [case for case in cases if case.kind == Kind.CONVERSION]
    conversions = _newest(ConversionCheck, converting, outcome="convert") if converting else {}
    return {
        case.pk: CaseFacts(
            case=case.pk,
            on=on,
            legal_form=case.legal_form,
            kind=case.kind,
            members=tuple(_member(row) for row in members[case.pk]),
            assets=tuple(_asset(row) for row in assets[case.pk]),
            offices=tuple(office_fact(row) for row in offices[case.pk]),
            ties=tuple((row.person_a_id, row.person_b_id) for row in ties[case.pk]),
            ties_declared_on=declared[case.pk].declared_on if case.pk in declared else None,
            charter=_charter(charters.get(case.pk)),
            conference=_conference(conferences.get(case.pk)),
            revenue=plans[case.pk].revenue_1 if case.pk in plans else None,
            registration_code=results[case.pk].registration_code if case.pk in results else "",
            protected_names=protected,
            conversion=_conversion(conversions.get(case.pk)),
        )
        for case in cases
    }


def relevant_day(case: Case, today: date) -> date:
    """The day whose law binds a case: that of its conference, else of its filing, else today. Two statements."""
    for model, day in ((FoundingConference, "held_on"), (Filing, "filed_on")):
        found = model._default_manager.filter(case=case).order_by("-pk").values_list(day, flat=True).first()
        if found:
            return found
    return today


def _conversion(row: ConversionCheck | None) -> ConversionFact | None:
    if row is None or row.group_since is None or row.met_on is None:
        return None
    return ConversionFact(row.group_since, row.met_on, row.members or 0, row.agreed or 0)


def _not_ended(on: date) -> Q:
    # Who is on the list is meant to be a member from the founding on, so the first day of a member is not asked.
    return Q(until=None) | Q(until__gt=on)


def _by_case(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.case_id].append(row)
    return found


def _newest(model: Any, cases: list[Case], by: str = "pk", **conditions: Any) -> dict[int, Any]:
    """The newest row of each case."""
    rows = model._default_manager.filter(case__in=cases, **conditions)
    return {row.case_id: row for row in rows.order_by("case_id", f"-{by}", "-pk").distinct("case_id")}


def _member(row: Member) -> MemberFact:
    person, natural = row.person, row.nature == Member.Nature.PERSON
    numbered = natural and person is not None and not person.is_foreign
    return MemberFact(
        id=row.pk,
        person=row.person_id,
        name=row.name,
        nature=row.nature,
        kind=row.kind,
        use=row.use,
        sex=person.sex if person else "",
        birth_date=person.birth_date if natural and person else None,
        birth_year=person.birth_year if natural and person else None,
        foreign=bool(person and person.is_foreign) if natural else row.body_is_foreign,
        committed=row.committed,
        paid=row.paid,
        id_faults=faults_of_id(person.id_number, person.sex, person.birth_year) if numbered and person else None,
    )


def _asset(row: ContributedAsset) -> AssetFact:
    return AssetFact(row.pk, row.description, row.amount, row.valuation, row.valuer, row.votes_for, row.votes_of)


def office_fact(row: Office) -> OfficeFact:
    """An office with its holder, both read by now."""
    person = row.person
    return OfficeFact(
        row.pk, row.person_id, str(person), row.title, person.sex, person.is_foreign, row.hired, row.since
    )


def _charter(row: Charter | None) -> CharterFact | None:
    if row is None:
        return None
    return CharterFact(row.cooperative_name, row.charter_capital, row.min_contribution, row.governance, row.name_agreed)


def _conference(row: FoundingConference | None) -> ConferenceFact | None:
    if row is None:
        return None
    return ConferenceFact(
        held_on=row.held_on,
        official_members=row.official_members,
        attended=row.attended,
        votes_for=row.votes_for,
        capital=row.charter_capital,
        decided=tuple(row.decided),
        filer_known=bool(row.filer_id or row.filer_name),
    )
