"""What is typed about trainings, their attendance lists, and communication."""

from datetime import date
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, TickBox
from casework.cooperatives.models import Cooperative
from casework.fields import LongText, NameField, PhoneInput, TextLine, VietnameseDate, WholeNumber
from casework.organisations.models import AdministrativeUnit
from casework.organisations.standing import Standing
from casework.people.typed import masked
from casework.programme.indicators.models import Programme
from casework.programme.kept_forms import Choice, KeptForm, Years
from casework.programme.trainings.acts import KEEP, MOST_ROWS, REVEAL
from casework.programme.trainings.models import Outreach, Sex, Trainee, Training
from casework.vietnamese import VnFold, fold

_EARLIEST = date(2010, 1, 1)
_OLDEST = 100
EMPTY_ROWS = 8


class TrainingForm(KeptForm):
    """A course; it may lie ahead."""

    right = KEEP

    title = TextLine(label=_("Title"), max_length=200, error_messages={"required": _("Write what the course is on.")})
    topic = OneOf(label=_("Topic"), choices=Training.Topic.choices)
    plan = LongText(
        label=_("Course plan"),
        required=False,
        rows=5,
        help_text=_("What is taught, by day. It is printed on the list."),
    )
    first_day = VietnameseDate(label=_("First day"), past=False, earliest=_EARLIEST)
    last_day = VietnameseDate(label=_("Last day"), past=False, earliest=_EARLIEST)
    hours = WholeNumber(label=_("Hours"), required=False, least=1, most=1000)
    trainer = TextLine(label=_("Trainer"), error_messages={"required": _("Write who teaches.")})
    place = TextLine(label=_("Place"), max_length=200, error_messages={"required": _("Write where it takes place.")})
    commune = Choice(AdministrativeUnit, label=_("Commune"), required=False)
    paid_by = TextLine(label=_("Paid from"), required=False)
    programme = Choice(Programme, label=_("Programme"), required=False)


class OutreachForm(KeptForm):
    """An event of communication."""

    right = KEEP

    title = TextLine(label=_("Title"), max_length=200, error_messages={"required": _("Write what it was about.")})
    channel = OneOf(label=_("Channel"), choices=Outreach.Channel.choices)
    held_on = VietnameseDate(label=_("Day"), earliest=_EARLIEST)
    place = TextLine(label=_("Place"), max_length=200, required=False)
    commune = Choice(AdministrativeUnit, label=_("Commune"), required=False)
    reached = WholeNumber(label=_("People reached"), most=10_000_000)
    women = WholeNumber(label=_("Of them women"), required=False, most=10_000_000)
    proof = TextLine(
        label=_("Proof"), max_length=300, required=False, help_text=_("List, photograph, address of the article.")
    )
    programme = Choice(Programme, label=_("Programme"), required=False)


_SAID = [("", "–"), ("yes", _("Yes")), ("no", _("No"))]


class TraineeForm(forms.Form):
    """One line of an attendance list."""

    full_name = NameField(label=_("Full name"), max_length=120)
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[("", "–"), *Sex.choices], error_messages={"required": _("Choose the sex.")}
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", "–"), *Trainee.Role.choices], error_messages={"required": _("Choose the role.")}
    )
    body = TextLine(label=_("Cooperative or body"), max_length=200, required=False)
    birth_year = WholeNumber(label=_("Birth year"), required=False, least=1900, most=2100, years=True)
    minority = forms.ChoiceField(label=_("Of an ethnic minority"), required=False, choices=_SAID)
    phone = PhoneInput(label=_("Phone"), required=False)
    days = WholeNumber(label=_("Days attended"), required=False, most=200)
    signed = TickBox(label=_("Signed the list"))
    certificate = TextLine(label=_("Number of the certificate"), max_length=60, required=False)
    certificate_on = VietnameseDate(label=_("Day of the certificate"), required=False, earliest=_EARLIEST)

    use_required_attribute = False

    def __init__(self, *args: Any, standing: Standing, **options: Any):
        super().__init__(*args, **options)
        self.standing = standing

    def clean_birth_year(self) -> int | None:
        """Born already, and not longer ago than people live."""
        year: int | None = self.cleaned_data["birth_year"]
        now = timezone.localdate().year
        if year is not None and not now - _OLDEST <= year < now:
            raise forms.ValidationError(_g("Check the birth year."))
        return year

    def clean(self) -> dict[str, Any]:
        """An entry of the register is linked where its name is written in full."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["minority"] = {"yes": True, "no": False}.get(cleaned.get("minority", ""))
        cleaned["cooperative"] = _called(self.standing, cleaned.get("body", ""))
        return cleaned


_PERSONAL = ("birth_year", "minority")


class CorrectionForm(TraineeForm):
    """One stored line. Her phone is never shown, only replaced or removed; nothing typed means: as stored.

    A birth year and a minority that are stored are neither shown to whoever may not see them, nor changed by her.
    """

    remove_phone = TickBox(label=_("Remove the stored phone number"))
    field_order = ["full_name", "sex", "role", "body", "birth_year", "minority", "phone", "remove_phone"]

    def __init__(self, *args: Any, line: Trainee, **options: Any):
        super().__init__(*args, initial=line_of(line), **options)
        self.line, self.untold = line, {}
        if self.standing.seat_for(REVEAL, line.training.organisation_id) is None:
            self.untold = {name: getattr(line, name) for name in _PERSONAL if getattr(line, name) is not None}
        for name in self.untold:
            del self.fields[name]
        if line.phone:
            known = _g("Stored: %(value)s. Write only what is to replace it.") % {"value": masked("phone", line.phone)}
            self.fields["phone"].help_text = known
        else:
            del self.fields["remove_phone"]

    def clean(self) -> dict[str, Any]:
        """The phone that stays, was typed, or goes."""
        cleaned = super().clean()
        gone = cleaned.pop("remove_phone", False)
        cleaned["phone"] = cleaned.get("phone") or ("" if gone else self.line.phone)
        return cleaned | self.untold


def line_of(row: Trainee) -> dict[str, Any]:
    """A stored line as its form shows it, without her phone."""
    said = {True: "yes", False: "no", None: ""}[row.minority]
    names = ("full_name", "sex", "role", "birth_year", "days", "signed", "certificate", "certificate_on")
    body = row.cooperative.name if row.cooperative else row.body
    return {name: getattr(row, name) for name in names} | {"minority": said, "body": body}


def _called(standing: Standing, name: str) -> Cooperative | None:
    """The one entry of the register that is called so; None where there is none, or more than one."""
    if not name:
        return None
    seen = Cooperative.objects.visible_to(standing).current().alias(folded=VnFold("name"))
    found = list(seen.filter(folded=fold(name))[:2])
    return found[0] if len(found) == 1 else None


class _Lines(BaseFormSet):
    """Lines in which an empty one means nothing."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"empty_permitted": True, **super().get_form_kwargs(index)}

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The lines that name somebody, as they are stored."""
        return [line for line in self.cleaned_data if line.get("full_name")]


def lines_form(standing: Standing, data: Any = None, *, known: list[dict[str, Any]] | None = None) -> _Lines:
    """The table in which an attendance list is typed: with lines that a file told, or empty."""
    extra = len(known) + 2 if known else EMPTY_ROWS
    made: Any = formset_factory(
        TraineeForm, formset=_Lines, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    options: dict[str, Any] = {"prefix": "people", "form_kwargs": {"standing": standing}}
    lines: _Lines = made(data, **options)
    if data is None and known:
        for form, told in zip(lines.forms, known, strict=False):
            form.initial = told
    return lines


class OthersForm(forms.Form):
    """Said once for the whole list."""

    others = TickBox(
        label=_("These are other people of the same name."),
        help_text=_("Tick it only where you were told that somebody is in the list already."),
    )


class RevealForm(forms.Form):
    """Why somebody looks."""

    reason = TextLine(
        label=_("Why do you need it?"), max_length=300, error_messages={"required": _("Write why you look at it.")}
    )

    use_required_attribute = False


class FindTraining(Years):
    """Search among trainings."""

    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("All")), *Training.Topic.choices])

    def found(self, rows: Any) -> Any:
        """The rows that are looked for."""
        return self.narrowed(rows, words=("title", "trainer"), day="last_day", same=("topic",))


class FindOutreach(Years):
    """Search among events of communication."""

    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", _("All")), *Outreach.Channel.choices])

    def found(self, rows: Any) -> Any:
        """The rows that are looked for."""
        return self.narrowed(rows, words=("title",), day="held_on", same=("channel",))


class FindPeople(Years):
    """Search among the lines of all attendance lists."""

    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("All")), *Sex.choices])
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *Trainee.Role.choices])
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("All")), *Training.Topic.choices])
    cooperative = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def found(self, rows: Any) -> Any:
        """The rows that are looked for."""
        if topic := self.chosen.get("topic"):
            rows = rows.filter(training__topic=topic)
        same = ("sex", "role", "cooperative")
        return self.narrowed(rows, words=("training__title",), day="training__last_day", same=same)
