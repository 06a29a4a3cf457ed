"""What is typed in the notebook of a case."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, TickBox
from casework.cases.models import Case
from casework.documents.models import Visibility
from casework.fields import LongText, TextLine, VietnameseDate
from casework.notes.models import CaseLink
from casework.organisations.models import Membership, Organisation, User
from casework.organisations.standing import Standing
from casework.sharing.querysets import working_organisations
from casework.vietnamese import VnKey, nfc_clean


class NoteForm(forms.Form):
    """A note and who reads it."""

    use_required_attribute = False

    text = LongText(label=_("Note"), max_length=4000, error_messages={"required": _("Write the note first.")})
    visibility = OneOf(
        label=_("Who may read it?"),
        choices=Visibility.choices,
        initial=Visibility.OWN,
        help_text=_("The narrowest circle is chosen; widen it only if the others need the note."),
    )


class StrikeForm(forms.Form):
    """Why a note is struck out."""

    use_required_attribute = False

    reason = LongText(label=_("Why is it struck out?"), max_length=300, rows=2)


class LinkForm(forms.Form):
    """The other case by its code."""

    use_required_attribute = False

    other = TextLine(
        label=_("Code of the other case"), max_length=20, help_text=_("As it stands on its page: KH-2026-000123.")
    )
    kind = forms.ChoiceField(label=_("How do they belong together?"), choices=CaseLink.Kind.choices)
    reason = TextLine(label=_("Reason"), max_length=300, required=False)

    def __init__(self, standing: Standing, data: Any = None):
        self.standing = standing
        super().__init__(data, prefix="link")

    def clean_other(self) -> Case:
        """A case that the person may open."""
        code = nfc_clean(self.cleaned_data["other"]).upper()
        case = Case.objects.visible_to(self.standing).filter(code=code).first()
        if case is None:
            raise forms.ValidationError(_g("There is no case %(code)s that you may open.") % {"code": code})
        return case


class ErrandForm(forms.Form):
    """A task outside the steps."""

    use_required_attribute = False

    title = TextLine(label=_("What is to be done?"), max_length=120)
    text = LongText(label=_("Details"), required=False, rows=3, max_length=2000)
    whom = forms.ChoiceField(
        label=_("Who is to do it?"),
        error_messages={
            "required": _("Choose an organisation or a person."),
            "invalid_choice": _("Choose from the list: only those who work on this case can be asked."),
        },
    )
    due_on = VietnameseDate(
        label=_("Until when?"), required=False, past=False, help_text=_("Empty means the usual time limit.")
    )
    blocks_stage = TickBox(label=_("The next stage must wait for it"))

    def __init__(self, case: Case, data: Any = None):
        super().__init__(data, prefix="errand")
        field: Any = self.fields["whom"]
        self.organisations = {o.pk: o for o in Organisation.objects.filter(pk__in=working_organisations(case.pk))}
        self.people = people_of(set(self.organisations))
        field.choices = [("", _("– Choose –")), *self._choices()]

    def _choices(self) -> list[tuple[str, Any]]:
        by_name = sorted(self.organisations.values(), key=lambda o: o.pk)
        return [
            (
                o.name,
                [
                    (f"o{o.pk}", _g("Anybody in %(name)s") % {"name": o.name}),
                    *((f"p{o.pk}-{person.pk}", str(person)) for person in self.people.get(o.pk, [])),
                ],
            )
            for o in by_name
        ]

    def clean_due_on(self) -> Any:
        """Today or later."""
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_g("This day has passed. Choose today or a later day."))
        return day

    @property
    def asked(self) -> dict[str, Any]:
        """What a valid form asks for, as GiveErrand takes it."""
        cleaned = dict(self.cleaned_data)
        organisation, _dash, person = cleaned.pop("whom")[1:].partition("-")
        found = {p.pk: p for p in self.people.get(int(organisation), [])}
        return {
            **cleaned,
            "organisation": self.organisations[int(organisation)],
            "person": found.get(int(person)) if person else None,
        }


def people_of(organisation_ids: set[int]) -> dict[int, list[User]]:
    """Who may do a task outside the steps, by organisation, by given name. One query."""
    today = timezone.localdate()
    seats = (
        Membership.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=today),
            organisation_id__in=organisation_ids,
            relieved_at=None,
            valid_from__lte=today,
            user__is_active=True,
            role__in=["advisor", "reviewer", "supervisor"],
        )
        .select_related("user")
        .order_by(VnKey("user__given_name"), VnKey("user__full_name"), "user_id")
    )
    people: dict[int, dict[int, User]] = {}
    for seat in seats:
        people.setdefault(seat.organisation_id, {})[seat.user_id] = seat.user
    return {organisation: list(found.values()) for organisation, found in people.items()}
