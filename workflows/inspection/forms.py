"""What an inspector looks for, how she draws a sample, and what she takes."""

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.audit.models import Channel
from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.fields import TextLine, VietnameseDate
from casework.organisations.standing import Standing
from workflows.inspection.acts import MOST as MOST_TAKEN
from workflows.inspection.events import Wanted
from workflows.inspection.sampling import MOST, Draw

ANY = ("", _("All"))
# Groups of acts, by how their verbs begin.
ACTS = [
    ("case", _("the case as a whole")),
    ("task", _("tasks")),
    ("deadline", _("deadlines")),
    ("access", _("access")),
    ("consent", _("consents")),
    ("share", _("sharing with lenders")),
    ("credit", _("credit")),
    ("document", _("documents")),
    ("papers", _("papers made")),
    ("filing", _("registration")),
    ("plan", _("business plan")),
    ("members", _("list of members")),
    ("person", _("personal data of members")),
    ("contact", _("phone of the contact")),
    ("market", _("market links")),
    ("rule", _("decisions on rules")),
    ("note", _("notes")),
    ("history", _("packs taken")),
]


class FindEvents(forms.Form):
    """What makes no sense is left out, never an error page; all of it stands in the address but no one's name does."""

    q = forms.CharField(
        label=_("Code of the case"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    person = TextLine(label=_("Who"), required=False, max_length=80)
    organisation = TextLine(label=_("Organisation"), required=False, max_length=120)
    commune = TextLine(label=_("Commune"), required=False, max_length=80)
    act = forms.ChoiceField(label=_("About"), required=False, choices=[ANY, *ACTS])
    channel = forms.ChoiceField(label=_("Way"), required=False, choices=[ANY, *Channel.choices])
    since = VietnameseDate(label=_("From"), required=False, past=False)
    until = VietnameseDate(label=_("Until"), required=False, past=False)
    instead = forms.ChoiceField(
        label=_("In whose name"), required=False, choices=[ANY, ("1", _("Only what was done for somebody else"))]
    )

    use_required_attribute = False

    @property
    def chosen(self) -> dict[str, Any]:
        """The fields that say something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def wanted(self) -> Wanted:
        """What is looked for, as far as it can be read."""
        chosen = self.chosen
        return Wanted(case=chosen.pop("q", ""), instead=bool(chosen.pop("instead", "")), **chosen)


class DrawForm(forms.Form):
    """A sample."""

    number = forms.IntegerField(
        label=_("How many cases"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": _("Write how many cases you want."),
            "invalid": _("Write a number, for example 10."),
            "min_value": _("Draw at least one case."),
            "max_value": _("Draw at most 100 cases at once."),
        },
    )
    seed = TextLine(
        label=_("Seed"),
        max_length=40,
        help_text=_("Any word. The same seed draws the same cases: write it into your minutes."),
        error_messages={"required": _("Write a seed, any word.")},
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[ANY, *Stage.choices])
    evenly = forms.ChoiceField(
        label=_("Spread evenly"),
        required=False,
        choices=[("", _("No")), ("area", _("over communes")), ("stage", _("over stages")),
                 ("organisation", _("over organisations"))],
    )  # fmt: skip

    use_required_attribute = False

    def draw(self) -> Draw:
        """The draw that was asked for."""
        return Draw(**self.cleaned_data)


def new_seed() -> str:
    """A seed for whoever has no better word."""
    return secrets.token_hex(3)


class TakeForm(forms.Form):
    """Which cases, and why."""

    cases = forms.CharField(
        label=_("Codes of the cases"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("One in each line, at most 30."),
        error_messages={"required": _("Write the code of at least one case.")},
    )
    reason = TextLine(
        label=_("For which inspection?"),
        min_length=5,
        max_length=300,
        help_text=_("For example the number of the decision. It stays in the history of each case."),
        error_messages={
            "required": _("Write for which inspection you take it."),
            "min_length": _("Write the reason in a few words."),
        },
    )

    use_required_attribute = False

    def __init__(self, standing: Standing, data: Any = None, **options: Any):
        super().__init__(data, **options)
        self.standing = standing

    def clean_cases(self) -> list[Case]:
        """The cases. One sentence for what is not there and for what is not hers to see."""
        codes = list(dict.fromkeys(code.upper() for code in self.cleaned_data["cases"].replace(",", " ").split()))
        if len(codes) > MOST_TAKEN:
            raise ValidationError(_g("Choose between 1 and %(n)s cases.") % {"n": MOST_TAKEN})
        found = {case.code: case for case in Case.objects.visible_to(self.standing).filter(code__in=codes)}
        missing = [code for code in codes if code not in found]
        if missing:
            told = _g("There is no such case, or you may not see it: %(codes)s.")
            raise ValidationError(told % {"codes": ", ".join(missing)})
        return [found[code] for code in codes]
