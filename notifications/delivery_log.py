"""The log of deliveries: what was sent over which channel, what waits, what was given up and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.channels import channels
from notifications.models import Delivery, OutboxMessage

PAGE = 30
_TONES = {Delivery.State.WAITING: "soon", Delivery.State.SENT: "ok", Delivery.State.DEAD: "bad"}


@dataclass(frozen=True)
class Row:
    """One delivery; `address` is masked."""

    delivery: Delivery
    channel: str
    what: str
    address: str
    tone: str
    # Its own for each row; empty when there is nothing to repeat.
    request_id: str


@dataclass(frozen=True)
class Tally:
    """How many deliveries are in which state, and what of the outbox nobody was told yet."""

    deliveries: Sequence[tuple[str, int]]
    outbox_waiting: int
    outbox_failed: int


@dataclass(frozen=True)
class DeliveryPage:
    """A page of the log, newest first."""

    rows: Sequence[Row]
    older_url: str


class StateForm(forms.Form):
    """The filter of the log."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *Delivery.State.choices]
    )


def page_of_deliveries(params: Mapping[str, str]) -> DeliveryPage:
    """The deliveries that an address asks for (`state`, `before`); anything else is left out. One query."""
    found = Delivery.objects.select_related("user", "notification").order_by("-id")
    state, before = params.get("state", ""), params.get("before", "")
    if state in Delivery.State.values:
        found = found.filter(state=state)
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    more = {"before": shown[-1].pk} if rows[PAGE:] else {}
    kept = {"state": state} if state in Delivery.State.values else {}
    older = f"{reverse('deliveries:log')}?{urlencode({**kept, **more})}" if more else ""
    return DeliveryPage([_row(one) for one in shown], older)


def tally() -> Tally:
    """The numbers above the log. Two queries, both over what an index or a small table holds."""
    states = dict(Delivery.objects.values_list("state").annotate(n=Count("pk")).order_by())
    undelivered = OutboxMessage.objects.exclude(state=OutboxMessage.State.SENT)
    outbox = dict(undelivered.values_list("state").annotate(n=Count("pk")).order_by())
    return Tally(
        [(str(state.label), states.get(state, 0)) for state in Delivery.State],
        outbox.get(OutboxMessage.State.WAITING, 0),
        outbox.get(OutboxMessage.State.FAILED, 0),
    )


def masked(address: str) -> str:
    """Enough of an address to know which one it is: "h…@example.vn"."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}…@{host}" if host else ""


def _row(one: Delivery) -> Row:
    channel = channels().get(one.channel)
    what = _("Summary") if one.notification is None else one.notification.kind
    return Row(
        delivery=one,
        channel=str(channel.label) if channel else one.channel,
        what=what,
        address=masked(one.user.email),
        tone=_TONES[Delivery.State(one.state)],
        request_id="" if one.state == Delivery.State.SENT else str(uuid4()),
    )
