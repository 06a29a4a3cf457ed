"""Pages on which an administrator keeps the checklists: the lists, one more item, an item worded anew, its end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.stages import Kind, LegalForm
from casework.documents.checklist_acts import RIGHT, BeginItem, ChangeItem, EndItem
from casework.documents.checklist_forms import EndForm, ListForm, NewItemForm, WordingForm, step_choices
from casework.documents.models import ChecklistItem, DocumentType
from casework.requests import SignedIn, request_id_of

_TITLES = {"step": step_choices, "kind": lambda: Kind.choices, "legal_form": lambda: LegalForm.choices}


@dataclass
class Checklist:
    """One list: what is asked for now or soon, and what was asked for before."""

    title: str
    live: list[ChecklistItem] = field(default_factory=list)
    past: list[ChecklistItem] = field(default_factory=list)


def checklists(items: Iterable[ChecklistItem], on: date) -> list[Checklist]:
    """Items parted by list, those that ended before a day apart. Items come in the order of the lists."""
    found: dict[tuple[str, str, str], Checklist] = {}
    types = {kind.code: kind for kind in DocumentType.objects.all()}
    for item in items:
        item.counts = types.get(item.document_type)  # type: ignore[attr-defined]
        one = found.setdefault((item.step, item.kind, item.legal_form), Checklist(list_title(item)))
        (one.past if item.valid_until and item.valid_until < on else one.live).append(item)
    return list(found.values())


def list_title(item: ChecklistItem) -> str:
    """Step, kind of case and legal form, in words."""
    words = {name: dict(choices()) for name, choices in _TITLES.items()}
    return " · ".join(str(words[name].get(getattr(item, name), getattr(item, name))) for name in words)


class _Editing(View):
    """A page for whoever may edit the law somewhere. Raises PermissionDenied for anybody else."""

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if RIGHT not in request.standing.permissions:
            raise PermissionDenied(RIGHT)
        return super().dispatch(request, *args, **kwargs)


class Lists(_Editing):
    """All lists, or those that were chosen."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Two statements, however many lists there are."""
        form = ListForm(request.GET, auto_id="filter-%s")
        today = timezone.localdate()
        items = ChecklistItem.objects.filter(**form.chosen())
        rows = items.order_by("step", "kind", "legal_form", "place", "code", "valid_from")
        context = {"filters": form, "lists": checklists(rows, today), "today": today, "query": request.GET.urlencode()}
        return render(request, "casework/documents/checklists.html", context)


class _ItemPage(_Editing):
    """One form about one item."""

    form_class: Any

    def heading(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def initial(self, request: SignedIn, item: ChecklistItem | None) -> dict[str, Any]:
        """What stands in the form at first."""
        return {}

    def act(self, form: Any, item: Any) -> Act:
        """What a valid form asks for."""
        raise NotImplementedError

    def get(self, request: SignedIn, pk: int | None = None) -> HttpResponse:
        """The form. 404 for an item that is not there."""
        item = _item(pk)
        return self._page(request, item, self.form_class(initial=self.initial(request, item)))

    def post(self, request: SignedIn, pk: int | None = None) -> HttpResponse:
        """Do it, or say what is wrong with everything that was typed."""
        item, form = _item(pk), self.form_class(request.POST)
        if form.is_valid():
            try:
                perform(self.act(form, item), by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                messages.success(request, _("The list is changed; the history keeps how it was."))
                return redirect("checklists:list")
        return self._page(request, item, form)

    def _page(self, request: SignedIn, item: ChecklistItem | None, form: Any) -> HttpResponse:
        list_name = list_title(item) if item else ""
        context = {"form": form, "item": item, "list": list_name, "heading": self.heading(), "request_id": uuid4()}
        return render(request, "casework/documents/checklist_item.html", context)


def _item(pk: int | None) -> ChecklistItem | None:
    if pk is None:
        return None
    item = ChecklistItem.objects.filter(pk=pk).first() if pk < 2**63 else None
    if item is None:
        raise Http404
    return item


class AddItem(_ItemPage):
    """One more item."""

    form_class = NewItemForm

    def heading(self) -> str:
        """What the page is called."""
        return _("Add an item")

    def initial(self, request: SignedIn, item: ChecklistItem | None) -> dict[str, Any]:
        """The list that was looked at."""
        return ListForm(request.GET).chosen()

    def act(self, form: Any, item: Any) -> Act:
        """The new item."""
        typed = form.cleaned_data
        return BeginItem(typed["step"], typed["kind"], typed["legal_form"], form.wording(), typed["valid_from"])


class WordItem(_ItemPage):
    """An item worded anew from a day."""

    form_class = WordingForm

    def heading(self) -> str:
        """What the page is called."""
        return _("Change an item from a day on")

    def initial(self, request: SignedIn, item: ChecklistItem | None) -> dict[str, Any]:
        """What it says now."""
        return WordingForm.initial_of(item) if item else {}

    def act(self, form: Any, item: Any) -> Act:
        """The item as it will be."""
        return ChangeItem(item.pk, form.wording(), form.cleaned_data["valid_from"])


class StopItem(_ItemPage):
    """An item that is no longer asked for."""

    form_class = EndForm

    def heading(self) -> str:
        """What the page is called."""
        return _("End an item")

    def act(self, form: Any, item: Any) -> Act:
        """Its end."""
        return EndItem(item.pk, form.cleaned_data["ends_from"], form.cleaned_data["reason"])
