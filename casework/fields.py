"""Form fields for what people type in Vietnam: days, money, counts, phones, names, registration codes.

Every field reads what an advisor would write and answers anything else with a sentence that says what to
write instead. Nothing is guessed: what can be read in two ways is refused.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.facts import grouped
from casework.reading import has_check_digit, parse_money, parse_whole
from casework.vietnamese import nfc_clean

_DAY = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# They show nothing and come with copied text: zero width, soft hyphen, byte order mark.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# They turn the writing around or control a terminal: a text would read otherwise on paper than on the page.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\x01-\x08\x0b-\x1f\x7f]")
# In longer texts, which are pasted from a word processor, only what turns them is refused; its breaks are breaks.
_TURNING_LINES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAKS = {ord(sign): "\n" for sign in "\x0b\x0c\u2028\u2029"} | {ord("\u200e"): None, ord("\u200f"): None}
# Three marks on one letter, or a mark on none: no language writes so.
_PILED = re.compile("mmm|^m| m")

SMALLEST_SUM = 1_000
LARGEST_SUM = 10**13
LARGEST_QUANTITY = Decimal(10) ** 8
EARLIEST_DAY = date(1990, 1, 1)


class _Typed(forms.Field):
    """A field for one typed line. `suffix` and `prefix` stand beside it: "đồng", "%"."""

    widget = forms.TextInput
    attrs: dict[str, Any] = {}

    def __init__(self, *, suffix: Any = "", prefix: Any = "", **options: Any):
        self.suffix, self.prefix = suffix, prefix
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The keyboard to offer, and what stands beside the box."""
        beside = {"data-suffix": self.suffix, "data-prefix": self.prefix}
        return {**super().widget_attrs(widget), **self.attrs, **{k: v for k, v in beside.items() if v}}

    def fault(self, code: str, **params: Any) -> ValidationError:
        """The sentence for one fault."""
        return ValidationError(self.error_messages[code], code, params)


class WholeNumber(_Typed):
    """A count of people, months, jobs: an int. Reads 1.200 and 1 200."""

    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "required": _("Write a number; write 0 if there is none."),
        "invalid": _("Write a whole number, for example 12 or 1.200."),
        "too_small": _("The number must be at least %(least)s."),
        "too_large": _("The number must be at most %(most)s."),
    }

    def __init__(self, *, least: int = 0, most: int = 30_000, years: bool = False, **options: Any):
        self.least, self.most, self.years = least, most, years
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        """The number, or None when nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return parse_whole(str(value))
        except ValueError as error:
            raise self.fault("invalid") from error

    def validate(self, value: int | None) -> None:
        """Within what can be meant."""
        super().validate(value)
        if value is not None and value < self.least:
            raise self.fault("too_small", least=self.prepare_value(self.least))
        if value is not None and value > self.most:
            raise self.fault("too_large", most=self.prepare_value(self.most))

    def prepare_value(self, value: Any) -> Any:
        """Grouped as Vietnamese reads numbers; years are not."""
        return grouped(value) if isinstance(value, int) and not self.years else value


class MoneyInput(_Typed):
    """An amount in whole đồng. Reads 12.500.000, 350 triệu and 1,2 tỷ; shows it grouped."""

    attrs = {"autocomplete": "off"}
    default_error_messages = {
        "required": _("Write an amount, for example 12.500.000 or 350 triệu; write 0 if there is none."),
        "invalid": _("This amount cannot be read. Write it like 12.500.000, 350 triệu or 1,2 tỷ."),
        "negative": _("An amount cannot be below zero."),
        "without_unit": _("Is that %(amount)s đồng? Write the unit (350 triệu) or all digits (350.000.000)."),
        "too_small": _("The amount must be at least %(least)s đồng."),
        "too_large": _("This amount is too large. Check the zeros and the unit."),
    }

    def __init__(self, *, least: int = 0, smallest: int = SMALLEST_SUM, **options: Any):
        """`smallest`: below it a unit must be missing; for the price of one egg it is lower than for a sum."""
        self.least, self.smallest = least, smallest
        super().__init__(suffix=options.pop("suffix", "đồng"), **options)

    def to_python(self, value: Any) -> int | None:
        """The amount in đồng, or None when nothing was typed."""
        if isinstance(value, int):
            return value
        text = nfc_clean(str(value or ""))
        if not text:
            return None
        if text.startswith(("-", "−", "–")):
            raise self.fault("negative")
        try:
            return parse_money(text)
        except ValueError as error:
            raise self.fault("invalid") from error

    def validate(self, value: int | None) -> None:
        """Neither so small that a unit is missing, nor beyond all cooperatives."""
        super().validate(value)
        if value is None:
            return
        if 0 < value < self.smallest:
            raise self.fault("without_unit", amount=grouped(value))
        if value < self.least:
            raise self.fault("too_small", least=grouped(self.least))
        if value > LARGEST_SUM:
            raise self.fault("too_large")

    def prepare_value(self, value: Any) -> Any:
        """A known amount grouped; what was typed as it was typed."""
        return grouped(value) if isinstance(value, int) else value


class QuantityInput(_Typed):
    """How much of something, such as tonnes or hectares: a Decimal above 0. Reads 12, 1.200 and 2,5."""

    attrs = {"inputmode": "decimal", "autocomplete": "off"}
    default_error_messages = {
        "required": _("Write a number; write 0 if there is none."),
        "invalid": _("Write a quantity, for example 12 or 2,5."),
        "too_large": _("This quantity cannot be meant. Check it."),
    }

    def to_python(self, value: Any) -> Decimal | None:
        """The quantity, or None when nothing was typed."""
        if isinstance(value, Decimal):
            return value
        written = nfc_clean(str(value or "")).replace(" ", "")
        if not written:
            return None
        whole, _comma, part = written.replace(".", "").partition(",")
        if not (f"{whole}{part}".isascii() and whole.isdigit() and (part or "0").isdigit() and len(part) < 3):
            raise self.fault("invalid")
        number = Decimal(f"{whole}.{part or 0}")
        if not 0 < number < LARGEST_QUANTITY:
            raise self.fault("too_large")
        return number

    def prepare_value(self, value: Any) -> Any:
        """With a decimal comma."""
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value


class PercentInput(_Typed):
    """A rate in percent as a Decimal with at most two places. Reads 7,92 and 7.92."""

    attrs = {"inputmode": "decimal", "autocomplete": "off"}
    default_error_messages = {
        "required": _("Write the rate in percent a year, for example 7,92."),
        "invalid": _("Write the rate with at most two places, for example 7,92."),
        "too_large": _("A rate above 100 percent a year cannot be meant."),
    }

    def to_python(self, value: Any) -> Decimal | None:
        """The rate, or None when nothing was typed."""
        text = nfc_clean(str(value if value is not None else "")).removesuffix("%").strip()
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?", text):
            raise self.fault("invalid")
        rate = Decimal(text.replace(",", "."))
        if rate > 100:
            raise self.fault("too_large")
        return rate.quantize(Decimal("0.01"))

    def prepare_value(self, value: Any) -> Any:
        """With a decimal comma."""
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


class VietnameseDate(_Typed):
    """A day as dd/mm/yyyy. Also reads 05-11-2026, 5.11.2026 and 05112026 from a keypad without a slash."""

    attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": _("dd/mm/yyyy")}
    default_error_messages = {
        "required": _("Write the day, for example 15/11/2026."),
        "invalid": _("Write the day as day/month/year, for example 15/11/2026."),
        "no_such_day": _("There is no such day. Check day and month."),
        "future": _("This day is still to come. Write the day on which it happened."),
        "too_early": _("This day is too long ago. Check the year."),
        "too_late": _("This day is too far away. Check the year."),
    }

    def __init__(self, *, past: bool = True, earliest: date | Callable[[], date] = EARLIEST_DAY, **options: Any):
        """`past`: the day has been; without it the day may lie ahead, up to ten years.

        `earliest` may be a function: the day is looked up when the form is checked.
        """
        self.past, self.earliest = past, earliest
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day, or None when nothing was typed."""
        if isinstance(value, date):
            return value
        text = nfc_clean(str(value or ""))
        if not text:
            return None
        if iso := _ISO_DAY.fullmatch(text):
            year, month, day = iso.groups()
        elif typed := _DAY.fullmatch(text):
            day, month, year = (part for part in typed.groups() if part)
        else:
            raise self.fault("invalid")
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise self.fault("no_such_day") from error

    def validate(self, value: date | None) -> None:
        """A day that can be meant."""
        super().validate(value)
        if value is None:
            return
        today = timezone.localdate()
        if self.past and value > today:
            raise self.fault("future")
        earliest = self.earliest() if callable(self.earliest) else self.earliest
        if value < earliest:
            raise self.fault("too_early")
        if value.year > today.year + 10:
            raise self.fault("too_late")

    def prepare_value(self, value: Any) -> Any:
        """Day first."""
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


class TextLine(_Typed, forms.CharField):
    """One line of text in one spelling (NFC, single spaces)."""

    attrs = {"autocomplete": "off"}
    default_error_messages = {
        "required": _("Fill this in."),
        "max_length": _("This is too long: at most %(limit_value)d characters, now %(show_value)d."),
        "hidden": _("This text holds hidden characters that turn it around. Type it anew instead of copying it."),
    }

    def __init__(self, *, max_length: int = 160, **options: Any):
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        """The text, cleaned; "" when nothing was typed."""
        text = super().to_python(value) or ""
        if _TURNING.search(text):
            raise self.fault("hidden")
        return nfc_clean(text.translate(_UNSEEN))


class LongText(forms.CharField):
    """Some sentences, in NFC, with the line breaks that were typed."""

    default_error_messages = TextLine.default_error_messages

    def __init__(self, *, rows: int = 3, max_length: int = 4000, **options: Any):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)
        self.wide = True

    def to_python(self, value: Any) -> str:
        """The text, cleaned; "" when nothing was typed."""
        text = super().to_python(value) or ""
        if _TURNING_LINES.search(text):
            raise ValidationError(self.error_messages["hidden"], "hidden")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
        return unicodedata.normalize("NFC", lines).strip()


class NameField(TextLine):
    """A person's full name in one spelling."""

    default_error_messages = {
        "required": _("Write the full name."),
        "invalid": _("Write the name with letters only, for example Nguyễn Thị Mẫu."),
        "strange": _("The sign “%(sign)s” cannot stand in a name. Write the name with letters only."),
        "hidden": TextLine.default_error_messages["hidden"],
    }

    def __init__(self, *, max_length: int = 120, **options: Any):
        super().__init__(max_length=max_length, **options)

    def validate(self, value: str) -> None:
        """Latin letters, at most two marks on each, and the signs that stand in names."""
        super().validate(value)
        if not value:
            return
        strange = next((c for c in value if not _may_stand_in_name(c)), "")
        if strange and not strange.isascii():
            raise self.fault("strange", sign=strange)
        if strange or not any(c.isalpha() for c in value) or _PILED.search("".join(map(_class_of, value))):
            raise self.fault("invalid")


def _class_of(sign: str) -> str:
    return "m" if unicodedata.combining(sign) else " " if sign == " " else "l"


def _may_stand_in_name(sign: str) -> bool:
    if unicodedata.combining(sign) or sign in " '’.-":
        return True
    return sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN")


class _TelephoneLine(forms.TextInput):
    input_type = "tel"


class PhoneInput(_Typed):
    """A phone number as E.164 text. Reads 0901 234 567, +84 901 234 567 and landlines."""

    widget = _TelephoneLine
    attrs = {"inputmode": "tel", "autocomplete": "off"}
    default_error_messages = {
        "required": _("Write the phone number."),
        "invalid": _("This is not a phone number. Write it like 0901 234 567."),
    }

    def to_python(self, value: Any) -> str:
        """The number, or "" when nothing was typed."""
        text = nfc_clean(str(value or ""))
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "VN")
        except phonenumbers.NumberParseException as error:
            raise self.fault("invalid") from error
        if not phonenumbers.is_valid_number(number) or re.search(r"[A-Za-z]", text):
            raise self.fault("invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class RegistrationCode(_Typed):
    """The code of a cooperative, which is its tax code: ten digits with a check digit (rule R20).

    With `legal_person=False` also the 12 or 13 digits that a cooperative group may show.
    """

    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "required": _("Copy the code from the certificate."),
        "invalid": _("The code has ten digits, for example 0100233488."),
        "check_digit": _("One digit of this code is wrong. Compare it with the certificate."),
    }

    def __init__(self, *, legal_person: bool = True, **options: Any):
        self.legal_person = legal_person
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The digits alone, or "" when nothing was typed."""
        return re.sub(r"[\s.\-]", "", str(value or ""))

    def validate(self, value: str) -> None:
        """Ten digits that fit together."""
        super().validate(value)
        if not value or (not self.legal_person and re.fullmatch(r"[0-9]{12,13}", value)):
            return
        if not re.fullmatch(r"[0-9]{10}", value):
            raise self.fault("invalid")
        if not has_check_digit(value):
            raise self.fault("check_digit")


def within(form: forms.Form, part: str, whole: str, message: str) -> None:
    """Put a message at the part when it is larger than the whole. Says nothing while one is missing."""
    small, large = form.cleaned_data.get(part), form.cleaned_data.get(whole)
    if small is not None and large is not None and small > large:
        form.add_error(part, message)
