"""Who, and which case."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.fields import TextLine
from casework.organisations.models import User
from casework.organisations.standing import Standing
from workflows.staff.listing import search
from workflows.staff.why.people import people_asked_about

MOST = 20


class WhyForm(forms.Form):
    """A person by user name or name, and the code of a case that the asker may see herself."""

    use_required_attribute = False

    person = TextLine(
        label=gettext_lazy("Who?"), max_length=80, help_text=gettext_lazy("User name, or a part of the name.")
    )
    case = TextLine(
        label=gettext_lazy("Which case?"),
        max_length=20,
        help_text=gettext_lazy("Its code, for example KH-2026-000123."),
    )

    def __init__(self, standing: Standing, data: Any = None):
        super().__init__(data)
        self.standing = standing

    def clean_person(self) -> User:
        """The one person whom the text means; else a sentence that names those it could mean."""
        text = self.cleaned_data["person"]
        people = people_asked_about(self.standing)
        exact = people.filter(username__iexact=text).first()
        if exact:
            return exact
        found = list(search(people, text)[: MOST + 1])
        if len(found) == 1:
            return found[0]
        raise ValidationError(_which(found))

    def clean_case(self) -> Case:
        """The case. One sentence for what is not there and for what is not hers to see."""
        case = Case.objects.visible_to(self.standing).filter(code__iexact=self.cleaned_data["case"]).first()
        if case is None:
            raise ValidationError(_("There is no such case, or you may not see it."))
        return case


def _which(found: list[User]) -> str:
    if not found:
        return _("Nobody has this name or user name.")
    if len(found) > MOST:
        return _("More than %(n)d people have this in their names. Write more of the name.") % {"n": MOST}
    named = ", ".join(f"{person} ({person.username})" for person in found)
    return _("Several people have this in their names. Write the user name of one: %(named)s.") % {"named": named}
