"""What the law asks of founders and of the founding conference, for forms: with the numbers in force on a day."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.cases.stages import LegalForm
from casework.rules.models import LegalDocument, in_force, parameter
from casework.vietnamese import fold

COOPERATIVES = "cooperatives"


def law_since() -> date:
    """The first day of the law on cooperatives in force today. What is filed now cannot be older. One query.

    Raises LegalDocument.DoesNotExist before the reference data are loaded.
    """
    laws = LegalDocument.objects.filter(in_force(timezone.localdate()), subject=COOPERATIVES)
    return laws.latest("valid_from").valid_from


def judged_as(legal_form: str) -> str:
    """The legal form whose rules bind a group: those of a cooperative while it is still open what it will be."""
    return legal_form if legal_form in (LegalForm.THT, LegalForm.LHHTX) else LegalForm.HTX


def least_members(case: Any, on: date) -> int:
    """How many official members the legal form aimed at needs (rule R1; LHTX Article 4). One query."""
    return parameter(f"members_at_least_{judged_as(case.legal_form).lower()}", on)


def votes_needed(official_members: int, on: date) -> int:
    """The fewest votes that carry the founding resolution (rule R9: our reading of "đa số"). One query."""
    return official_members * parameter("founding_votes_above_percent", on) // 100 + 1


def faults_of_founders(case: Any, rows: list[dict[str, Any]], on: date) -> list[str]:
    """Sentences on what is wrong with a list of founders (rules R1, R2), each naming the person."""
    faults = []
    least, age = least_members(case, on), parameter("member_age_at_least", on)
    if len(rows) < least:
        faults.append(
            ngettext(
                "The law asks for at least %(least)s founder; %(count)s is listed.",
                "The law asks for at least %(least)s founders; %(count)s are listed.",
                least,
            )
            % {"least": least, "count": len(rows)}
        )
    faults += [
        _("%(name)s is not yet %(age)s years old and cannot be a founder.") % {"name": row["full_name"], "age": age}
        for row in rows
        if on.year - row["birth_year"] < age
    ]
    return [*faults, *_repeated(rows)]


def _repeated(rows: list[dict[str, Any]]) -> list[str]:
    """Each person stands on the list once."""
    seen: dict[tuple[str, int], str] = {}
    faults = []
    for row in rows:
        key = (fold(row["full_name"]), row["birth_year"])
        if key in seen:
            faults.append(
                _("%(name)s, born %(year)s, stands on the list twice.")
                % {"name": row["full_name"], "year": row["birth_year"]}
            )
        seen[key] = row["full_name"]
    return faults
