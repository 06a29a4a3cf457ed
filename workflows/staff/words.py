"""People as lists of choices name them."""

from collections.abc import Iterable

from casework.organisations.absences import away_words, stand_ins
from casework.organisations.models import User


def named_with_absence(people: Iterable[User]) -> list[tuple[str, str]]:
    """Choices of people; who is away is named with the day of her return and who acts meanwhile. One query a level."""
    people = list(people)
    away = stand_ins({person.pk for person in people})
    return [
        (str(person.pk), f"{person} ({away_words(away[person.pk])})" if person.pk in away else str(person))
        for person in people
    ]
