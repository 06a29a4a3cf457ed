"""Where one person's data stand: rows linked to her, and lists that bear her name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.documents.models import Document
from casework.organisations.standing import Standing
from casework.people.models import Founder, Member, Office, Person
from casework.plans.models import Attendance
from casework.programme.trainings.listing import people_for
from casework.programme.trainings.models import Trainee
from casework.sharing.models import CaseAccess, Consent
from casework.vietnamese import VnFold, fold

# Only their number is told to whoever does not see the case.
_COUNTED = "only counted: how many places there are beyond what she sees"
SHOWN_FIELDS = ("phone", "birth_year", "birth_date", "sex", "ethnicity", "nationality", "id_number", "area", "address")


@dataclass(frozen=True)
class Asked:
    """Whose data: the number or the phone says who she is; the name finds her on lists that have neither."""

    full_name: str
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Place:
    """One place where her data stand. `sure`: by number or phone, not by name alone."""

    case_code: str
    as_what: str
    details: str
    since: date | None
    sure: bool


@dataclass(frozen=True)
class Found:
    """What the officer may see, and how many places lie beyond it."""

    places: list[Place]
    beyond: int
    person_id: int | None = None


@dataclass(frozen=True)
class _Kind:
    """A table that has to do with cases: its rows about a person, and what is told of one."""

    words: Any
    rows: Callable[[set[int], str], Any]
    details: Callable[[Any], str]
    since: Callable[[Any], Any]
    sure: bool = True


def _linked(model: Any, *related: str) -> Callable[[set[int], str], QuerySet]:
    return lambda ids, _name: model.objects.filter(person_id__in=ids).select_related("case", "person", *related)


def _named_in_papers(_ids: set[int], name: str) -> QuerySet:
    alike = Document.objects.alias(folded=VnFold("title")).filter(folded__contains=fold(name))
    return alike.select_related("case", "type")


def _attending(_ids: set[int], name: str) -> QuerySet:
    return Attendance.objects.alias(folded=VnFold("full_name")).filter(folded=fold(name)).select_related("case")


def _shares(ids: set[int], _name: str) -> QuerySet:
    """Shares of cases whose contact she is, or for which she agreed: with them her data went to a lender."""
    hers = Q(case__contact_id__in=ids) | Q(consent__person_id__in=ids)
    return (
        CaseAccess.objects.filter(hers, kind=CaseAccess.Kind.SHARE)
        .select_related("case", "organisation")
        .annotate(times=Count("slices"))
    )


def _unknown(_row: Any) -> None:
    """A list says nothing of the day by itself."""


_KINDS = (
    _Kind(gettext_lazy("founder"), _linked(Founder), lambda row: fields_of(row.person), lambda row: row.listed_at),
    _Kind(gettext_lazy("member"), _linked(Member), lambda row: fields_of(row.person), lambda row: row.since),
    _Kind(
        gettext_lazy("office"),
        _linked(Office),
        lambda row: f"{row.get_title_display()}; {fields_of(row.person)}",
        lambda row: row.since,
    ),
    _Kind(
        gettext_lazy("consent"),
        _linked(Consent, "recipient"),
        lambda row: " · ".join(filter(None, [str(row.get_purpose_display()), str(row.recipient or "")])),
        lambda row: row.valid_from,
    ),
    _Kind(
        gettext_lazy("share with a lender"),
        _shares,
        lambda row: _("%(lender)s, shown %(n)s times") % {"lender": row.organisation, "n": row.times},
        lambda row: row.valid_from,
    ),
    _Kind(gettext_lazy("attendance list"), _attending, lambda row: row.role, _unknown, sure=False),
    _Kind(
        gettext_lazy("paper"),
        _named_in_papers,
        lambda row: f"{row.title} ({row.type})",
        lambda row: row.added_at,
        sure=False,
    ),
)


def same_person(asked: Asked) -> set[int]:
    """Ids of the rows that are this person: the same number, or the same name and phone. Two queries."""
    if not (asked.id_number or asked.phone):
        return set()
    condition = Q(id_number=asked.id_number) if asked.id_number else Q(pk=None)
    if asked.phone:
        condition |= Q(phone=asked.phone, folded=fold(asked.full_name))
    rows = Person.objects.alias(folded=VnFold("full_name")).filter(condition)
    numbers = {number for number in rows.values_list("id_number", flat=True) if number}
    return set(
        Person.objects.filter(Q(pk__in=rows.values("pk")) | Q(id_number__in=numbers)).values_list("pk", flat=True)
    )


def find(asked: Asked, standing: Standing) -> Found:
    """Everything about a person within what somebody may see, and the number of places beyond it."""
    ids = same_person(asked)
    places: list[Place] = []
    beyond = 0
    for kind in _KINDS:
        rows = kind.rows(ids, asked.full_name)
        seen = list(_in_sight(rows, standing))
        beyond += rows.beyond_sight(_COUNTED).count() - len(seen)
        places += [_place(kind, row) for row in seen]
    for more in (_contacts(ids, standing), _trainings(ids, asked.full_name, standing)):
        places += more.places
        beyond += more.beyond
    # Known only when it is one person and a case that the officer sees proves her.
    known = next(iter(ids)) if len(ids) == 1 and any(place.sure for place in places) else None
    return Found(sorted(places, key=lambda place: (not place.sure, place.case_code, place.as_what)), beyond, known)


def _in_sight(rows: Any, standing: Standing) -> Any:
    """The rows that somebody may see: papers have a circle of their own, shares follow their case."""
    if hasattr(rows, "visible_to"):
        return rows.visible_to(standing)
    return rows.filter(case__in=Case.objects.visible_to(standing))


def _place(kind: _Kind, row: Any) -> Place:
    return Place(row.case.code, str(kind.words), kind.details(row), _day(kind.since(row)), kind.sure)


def _contacts(ids: set[int], standing: Standing) -> Found:
    rows = Case.objects.filter(contact_id__in=ids)
    seen = list(rows.visible_to(standing).select_related("contact"))
    words = _("contact of the case")
    told = [Place(c.code, words, fields_of(c.contact), _day(c.opened_at), sure=True) for c in seen]
    return Found(told, rows.beyond_sight(_COUNTED).count() - len(seen))


def _trainings(ids: set[int], name: str, standing: Standing) -> Found:
    alike = Trainee.objects.alias(folded=VnFold("full_name")).filter(Q(person_id__in=ids) | Q(folded=fold(name)))
    mine = alike.filter(pk__in=people_for(standing, QueryDict()).values("pk")).select_related("training")
    seen = [
        Place(
            "", _("attendance list of a training"), str(row.training), row.training.first_day, sure=row.person_id in ids
        )
        for row in mine
    ]
    return Found(seen, alike.count() - len(seen))


def fields_of(person: Any) -> str:
    """Which fields of a person hold something, by their names; never what they hold."""
    filled: Iterator[str] = (
        str(getattr(Person._meta.get_field(name), "verbose_name", name))
        for name in SHOWN_FIELDS
        if getattr(person, name)
    )
    return ", ".join([str(_("full name")), *filled])


def _day(value: Any) -> date | None:
    return timezone.localdate(value) if isinstance(value, datetime) else value
