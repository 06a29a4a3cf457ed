"""The pages of the desk: a request comes in, one call is made, an answer goes out."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers
from django.views.generic import View

from casework.acts import Act, ActionNotPossible, perform
from casework.drafts.models import Draft, as_querydict
from casework.middleware import typed_before_sign_in
from casework.signing_in.again import ask_again, entered_lately
from casework.steps import StepForm
from workflows.acts import ClaimTask, CompleteTask, ReassignTask, ReleaseTask
from workflows.desk.acts import SentAgain
from workflows.desk.bulk import actions_for
from workflows.desk.came_from import list_behind, with_list
from workflows.desk.filters import FilterForm, Filters
from workflows.desk.forms import ReassignForm, has_typed, show_refusal, step_form, typed_in
from workflows.desk.page import TaskPage, page_of_task, people_for, task_seen, what_comes_next
from workflows.desk.paging import cursors
from workflows.desk.queries import (
    choices_for,
    is_mine,
    next_in,
    next_own_task,
    page_for,
    row_of,
    rows_of,
    tabs_of,
    title_of,
    with_words,
)
from workflows.desk.saved import chips_of, filters_of, first_view, views_of
from workflows.engine.models import Task
from workflows.staff.over import may_hand_over


def wants_part(request: Any) -> bool:
    """Whether htmx asks for a part of the page. Boosted links and restored history get the whole page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Where a button returns to: an address of ours that the form names, or `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else otherwise


def request_id_of(request: HttpRequest) -> UUID | None:
    """The id that the page gave to its form, or None when it is missing or no id."""
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return None


@method_decorator(vary_on_headers("HX-Request"), name="dispatch")
class Inbox(View):
    """Tasks in four tabs with filters; nearest due first, and what was done last first."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: Any) -> HttpResponse:
        """The whole page, or for htmx the list with its tabs and filters."""
        if not request.standing.seats:
            return render(request, "workflows/desk/no_seat.html")
        views = views_of(request.standing)
        opening = None if request.GET else first_view(views)
        filters = filters_of(opening) if opening else Filters.of(request.GET)
        context = {
            **inbox_context(request, filters),
            "opening": opening,
            "views": chips_of(views, filters, request.standing, timezone.now()),
        }
        if not wants_part(request):
            return render(request, "workflows/desk/inbox.html", context)
        response = render(request, "workflows/desk/_inbox.html", context)
        response["HX-Push-Url"] = filters.url()
        return response


def inbox_context(request: Any, filters: Filters) -> dict[str, Any]:
    """What the inbox shows under filters. Three queries; the saved views cost one or two more."""
    now, standing = timezone.now(), request.standing
    tabs = tabs_of(filters, standing, now)
    page = page_for(filters, standing, now, **cursors(request.GET))
    filter_form = FilterForm(filters, choices_for(standing, filters.tab))
    return {
        "tabs": tabs,
        "tab": next(tab for tab in tabs if tab.current),
        "rows": rows_of(
            page.rows, standing, now, filters.tab, request.get_full_path() if request.GET else filters.url()
        ),
        "actions": actions_for(standing, filters.tab) if page.rows else [],
        "query": filters.query(),
        "filter_form": filter_form,
        "active": filter_form.chips(),
        "hidden": [("tab", filters.tab), *filters.idle.items()],
        "clear_url": Filters(tab=filters.tab).url(),
        "next_url": filters.url(after=page.next) if page.next else "",
        "previous_url": filters.url(before=page.previous) if page.previous else "",
        "new_case_url": reverse("cases:new") if "open_case" in standing.permissions else "",
    }


class _TaskView(View):
    """A page about one task that the person may see; anything else is not there."""

    # Whether something sent from a page that was hers gets a sentence though it is hers no more.
    answers_what_is_sent = False

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Remember the request in a form that knows its standing."""
        super().setup(request, *args, **kwargs)
        self.request: Any = request

    def seen(self, pk: int) -> Task:
        """The task. Raises Http404 for a foreign and for a missing one alike."""
        try:
            return task_seen(
                pk, self.request.standing, sent=self.answers_what_is_sent and self.request.method == "POST"
            )
        except Task.DoesNotExist:
            raise Http404 from None

    def keep(self, task: Task) -> None:
        """Keep what was typed, if anything was."""
        typed = typed_in(self.request.POST)
        if has_typed(typed):
            Draft.objects.keep(self.request.user, draft_key(task), typed)


def draft_key(task: Task) -> str:
    """The name under which the draft of a task is kept, for each person apart."""
    return f"task:{task.pk}"


class TaskView(_TaskView):
    """One task: what to do, for which case, why, by when, and its form."""

    http_method_names = ["get", "head", "post", "options"]
    keeps_typed_input = True
    answers_what_is_sent = True

    def get(self, request: Any, pk: int) -> HttpResponse:
        """The page, with the form as it was left."""
        task = self.seen(pk)
        page = page_of_task(task, request.standing)
        returned = self._typed_before_sign_in(task)
        form, draft = None, None
        if page.state == "mine":
            draft = Draft.objects.filter(user=request.user, key=draft_key(task)).first()
            form = step_form(task, request.user, draft=as_querydict(draft.fields) if draft else None)
        return self._show(page, form, saved_at=draft.saved_at if draft else None, returned=returned)

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Finish the task, perhaps after the password; or keep a draft, or keep it and add rows."""
        task = self.seen(pk)
        if not is_mine(task, request.standing):
            return self._sent_again(task)
        if "add_rows" in request.POST:
            table = request.POST["add_rows"]
            typed = task.step.form_class.more_rows(typed_in(request.POST), table)
            Draft.objects.keep(request.user, draft_key(task), typed)
            return redirect(f"{self._here()}#{slugify(table)}")
        if "save_draft" in request.POST:
            self.keep(task)
            messages.success(request, _("Draft saved. Nothing was sent yet."))
            return redirect(self._here())
        form = step_form(task, request.user, data=request.POST)
        if not form.is_valid():
            return self._refuse(task, form)
        if form.gives_data_away and not entered_lately(request):
            # The draft too: whoever turns back at the password finds it on the page.
            self.keep(task)
            return ask_again(request, self._here())
        return self._finish(task, form)

    def _finish(self, task: Task, form: StepForm) -> HttpResponse:
        act = CompleteTask(task.pk, data=form.cleaned_data)
        try:
            perform(act, by=self.request.user, request_id=request_id_of(self.request))
        except ActionNotPossible as refusal:
            if not is_mine(self.seen(task.pk), self.request.standing):
                return self._lost(task, str(refusal), 409)
            show_refusal(form, refusal)
            return self._refuse(task, form)
        except PermissionDenied:
            return self._lost(task, _("You may no longer finish this task."), 403)
        return self._done(task.pk)

    def _sent_again(self, task: Task) -> HttpResponse:
        """The task is not hers now: the same request again gets its answer again, any other a sentence why."""
        try:
            perform(SentAgain(task.pk), by=self.request.user, request_id=request_id_of(self.request))
        except ActionNotPossible as refusal:
            return self._lost(task, str(refusal), 409)
        except PermissionDenied:
            return self._lost(task, _("Only the person who has this task can finish it."), 403)
        return self._done(task.pk)

    def _done(self, pk: int) -> HttpResponse:
        Draft.objects.drop(self.request.user, f"task:{pk}")
        task = self.seen(pk)
        messages.success(self.request, what_comes_next(task))
        seen = list_behind(self.request)
        if "next" in self.request.POST:
            following = self._following(task, seen)
            if following:
                return redirect(with_list(reverse("tasks:task", args=[following]), seen.query() if seen else ""))
            if seen:
                messages.info(self.request, _("That was the last task of this list that you can do."))
        return redirect(seen.url() if seen else "tasks:inbox")

    def _following(self, done: Task, seen: Filters | None) -> int | None:
        """The task after the one that was done, in the list from which it was opened; else her most urgent one."""
        if seen is None:
            return next_own_task(self.request.standing)
        return next_in(seen, done, self.request.standing, timezone.now())

    def _here(self) -> str:
        seen = list_behind(self.request)
        return with_list(self.request.path, seen.query() if seen else "")

    def _refuse(self, task: Task, form: StepForm) -> HttpResponse:
        """The form again, with the reasons and with all that was typed."""
        self.keep(task)
        page = page_of_task(task, self.request.standing)
        return self._show(page, form, status=422 if wants_part(self.request) else 200)

    def _lost(self, task: Task, sentence: str, status: int) -> HttpResponse:
        """The page as it is now, with a sentence why nothing was done; what was typed is kept."""
        self.keep(task)
        page = page_of_task(self.seen(task.pk), self.request.standing)
        return self._show(page, None, status=status, refusal=sentence, kept=has_typed(typed_in(self.request.POST)))

    def _typed_before_sign_in(self, task: Task) -> bool:
        """Make what was typed before the session ended the draft. Whether there was any."""
        fields = typed_before_sign_in(self.request)
        if not fields:
            return False
        Draft.objects.keep(self.request.user, draft_key(task), typed_in(as_querydict(fields)))
        return True

    def _show(self, page: TaskPage, form: StepForm | None, status: int = 200, **more: Any) -> HttpResponse:
        seen = list_behind(self.request)
        context = {
            "page": page,
            "form": form,
            "request_id": uuid4(),
            "list_query": seen.query() if seen else "",
            "list_url": seen.url() if seen else reverse("tasks:inbox"),
            "here": self._here(),
            **more,
        }
        return render(self.request, "workflows/desk/task.html", context, status=status)


class KeepDraft(_TaskView):
    """Keeps what is being typed, while it is typed."""

    http_method_names = ["post", "options"]

    def post(self, request: Any, pk: int) -> HttpResponse:
        """204 when kept; 409 when the task is no longer hers to do, so that the page can say so."""
        task = self.seen(pk)
        if not is_mine(task, request.standing):
            return HttpResponse(status=409)
        self.keep(task)
        return HttpResponse(status=204)


class _Move(_TaskView):
    """A button that changes who has a task."""

    http_method_names = ["post", "options"]

    def act_on(self, task: Task) -> Act:
        """What the button asks for."""
        raise NotImplementedError

    def message(self, task: Task) -> str:
        """What is told when it was done."""
        raise NotImplementedError

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Do it, say so, and go back; htmx gets the row as it is now, with message and counts."""
        task = self.seen(pk)
        try:
            perform(self.act_on(task), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, self.message(task))
        seen = list_behind(request)
        back = way_back(request, seen.url() if seen else reverse("tasks:inbox"))
        return self._row(pk, back) if wants_part(request) else redirect(back)

    def _row(self, pk: int, back: str) -> HttpResponse:
        now, standing = timezone.now(), self.request.standing
        task = with_words(Task.objects.visible_to(standing)).filter(pk=pk).first()  # type: ignore[attr-defined]
        filters = Filters.of(QueryDict(back.partition("?")[2]))
        tabs = tabs_of(filters, standing, now)
        context = {
            "row": row_of(task, standing, now, filters.tab, back) if task else None,
            "tabs": tabs,
            "tab": next(tab for tab in tabs if tab.current),
            "out_of_band": True,
        }
        return render(self.request, "workflows/desk/_moved.html", context)


class Claim(_Move):
    """Take a task."""

    def act_on(self, task: Task) -> Act:
        return ClaimTask(task.pk)

    def message(self, task: Task) -> str:
        words = _("You have taken: %(step)s, %(case)s.") % {"step": title_of(task), "case": task.case.working_name}
        return format_html('{} <a href="{}">{}</a>', words, reverse("tasks:task", args=[task.pk]), _("Do it now"))


class Release(_Move):
    """Give a task back. What was typed stays as a draft, for the day she takes it again."""

    def act_on(self, task: Task) -> Act:
        self.keep(task)
        return ReleaseTask(task.pk)

    def message(self, task: Task) -> str:
        return _("Given back: %(step)s, %(case)s. It waits for a colleague now.") % {
            "step": title_of(task),
            "case": task.case.working_name,
        }


class Reassign(_TaskView):
    """A supervisor hands a task to somebody who may do it."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for those who may. A foreign task is not there; one that she sees but may not move is refused."""
        self.task = self.seen(kwargs["pk"])
        if not may_hand_over(self.task, request.standing):
            raise PermissionDenied("reassign_task")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, pk: int) -> HttpResponse:
        """The form, or the page of the task when there is nothing left to hand over."""
        if not self.task.is_open:
            messages.info(request, _("This task is already finished. Nothing was changed."))
            return redirect("tasks:task", pk=pk)
        return self._show(ReassignForm(people_for(self.task)))

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Hand it over, or say at the field why not."""
        form = ReassignForm(people_for(self.task), data=request.POST)
        if not form.is_valid():
            return self._show(form)
        act = ReassignTask(pk, **form.cleaned_data)
        try:
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            show_refusal(form, refusal)
            return self._show(form)
        messages.success(request, _("Handed over to %(name)s.") % {"name": form.cleaned_data["to"]})
        return redirect("tasks:task", pk=pk)

    def _show(self, form: ReassignForm) -> HttpResponse:
        page = page_of_task(self.task, self.request.standing)
        return render(self.request, "workflows/desk/reassign.html", {"page": page, "form": form, "request_id": uuid4()})
