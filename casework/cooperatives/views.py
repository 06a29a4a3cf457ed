"""Pages of the register: the list, one entry, and what is written down about it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cooperatives import entry as page
from casework.cooperatives.acts import (
    WITHDRAWABLE,
    BeginPeriod,
    NoteFigure,
    NoteName,
    NoteSuccession,
    WithdrawNote,
    keeper_seat,
)
from casework.cooperatives.forms import (
    FigureForm,
    FormForm,
    NameForm,
    SeatForm,
    StateForm,
    SuccessionForm,
    WithdrawForm,
)
from casework.cooperatives.listing import Find, found_in
from casework.cooperatives.models import Cooperative
from casework.reads.noting import found
from casework.requests import SignedIn, request_id_of
from casework.rules.women_led import women_led_cooperative

PAGE = 50


class Register(View):
    """The entries that the person may see, in the order of the Vietnamese alphabet."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Five statements for one entry or fifty; one more notes a long list. 404 for who sees no register at all."""
        if not any(seat.organisation_kind != "lender" for seat in request.standing.seats):
            raise Http404
        form = Find(request.GET, auto_id="filter-%s")
        pages = Paginator(found_in(request.standing, request.GET), PAGE)
        found(request, pages.count)
        shown = pages.get_page(request.GET.get("page"))
        context = {"form": form, "page": shown, "total": pages.count, **_neighbours(shown, request)}
        return render(request, "casework/cooperatives/list.html", context)


def _neighbours(shown: Any, request: HttpRequest) -> dict[str, str]:
    """The addresses of the pages beside this one."""

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "previous_url": address(shown.previous_page_number()) if shown.has_previous() else "",
        "next_url": address(shown.next_page_number()) if shown.has_next() else "",
    }


class EntryPage(View):
    """All about one cooperative: what it is, what it was, its figures, its cases."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """An entry that turned out to be another one leads there, unless `?stay=1`."""
        entry = _entry(request, pk)
        if entry.merged_into_id and "stay" not in request.GET:
            messages.info(request, _("“%(name)s” is now kept as this entry.") % {"name": entry.name})
            return redirect("cooperatives:entry", entry.merged_into_id)
        states = page.states_of(entry)
        context = {
            "entry": entry,
            "state": page.state_now(states),
            "may_keep": not entry.merged_into_id and keeper_seat(request.standing, entry) is not None,
            "may_strengthen": not entry.merged_into_id and bool(request.standing.organisations_with("open_case")),
            "groups": [
                (_("Legal forms over time"), page.forms_of(entry), "form"),
                (_("Other names"), page.names_of(entry), "name"),
                (_("Addresses over time"), page.seats_of(entry), "seat"),
                (_("Working, suspended, dissolved"), states, "state"),
                (_("Predecessors and successors"), page.relations_of(entry), "succession"),
            ],
            "figures": page.figures_of(entry),
            "roster": page.roster_section(entry),
            "cases": page.cases_of(entry, request.standing),
            "women_led": women_led_cooperative(entry, timezone.localdate()),
        }
        return render(request, "casework/cooperatives/entry.html", context)


@dataclass(frozen=True)
class _Kind:
    """One kind of note: its form, and the act that the cleaned form asks for."""

    form: type[Any]

    def act(self, what: str, entry: Cooperative, cleaned: dict[str, Any]) -> Act:
        values = dict(cleaned)
        if what == "figure":
            return NoteFigure(entry.pk, **values)
        if what == "name":
            kind = values.pop("kind")
            return NoteName(entry.pk, kind=kind, becomes_current=kind == "new", **values)
        if what == "succession":
            return NoteSuccession(entry.pk, **values)
        since, source = values.pop("since"), values.pop("source")
        return BeginPeriod(entry.pk, f"{what}period", since, source, values)


NOTES = {
    "figure": _Kind(FigureForm),
    "form": _Kind(FormForm),
    "name": _Kind(NameForm),
    "seat": _Kind(SeatForm),
    "state": _Kind(StateForm),
    "succession": _Kind(SuccessionForm),
}


class WriteNote(View):
    """Write something down about an entry."""

    def get(self, request: SignedIn, pk: int, what: str) -> HttpResponse:
        """An empty form."""
        entry = _kept(request, pk)
        return self._page(request, entry, what, _note(what).form(entry))

    def post(self, request: SignedIn, pk: int, what: str) -> HttpResponse:
        """Write it down, or show what is wrong with everything that was typed."""
        entry = _kept(request, pk)
        form = _note(what).form(entry, request.POST)
        if form.is_valid():
            try:
                perform(
                    _note(what).act(what, entry, form.cleaned_data), by=request.user, request_id=request_id_of(request)
                )
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, _("Written down."))
                return redirect("cooperatives:entry", entry.pk)
        return self._page(request, entry, what, form)

    def _page(self, request: SignedIn, entry: Cooperative, what: str, form: Any) -> HttpResponse:
        context = {"entry": entry, "form": form, "title": form.title, "request_id": uuid4()}
        return render(request, "casework/cooperatives/note.html", context)


class Withdraw(View):
    """Take back what was written down by mistake."""

    def get(self, request: SignedIn, pk: int, kind: str, note_id: int) -> HttpResponse:
        """Ask for the reason."""
        return self._page(request, _kept(request, pk), self._row(pk, kind, note_id), WithdrawForm())

    def post(self, request: SignedIn, pk: int, kind: str, note_id: int) -> HttpResponse:
        """Withdraw it."""
        entry, row = _kept(request, pk), self._row(pk, kind, note_id)
        form = WithdrawForm(request.POST)
        if form.is_valid():
            try:
                perform(WithdrawNote(entry.pk, kind, note_id, form.cleaned_data["reason"]), by=request.user)
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, _("Withdrawn; it stays readable."))
                return redirect("cooperatives:entry", entry.pk)
        return self._page(request, entry, row, form)

    def _row(self, pk: int, kind: str, note_id: int) -> Any:
        model = WITHDRAWABLE.get(kind)
        owner = "later_id" if kind == "succession" else "cooperative_id"
        row = model.objects.filter(pk=note_id, **{owner: pk}).first() if model else None  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        return row

    def _page(self, request: SignedIn, entry: Cooperative, row: Any, form: WithdrawForm) -> HttpResponse:
        context = {"entry": entry, "row": row, "form": form, "title": _("Withdraw: %(what)s") % {"what": row}}
        return render(request, "casework/cooperatives/note.html", context)


def _entry(request: SignedIn, pk: int) -> Cooperative:
    """The entry, if the person may see it. Raises Http404."""
    found = Cooperative.objects.visible_to(request.standing).select_related("commune", "province", "merged_into")
    entry = found.filter(pk=pk).first() if pk < 2**63 else None
    if entry is None:
        raise Http404
    return entry


def _kept(request: SignedIn, pk: int) -> Cooperative:
    """The entry, if the person may write in it. Raises Http404 or PermissionDenied."""
    entry = _entry(request, pk)
    if keeper_seat(request.standing, entry) is None:
        raise PermissionDenied("keep_register")
    return entry


def _note(what: str) -> _Kind:
    if what not in NOTES:
        raise Http404
    return NOTES[what]
