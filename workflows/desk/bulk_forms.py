"""What is asked once for many tasks: a reason, a person, a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.fields import LongText, VietnameseDate
from casework.organisations.models import OrganisationGroupPermission, User
from casework.vietnamese import VnKey
from workflows.engine.models import Priority, Task


@dataclass(frozen=True)
class Able:
    """Somebody who may do some of the tasks, and how many of them."""

    user_id: int
    name: str
    tasks: int


def able_people(tasks: Iterable[Task]) -> list[Able]:
    """Who may do at least one of the tasks, with the number of them; Vietnamese order. One query."""
    wanted = Counter((task.organisation_id, task.permission) for task in tasks)
    organisations, permissions = {pair[0] for pair in wanted}, {pair[1] for pair in wanted}
    today, member = timezone.localdate(), "group__user__memberships"
    rows = (
        OrganisationGroupPermission.objects.filter(
            Q(**{f"{member}__valid_until": None}) | Q(**{f"{member}__valid_until__gte": today}),
            content_object__in=organisations,
            permission__codename__in=permissions,
            group__user__is_active=True,
            **{
                f"{member}__organisation": F("content_object"),
                f"{member}__relieved_at": None,
                f"{member}__valid_from__lte": today,
            },
        )
        .order_by(VnKey("group__user__given_name"), VnKey("group__user__full_name"), "group__user")
        .values_list("group__user", "group__user__full_name", "content_object", "permission__codename")
    )
    return _counted(rows, wanted)


def _counted(rows: Iterable[tuple], wanted: Counter) -> list[Able]:
    """A right that somebody has by two roles counts once; pairs that no task asks for count nothing."""
    pairs: dict[tuple[int, str], set[tuple]] = {}
    for user_id, name, organisation_id, permission in rows:
        pairs.setdefault((user_id, name), set()).add((organisation_id, permission))
    people = [Able(*person, sum(wanted[pair] for pair in of_person)) for person, of_person in pairs.items()]
    return [person for person in people if person.tasks]


def _why(required: bool = True, longest: int = 300) -> LongText:
    return LongText(
        label=_("Why?") if required else _("Why? (if you want to say it)"),
        required=required,
        max_length=longest,
        help_text=_("The same words for all of them. They stay in the history of each case."),
        error_messages={"required": _("Write the reason.")},
    )


class BulkForm(forms.Form):
    """Asks for nothing; the others say what they ask for."""

    use_required_attribute = False

    def __init__(self, tasks: list[Task], data: Any = None):
        super().__init__(data)
        self.tasks = tasks


class ReleaseForm(BulkForm):
    """Tasks of her own go back."""

    reason = _why(required=False)


class PutBackForm(BulkForm):
    """Tasks of others go back."""

    reason = _why()


class GiveForm(BulkForm):
    """To whom. Who may do none of the tasks is not offered."""

    to = forms.TypedChoiceField(
        label=_("Who gets them?"),
        error_messages={
            "required": _("Choose who gets the tasks."),
            "invalid_choice": _("This person may do none of these tasks. Choose somebody from the list."),
        },
    )
    reason = _why()

    def __init__(self, tasks: list[Task], data: Any = None):
        super().__init__(tasks, data)
        to: Any = self.fields["to"]
        to.choices = [("", _("Choose…")), *((str(p.user_id), self._label(p)) for p in able_people(tasks))]
        to.coerce = lambda pk: User.objects.get(pk=pk)

    def _label(self, person: Able) -> str:
        words = {"name": person.name, "n": person.tasks, "all": len(self.tasks)}
        return _("%(name)s (may do %(n)d of %(all)d)") % words


class ExtendForm(BulkForm):
    """Until when."""

    until = VietnameseDate(label=_("Until"), past=False, help_text=_("A working day after today, for all of them."))
    reason = _why(longest=500)

    def clean_until(self) -> date:
        """A day that lies ahead; what else speaks against it, each task says itself."""
        until: date = self.cleaned_data["until"]
        if until <= timezone.localdate():
            raise forms.ValidationError(_("This day has been. Write a day that lies ahead."))
        return until


class PriorityForm(BulkForm):
    """How much they press."""

    priority = forms.TypedChoiceField(
        label=_("How much they press"),
        choices=Priority.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much they press.")},
    )
    reason = _why()
