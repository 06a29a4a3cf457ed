"""Forms about people at work."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.fields import LongText, TextLine, VietnameseDate
from casework.organisations.models import Organisation, User
from casework.organisations.roles import Role
from workflows.staff.words import named_with_absence

BACK = "queue"
_CHOOSE = ("", _("Choose…"))
_FROM_LIST = {
    "required": _("Choose one of the list."),
    "invalid_choice": _("This choice is not open to you. Choose one of the list."),
}


class SearchForm(forms.Form):
    """Looks for a name."""

    q = TextLine(label=_("Name"), required=False, max_length=80)


class ReasonForm(forms.Form):
    """Why. Everybody who reads the history reads it."""

    reason = LongText(label=_("Why?"), max_length=300, error_messages={"required": _("Write the reason.")})
    use_required_attribute = False


class _People(forms.Form):
    """Offers people by name and gives back the person."""

    use_required_attribute = False

    def offer(self, name: str, people: Iterable[User], *first: tuple[str, Any]) -> None:
        """Fill a field with people to choose from."""
        chosen = {str(person.pk): person for person in people}
        choice: Any = self.fields[name]
        choice.choices = [*first, *named_with_absence(chosen.values())]
        choice.coerce = lambda pk: chosen.get(pk, pk)


class AbsenceForm(_People):
    """From when until when somebody is away, and who acts meanwhile."""

    first_day = VietnameseDate(label=_("First day away"), past=False)
    last_day = VietnameseDate(label=_("Last day away"), past=False)
    substitute = forms.TypedChoiceField(
        label=_("Substitute"),
        help_text=_("Somebody of the same organisation, or of the one directly above or below."),
        error_messages=_FROM_LIST,
    )
    reason = TextLine(label=_("Reason"), required=False, max_length=300, help_text=_("For example: leave, training."))

    def __init__(self, people: Iterable[User], data: Any = None):
        super().__init__(data)
        self.offer("substitute", people, _CHOOSE)


class HandOverForm(_People):
    """To whom the ticked tasks go, and why."""

    to = forms.TypedChoiceField(label=_("To whom?"), error_messages=_FROM_LIST)
    reason = LongText(label=_("Why?"), max_length=300, error_messages={"required": _("Write the reason.")})

    def __init__(self, people: Iterable[User], data: Any = None):
        super().__init__(data)
        self.offer("to", people, _CHOOSE, (BACK, _("Back to the queue")))


class AppointForm(forms.Form):
    """A role in an organisation."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), error_messages=_FROM_LIST)
    role = forms.ChoiceField(label=_("Role"), choices=[_CHOOSE, *Role.choices], error_messages=_FROM_LIST)
    valid_until = VietnameseDate(
        label=_("Until"), required=False, past=False, help_text=_("Empty: until somebody ends it.")
    )
    use_required_attribute = False

    def __init__(self, organisations: Iterable[Organisation], data: Any = None):
        super().__init__(data)
        offer_organisations(self.fields["organisation"], organisations)


class MoveForm(ReasonForm):
    """Where a person goes on, in which role, and why."""

    organisation = forms.TypedChoiceField(label=_("New organisation"), error_messages=_FROM_LIST)
    role = forms.ChoiceField(label=_("Role"), choices=[_CHOOSE, *Role.choices], error_messages=_FROM_LIST)
    field_order = ["organisation", "role", "reason"]

    def __init__(self, organisations: Iterable[Organisation], data: Any = None):
        super().__init__(data)
        offer_organisations(self.fields["organisation"], organisations)


def offer_organisations(choice: Any, organisations: Iterable[Organisation]) -> None:
    """Fill a field with organisations to choose from."""
    chosen = {str(organisation.pk): organisation for organisation in organisations}
    choice.choices = [_CHOOSE, *((pk, str(organisation)) for pk, organisation in chosen.items())]
    choice.coerce = lambda pk: chosen.get(pk, pk)
