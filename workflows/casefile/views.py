"""Pages of a case: the list, a new lead, the file, its history, and the contact's number."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, Receipt, perform
from casework.cases.acts import OpenCase, RevealContact
from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.stages import Status
from casework.cases.tabs import tabs_of
from casework.counting import COUNTED, count_up_to
from casework.drafts.models import Draft, as_querydict
from casework.duplicates.acts import RememberNotDuplicate
from casework.duplicates.entries import new_lead
from casework.duplicates.find import Duplicates, find_duplicates
from casework.middleware import typed_before_sign_in
from casework.organisations.models import User
from casework.organisations.standing import Standing
from casework.people.models import founders_of
from casework.reads.noting import found as say_found
from casework.rules.panel import summary
from casework.rules.women_led import women_led_case
from casework.signing_in.again import AskAgain
from workflows.casefile import more, queries
from workflows.casefile.changes import names_for, together
from workflows.casefile.file_page import (
    also_entered_as,
    key_facts,
    known_facts,
    open_tasks,
    people_of,
    steps_of,
    viewers_of,
)
from workflows.casefile.filters import CaseFilter
from workflows.casefile.lead_form import LeadForm, leading_organisations
from workflows.casefile.listing import NEWEST, cases_for, rows_of, status_text, with_words
from workflows.casefile.records import document_titles, groups_of, mentioned_in, records_of
from workflows.casefile.reveal_form import RevealForm, as_dialled
from workflows.casefile.timeline import SHOWN_HERE, events_of, mentioned_by, timeline_of
from workflows.casefile.way import way_of
from workflows.clock.legal_terms import terms_of
from workflows.desk.due import WorkingDays
from workflows.desk.paging import cursors, page_of
from workflows.holds.card import card_of
from workflows.summary.places import places_seen


class SignedIn(HttpRequest):
    """A request of a person who is signed in, as our middleware hands it on."""

    user: User
    standing: Standing


LEAD = "lead"  # the key of the draft
HISTORY_PAGE = 100


class CaseList(View):
    """Every case that the person may open; searched, filtered, newest first."""

    def get(self, request: SignedIn) -> HttpResponse:
        """At most eight statements, for one case and for fifty, and one that notes a long list."""
        visible = cases_for(request.standing)
        form = CaseFilter(request.GET, places_seen(request.standing, request.GET))
        found = form.apply(visible)
        cursor = cursors(request.GET)
        total = count_up_to(found)
        say_found(request, total)
        page = page_of(with_words(found), NEWEST, cursor["after"], cursor["before"])
        context = {
            "form": form,
            "chips": form.chips(request.path),
            "total": min(total, COUNTED),
            "more": total > COUNTED,
            "rows": rows_of(page.rows, request.user),
            "older_url": f"?{form.query(after=page.next)}" if page.next else "",
            "newer_url": f"?{form.query(before=page.previous)}" if page.previous else "",
            "may_open": "open_case" in request.standing.permissions,
        }
        return render(request, "workflows/casefile/list.html", context)


class NewLead(View):
    """A new lead, typed during a phone call. What is typed survives a refusal and a lost session."""

    keeps_typed_input = True

    def get(self, request: SignedIn) -> HttpResponse:
        """An empty form, or as it was left."""
        organisations = self._organisations(request)
        kept = typed_before_sign_in(request)
        typed = as_querydict(kept) if kept else Draft.objects.read(request.user, LEAD)
        if kept:
            messages.info(
                request, _("You were signed out meanwhile. What you had typed is here; please send it again.")
            )
        return self._page(request, LeadForm(organisations, typed=typed), has_draft=bool(typed))

    def post(self, request: SignedIn) -> HttpResponse:
        """Keep as a draft, forget the draft, or open the case."""
        organisations = self._organisations(request)
        if "discard" in request.POST:
            Draft.objects.drop(request.user, LEAD)
            return redirect("cases:new")
        if "keep" in request.POST:
            Draft.objects.keep(request.user, LEAD, request.POST)
            messages.success(request, _("Draft saved. Only you see it; it waits here for you."))
            return redirect("cases:new")
        form = LeadForm(organisations, data=request.POST)
        if not form.is_valid():
            return self._page(request, form)
        return self._open(request, form)

    def _open(self, request: SignedIn, form: LeadForm) -> HttpResponse:
        typed = form.cleaned_data
        lead = new_lead(typed["working_name"], form.area, typed["contact_phone"], typed["contact_name"])
        duplicates = find_duplicates(lead, request.standing)
        if duplicates and not form.confirms(duplicates):
            form.ask_about(duplicates)
            return self._page(request, form, duplicates=duplicates)
        if duplicates and form.lacks_reason():
            return self._page(request, form, duplicates=duplicates)
        try:
            receipt = perform(_act(form), by=request.user, request_id=form.cleaned_data["request_id"])
        except ActionNotPossible as error:
            form.add_error(error.field, str(error))
            return self._page(request, form)
        Draft.objects.drop(request.user, LEAD)
        _remember(request, receipt, duplicates, form.cleaned_data["why_not_the_same"])
        opened = Case.objects.beyond_sight("she has just opened it")
        code = opened.values_list("code", flat=True).get(pk=receipt.case_id or 0)
        messages.success(request, _("Case %(code)s is open.") % {"code": code})
        return redirect("cases:file", code)

    def _organisations(self, request: SignedIn) -> list[Any]:
        found = leading_organisations(request.standing.organisations_with("open_case"))
        if not found:
            raise PermissionDenied("open_case")
        return found

    def _page(
        self, request: SignedIn, form: LeadForm, duplicates: Duplicates | None = None, *, has_draft: bool = False
    ) -> HttpResponse:
        context = {"form": form, "duplicates": duplicates, "has_draft": has_draft}
        return render(request, "workflows/casefile/new.html", context)


def _remember(request: SignedIn, receipt: Receipt, duplicates: Duplicates, reason: str) -> None:
    """What the person compared and told apart is remembered once the case is open."""
    for alike in duplicates.seen if not receipt.replayed else []:
        try:
            perform(RememberNotDuplicate(alike.kind, receipt.case_id or 0, alike.pk, reason), by=request.user)
        except (ActionNotPossible, PermissionDenied):
            # The case is open, which is what she wanted; she is only asked again at another time.
            continue


def _act(form: LeadForm) -> OpenCase:
    """The act that a valid form asks for."""
    names = (
        "working_name",
        "legal_form",
        "contact_name",
        "contact_phone",
        "trade",
        "women_interested",
        "source",
        "received_on",
        "note",
    )
    fields = {name: form.cleaned_data[name] for name in names}
    return OpenCase(form.lead_organisation, form.area, **fields)


class KeepLeadDraft(View):
    """Keeps what is being typed; called by the page itself every now and then."""

    def post(self, request: SignedIn) -> HttpResponse:
        """204, or 403 for a person who may not open cases."""
        if "open_case" not in request.standing.permissions:
            raise PermissionDenied("open_case")
        Draft.objects.keep(request.user, LEAD, request.POST)
        return HttpResponse(status=204)


class CaseFile(View):
    """All about one case on one page."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """At most forty-one statements (sixteen for the law, one to note the reading), however many events there are.

        404 for what is not hers to see.
        """
        standing, user = request.standing, request.user
        case = visible_case(standing, code, *queries.WITH)
        duplicate_code = queries.visible_duplicate_code(case, standing)
        if duplicate_code and "stay" not in request.GET:
            words = {"old": case.code, "new": duplicate_code}
            messages.info(request, _("%(old)s was entered twice; this is %(new)s, where the case goes on.") % words)
            return redirect("cases:file", duplicate_code)
        rows = queries.task_rows_of(case)
        access = list(queries.live_access(case))
        events = list(events_of(case)[:SHOWN_HERE])
        days = WorkingDays(timezone.now())
        records = records_of(case)
        names = names_for(together(mentioned_by(events), mentioned_in(records)))
        context = {
            "case": case,
            "tabs": tabs_of(case, "cases:file"),
            "status_text": status_text(case),
            "duplicate_code": duplicate_code,
            "steps": steps_of(case),
            "law": summary(case) if case.status != Status.CLOSED else None,
            "women_led": women_led_case(case, timezone.localdate()),
            "may_export": any(standing.seat_for("export_case", a.organisation_id) for a in access),
            "tasks": open_tasks(rows, user, standing, days),
            "more": more.links_for(case, standing),
            "terms": terms_of(case),
            "clock": card_of(case),
            "key_facts": [*key_facts(case), *also_entered_as(queries.duplicates_of(case, standing))],
            "groups": known_facts(case, groups_of(records, names, document_titles(records))),
            "founders": people_of(founders_of(case)),
            "viewers": viewers_of(access),
            "reveal_url": reverse("cases:reveal_contact", args=[code])
            if queries.may_reveal_contact(case, access, standing)
            else "",
            "way": way_of(case, queries.main_rows(rows), user, days),
            "entries": timeline_of(events, names),
            "event_count": events[0].seq if events else 0,
            "has_more_events": bool(events) and events[-1].seq > 1,
        }
        return render(request, "workflows/casefile/file.html", context)


class CaseHistory(View):
    """Every event of a case with every change, newest first."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """A page of events, older than `?before=` if given. 404 for what is not hers to see."""
        case = visible_case(request.standing, code)
        asked = request.GET.get("before", "")
        before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
        events = list(events_of(case, before)[:HISTORY_PAGE])
        context = {
            "case": case,
            "tabs": tabs_of(case, "cases:history"),
            "entries": timeline_of(events, most_changes=None),
            "first_url": reverse("cases:history", args=[code]) if before else "",
            "older_url": f"?before={events[-1].seq}" if events and events[-1].seq > 1 else "",
        }
        return render(request, "workflows/casefile/history.html", context)


@method_decorator(never_cache, name="dispatch")
class RevealContactPage(AskAgain, View):
    """The contact's number: shown once, for a reason, and recorded."""

    def get(self, request: SignedIn, code: str) -> HttpResponse:
        """Ask for the reason. 403 without the right, 404 for what is not hers to see."""
        return self._ask(request, self._case(request, code), RevealForm())

    def post(self, request: SignedIn, code: str) -> HttpResponse:
        """Record who looked and why, and show the number on the answer itself."""
        case = self._case(request, code)
        form = RevealForm(request.POST)
        if not form.is_valid() or case.contact is None:
            return self._ask(request, case, form)
        act = RevealContact(case.pk, form.cleaned_data["reason"])
        try:
            perform(act, by=request.user, request_id=form.cleaned_data["request_id"])
        except ActionNotPossible as error:
            form.add_error(error.field, str(error))
            return self._ask(request, case, form)
        context = {"case": case, "reason": act.reason, "number": as_dialled(case.contact.phone)}
        return render(request, "workflows/casefile/contact.html", context)

    def _case(self, request: SignedIn, code: str) -> Case:
        standing = request.standing
        case = visible_case(standing, code, "contact")
        if not (case.contact and case.contact.phone):
            raise Http404
        if not queries.may_reveal_contact(case, list(queries.live_access(case)), standing):
            raise PermissionDenied("reveal_personal_data")
        return case

    def _ask(self, request: SignedIn, case: Case, form: RevealForm) -> HttpResponse:
        return render(request, "workflows/casefile/reveal_contact.html", {"case": case, "form": form})
