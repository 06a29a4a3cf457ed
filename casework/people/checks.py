"""What a form can say about one person at once: too young, or a number that says otherwise than she does."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.people.capital import WITH_CAPITAL
from casework.people.models import Member, Person
from casework.people.roll.identity import told_by
from casework.rules.models import parameter


class Ages:
    """The ages of the law on a day. Two queries, asked when first needed (LHTX Article 30)."""

    def __init__(self, on: date):
        self.on = on
        self._least: dict[bool, int] = {}

    def least(self, kind: str) -> int:
        """How old a member of a kind must be."""
        capital = kind in WITH_CAPITAL
        if capital not in self._least:
            self._least[capital] = parameter("member_age_at_least" if capital else "associate_age_at_least", self.on)
        return self._least[capital]

    def fault(self, birth: str, kind: str) -> str:
        """Why somebody born then is surely too young; "" when she is old enough, or may be.

        `birth` is a year or a day in ISO form. Of a year alone the first day of it counts.
        """
        if not birth:
            return ""
        born = date.fromisoformat(birth) if len(birth) > 4 else date(int(birth), 1, 1)
        age = self.on.year - born.year - ((self.on.month, self.on.day) < (born.month, born.day))
        least = self.least(kind)
        if age >= least:
            return ""
        return _("She would be %(age)s. A member of this kind must be at least %(least)s (Article 30).") % {
            "age": age,
            "least": least,
        }


def number_warnings(person: Person) -> list[str]:
    """What the identification number says otherwise than the person's sex and birth: to be looked at, no fault.

    Twelve digits tell sex and year of birth (domain.md §8.3); a foreigner's passport tells nothing.
    """
    told = told_by(person.id_number)
    if told is None:
        return []
    found = []
    if person.sex and person.sex != told.sex:
        found.append(
            _("The identification number is that of a %(sex)s person; here she is entered as %(entered)s.")
            % {"sex": Person.Sex(told.sex).label.lower(), "entered": person.get_sex_display().lower()}
        )
    if person.birth_year and person.birth_year != told.year:
        found.append(
            _("The identification number says born in %(told)s; here it is %(entered)s.")
            % {"told": told.year, "entered": person.birth_year}
        )
    return found


def birth_words(person: Person | None) -> str:
    """The year of birth for lists; the day stays on the page of the person."""
    return str(person.birth_year or "") if person else ""


def day_words(day: date | None) -> str:
    """A day, day first; "" for none."""
    return date_format(day, "d/m/Y") if day else ""


def is_person(member: Member) -> bool:
    """Whether a member is a natural person and not a household or body."""
    return member.nature == Member.Nature.PERSON
