"""The notebook of a case: read it, write in it, ask somebody to do something."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.notes.acts import EndLink, LinkCases, StrikeNote, WriteNote, links_of
from casework.notes.models import CaseLink, Note
from casework.organisations.standing import Standing
from casework.requests import SignedIn, request_id_of
from casework.sharing.querysets import working_organisations
from workflows.errands.acts import GiveErrand, WithdrawErrand
from workflows.errands.models import Errand
from workflows.notebook.forms import ErrandForm, LinkForm, NoteForm, StrikeForm

NOTES_SHOWN = 100


class Notebook(View):
    """Notes that she may read, links, tasks outside the steps, and the forms for what she may add."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """404 for a case that is not hers to see."""
        return self._page(request, visible_case(request.standing, code))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Carry out the one form that was sent; the others stay empty."""
        case = visible_case(request.standing, code)
        kind = request.POST.get("form", "")
        form = self._form(request, case, kind)
        if form.is_valid():
            try:
                perform(_asked(kind, case, form), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _done(kind))
                return redirect("notes:list", case.code)
        return self._page(request, case, **{f"{kind}_form": form})

    def _form(self, request: SignedIn, case: Case, kind: str) -> Any:
        if kind == "note":
            return NoteForm(request.POST)
        if kind == "link":
            return LinkForm(request.standing, request.POST)
        if kind == "errand":
            return ErrandForm(case, request.POST)
        raise Http404

    def _page(self, request: SignedIn, case: Case, **forms: Any) -> HttpResponse:
        standing, working = request.standing, working_organisations(case.pk)
        may = {right: any(standing.seat_for(right, o) for o in working) for right in _RIGHTS}
        notes = Note.objects.visible_to(standing).filter(case=case).select_related("written_by", "organisation")
        context = {
            "case": case,
            "tabs": tabs_of(case, "notes:list"),
            "notes": notes.order_by("-pk")[:NOTES_SHOWN],
            "links": links_in_words(case, standing),
            "errands": Errand.objects.filter(case=case)
            .select_related("organisation", "person", "given_by")
            .order_by("ended_at", "-pk")[:NOTES_SHOWN],
            "note_form": forms.get("note_form") or (NoteForm() if may["write_note"] else None),
            "link_form": forms.get("link_form") or (LinkForm(standing) if may["link_cases"] else None),
            "errand_form": forms.get("errand_form") or (ErrandForm(case) if may["give_errand"] else None),
            "sent": next(iter(forms.values()), None),
            "may": may,
            "request_id": uuid4(),
        }
        return render(request, "workflows/notebook/list.html", context)


_RIGHTS = ("write_note", "link_cases", "give_errand", "reassign_task")


def links_in_words(case: Case, standing: Standing) -> list[dict[str, Any]]:
    """The live links as read from this end; the other case only by name for who may open it. Two queries."""
    ends = [(link, link.other if link.case_id == case.pk else link.case) for link in links_of(case)]
    seen = set(
        Case.objects.visible_to(standing)
        .filter(pk__in=[other.pk for _link, other in ends])
        .values_list("pk", flat=True)
    )
    return [_link(link, other if other.pk in seen else None, forward=other.pk == link.other_id) for link, other in ends]


def _link(link: CaseLink, other: Case | None, *, forward: bool) -> dict[str, Any]:
    return {
        "id": link.pk,
        "kind": str(link.get_kind_display()),
        "forward": forward,
        "code": other.code if other else "",
        "name": other.working_name if other else "",
        "reason": link.reason if other else "",
    }


def _asked(kind: str, case: Case, form: Any) -> Act:
    """The act that a valid form asks for."""
    if kind == "note":
        return WriteNote(case.pk, **form.cleaned_data)
    if kind == "link":
        return LinkCases(case.pk, form.cleaned_data["other"].pk, form.cleaned_data["kind"], form.cleaned_data["reason"])
    return GiveErrand(case.pk, **form.asked)


def _done(kind: str) -> str:
    return {
        "note": _("The note is written."),
        "link": _("The cases are linked."),
        "errand": _("The task is given; it stands in the inbox now."),
    }[kind]


class _TakeBack(View):
    """Strike out, unlink or withdraw: one reason, one act."""

    def find(self, request: SignedIn, case: Case, pk: int) -> Any:
        """What is to be taken back. Raises Http404."""
        raise NotImplementedError

    def act(self, row: Any, reason: str) -> Act:
        """The act that takes it back."""
        raise NotImplementedError

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """Ask for the reason."""
        case = visible_case(request.standing, code)
        return self._ask(request, case, self.find(request, case, pk), StrikeForm())

    def post(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """Take it back. 403 for somebody who may not."""
        case = visible_case(request.standing, code)
        row, form = self.find(request, case, pk), StrikeForm(request.POST)
        if form.is_valid():
            try:
                perform(self.act(row, form.cleaned_data["reason"]), by=request.user)
            except ActionNotPossible as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Done; the history keeps it."))
                return redirect("notes:list", case.code)
        return self._ask(request, case, row, form)

    def _ask(self, request: SignedIn, case: Case, row: Any, form: StrikeForm) -> HttpResponse:
        context = {
            "case": case,
            "tabs": tabs_of(case, "notes:list"),
            "row": row,
            "form": form,
            "heading": self.heading(),
        }
        return render(request, "workflows/notebook/take_back.html", context)

    def heading(self) -> str:
        """What the page is called."""
        raise NotImplementedError


class StrikeOut(_TakeBack):
    """Strike a note out; only its writer."""

    def find(self, request: SignedIn, case: Case, pk: int) -> Note:
        """A note that she may read."""
        note = Note.objects.visible_to(request.standing).filter(case=case, pk=pk).first()
        if note is None:
            raise Http404
        return note

    def act(self, row: Note, reason: str) -> Act:
        """Strike it out."""
        return StrikeNote(row.pk, reason)

    def heading(self) -> str:
        """What the page is called."""
        return _("Strike out a note")


class Unlink(_TakeBack):
    """End a link."""

    def find(self, request: SignedIn, case: Case, pk: int) -> CaseLink:
        """A live link of the case."""
        link = links_of(case).filter(pk=pk).first()
        if link is None:
            raise Http404
        return link

    def act(self, row: CaseLink, reason: str) -> Act:
        """End it."""
        return EndLink(row.pk, reason)

    def heading(self) -> str:
        """What the page is called."""
        return _("End a link between cases")


class TakeBackErrand(_TakeBack):
    """Withdraw a task outside the steps."""

    def find(self, request: SignedIn, case: Case, pk: int) -> Errand:
        """An errand of the case."""
        errand = Errand.objects.filter(case=case, pk=pk).first()
        if errand is None:
            raise Http404
        return errand

    def act(self, row: Errand, reason: str) -> Act:
        """Withdraw it."""
        return WithdrawErrand(row.pk, reason)

    def heading(self) -> str:
        """What the page is called."""
        return _("Withdraw a task")
