"""What is counted of people: trainings, communication, and the women who manage."""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat, Left
from django.urls import reverse

from casework.people.models import Office, Person
from casework.programme.indicators.measures_cases import of_case
from casework.programme.indicators.measures_figures import of_organisation, programmes
from casework.programme.indicators.rows import Scope
from casework.programme.indicators.scope import covered_cases, covered_organisations, standing_rows
from casework.programme.indicators.sources import (
    Source,
    Together,
    amount_of,
    each_once,
    key_of,
    known,
    moment,
    text,
)
from casework.programme.trainings.models import Outreach, Sex, Trainee, Training
from casework.rules.women_led import policy_on
from casework.vietnamese import VnFold

Sources = Callable[[Scope], Source]
_KEPT = 16  # hexadecimal digits of the hash in a key


class _Sha256(Func):
    """The SHA-256 of a text in hexadecimal digits. (Django's own needs an extension.)"""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = CharField()


def _held(path: str = "") -> dict[str, Any]:
    """What something tells that an organisation held."""
    return {
        "label": F(f"{path}title"),
        "commune_id": F(f"{path}commune_id"),
        "commune": known(f"{path}commune__name"),
        "programmes": programmes(f"{path}programme__code"),
        **of_organisation(path),
    }


def _trainings(scope: Scope) -> Any:
    return Training.objects.filter(
        standing_rows(scope),
        organisation__in=covered_organisations(scope.organisation),
        last_day__range=(scope.first_day, scope.last_day),
    )


def _training_page(row: dict[str, Any]) -> str:
    return reverse("trainings:training", args=[row["target"]])


def courses(scope: Scope) -> Source:
    """Trainings that ended in the period."""
    return Source(
        _trainings(scope),
        key=key_of("training"),
        amount=amount_of(""),
        on=F("last_day"),
        told_at=F("recorded_at"),
        address=_training_page,
        **_held(),
    )


def _trainees(scope: Scope) -> Any:
    held = Q(withdrawn_at=None)
    if scope.known_until:
        held |= Q(withdrawn_at__gt=scope.known_until)
    return Trainee.objects.filter(held, training__in=_trainings(scope))


def _attendance(found: Any, key: Any) -> Source:
    return Source(
        found,
        key=key,
        amount=amount_of(""),
        on=F("training__last_day"),
        told_at=F("training__recorded_at"),
        address=_training_page,
        target=F("training_id"),
        sex=F("sex"),
        minority=F("minority"),
        legal_form=known("cooperative__legal_form"),
        **_held("training__"),
    )


def attendances(**only: Any) -> Sources:
    """Lines of attendance lists (lượt người): whoever attended two courses counts twice."""
    return lambda scope: _attendance(_trainees(scope).filter(**only), key_of("trainee"))


def women_managers_trained(scope: Scope) -> Source:
    """Women who manage a cooperative and attended a course in the period; each once."""
    found = _trainees(scope).filter(sex=Sex.FEMALE, role=Trainee.Role.MANAGER)
    return _attendance(each_once(found, person_key()), person_key())


def person_key() -> Any:
    """What makes a participant one person: the person of a case, else the folded name, year and body.

    The key is kept in frozen reports: it says who is the same, not who she is.
    """
    year, body = Cast("birth_year", CharField()), Coalesce(Cast("cooperative_id", CharField()), VnFold("body"))
    same = Concat(VnFold("full_name"), text("|"), Coalesce(year, text()), text("|"), body)
    hashed = Concat(text("name:"), Left(_Sha256(same), _KEPT))
    return Coalesce(_person("person_id"), hashed)


def _person(path: str) -> Any:
    """`person:7`; None without a person."""
    parts = Value("person:"), Cast(path, CharField())
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=CharField())


def women_managers(scope: Scope) -> Together:
    """Women who hold an office that counts on the last day of the period, and those who were trained as managers."""
    return Together((women_managers_trained(scope), _in_office(scope)))


def _in_office(scope: Scope) -> Source:
    policy = policy_on(scope.last_day)
    held = Office.objects.filter(
        Q(until=None) | Q(until__gt=scope.last_day),
        case__in=covered_cases(scope.organisation),
        title__in=policy.offices if policy else [],
        since__lte=scope.last_day,
        person__sex=Person.Sex.FEMALE,
    )
    return Source(
        each_once(held, F("person_id")),
        key=key_of("person", "person_id"),
        amount=amount_of(""),
        on=F("since"),
        told_at=moment("case__opened_at"),
        sex=text(Sex.FEMALE),
        **of_case(),
    )


def _outreach_page(row: dict[str, Any]) -> str:
    return reverse("trainings:outreach")


def outreach(of: str = "") -> Sources:
    """Events of communication in the period: their number, or people (`reached`, `women`)."""

    def source(scope: Scope) -> Source:
        found = Outreach.objects.filter(
            standing_rows(scope),
            organisation__in=covered_organisations(scope.organisation),
            held_on__range=(scope.first_day, scope.last_day),
        )
        return Source(
            found,
            key=key_of("outreach"),
            amount=amount_of(of),
            on=F("held_on"),
            told_at=F("recorded_at"),
            address=_outreach_page,
            **_held(),
        )

    return source
