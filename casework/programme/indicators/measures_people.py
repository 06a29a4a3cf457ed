"""What is counted of people: trainings, communication, and the women who manage."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.urls import reverse

from casework.cases.models import Case
from casework.people.models import Office, Person
from casework.programme.indicators.rows import Row, Scope
from casework.programme.indicators.scope import covered_cases, covered_organisations, standing_rows
from casework.programme.trainings.models import Outreach, Sex, Trainee, Training
from casework.rules.women_led import policy_on
from casework.vietnamese import fold


def held_row(one: Training | Outreach, key: str, amount: int, on: Any, **more: Any) -> Row:
    """A row about something that an organisation held."""
    return Row(
        key=key,
        amount=amount,
        on=on,
        told_at=one.recorded_at,
        label=one.title,
        commune_id=one.commune_id,
        commune=one.commune.name if one.commune else "",
        programmes=(one.programme.code,) if one.programme else (),
        organisation_id=one.organisation_id,
        organisation=one.organisation.name,
        **{"url": "", **more},
    )


def _trainings(scope: Scope) -> Any:
    return Training.objects.filter(
        standing_rows(scope),
        organisation__in=covered_organisations(scope.organisation),
        last_day__range=(scope.first_day, scope.last_day),
    )


def courses(scope: Scope) -> list[Row]:
    """Trainings that ended in the period."""
    found = _trainings(scope).select_related("commune", "programme", "organisation").order_by("pk")
    return [held_row(one, f"training:{one.pk}", 1, one.last_day, url=_training_url(one.pk)) for one in found]


def _training_url(pk: int) -> str:
    return f"{reverse('programme')}#training-{pk}"


def _trainees(scope: Scope) -> Any:
    held = Q(withdrawn_at=None)
    if scope.known_until:
        held |= Q(withdrawn_at__gt=scope.known_until)
    related = ("training__commune", "training__programme", "training__organisation", "cooperative")
    found = Trainee.objects.filter(held, training__in=_trainings(scope).values("pk"))
    return found.select_related(*related).order_by("pk")


def attendances(**only: Any) -> Callable[[Scope], list[Row]]:
    """Lines of attendance lists (lượt người): whoever attended two courses counts twice."""

    def rows(scope: Scope) -> list[Row]:
        return [_trainee_row(one, f"trainee:{one.pk}") for one in _trainees(scope).filter(**only)]

    return rows


def women_managers_trained(scope: Scope) -> list[Row]:
    """Women who manage a cooperative and attended a course in the period; each once."""
    found = _trainees(scope).filter(sex=Sex.FEMALE, role=Trainee.Role.MANAGER)
    first: dict[str, Trainee] = {}
    for one in found:
        first.setdefault(person_key(one), one)
    return [_trainee_row(one, key) for key, one in first.items()]


def person_key(one: Trainee) -> str:
    """What makes a participant one person: the person of a case, else the folded name, year and body."""
    if one.person_id:
        return f"person:{one.person_id}"
    # The key is kept in frozen reports: it says who is the same, not who she is.
    same = f"{fold(one.full_name)}|{one.birth_year or ''}|{one.cooperative_id or fold(one.body)}"
    return f"name:{sha256(same.encode()).hexdigest()[:16]}"


def _trainee_row(one: Trainee, key: str) -> Row:
    form = one.cooperative.legal_form if one.cooperative else ""
    more = {"sex": one.sex, "minority": one.minority, "legal_form": form, "url": _training_url(one.training_id)}
    return held_row(one.training, key, 1, one.training.last_day, **more)


def women_managers(scope: Scope) -> list[Row]:
    """Women who hold an office that counts on the last day of the period, and those who were trained as managers."""
    return list({row.key: row for row in [*women_managers_trained(scope), *_in_office(scope)]}.values())


def _in_office(scope: Scope) -> Iterable[Row]:
    policy = policy_on(scope.last_day)
    held = Office.objects.filter(
        Q(until=None) | Q(until__gt=scope.last_day),
        case__in=covered_cases(scope.organisation),
        title__in=policy.offices if policy else [],
        since__lte=scope.last_day,
        person__sex=Person.Sex.FEMALE,
    ).select_related("case__area", "case__lead_organisation")
    for one in held.order_by("pk"):
        yield _office_row(one, one.case)


def _office_row(one: Office, case: Case) -> Row:
    return Row(
        key=f"person:{one.person_id}",
        amount=1,
        on=one.since,
        told_at=case.opened_at,
        label=case.working_name,
        url=reverse("cases:file", args=[case.code]),
        case_code=case.code,
        commune_id=case.area_id,
        commune=case.area.name,
        sex=Sex.FEMALE,
        legal_form=case.legal_form,
        programmes=tuple(case.programmes),
        organisation_id=case.lead_organisation_id,
        organisation=case.lead_organisation.name,
    )


def outreach(of: str = "") -> Callable[[Scope], list[Row]]:
    """Events of communication in the period: their number, or people (`reached`, `women`)."""

    def rows(scope: Scope) -> list[Row]:
        found = Outreach.objects.filter(
            standing_rows(scope),
            organisation__in=covered_organisations(scope.organisation),
            held_on__range=(scope.first_day, scope.last_day),
        ).select_related("commune", "programme", "organisation")
        return [
            held_row(one, f"outreach:{one.pk}", (getattr(one, of) or 0) if of else 1, one.held_on)
            for one in found.order_by("pk")
        ]

    return rows
