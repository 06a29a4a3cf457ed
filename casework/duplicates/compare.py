"""Two entries side by side: what each says, and in words whether they agree. Numbers of people stay masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cooperatives.models import Cooperative, Fact
from casework.documents.models import Document
from casework.duplicates.models import NotDuplicate
from casework.duplicates.score import last_digits
from casework.facts import grouped, section
from casework.notes.models import Note
from casework.organisations.standing import Standing
from casework.people.models import Founder, Member, Person

_LEAD = ("legal_form", "trade", "women_interested", "source", "received_on", "stage", "status")
_COOPERATIVE = (
    "legal_form",
    "registration_code",
    "founded",
    "province",
    "place_as_written",
    "products",
    "members",
    "women",
    "capital",
    "source",
)


@dataclass(frozen=True)
class Line:
    """One thing that both, one or none of the two say."""

    label: str
    one: str
    other: str
    same: bool

    @property
    def verdict(self) -> str:
        """In words whether the two agree; nothing where one of them is silent."""
        if not self.one or not self.other:
            return ""
        return _("the same") if self.same else _("differs")


def lines_of(kind: str, one: Any, other: Any, standing: Standing) -> list[Line]:
    """Everything worth comparing of a pair, in the order in which people ask for it."""
    if kind == NotDuplicate.Kind.PERSON:
        return _person_lines(one, other)
    sides = [_lead(row, standing) if isinstance(row, Case) else _cooperative(row, standing) for row in (one, other)]
    labels = list(dict.fromkeys(label for side in sides for label in side))
    told = [_line(label, sides[0].get(label, ""), sides[1].get(label, "")) for label in labels]
    phones = [_phone_line(one.contact, other.contact)] if isinstance(one, Case) and isinstance(other, Case) else []
    return [line for line in [*told[:2], *phones, *told[2:]] if line.one or line.other]


def _line(label: str, one: str, other: str) -> Line:
    return Line(label, one, other, one == other)


def _shown(row: Model, fields: Iterable[str]) -> dict[str, str]:
    return {fact[0]: fact[1] for fact in section("", row, fields).facts}


def _lead(case: Case, standing: Standing) -> dict[str, str]:
    """A case; what was added to it tells which of two should go on."""
    added = [
        (_("Founders on the list"), Founder.objects.filter(case=case, left_at=None).count()),
        (_("Members"), Member.objects.filter(case=case, until=None).count()),
        (_("Notes"), Note.objects.visible_to(standing).filter(case=case).count()),
        (_("Papers"), Document.objects.visible_to(standing).filter(case=case).count()),
    ]
    return {
        _("Commune"): str(case.area),
        _("Contact person"): case.contact.full_name if case.contact else "",
        **_shown(case, _LEAD),
        _("Led by"): case.lead_organisation.name,
        **{label: grouped(number) for label, number in added if number},
    }


def _cooperative(row: Cooperative, standing: Standing) -> dict[str, str]:
    figures = Fact.objects.filter(cooperative=row, withdrawn_at=None).count()
    return {
        _("Commune"): str(row.commune or ""),
        _("Other names"): ", ".join(alias.name for alias in row.alias_set.all()),
        **_shown(row, _COOPERATIVE),
        _("Dated figures"): grouped(figures),
        _("Cases"): grouped(Case.objects.visible_to(standing).filter(cooperative=row).count()),
    }


def _phone_line(one: Person | None, other: Person | None) -> Line:
    """Two numbers, masked; whether they are the same is told all the same."""
    a, b = ((person.phone, person.masked_phone) if person else ("", "") for person in (one, other))
    return Line(_("Phone of the contact person"), a[1], b[1], same=last_digits(a[0]) == last_digits(b[0]))


def _person_lines(one: Person, other: Person) -> list[Line]:
    lines = [
        _line(_("Year of birth"), str(one.birth_year or ""), str(other.birth_year or "")),
        _line(_("Sex"), str(one.get_sex_display()), str(other.get_sex_display())),
        Line(
            _("Personal identification number"),
            one.masked_id_number,
            other.masked_id_number,
            same=one.id_number == other.id_number,
        ),
        _phone_line(one, other),
        _line(_("Commune"), str(one.area or ""), str(other.area or "")),
    ]
    return [line for line in lines if line.one or line.other]
