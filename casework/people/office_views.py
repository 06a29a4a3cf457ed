"""Pages of assets, offices and family ties."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.people import page, queries
from casework.people.acts import AppointOfficer, ChangeAsset, DeclareTies, EndOffice, EnterAsset, WithdrawAsset
from casework.people.forms import AssetForm, EndForm
from casework.people.models import ContributedAsset, FamilyTie, Founder, Office, Person
from casework.people.office_forms import Declaration, OfficeForm, with_more_ties
from casework.people.views import case_to_keep, context_of, done, member_of
from casework.requests import SignedIn, request_id_of

# A longer list to choose from helps nobody; further members take an office from their own page.
MOST_OFFERED = 300


class NewAsset(View):
    """A member contributes something that is not money."""

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """403 without the right, 404 for what is not hers to see."""
        case = case_to_keep(request, code)
        return _asset_page(request, case, member_of(case, pk), AssetForm())

    def post(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """Enter it, or show what is wrong with all that was typed."""
        case = case_to_keep(request, code)
        member, form = member_of(case, pk), AssetForm(request.POST)
        if not form.is_valid() or not done(request, EnterAsset(case.pk, pk, form.asset), form):
            return _asset_page(request, case, member, form)
        messages.success(request, _("The asset was entered."))
        return redirect("people:member", case.code, pk)


class OneAsset(View):
    """An asset: describe or value it anew, or withdraw it."""

    def get(self, request: SignedIn, code: str, pk: int, asset: int) -> HttpResponse:
        """403 without the right, 404 for what is not hers to see."""
        case = case_to_keep(request, code)
        found = _asset(case, pk, asset)
        return _asset_page(request, case, found.member, AssetForm(asset=found), asset=found, end=EndForm())

    def post(self, request: SignedIn, code: str, pk: int, asset: int) -> HttpResponse:
        """Change or withdraw it, by the button that was pressed."""
        case = case_to_keep(request, code)
        found = _asset(case, pk, asset)
        form, end = AssetForm(asset=found), EndForm()
        if "withdraw" in request.POST:
            end = EndForm(request.POST)
            stored = end.is_valid() and done(request, _withdrawal(case, asset, end), end)
        else:
            form = AssetForm(request.POST, asset=found)
            stored = form.is_valid() and done(request, ChangeAsset(case.pk, asset, form.asset), form)
        if not stored:
            return _asset_page(request, case, found.member, form, asset=found, end=end)
        messages.success(request, _("The asset was saved."))
        return redirect("people:member", case.code, pk)


def _withdrawal(case: Case, asset: int, end: EndForm) -> WithdrawAsset:
    return WithdrawAsset(case.pk, asset, end.cleaned_data["until"], end.cleaned_data["reason"])


def _asset(case: Case, member: int, pk: int) -> ContributedAsset:
    assets = ContributedAsset.objects.filter(case=case, member=member, pk=pk).select_related("member__person")
    found = assets.first()
    if found is None:
        raise Http404
    return found


def _asset_page(request: SignedIn, case: Case, member: Any, form: AssetForm, **more: Any) -> HttpResponse:
    return render(request, "casework/people/asset.html", context_of(case, member=member, form=form, **more))


def persons_for_office(case: Case, chosen: int | None = None) -> dict[int, Person]:
    """Who may be chosen for an office: members and representatives by given name, founders, officers. Three queries."""
    members = queries.members_of(case).exclude(person=None)
    found: dict[Any, Any] = {member.person_id: member.person for member in members[:MOST_OFFERED]}
    if chosen and chosen not in found:
        found |= {member.person_id: member.person for member in members.filter(person=chosen)[:1]}
    others: list[Any] = [
        *Founder.objects.filter(case=case, left_at=None).select_related("person"),
        *queries.officers_of(case),
    ]
    return found | {other.person_id: other.person for other in others}


class Offices(View):
    """Who holds which office, and the form by which somebody takes one."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """403 without the right, 404 for a case that is not hers to see."""
        case = case_to_keep(request, code)
        asked = request.GET.get("person", "")
        chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
        return self._page(request, case, OfficeForm(persons_for_office(case, chosen), chosen=chosen))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Appoint, or show what is wrong with all that was typed."""
        case = case_to_keep(request, code)
        asked = request.POST.get("person", "")
        chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
        form = OfficeForm(persons_for_office(case, chosen), request.POST)
        if not form.is_valid() or not done(request, AppointOfficer(case.pk, **form.asked), form):
            return self._page(request, case, form)
        messages.success(request, _("The office is filled."))
        return redirect("people:offices", case.code)

    def _page(self, request: SignedIn, case: Case, form: OfficeForm) -> HttpResponse:
        offices = page.office_lines(queries.all_offices_of(case))
        return render(request, "casework/people/offices.html", context_of(case, form=form, offices=offices))


class EndOneOffice(View):
    """An office ends, on a day and for a reason."""

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """403 without the right, 404 for what is not hers to see."""
        case = case_to_keep(request, code)
        return self._page(request, case, self._office(case, pk), EndForm())

    def post(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """End it; nothing is deleted."""
        case = case_to_keep(request, code)
        office, form = self._office(case, pk), EndForm(request.POST)
        if not form.is_valid() or not done(request, EndOffice(case.pk, pk, **form.cleaned_data), form):
            return self._page(request, case, office, form)
        messages.success(request, _("The office has ended."))
        return redirect("people:offices", case.code)

    def _office(self, case: Case, pk: int) -> Office:
        office = Office.objects.filter(case=case, pk=pk).select_related("person").first()
        if office is None:
            raise Http404
        return office

    def _page(self, request: SignedIn, case: Case, office: Office, form: EndForm) -> HttpResponse:
        context = context_of(case, form=form, heading=str(office), button=_("End the office"))
        return render(request, "casework/people/one_form.html", context)


class Ties(View):
    """The family ties that the office holders declare: all of them in one declaration."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """The last declaration, to be declared anew. 403 without the right, 404 for what is not hers to see."""
        case = case_to_keep(request, code)
        known = queries.ties_of(case)
        return self._page(request, case, Declaration(_persons_of_ties(case, known), known))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Store the declaration, or show what is wrong with all that was typed."""
        case = case_to_keep(request, code)
        known = queries.ties_of(case)
        persons = _persons_of_ties(case, known)
        if "add_rows" in request.POST:
            more = Declaration(persons, known, with_more_ties(request.POST)).without_errors()
            return self._page(request, case, more)
        declaration = Declaration(persons, known, request.POST)
        if not declaration.is_valid() or not self._declare(request, case, declaration):
            return self._page(request, case, declaration)
        messages.success(request, _("The declaration was stored."))
        return redirect("people:members", case.code)

    def _declare(self, request: SignedIn, case: Case, declaration: Declaration) -> bool:
        act = DeclareTies(case.pk, declaration.ties, declaration.form.cleaned_data["declared_on"])
        try:
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            declaration.form.add_error(None, str(refusal))
            return False
        return True

    def _page(self, request: SignedIn, case: Case, declaration: Declaration) -> HttpResponse:
        context = context_of(case, declaration=declaration, last=queries.last_declaration(case))
        return render(request, "casework/people/ties.html", context)


def _persons_of_ties(case: Case, known: list[FamilyTie]) -> dict[int, Person]:
    """Between whom ties are declared: the office holders, and who was declared before. One query."""
    officers = {office.person_id: office.person for office in queries.officers_of(case)}
    before = {person.pk: person for tie in known for person in (tie.person_a, tie.person_b)}
    return officers | before
