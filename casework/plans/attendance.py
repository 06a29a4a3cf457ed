"""Who was present: rows of a form, and the rows that are stored."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.acts import Unit
from casework.fields import NameField, TextLine
from casework.people.models import Person
from casework.plans.models import Attendance
from casework.steps import RowGroup


class AttendanceRow(forms.Form):
    """One person who was present."""

    full_name = NameField(label=_("Full name"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", "–"), *Person.Sex.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose the sex.")},
    )
    role = TextLine(
        label=_("As what"), required=False, max_length=120, help_text=_("For example: founder, Women's Union, guest.")
    )


PRESENT = RowGroup(AttendanceRow, _("Person present"), heading=_("Who was present"), shown=4, columns=3)


def check_attendance(rows: list[dict[str, Any]], present: int | None, women: int | None) -> None:
    """Nobody is listed beyond those who were counted. Raises ValidationError."""
    listed = sum(row.get("sex") == Person.Sex.FEMALE for row in rows)
    if present is not None and len(rows) > present:
        raise ValidationError(
            _g("%(listed)s people are listed, but only %(present)s were counted.")
            % {"listed": len(rows), "present": present}
        )
    if women is not None and listed > women:
        raise ValidationError(
            _g("%(listed)s women are listed, but only %(women)s were counted.") % {"listed": listed, "women": women}
        )


def note_attendance(unit: Unit, rows: list[dict[str, Any]], **of: Any) -> None:
    """Store who was present at a visit, consultation or conference (`of`). Part of an act."""
    for row in rows:
        told = {name: row.get(name) or "" for name in ("full_name", "sex", "role")}
        unit.add(Attendance(case=unit.case, **of, **told))
