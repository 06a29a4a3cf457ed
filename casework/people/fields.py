"""Form fields about persons: birth, identification number, sex."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.fields import TextLine
from casework.people.models import Person
from casework.people.roll.identity import OLDEST
from casework.vietnamese import nfc_clean

_DAY = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
ID_DIGITS, OLD_DIGITS = 12, 9
_PASSPORT = re.compile(r"[A-Z]{0,3}[0-9]{5,12}")


class BirthField(TextLine):
    """A day or year of birth as text: 1985 or 1985-03-12. Reads 1985, 12/03/1985; shows the day first."""

    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "required": _("Write the day or the year of birth, for example 12/03/1985 or 1985."),
        "invalid": _("Write the day or the year of birth, for example 12/03/1985 or 1985."),
        "no_such_day": _("There is no such day. Check day and month."),
        "future": _("This day is still to come."),
        "too_old": _("Nobody is more than %(oldest)s years old. Check the year."),
    }

    def __init__(self, **options: Any):
        super().__init__(max_length=20, **options)

    def to_python(self, value: Any) -> str:
        """The day or year in ISO form; "" when nothing was typed."""
        text = nfc_clean(str(value or ""))
        if not text:
            return ""
        born = text if _YEAR.fullmatch(text) else self._day(text).isoformat()
        today = timezone.localdate()
        if born > today.isoformat()[: len(born)]:
            raise self.fault("future")
        if int(born[:4]) < today.year - OLDEST:
            raise self.fault("too_old", oldest=OLDEST)
        return born

    def _day(self, text: str) -> date:
        if iso := _ISO.fullmatch(text):
            year, month, day = iso.groups()
        elif typed := _DAY.fullmatch(text):
            day, month, year = typed.groups()
        else:
            raise self.fault("invalid")
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise self.fault("no_such_day") from error

    def prepare_value(self, value: Any) -> Any:
        """Day first."""
        iso = _ISO.fullmatch(str(value or ""))
        return f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else value


class IdNumberField(TextLine):
    """A personal identification number of twelve digits, without spaces. Zeros are never added.

    With `passport=True` also letters and digits of a foreigner's passport.
    """

    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "invalid": _("The personal identification number has 12 digits. Copy it from the card."),
        "old_card": _("This is the number of an old card (9 digits). Write the 12 digits of the new one."),
        "digits": _("The personal identification number has 12 digits, this one has %(count)s. Check for lost zeros."),
    }

    def __init__(self, *, passport: bool = False, **options: Any):
        self.passport = passport
        super().__init__(max_length=40, **options)

    def to_python(self, value: Any) -> str:
        """The digits alone, or "" when nothing was typed."""
        return re.sub(r"[\s.\-]", "", super().to_python(value)).upper()

    def validate(self, value: str) -> None:
        """Twelve digits, else what they may be instead."""
        super().validate(value)
        if not value or re.fullmatch(rf"[0-9]{{{ID_DIGITS}}}", value):
            return
        if self.passport and _PASSPORT.fullmatch(value):
            return
        if not re.fullmatch(r"[0-9]+", value):
            raise self.fault("invalid")
        raise self.fault("old_card") if len(value) == OLD_DIGITS else self.fault("digits", count=len(value))


class SexField(forms.ChoiceField):
    """Female, male, or not yet known."""

    def __init__(self, **options: Any):
        options.setdefault("label", _("Sex"))
        super().__init__(
            choices=[("", "–"), *Person.Sex.choices],
            required=False,
            error_messages={"invalid_choice": _("Choose the sex.")},
            **options,
        )
