"""The cooperatives that nobody reviewed for long, as a person finds them: for the page and for the file."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import CharField, DateField, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.cooperatives.models import Cooperative, Fact
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.strengthening.reviewed import (
    REVIEWED_FORMS,
    asks_for_support,
    at_work,
    oldest_first,
    postponed_beyond,
    seen_since,
    with_last_review,
    with_leader,
)
from casework.vietnamese import nfc_clean
from workflows.reviews.due import ours, since_when

ALL, NEVER, OLD, OURS, ASKS, POSTPONED = "", "never", "old", "ours", "asks", "postponed"
WHICH = [
    (ALL, _("All that are due")),
    (NEVER, _("Never reviewed")),
    (OLD, _("Reviewed too long ago")),
    (OURS, _("Of the programme: they open by themselves")),
    (ASKS, _("Asked for support when visited last")),
    (POSTPONED, _("Postponed")),
]
_EARLIEST = date(1, 1, 1)


class Find(forms.Form):
    """What the list is narrowed to. What cannot be read narrows nothing."""

    q = forms.CharField(
        label=_("Name, code or product"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    which = forms.ChoiceField(label=_("Which"), required=False, choices=WHICH)
    form = forms.ChoiceField(
        label=_("Legal form"),
        required=False,
        choices=[("", _("All")), *((form.value, form.label) for form in REVIEWED_FORMS)],
    )

    use_required_attribute = False


def asked(query: QueryDict) -> dict[str, str]:
    """What was asked for, as far as it can be read."""
    form = Find(query)
    form.is_valid()
    return {name: nfc_clean(value) for name, value in form.cleaned_data.items() if value}


def due_for(standing: Standing, query: QueryDict) -> Any:
    """The entries that she may see and asked for; no columns, no order: for counting. One or two queries before."""
    chosen, today = asked(query), timezone.localdate()
    found = at_work(Cooperative.objects.visible_to(standing)).filter(_which(chosen.get("which", ALL), today))
    if text := chosen.get("q"):
        found = found.named(text)
    return found.filter(legal_form=chosen["form"]) if "form" in chosen else found


def _which(which: str, today: date) -> Q:
    """The condition of one choice. Postponed ones stand in their own list only."""
    postponed = Q(pk__in=postponed_beyond(today).values("cooperative"))
    if which == POSTPONED:
        return postponed
    lately = seen_since(since_when(today))
    more = {
        NEVER: lambda: ~seen_since(_EARLIEST),
        OLD: lambda: seen_since(_EARLIEST) & ~lately,
        OURS: lambda: ours(today),
        ASKS: asks_for_support,
    }
    return (~lately | asks_for_support()) & ~postponed & more.get(which, Q)()


def shown_for(standing: Standing, query: QueryDict) -> QuerySet[Any]:
    """The same with what the list shows: last review, leader, last figures, the open case, the postponement.

    The case is named only to who may see it. Never reviewed first, then the longest ago.
    """
    found = with_leader(with_last_review(due_for(standing, query)), Organisation.objects.live())
    postponed = postponed_beyond(timezone.localdate()).filter(cooperative=OuterRef("pk"))
    open_case = Case.objects.visible_to(standing).open().filter(cooperative=OuterRef("pk")).order_by("-pk")
    return (
        found.annotate(
            told_members=_newest(Fact.Indicator.MEMBERS, "value"),
            told_on=_newest(Fact.Indicator.MEMBERS, "as_of"),
            told_women=_newest(Fact.Indicator.WOMEN_MEMBERS, "value"),
            case_code=Subquery(open_case.values("code")[:1], output_field=CharField()),
            postponed_until=Subquery(postponed.values("until")[:1], output_field=DateField()),
            postponed_why=Subquery(postponed.values("reason")[:1], output_field=CharField()),
        )
        .select_related("commune", "province")
        .order_by(*oldest_first())
    )


def _newest(indicator: str, column: str) -> Subquery:
    facts = Fact.objects.filter(cooperative=OuterRef("pk"), indicator=indicator, withdrawn_at=None)
    return Subquery(facts.order_by("-as_of", "-pk").values(column)[:1])
