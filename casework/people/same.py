"""The question "is this the same person?" and its answers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from casework.people.likely import Likely
from casework.people.models import Person

ANOTHER = "another"


def choices_of(likely: Sequence[Likely]) -> list[tuple[str, str]]:
    """The likely persons and, last, that it is somebody else."""
    known = [(str(one.person.pk), _description(one)) for one in likely]
    return [*known, (ANOTHER, _("No, this is another person"))]


def _description(likely: Likely) -> str:
    person: Person = likely.person
    known = _("known in this case") if likely.here else _("known from another case that you may open")
    facts = [person.full_name, str(person.birth_year or ""), person.masked_phone, known]
    return _("Yes: %(person)s") % {"person": ", ".join(fact for fact in facts if fact)}


def decision(answer: str) -> tuple[int | None, bool]:
    """The person who is meant, and whether it was said that it is another."""
    if answer == ANOTHER:
        return None, True
    return (int(answer) if answer.isascii() and answer.isdigit() and len(answer) < 16 else None), False
