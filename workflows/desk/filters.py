"""What a person looks for among tasks. All of it stands in the address; what makes no sense is left out."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind, Stage
from casework.vietnamese import nfc_clean
from workflows.desk.days import start_of
from workflows.desk.soon import soon_q
from workflows.engine.models import Priority
from workflows.flows.catalogue import node_titles

MINE, QUEUE, ORGANISATION, HELD, DONE = "mine", "queue", "organisation", "held", "done"
# Every open task that a person may see. Only the board leads there, so it is no tab until one stands in it.
SEEN = "seen"
TABS = {
    MINE: _("My tasks"),
    QUEUE: _("Waiting to be taken"),
    ORGANISATION: _("My organisation"),
    HELD: _("On hold"),
    DONE: _("Done"),
}
ALL_TABS = {**TABS, SEEN: _("All that I see")}
# The tabs whose rows somebody can work on now.
WORKED_ON = frozenset({MINE, QUEUE, ORGANISATION, SEEN})
ANY = ("", _("All"))
NOBODY = "nobody"
DUE = {
    "late": _("Late"),
    "today": _("Due today"),
    "week": _("In the next 7 days"),
    "later": _("Later than that"),
}
# Spans that overlap those of above: the supervisor's forecast and the week of a workload.
SOON, SEVEN = "soon", "seven"
SPANS = {SOON: _("Within 3 working days"), SEVEN: _("Today or in the next 7 days")}
IDLE = "idle"
STATES = {
    HELD: _("On hold"),
    IDLE: _("80 % of the time is used and nobody took it"),
}
PRESSES = {str(value): label for value, label in Priority.choices if value}
# Only the organisation has several owners, and what is done is due no more.
MEANINGLESS = {"owner": (MINE, QUEUE, DONE), "due": (HELD, DONE), "priority": (DONE,), "state": (HELD, DONE)}
# Offered only where they are set, and in the list to which the board leads.
OF_THE_BOARD = ("kind", "state")
_LARGEST = 2**63 - 1
_LONGEST = 160


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the list without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Choices:
    """The communes, organisations and people among which a person can choose, as (id, name)."""

    communes: list[tuple[str, str]]
    organisations: list[tuple[str, str]]
    owners: list[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """The tab and the filters of one address; an empty text is no filter."""

    tab: str = MINE
    q: str = ""
    stage: str = ""
    node: str = ""
    organisation: str = ""
    commune: str = ""
    due: str = ""
    owner: str = ""
    priority: str = ""
    kind: str = ""
    state: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> "Filters":
        """Read an address. Unknown tabs, stages, steps and numbers that are none count as not given."""
        read = {field.name: nfc_clean(params.get(field.name, "").replace("\0", ""))[:_LONGEST] for field in fields(cls)}
        known = {
            "tab": ALL_TABS,
            "stage": Stage.values,
            "node": node_titles(),
            "due": {**DUE, **SPANS},
            "priority": PRESSES,
            "kind": Kind.values,
            "state": STATES,
        }
        for name, values in known.items():
            if read[name] not in values:
                read[name] = ""
        for name in ("organisation", "commune", "owner"):
            if not (_is_id(read[name]) or (name == "owner" and read[name] == NOBODY)):
                read[name] = ""
        return cls(**{**read, "tab": read["tab"] or MINE})

    def for_tab(self, tab: str) -> "Filters":
        """The same filters in another tab."""
        return replace(self, tab=tab)

    @property
    def idle(self) -> dict[str, str]:
        """The filters that mean nothing in this tab: they wait in the address for a tab in which they do."""
        idle = {name: getattr(self, name) for name, tabs in MEANINGLESS.items() if self.tab in tabs}
        return {name: value for name, value in idle.items() if value}

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that say something in this tab, by name."""
        return {
            name: value
            for name, value in asdict(self).items()
            if value and name != "tab" and self.tab not in MEANINGLESS.get(name, ())
        }

    def url(self, **changes: str) -> str:
        """The address of the inbox with these filters, some of them changed, and with cursors if given."""
        return f"{reverse('tasks:inbox')}?{self.query(**changes)}"

    def query(self, **changes: str) -> str:
        """What stands behind the question mark of that address. `Filters.of` reads it again."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in {**asdict(self), **changes}.items() if value})
        return query.urlencode()

    def apply(self, tasks: QuerySet, now: datetime) -> QuerySet:
        """Only the tasks that were looked for."""
        chosen = self.chosen
        columns = {
            "stage": "stage",
            "node": "node",
            "organisation": "organisation_id",
            "commune": "case__area_id",
            "owner": "owner_id",
            "priority": "priority",
            "kind": "case__kind",
        }
        same: dict[str, Any] = {columns[name]: value for name, value in chosen.items() if name in columns}
        if same.get("owner_id") == NOBODY:
            same["owner_id"] = None
        tasks = tasks.filter(**same)
        if "due" in chosen:
            tasks = tasks.filter(due_q(self.due, now))
        if "state" in chosen:
            tasks = tasks.filter(state_q(self.state, now))
        return tasks.search(self.q) if self.q else tasks  # type: ignore[attr-defined]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= _LARGEST


def due_q(due: str, now: datetime) -> Q:
    """Open tasks that run and are due in a span of the filter. One query for the calendar, only of SOON."""
    return (soon_q(now) if due == SOON else _due_between(due, now)) & Q(held=False)


def state_q(state: str, now: datetime) -> Q:
    """Open tasks in a state of the filter."""
    if state == HELD:
        return Q(held=True)
    today = start_of(timezone.localdate(now))
    return Q(status="NEW", held=False, warn_at__lte=now, due_at__gte=today)


def _due_between(due: str, now: datetime) -> Q:
    """The days that a choice of the filter means. Together the choices of DUE cover all days, each once."""
    today = timezone.localdate(now)
    tomorrow, week = start_of(today + timedelta(days=1)), start_of(today + timedelta(days=8))
    return {
        "late": Q(due_at__lt=start_of(today)),
        "today": Q(due_at__gte=start_of(today), due_at__lt=tomorrow),
        "week": Q(due_at__gte=tomorrow, due_at__lt=week),
        "later": Q(due_at__gte=week),
        SEVEN: Q(due_at__gte=start_of(today), due_at__lt=week),
    }[due]


class FilterForm(forms.Form):
    """The filters as fields to change; reading and checking is the work of `Filters`."""

    q = forms.CharField(
        label=_("Cooperative or case code"),
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    due = forms.ChoiceField(label=_("Due"), choices=[ANY, *DUE.items(), *SPANS.items()])
    stage = forms.ChoiceField(label=_("Stage"), choices=[ANY, *Stage.choices])
    node = forms.ChoiceField(label=_("Step"))
    commune = forms.ChoiceField(label=_("Commune"))
    organisation = forms.ChoiceField(label=_("Organisation"))
    owner = forms.ChoiceField(label=_("Owner"))
    priority = forms.ChoiceField(label=_("Presses"), choices=[ANY, *PRESSES.items()])
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Kind.choices])
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *STATES.items()])

    use_required_attribute = False

    def __init__(self, filters: Filters, choices: Choices):
        super().__init__(asdict(filters), auto_id="filter-%s")
        self.filters = filters
        self._offer("node", list(node_titles().items()))
        self._offer("commune", choices.communes)
        self._offer("organisation", choices.organisations)
        self._offer("owner", [(NOBODY, _("Not taken yet")), *choices.owners])
        self._leave_out(choices)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        chosen = getattr(self.filters, name)
        if chosen and chosen not in dict(choices):
            choices = [*choices, (chosen, _("no longer in the list"))]
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def _leave_out(self, choices: Choices) -> None:
        """No field with nothing to choose, and none that means nothing in this tab."""
        for name, tabs in MEANINGLESS.items():
            if self.filters.tab in tabs:
                del self.fields[name]
        for name in OF_THE_BOARD:
            if name in self.fields and self.filters.tab != SEEN and not getattr(self.filters, name):
                del self.fields[name]
        for name in ("organisation", "commune"):
            if len(getattr(choices, f"{name}s")) < 2 and not getattr(self.filters, name):
                del self.fields[name]

    def chips(self) -> list[Chip]:
        """The active filters, each with the address of the list without it."""
        return [
            Chip(str(self.fields[name].label), self._word(name, value), self.filters.url(**{name: ""}))
            for name, value in self.filters.chosen.items()
        ]

    def _word(self, name: str, value: str) -> str:
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))
