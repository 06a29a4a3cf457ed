"""What is typed about a new lead: short enough for a phone call, and every field kept."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import LegalForm, Source
from casework.duplicates.find import Duplicates
from casework.fields import LongText, NameField, PhoneInput, TextLine, VietnameseDate, WholeNumber
from casework.organisations.models import AdministrativeUnit, Organisation
from casework.vietnamese import VnKey

LARGEST_GROUP = 5000
# A roster is imported on a page of its own.
SOURCES = [choice for choice in Source.choices if choice[0] != Source.ROSTER]
FORMS = [(value, label) for value, label in LegalForm.choices if value]


def leading_organisations(ids: list[int]) -> list[Organisation]:
    """The organisations for which a person may open a case, with their areas. One query."""
    found = Organisation.objects.live().filter(pk__in=ids, area__isnull=False).select_related("area__parent")
    return list(found.order_by(VnKey("name")))


def communes_of(organisations: list[Organisation]) -> list[AdministrativeUnit]:
    """The communes that these organisations cover: their own, or all of their province. At most one query."""
    areas = [o.area for o in organisations if o.area is not None]
    own = [area for area in areas if area.level == AdministrativeUnit.Level.COMMUNE]
    provinces = {area.pk for area in areas if area.level == AdministrativeUnit.Level.PROVINCE}
    if not provinces:
        return list({unit.pk: unit for unit in own}.values())
    below = AdministrativeUnit.objects.filter(parent__in=provinces, valid_until=None).select_related("parent")
    units = {unit.pk: unit for unit in [*below.order_by("type", VnKey("name")), *own]}
    return list(units.values())


class LeadForm(forms.Form):
    """A new lead. It knows who may lead it and where; it never writes."""

    organisation = forms.ChoiceField(
        label=_("Which organisation leads the case?"),
        error_messages={"required": _("Choose the organisation that leads the case.")},
    )
    working_name = TextLine(
        label=_("Working name of the cooperative or group"),
        max_length=160,
        help_text=_("As the women call it themselves. It may change later."),
        error_messages={"required": _("Write the name of the group, or a name to work with.")},
    )
    commune = forms.ChoiceField(
        label=_("Commune"),
        error_messages={
            "required": _("Choose the commune."),
            "invalid_choice": _("This commune is not one that your organisation covers. Choose one from the list."),
        },
    )
    contact_name = NameField(
        label=_("Contact person"),
        max_length=120,
        error_messages={"required": _("Write the name of the woman whom you can call.")},
    )
    contact_phone = PhoneInput(
        label=_("Phone number of the contact person"),
        required=False,
        help_text=_("Shown masked to everybody; whoever looks at it is recorded."),
    )
    trade = TextLine(
        label=_("Trade or products"),
        required=False,
        help_text=_("For example: growing mushrooms, weaving, homestay."),
    )
    women_interested = WholeNumber(
        label=_("How many women are interested?"), required=False, least=1, most=LARGEST_GROUP
    )
    legal_form = forms.ChoiceField(
        label=_("What do they want to found?"),
        choices=FORMS,
        initial=LegalForm.HTX,
        error_messages={"required": _("Choose what they want to found.")},
    )
    source = forms.ChoiceField(
        label=_("How did you hear of them?"),
        choices=SOURCES,
        initial=Source.VISIT,
        error_messages={"required": _("Choose how you heard of them.")},
    )
    received_on = VietnameseDate(
        label=_("When did they ask for help?"),
        required=False,
        help_text=_("Empty means today. The time limit for your answer counts from this day."),
    )
    note = LongText(
        label=_("Note"),
        required=False,
        help_text=_("What they have done so far, what they ask for, when to call."),
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)
    not_a_duplicate = forms.BooleanField(required=False, label=_("None of these is the same group. Open the case."))
    why_not_the_same = TextLine(
        label=_("How do you know?"),
        required=False,
        max_length=300,
        help_text=_("For example: I called both contacts, they are two groups. Nobody is asked about them again."),
        error_messages={"required": _("Write how you know that it is another group.")},
    )
    compared_with = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)

    use_required_attribute = False  # errors are ours, in Vietnamese, on the page
    MAIN = ("working_name", "commune", "contact_name", "contact_phone")
    MORE = ("trade", "women_interested", "legal_form", "source", "received_on", "note")

    def __init__(self, organisations: list[Organisation], data: Any = None, typed: Any = None):
        """A form for a person who may open cases for `organisations`; `typed` is what she left unsent."""
        super().__init__(data, initial={"request_id": uuid4(), **_single(typed)})
        self.organisations = {str(o.pk): o for o in organisations}
        self.communes = {str(unit.pk): unit for unit in communes_of(organisations)}
        self._offer_organisations()
        self._offer_communes()
        for name in ("working_name", "commune"):
            self.fields[name].wide = True  # type: ignore[attr-defined]

    def _offer_organisations(self) -> None:
        field: Any = self.fields["organisation"]
        field.choices = [(pk, o.name) for pk, o in self.organisations.items()]
        if len(self.organisations) == 1:
            field.widget = forms.HiddenInput()
            self.initial["organisation"] = next(iter(self.organisations))

    def _offer_communes(self) -> None:
        """All communes, by kind, so that typing the first letters finds one."""
        field: Any = self.fields["commune"]
        if len(self.communes) == 1:
            pk, unit = next(iter(self.communes.items()))
            field.choices = [(pk, str(unit))]
            self.initial["commune"] = pk
            return
        groups: dict[str, list[tuple[str, str]]] = {}
        for pk, unit in self.communes.items():
            groups.setdefault(str(unit.get_type_display()).capitalize(), []).append((pk, unit.name))
        field.choices = [("", _("– Choose –")), *groups.items()]

    def clean(self) -> dict[str, Any]:
        """The commune must be one that the leading organisation itself covers."""
        cleaned = super().clean() or self.cleaned_data
        organisation = self.organisations.get(cleaned.get("organisation", ""))
        commune = self.communes.get(cleaned.get("commune", ""))
        if organisation and commune and organisation.area_id not in (commune.pk, commune.parent_id):
            self.add_error("commune", self.fields["commune"].error_messages["invalid_choice"])
        return cleaned

    @property
    def lead_organisation(self) -> Organisation:
        """The chosen organisation, of a valid form."""
        return self.organisations[self.cleaned_data["organisation"]]

    @property
    def area(self) -> AdministrativeUnit:
        """The chosen commune, of a valid form."""
        return self.communes[self.cleaned_data["commune"]]

    def confirms(self, duplicates: Duplicates) -> bool:
        """Whether the person has seen exactly these likely duplicates, or more, and says that none is the same."""
        seen = set(self.cleaned_data["compared_with"].split())
        return bool(self.cleaned_data["not_a_duplicate"]) and duplicates.keys <= seen

    def lacks_reason(self) -> bool:
        """Whether the person says that none is the same, but not how she knows; then the field says so."""
        if self.cleaned_data["why_not_the_same"]:
            return False
        self.add_error("why_not_the_same", self.fields["why_not_the_same"].error_messages["required"])
        return True

    def ask_about(self, duplicates: Duplicates) -> None:
        """Show the form again with the question, whatever was ticked before."""
        data = QueryDict(mutable=True)
        data.update({name: value for name, value in self.data.items() if name != "not_a_duplicate"})
        data["compared_with"] = " ".join(sorted(duplicates.keys))
        self.data = data

    @property
    def main_fields(self) -> list[Any]:
        """What a phone call must bring."""
        names = self.MAIN if len(self.organisations) == 1 else ("organisation", *self.MAIN)
        return [self[name] for name in names]

    @property
    def more_fields(self) -> list[Any]:
        """What is good to know."""
        return [self[name] for name in self.MORE]


def _single(typed: Any) -> dict[str, Any]:
    """Typed fields as initial values; a draft never brings back a request number or a confirmation."""
    never = {"request_id", "not_a_duplicate", "why_not_the_same", "compared_with", "csrfmiddlewaretoken"}
    return {name: values[-1] for name, values in (typed.lists() if typed else ()) if name not in never and values}
