"""The page from which a case is opened that strengthens a cooperative of the register."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.fields import LongText
from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.requests import SignedIn, request_id_of
from casework.strengthening.opening import OpenConsolidation, OpenConversion

RIGHT = "open_case"


class OpenForm(forms.Form):
    """Who leads the case, and why it is opened."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Leading organisation"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose who leads the case."),
            "invalid_choice": gettext_lazy("Choose one of those offered here."),
        },
    )
    note = LongText(label=gettext_lazy("Why now?"), required=False, max_length=1000)

    use_required_attribute = False

    def __init__(self, organisations: Any, *args: Any, **options: Any):
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        if len(organisations) == 1:
            field.initial = organisations[0].pk


def leading(standing: Standing) -> Any:
    """The organisations for which a person may open a case."""
    return Organisation.objects.live().filter(pk__in=standing.organisations_with(RIGHT)).order_by("pk")


class OpenStrengthening(View):
    """Open a case for one entry of the register."""

    opens: ClassVar[type[OpenConsolidation]] = OpenConsolidation
    title: ClassVar[Any] = gettext_lazy("Strengthen this cooperative")
    about: ClassVar[Any] = gettext_lazy(
        "A case opens: you review how the cooperative works, agree on a plan with it, and the Cooperative Alliance "
        "reviews the plan. This is support, not a legal merger."
    )

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for an entry that is not hers to see, 403 without the right."""
        entry, organisations = self._allowed(request, pk)
        return self._page(request, entry, OpenForm(organisations))

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Open it, or say what is in the way with everything that was typed."""
        entry, organisations = self._allowed(request, pk)
        form = OpenForm(organisations, request.POST)
        if form.is_valid():
            act = self.opens(entry, form.cleaned_data["organisation"], form.cleaned_data["note"])
            try:
                receipt = perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(None, str(error))
            else:
                opened = Case.objects.beyond_sight("she has just opened it")
                code = opened.values_list("code", flat=True).get(pk=receipt.case_id or 0)
                messages.success(request, _("Case %(code)s is open.") % {"code": code})
                return redirect("cases:file", code)
        return self._page(request, entry, form)

    def _allowed(self, request: SignedIn, pk: int) -> tuple[Cooperative, Any]:
        visible = Cooperative.objects.visible_to(request.standing)
        entry = visible.filter(pk=pk).first() if pk < 2**63 else None
        if entry is None:
            raise Http404
        organisations = leading(request.standing)
        if not organisations:
            raise PermissionDenied(RIGHT)
        return entry, organisations

    def _page(self, request: SignedIn, entry: Cooperative, form: OpenForm) -> HttpResponse:
        context = {"entry": entry, "form": form, "request_id": uuid4(), "title": self.title, "about": self.about}
        return render(request, "casework/strengthening/open.html", context)


class OpenConverting(OpenStrengthening):
    """Open the case in which a group becomes a cooperative."""

    opens = OpenConversion
    title = gettext_lazy("Convert to a cooperative")
    about = gettext_lazy(
        "A case opens: you check whether the group is old enough and all its members agree; then plan, charter, "
        "conference and registration follow as for a new cooperative, which takes over what the group had."
    )
