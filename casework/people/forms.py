"""What is typed about one member, an asset, an office, family ties, a leaving, and why a value is shown."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import TickBox
from casework.cases.models import Case
from casework.fields import LongText, MoneyInput, NameField, PhoneInput, TextLine, VietnameseDate, WholeNumber, within
from casework.organisations.models import AdministrativeUnit
from casework.people.assets import AssetData
from casework.people.checks import Ages
from casework.people.fields import BirthField, IdNumberField, SexField
from casework.people.models import ContributedAsset, Member, Person
from casework.people.same import ANOTHER, decision
from casework.people.saving import Fault
from casework.people.typed import MASKED, MEMBER_FIELDS, UNSAID, MemberRow, PersonData, birth_of, snapshot
from casework.vietnamese import VnKey

_BODIES = ",".join(value for value in Member.Nature.values if value != Member.Nature.PERSON)
_PERSON_FIELDS = ("full_name", "sex", "birth", "nationality", "area_id", "address")
_PLAIN = ("nature", "body_name", "body_code", "body_is_foreign", "kind", "use", "applied_on", "committed", "paid_on")


class MemberForm(forms.Form):
    """Everything of one member on one page. Stored numbers are never shown, only replaced or removed."""

    use_required_attribute = False

    nature = forms.ChoiceField(label=_("Who joins?"), choices=Member.Nature.choices, initial=Member.Nature.PERSON)
    body_name = TextLine(label=_("Name of the household or body"), required=False, max_length=160)
    body_code = TextLine(label=_("Code of the body"), required=False, max_length=20)
    body_is_foreign = TickBox(label=_("It has foreign capital"))
    full_name = NameField(
        label=_("Full name"),
        required=False,
        help_text=_("Of a household or body: its one representative (Article 30 of the Law on Cooperatives)."),
    )
    sex = SexField()
    birth = BirthField(label=_("Day or year of birth"), required=False, help_text=_("For example 12/03/1985 or 1985."))
    nationality = TextLine(
        label=_("Nationality"), required=False, max_length=40, help_text=_("Leave it empty for a Vietnamese.")
    )
    id_number = IdNumberField(passport=True, label=_("Identification number"), required=False)
    remove_id_number = TickBox(label=_("Remove the stored number"))
    phone = PhoneInput(label=_("Phone"), required=False)
    remove_phone = TickBox(label=_("Remove the stored phone number"))
    ethnicity = TextLine(
        label=_("Ethnic group"),
        required=False,
        max_length=40,
        help_text=_(
            "Sensitive: write it down only if she says it herself and agrees, for support that asks for it. "
            "It stays masked, and whoever looks at it is recorded."
        ),
    )
    remove_ethnicity = TickBox(label=_("Remove the stored ethnic group"))
    area_id = forms.ChoiceField(
        label=_("Commune of residence"),
        required=False,
        error_messages={"invalid_choice": _("Choose a commune from the list.")},
    )
    address = TextLine(
        label=_("House and hamlet"),
        required=False,
        max_length=200,
        help_text=_("With the commune and province, if the list does not have them."),
    )
    kind = forms.ChoiceField(label=_("Kind of member"), choices=Member.Kind.choices, initial=Member.Kind.OFFICIAL)
    use = forms.ChoiceField(label=_("Use and labour"), choices=Member.Use.choices, required=False)
    applied_on = VietnameseDate(label=_("Applied to join on"), required=False)
    committed = MoneyInput(
        label=_("Capital committed"),
        required=False,
        help_text=_("All that she promised, assets included. Leave it empty while it is not known."),
    )
    paid = MoneyInput(label=_("Capital paid"), required=False)
    paid_on = VietnameseDate(label=_("Paid in full on"), required=False)
    since = VietnameseDate(label=_("Member since"), required=False, help_text=_("Empty means today."))
    note = TextLine(label=_("Note"), required=False, max_length=300)
    same = forms.CharField(required=False, max_length=20, label=_("Is this the same person?"), widget=forms.RadioSelect)
    seen = forms.CharField(required=False, max_length=8000, widget=forms.HiddenInput)

    def __init__(self, case: Case, member: Member | None = None, data: Any = None):
        """Empty for a new member, as stored, or as sent (`data`)."""
        self.case, self.member, self.asked = case, member, False
        self.data: Any
        super().__init__(data.copy() if data is not None else None, initial=initial_of(member) if member else None)
        field: Any = self.fields["area_id"]
        field.choices = [("", "–"), *_communes(case, member)]
        for name in ("body_name", "body_code", "body_is_foreign"):
            self.fields[name].shown_when = f"nature={_BODIES}"  # type: ignore[attr-defined]
        self._drop_removals()

    def _drop_removals(self) -> None:
        """Only what is stored can be removed; what is stored is said beside the field, masked."""
        person = self.member.person if self.member else None
        stored = snapshot(self.member) if self.member else {}
        for name in MASKED:
            if person is None or not getattr(person, name):
                del self.fields[f"remove_{name}"]
            else:
                known = _g("Stored: %(value)s. Write only what is to replace it.") % {"value": stored[name]}
                self.fields[name].help_text = " ".join(filter(None, [str(self.fields[name].help_text), known]))

    def clean(self) -> dict[str, Any]:
        """What belongs together fits together."""
        cleaned = super().clean() or self.cleaned_data
        nature = cleaned.get("nature")
        if nature == Member.Nature.PERSON and not cleaned.get("full_name") and "full_name" not in self.errors:
            self.add_error("full_name", self.fields["full_name"].error_messages["required"])
        if nature and nature != Member.Nature.PERSON and not cleaned.get("body_name"):
            self.add_error("body_name", _g("Write the name of the household or body."))
        within(self, "paid", "committed", _g("This is more than the capital committed."))
        number = cleaned.get("id_number")
        if number and not number.isdigit() and not cleaned.get("nationality"):
            self.add_error("id_number", self.fields["id_number"].error_messages["invalid"])
        fault = Ages(timezone.localdate()).fault(cleaned.get("birth", ""), cleaned.get("kind", ""))
        if fault and nature == Member.Nature.PERSON:
            self.add_error("birth", fault)
        return cleaned

    def clean_since(self) -> Any:
        """Today, when nothing was typed for a new member."""
        known = self.member.since if self.member else timezone.localdate()
        return self.cleaned_data["since"] or known

    @property
    def row(self) -> MemberRow:
        """The row as the act takes it."""
        cleaned = self.cleaned_data
        person_id, another = decision(cleaned["same"])
        values = {name: cleaned[name] for name in (*_PLAIN, "since", "note")} | {"paid": cleaned["paid"] or 0}
        return MemberRow(
            id=self.member.pk if self.member else None,
            person=self.person,
            person_id=None if self.member else person_id,
            another=another,
            seen=_seen(cleaned["seen"]),
            **values,
        )

    @property
    def person(self) -> PersonData:
        """The typed person; of a masked value nothing typed means: as stored."""
        cleaned, silent = self.cleaned_data, "" if self.member and self.member.person else UNSAID
        values: dict[str, Any] = {name: cleaned[name] or silent for name in _PERSON_FIELDS}
        if values["area_id"] is not UNSAID:
            values["area_id"] = int(values["area_id"]) if values["area_id"] else None
        for name in MASKED:
            values[name] = "" if cleaned.get(f"remove_{name}") and not cleaned[name] else cleaned[name] or UNSAID
        return PersonData(**values)

    def ask(self, choices: list[tuple[str, str]]) -> bool:
        """Put the question who she is into the form; True while it is not answered."""
        self.asked = True
        field: Any = self.fields["same"]
        field.required_then, field.widget.choices = True, choices
        if self.cleaned_data.get("same") in dict(choices):
            return False
        self.add_error("same", _g("Say whether this is the same person, so that nobody is entered twice."))
        return True

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Put the sentences of a refused act at their fields."""
        for fault in faults:
            if fault.now is not None:
                self.data["seen"] = json.dumps({**_seen(self.cleaned_data["seen"]), fault.field: fault.now})
            if fault.may_be_another:
                self.ask([(ANOTHER, _g("No, this is another person of the same name"))])
            self.add_error(fault.field if fault.field in self.fields else None, fault.sentence)


def _seen(text: str) -> dict[str, str]:
    try:
        seen = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in seen.items()} if isinstance(seen, dict) else {}


def initial_of(member: Member) -> dict[str, Any]:
    """A stored member as the form shows her, without what is masked."""
    person = member.person
    shown = {name: getattr(member, name) for name in MEMBER_FIELDS}
    if person:
        shown |= {name: getattr(person, name) for name in _PERSON_FIELDS if name != "birth"}
    seen = json.dumps(snapshot(member), ensure_ascii=False)
    return shown | {"birth": birth_of(person), "seen": seen}


def _communes(case: Case, member: Member | None) -> list[tuple[str, str]]:
    """The communes of the province, and the one that is stored. One query."""
    province = case.area.parent_id or case.area_id
    units = AdministrativeUnit.objects.filter(parent=province, valid_until=None).order_by(VnKey("name"))
    found = {str(unit.pk): str(unit) for unit in units}
    area = member.person.area if member and member.person else None
    return list((found | ({str(area.pk): str(area)} if area else {})).items())


class AssetForm(forms.Form):
    """What is contributed beside money, its value, and how it was valued (Article 77.1)."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Kind of asset"), choices=ContributedAsset.Kind.choices)
    description = TextLine(
        label=_("What is contributed?"),
        max_length=200,
        help_text=_("For example: rice mill, bought in 2022, type ABC."),
    )
    amount = MoneyInput(label=_("Value"), least=1000)
    valuation = forms.ChoiceField(
        label=_("How was it valued?"), choices=ContributedAsset.Valuation.choices, required=False
    )
    valuer = TextLine(label=_("Valuation organisation"), required=False, max_length=160)
    valued_on = VietnameseDate(label=_("Valued on"), required=False)
    votes_for = WholeNumber(label=_("Votes for the value"), required=False, most=10_000)
    votes_of = WholeNumber(label=_("Members entitled to vote on it"), required=False, most=10_000)

    def __init__(self, data: Any = None, asset: ContributedAsset | None = None):
        names = list(self.base_fields)
        super().__init__(data, initial={name: getattr(asset, name) for name in names} if asset else None)
        for name in ("valuer", "votes_for", "votes_of"):
            self.fields[name].shown_when = "valuation=valuer"  # type: ignore[attr-defined]
        self.fields["valued_on"].shown_when = "valuation=consensus,valuer"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Not more votes than voters; forget what the way of valuing makes meaningless."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("valuation") != ContributedAsset.Valuation.VALUER:
            cleaned |= {"valuer": "", "votes_for": None, "votes_of": None}
        if not cleaned.get("valuation"):
            cleaned["valued_on"] = None
        within(self, "votes_for", "votes_of", _g("There are more votes for the value than members entitled to vote."))
        return cleaned

    @property
    def asset(self) -> AssetData:
        """The asset as the act takes it."""
        return AssetData(**{name: self.cleaned_data[name] for name in self.base_fields})


class EndForm(forms.Form):
    """From when something no longer holds, and why: a membership, an office, an asset."""

    use_required_attribute = False

    until = VietnameseDate(label=_("On which day?"))
    reason = LongText(label=_("Why?"), rows=2, max_length=300, help_text=_("The reason stays in the history."))

    def clean_reason(self) -> str:
        """One line: it is stored in one."""
        return " ".join(self.cleaned_data["reason"].split())


class RevealForm(forms.Form):
    """Why somebody wants to see a masked value."""

    use_required_attribute = False

    reason = TextLine(
        label=_("Why do you need it?"),
        min_length=5,
        max_length=300,
        help_text=_("Your name and this reason stay in the history of the case."),
        error_messages={
            "required": _("Write why you need it."),
            "min_length": _("Write the reason in a few words."),
        },
    )


def person_choice(value: str, persons: dict[int, Person]) -> Person:
    """The person of a chosen option. Raises ValidationError."""
    person = persons.get(int(value)) if value.isascii() and value.isdigit() and len(value) < 16 else None
    if person is None:
        raise ValidationError(_g("Choose a person from the list."))
    return person
