"""Pages of members and capital: the list, the table to type in, one member, her leaving, a masked value."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.people import page, queries
from casework.people.acts import KEEP, REVEALED, Leaving, RevealPerson, RowsRefused, SaveMembers
from casework.people.checks import number_warnings
from casework.people.forms import EndForm, MemberForm, RevealForm
from casework.people.likely import likely_same, persons_in
from casework.people.models import Member, Person
from casework.people.same import choices_of
from casework.people.table import ROWS_A_PAGE, MemberTable, ids_in, with_more_rows
from casework.people.typed import label_of
from casework.requests import SignedIn, request_id_of
from casework.signing_in.again import AskAgain


def case_to_keep(request: SignedIn, code: str) -> Case:
    """The case, for those who keep its members. Raises Http404, PermissionDenied."""
    case = visible_case(request.standing, code)
    if not page.may(request.standing, case, KEEP):
        raise PermissionDenied(KEEP)
    return case


def context_of(case: Case, **more: Any) -> dict[str, Any]:
    """What every page of this room needs."""
    return {"case": case, "tabs": tabs_of(case, "people:members"), "request_id": uuid4(), **more}


def done(request: SignedIn, act: Act, form: Any) -> bool:
    """Carry the act out; False with its sentence in the form when it is refused."""
    try:
        perform(act, by=request.user, request_id=request_id_of(request))
    except ActionNotPossible as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


class Members(View):
    """Members and capital, who holds which office, family ties, founders; and what is still missing."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """As many statements for ten members as for ten thousand. 404 for a case that is not hers to see."""
        case = visible_case(request.standing, code)
        shown, totals = page.page_of(case, request.GET.get("page")), queries.totals_of(case)
        offices, declaration = queries.all_offices_of(case), queries.last_declaration(case)
        former = list(queries.former_members_of(case)[: page.MOST_FORMER])
        context = context_of(
            case,
            lines=page.member_lines(case, list(shown.object_list), totals),
            pager=_pager(shown),
            page_number=shown.number,
            kinds=page.kind_lines(totals),
            sum=page.sum_line(totals),
            women=page.women_line(totals),
            gaps=page.gaps_in_words(
                case, has_officers=any(o.until is None for o in offices), declared=declaration is not None
            ),
            offices=page.office_lines(offices),
            ties=queries.ties_of(case),
            declaration=declaration,
            founders=page.founder_names(case),
            former=former,
            may_keep=page.may(request.standing, case, KEEP),
            may_reveal=page.may(request.standing, case, "reveal_personal_data"),
        )
        return render(request, "casework/people/members.html", context)


def _pager(shown: Any) -> dict[str, Any]:
    """The addresses of the pages beside this one, and where in the list it stands."""
    return {
        "previous": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        "next": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        "summary": _("%(first)s–%(last)s of %(count)s")
        % {"first": shown.start_index(), "last": shown.end_index(), "count": shown.paginator.count},
        "first": shown.start_index(),
        "count": shown.paginator.count,
    }


class EditMembers(View):
    """The list as a table to type in, fifty members at a time, with empty rows for new ones."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """403 without the right, 404 for a case that is not hers to see."""
        case = case_to_keep(request, code)
        shown = Paginator(queries.members_of(case), ROWS_A_PAGE).get_page(request.GET.get("page"))
        table = MemberTable(case, list(shown.object_list))
        return self._page(request, case, table, pager=_pager(shown))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Save the rows in one act, or show them again with a sentence at each that does not fit."""
        case = case_to_keep(request, code)
        members = list(Member.objects.filter(case=case, pk__in=set(ids_in(request.POST))).select_related("person"))
        if "add_rows" in request.POST:
            table = MemberTable(case, members, with_more_rows(request.POST)).without_errors()
            return self._page(request, case, table)
        table = MemberTable(case, members, request.POST)
        valid = table.is_valid()
        if table.ask_about(request.standing) or not valid:
            return self._page(request, case, table)
        return self._save(request, case, table)

    def _save(self, request: SignedIn, case: Case, table: MemberTable) -> HttpResponse:
        sent = table.filled
        if not sent:
            messages.info(request, _("Nothing was changed, so nothing was saved."))
            return redirect("people:members", case.code)
        try:
            act = SaveMembers(case.pk, [form.row for form in sent])
            perform(act, by=request.user, request_id=request_id_of(request))
        except RowsRefused as refusal:
            table.refuse(sent, refusal.faults)
            return self._page(request, case, table)
        except ActionNotPossible as refusal:
            return self._page(request, case, table, refusal=str(refusal))
        messages.success(request, _saved(sent))
        return redirect("people:members", case.code)

    def _page(self, request: SignedIn, case: Case, table: MemberTable, **more: Any) -> HttpResponse:
        return render(request, "casework/people/edit.html", context_of(case, table=table, **more))


def _saved(sent: list[Any]) -> str:
    """What was saved, in words."""
    added = sum(form.is_new for form in sent)
    changed = len(sent) - added
    parts = []
    if added:
        parts.append(ngettext("%(count)s member added", "%(count)s members added", added) % {"count": added})
    if changed:
        parts.append(ngettext("%(count)s member changed", "%(count)s members changed", changed) % {"count": changed})
    return _("Saved: %(what)s.") % {"what": ", ".join(parts)}


class OneMember(View):
    """Everything of one member: who she is, her kind and capital, her assets."""

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """403 without the right, 404 for what is not hers to see."""
        case = case_to_keep(request, code)
        member = member_of(case, pk)
        return self._page(request, case, member, MemberForm(case, member))

    def post(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """Save her, or show what is wrong with all that was typed."""
        case = case_to_keep(request, code)
        member = member_of(case, pk)
        form = MemberForm(case, member, request.POST)
        if not form.is_valid() or not save_one(request, case, form):
            return self._page(request, case, member, form)
        messages.success(request, _("The member was saved."))
        return redirect("people:member", case.code, pk)

    def _page(self, request: SignedIn, case: Case, member: Member, form: MemberForm) -> HttpResponse:
        context = context_of(
            case,
            member=member,
            form=form,
            assets=member.assets.order_by("withdrawn_on", "pk"),
            warnings=number_warnings(member.person) if member.person else [],
            stored=stored_values(member.person),
            may_reveal=page.may(request.standing, case, "reveal_personal_data"),
        )
        return render(request, "casework/people/member.html", context)


class NewMember(View):
    """A new member with everything that is known of her; households and bodies join here."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """403 without the right, 404 for a case that is not hers to see."""
        case = case_to_keep(request, code)
        return self._page(request, case, MemberForm(case))

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Ask who she is where she may be known already; then save her."""
        case = case_to_keep(request, code)
        form = MemberForm(case, data=request.POST)
        if not form.is_valid() or self._is_asked(request, case, form) or not save_one(request, case, form):
            return self._page(request, case, form)
        messages.success(request, _("The member was added."))
        return redirect("people:members", case.code)

    def _is_asked(self, request: SignedIn, case: Case, form: MemberForm) -> bool:
        likely = likely_same(request.standing, case, [form.person])[0]
        return bool(likely) and form.ask(choices_of(likely))

    def _page(self, request: SignedIn, case: Case, form: MemberForm) -> HttpResponse:
        return render(request, "casework/people/member.html", context_of(case, form=form))


def save_one(request: SignedIn, case: Case, form: MemberForm) -> bool:
    """Save one member; False with sentences in the form when she is refused."""
    try:
        perform(SaveMembers(case.pk, [form.row]), by=request.user, request_id=request_id_of(request))
    except RowsRefused as refusal:
        form.refuse(refusal.faults)
        return False
    except ActionNotPossible as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def member_of(case: Case, pk: int) -> Member:
    """A member of the case with her person. Raises Http404."""
    member = Member.objects.filter(case=case, pk=pk).select_related("person__area").first()
    if member is None:
        raise Http404
    return member


def stored_values(person: Person | None) -> list[tuple[str, str, str]]:
    """The masked values that are stored: code, label and mask of each."""
    if person is None:
        return []
    masks = {"phone": person.masked_phone, "id_number": person.masked_id_number, "ethnicity": "•••"}
    return [(what, label_of(what), masks[what]) for what in REVEALED if getattr(person, what)]


class Leave(View):
    """A member leaves, on a day and for a reason."""

    def get(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """403 without the right, 404 for what is not hers to see."""
        case = case_to_keep(request, code)
        return self._page(request, case, member_of(case, pk), EndForm())

    def post(self, request: SignedIn, code: str, pk: int) -> HttpResponse:
        """End the membership; nothing is deleted."""
        case = case_to_keep(request, code)
        member, form = member_of(case, pk), EndForm(request.POST)
        if not form.is_valid():
            return self._page(request, case, member, form)
        act = SaveMembers(case.pk, removed=[Leaving(pk, **form.cleaned_data)])
        if not done(request, act, form):
            return self._page(request, case, member, form)
        messages.success(request, _("The membership has ended; it stays readable below the list."))
        return redirect("people:members", case.code)

    def _page(self, request: SignedIn, case: Case, member: Member, form: EndForm) -> HttpResponse:
        heading = _("%(name)s leaves") % {"name": member.name}
        context = context_of(case, form=form, heading=heading, button=_("End the membership"), member=member)
        return render(request, "casework/people/one_form.html", context)


@method_decorator(never_cache, name="dispatch")
class Reveal(AskAgain, View):
    """A masked value of a person: shown once, for a reason, and recorded."""

    def get(self, request: SignedIn, code: str, person: int, what: str) -> HttpResponse:
        """Ask for the reason. 403 without the right, 404 for what is not there or not hers to see."""
        case = self._case(request, code)
        return self._ask(request, case, self._person(case, person, what), what, RevealForm())

    def post(self, request: SignedIn, code: str, person: int, what: str) -> HttpResponse:
        """Record who looked and why, and show the value on the answer itself."""
        case = self._case(request, code)
        found, form = self._person(case, person, what), RevealForm(request.POST)
        if not form.is_valid():
            return self._ask(request, case, found, what, form)
        reason = form.cleaned_data["reason"]
        if not done(request, RevealPerson(case.pk, found.pk, what, reason), form):
            return self._ask(request, case, found, what, form)
        context = context_of(case, person=found, label=label_of(what), value=getattr(found, what), reason=reason)
        return render(request, "casework/people/revealed.html", context | {"is_phone": what == "phone"})

    def _case(self, request: SignedIn, code: str) -> Case:
        case = visible_case(request.standing, code)
        if not page.may(request.standing, case, "reveal_personal_data"):
            raise PermissionDenied("reveal_personal_data")
        return case

    def _person(self, case: Case, pk: int, what: str) -> Person:
        found = persons_in(Case.objects.filter(pk=case.pk)).filter(pk=pk).first() if what in REVEALED else None
        if found is None or not getattr(found, what):
            raise Http404
        return found

    def _ask(self, request: SignedIn, case: Case, person: Person, what: str, form: RevealForm) -> HttpResponse:
        heading = f"{label_of(what).capitalize()}: {person.full_name}"
        context = context_of(case, form=form, heading=heading, button=_("Show it"))
        return render(request, "casework/people/one_form.html", context)
