"""Absences: who is away, and who stands in for her meanwhile. See docs/concepts/handover.md."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit, lock_request
from casework.organisations.models import Absence, User
from casework.organisations.seats import organisations_of, seats_on

LONGEST_DAYS = 366


def lock_absences() -> None:
    """Two absences entered at once could close a loop between them; so they wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('absences', 0))")


def authorise_for(unit: Unit, person: User) -> None:
    """Everybody for herself; for another person `set_absence` over an organisation in which she sits."""
    if unit.by.pk != person.pk:
        unit.authorise_any("set_absence", organisations_of(person))


@dataclass(frozen=True)
class SetAbsence(Act):
    """A person is away from a day until a day, and a substitute acts for her on these days."""

    verb: ClassVar[str] = "absence.set"

    user: User
    substitute: User
    first_day: date
    last_day: date
    reason: str = ""

    def lock(self, unit: Unit) -> None:
        lock_request(unit)
        lock_absences()
        unit.chain = f"user:{self.user.pk}"

    def authorise(self, unit: Unit) -> None:
        authorise_for(unit, self.user)

    def change(self, unit: Unit) -> dict[str, Any]:
        self._say_if_days_wrong()
        self._say_if_no_substitute()
        self._say_if_overlapping()
        say_if_loop(self.user, self.substitute, self.first_day, self.last_day)
        unit.reason = self.reason
        unit.facts.update({"user": self.user.pk, "substitute": self.substitute.pk})
        absence = unit.add(
            Absence(
                user=self.user,
                substitute=self.substitute,
                first_day=self.first_day,
                last_day=self.last_day,
                reason=self.reason,
                set_by=unit.by,
            )
        )
        # Whoever entered it is left out when it is delivered.
        for person in (self.substitute, self.user):
            unit.tell(Notice("absence.set", user_id=person.pk))
        return {"absence": absence.pk}

    def _say_if_days_wrong(self) -> None:
        if self.last_day < self.first_day:
            raise ActionNotPossible(_("The last day comes before the first day."), "last_day")
        if self.last_day < timezone.localdate():
            raise ActionNotPossible(
                _("This last day is over already. An absence is entered for days to come."), "last_day"
            )
        if (self.last_day - self.first_day).days >= LONGEST_DAYS:
            raise ActionNotPossible(
                _("An absence lasts at most %(days)d days. For longer, hand the tasks over.") % {"days": LONGEST_DAYS},
                "last_day",
            )

    def _say_if_no_substitute(self) -> None:
        if self.substitute.pk == self.user.pk:
            raise ActionNotPossible(_("Nobody stands in for herself. Choose somebody else."), "substitute")
        if not substitutes_of(self.user).filter(pk=self.substitute.pk).exists():
            raise ActionNotPossible(
                _("%(name)s works in no organisation that is the same as, directly above or directly below.")
                % {"name": self.substitute}
                if self.substitute.is_active
                else _("The account of %(name)s is closed.") % {"name": self.substitute},
                "substitute",
            )

    def _say_if_overlapping(self) -> None:
        other = _overlapping(self.user.pk, self.first_day, self.last_day).first()
        if other:
            raise ActionNotPossible(
                _("%(name)s is entered as away from %(first)s to %(last)s already. End that absence first.")
                % {"name": self.user, "first": f"{other.first_day:%d/%m/%Y}", "last": f"{other.last_day:%d/%m/%Y}"},
                "first_day",
            )


@dataclass(frozen=True)
class EndAbsence(Act):
    """An absence ends at once, or a coming one is withdrawn; the substitute's rights end with it."""

    verb: ClassVar[str] = "absence.ended"

    absence_id: int

    def lock(self, unit: Unit) -> None:
        lock_absences()
        unit.chain = f"user:{self._absence().user_id}"

    def authorise(self, unit: Unit) -> None:
        authorise_for(unit, self._absence().user)

    def change(self, unit: Unit) -> dict[str, Any]:
        absence = self._absence()
        if absence.ended_at or absence.last_day < timezone.localdate():
            raise ActionNotPossible(_("This absence is over already."))
        unit.change(absence, ended_at=timezone.now())
        return {"absence": absence.pk}

    def _absence(self) -> Absence:
        return Absence.objects.select_related("user").get(pk=self.absence_id)


def end_groundless(unit: Unit, person: User) -> None:
    """End the absences of a person, or those in which she is the substitute, that no common seat carries any more.

    Part of an act.
    """
    rows = Absence.objects.filter(Q(user=person) | Q(substitute=person), ended_at=None)
    for absence in rows.filter(last_day__gte=timezone.localdate()).select_related("user").order_by("pk"):
        if not substitutes_of(absence.user).filter(pk=absence.substitute_id).exists():
            unit.change(absence, ended_at=timezone.now())


def substitutes_of(person: User) -> Any:
    """Active people, without herself, who sit in one of her organisations or directly above or below. One query."""
    hers = seats_on().filter(user=person).values("organisation_id")
    near = Q(organisation__in=hers) | Q(organisation__parent__in=hers) | Q(organisation__children__in=hers)
    return User.objects.filter(is_active=True, pk__in=seats_on().filter(near).values("user_id")).exclude(pk=person.pk)


def _overlapping(person_id: int, first: date, last: date) -> Any:
    return Absence.objects.filter(user=person_id, ended_at=None, first_day__lte=last, last_day__gte=first)


def say_if_loop(person: User, substitute: User, first: date, last: date) -> None:
    """Raise ActionNotPossible when on some of these days the substitute would be stood in for by the person herself.

    Followed through any number of substitutes; each narrows the days. One query a level.
    """
    ways = [(substitute.pk, first, last)]
    while ways:
        further = []
        for who, begin, end in ways:
            for absence in _overlapping(who, begin, end).select_related("user"):
                if absence.substitute_id == person.pk:
                    raise ActionNotPossible(
                        _("That would be a circle: %(name)s is away then too, and %(person)s stands in at the end.")
                        % {"name": absence.user, "person": person},
                        "substitute",
                    )
                further.append((absence.substitute_id, max(begin, absence.first_day), min(end, absence.last_day)))
        ways = further


def stand_ins(people: set[int], on: date | None = None) -> dict[int, list[Absence]]:
    """For each of these people who is away on a day, the chain of absences up to whoever is there.

    One query a level.
    """
    day = on or timezone.localdate()
    away: dict[int, Absence] = {}
    asked: set[int] = set()
    ask = set(people)
    while ask:
        found = Absence.objects.on(day).filter(user__in=ask).select_related("user", "substitute")
        away.update({absence.user_id: absence for absence in found})
        asked |= ask
        ask = {absence.substitute_id for absence in away.values()} - asked
    return {person: _chain(person, away) for person in people if person in away}


def _chain(person: int, away: dict[int, Absence]) -> list[Absence]:
    chain: list[Absence] = []
    while person in away and away[person] not in chain:
        chain.append(away[person])
        person = away[person].substitute_id
    return chain


def away_words(chain: list[Absence]) -> str:
    """When somebody is back and who acts meanwhile, such as “away until 14/03/2026, Lan acts for her”."""
    return _("away until %(day)s, %(name)s acts for her") % {
        "day": f"{chain[0].last_day:%d/%m/%Y}",
        "name": chain[-1].substitute,
    }
