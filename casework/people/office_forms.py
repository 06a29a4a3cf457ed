"""What is typed when somebody takes an office, and when the office holders declare their family ties."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import TickBox
from casework.fields import NameField, VietnameseDate
from casework.people.fields import BirthField, SexField
from casework.people.models import FamilyTie, Office, Person
from casework.people.offices import Tie
from casework.people.typed import UNSAID, PersonData
from casework.steps import RowGroup

SOMEBODY_ELSE = "other"
TIES = "tie"
MOST_TIES = 60
NEW_TIES = 3


def options_of(persons: Iterable[Person]) -> list[tuple[str, str]]:
    """Persons as options: with the year of birth, so that two of one name can be told apart."""
    return [(str(p.pk), f"{p.full_name} ({p.birth_year})" if p.birth_year else p.full_name) for p in persons]


class OfficeForm(forms.Form):
    """Somebody takes an office."""

    use_required_attribute = False

    person = forms.ChoiceField(
        label=_("Who?"),
        error_messages={
            "required": _("Choose who takes the office."),
            "invalid_choice": _("Choose a person from the list."),
        },
    )
    full_name = NameField(label=_("Full name of the hired person"), required=False)
    sex = SexField()
    birth = BirthField(label=_("Day or year of birth"), required=False)
    title = forms.ChoiceField(
        label=_("Which office?"),
        choices=[("", _("– Choose –")), *Office.Title.choices],
        error_messages={
            "required": _("Choose the office."),
            "invalid_choice": _("Choose an office from the list."),
        },
    )
    since = VietnameseDate(label=_("Since when?"))
    legal_representative = TickBox(label=_("Legal representative of the cooperative"))

    def __init__(self, persons: dict[int, Person], data: Any = None, chosen: int | None = None):
        super().__init__(data, initial={"person": chosen})
        field: Any = self.fields["person"]
        field.choices = [
            ("", _("– Choose –")),
            *options_of(persons.values()),
            (SOMEBODY_ELSE, _("Somebody else, who is hired")),
        ]
        for name in ("full_name", "sex", "birth"):
            self.fields[name].shown_when = f"person={SOMEBODY_ELSE}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A hired person has a name."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("person") == SOMEBODY_ELSE and not cleaned.get("full_name") and "full_name" not in self.errors:
            self.add_error("full_name", self.fields["full_name"].error_messages["required"])
        return cleaned

    @property
    def asked(self) -> dict[str, Any]:
        """What a valid form asks for, as AppointOfficer takes it."""
        cleaned = self.cleaned_data
        hired = cleaned["person"] == SOMEBODY_ELSE
        names = ("full_name", "sex", "birth")
        return {
            "title": cleaned["title"],
            "since": cleaned["since"],
            "legal_representative": cleaned["legal_representative"],
            "hired": hired,
            "person_id": None if hired else int(cleaned["person"]),
            "person": PersonData(**{name: cleaned[name] or UNSAID for name in names}) if hired else None,
        }


class TieForm(forms.Form):
    """Two persons and how they are related."""

    use_required_attribute = False

    one = forms.ChoiceField(label=_("Who?"))
    relation = forms.ChoiceField(label=_("Family tie"), choices=[("", _("– Choose –")), *FamilyTie.Relation.choices])
    other = forms.ChoiceField(label=_("With whom?"))

    def __init__(self, *args: Any, persons: dict[int, Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field: Any = self.fields[name]
            field.choices = [("", _("– Choose –")), *options_of(persons.values())]
        for field in self.fields.values():
            field.error_messages["required"] = _("Choose on each line two persons and their tie.")
            field.error_messages["invalid_choice"] = _("Choose from the list.")

    def clean(self) -> dict[str, Any]:
        """Two different persons."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", _g("Choose another person: nobody is family of herself."))
        return cleaned


class DeclarationForm(forms.Form):
    """When the ties were declared, and that there is none where no line is filled."""

    use_required_attribute = False
    rows: Any = None  # the lines, for the list of mistakes above the form

    declared_on = VietnameseDate(label=_("Declared on"))
    none = TickBox(label=_("The office holders declare that there is no family tie among them"))


class _TieRows(BaseFormSet):
    group = RowGroup(TieForm, _("Family tie"))

    def __init__(self, *args: Any, persons: dict[int, Person], **kwargs: Any):
        self.persons = persons
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"persons": self.persons, "empty_permitted": True}


class Declaration:
    """The whole declaration: its day, and a line for each tie."""

    def __init__(self, persons: dict[int, Person], known: Iterable[FamilyTie], data: QueryDict | None = None):
        initial = [{"one": tie.person_a_id, "relation": tie.relation, "other": tie.person_b_id} for tie in known]
        factory: Any = formset_factory(
            TieForm, formset=_TieRows, extra=NEW_TIES, max_num=MOST_TIES, absolute_max=MOST_TIES, validate_max=True
        )
        self.form: Any = DeclarationForm(data)
        # Sent lines are compared with empty ones: a line that stays as it was declared is a line all the same.
        self.rows: Any = factory(data, initial=initial if data is None else None, prefix=TIES, persons=persons)
        self.form.rows = {TIES: self.rows}

    def is_valid(self) -> bool:
        """Whether every line can be read and, where there is none, that was said."""
        valid = all([self.form.is_valid(), self.rows.is_valid()])
        if not valid:
            self.form.add_error(None, _g("Some rows below need a correction."))
            return False
        none = self.form.cleaned_data["none"]
        if not self.ties and not none:
            self.form.add_error("none", _g("Fill a line for each family tie, or say that there is none."))
        elif self.ties and none:
            self.form.add_error("none", _g("Lines are filled below. Empty them, or take this tick away."))
        return not self.form.errors

    def without_errors(self) -> "Declaration":
        """The same lines with nothing said about them: they are not finished yet."""
        form: Any = self.form
        form._errors = ErrorDict()
        for row in self.rows.forms:
            row._errors = ErrorDict()
        self.rows._errors, self.rows._non_form_errors = [], self.rows.error_class()
        return self

    @property
    def ties(self) -> list[Tie]:
        """The filled lines."""
        filled = [row.cleaned_data for row in self.rows.forms if row.cleaned_data.get("one")]
        return [Tie(int(row["one"]), int(row["other"]), row["relation"]) for row in filled]


def with_more_ties(data: QueryDict) -> QueryDict:
    """What was sent, with more empty lines."""
    more = data.copy()
    typed = more.get(f"{TIES}-TOTAL_FORMS", "")
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    more[f"{TIES}-TOTAL_FORMS"] = str(min(count + NEW_TIES, MOST_TIES))
    return more
