"""Pages of the results of other bodies: who was asked and answered, one request, and the page of the body itself."""

import secrets
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _g
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import ActionNotPossible, perform
from casework.organisations.models import User
from casework.programme.collected import acts
from casework.programme.collected.acts import COLLECT, token_hash
from casework.programme.collected.forms import AgainForm, AnswerForm, AskForm
from casework.programme.collected.listing import Find, answers_of, requests_for
from casework.programme.collected.models import ResultAnswer, ResultRequest
from casework.programme.collected.sheet import SheetRefused, answers_in, form_of
from casework.programme.forms import SpreadsheetField
from casework.programme.kept import MistakeForm, keeping_organisations
from casework.programme.kept_views import PAGE, page_url
from casework.requests import SignedIn, request_id_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BYTES = 32  # of a token


class Requests(View):
    """Who was asked, and who has answered."""

    def get(self, request: SignedIn) -> HttpResponse:
        """403 without the right."""
        if COLLECT not in request.standing.permissions:
            raise PermissionDenied(COLLECT)
        rows = requests_for(request.standing, request.GET)
        pages = Paginator(rows, PAGE)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            "form": Find(request.GET, auto_id="filter-%s"),
            "page": shown,
            "total": pages.count,
            "answered": rows.filter(answered_at__isnull=False).count(),
            "previous_url": page_url(request, shown.previous_page_number()) if shown.has_previous() else "",
            "next_url": page_url(request, shown.next_page_number()) if shown.has_next() else "",
        }
        return render(request, "casework/programme/collected/list.html", context)


@method_decorator(never_cache, name="dispatch")
class Ask(View):
    """Ask a body. Its link is shown on the answer to this form, once."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The form. 403 without the right."""
        return self._page(request, AskForm(self._allowed(request)))

    def post(self, request: SignedIn) -> HttpResponse:
        """Ask, or say what is wrong with everything that was typed."""
        form = AskForm(self._allowed(request), request.POST)
        if form.is_valid():
            cleaned, token = form.cleaned_data, secrets.token_urlsafe(_BYTES)
            act = acts.AskForResults(
                cleaned["organisation"].pk, cleaned["period"].pk, cleaned["body"], cleaned["email"],
                tuple(cleaned["indicators"]), cleaned["expires_on"], token_hash(token),
            )  # fmt: skip
            try:
                receipt = perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                return _show_link(request, receipt.result["request"], "" if receipt.replayed else token)
        return self._page(request, form)

    def _allowed(self, request: SignedIn) -> Any:
        if not keeping_organisations(request.standing, COLLECT).exists():
            raise PermissionDenied(COLLECT)
        return request.standing

    def _page(self, request: SignedIn, form: Any) -> HttpResponse:
        context = {
            "form": form, "title": _g("Ask a body for its results"), "button": _g("Make the link"),
            "back_url": reverse("collected:list"), "back_label": _g("Results of other bodies"), "request_id": uuid4(),
        }  # fmt: skip
        return render(request, "casework/act_page.html", context)


def _show_link(request: SignedIn, pk: int, token: str) -> HttpResponse:
    """The link, this once; what was sent twice shows none, since it was shown already."""
    asked = _request(request, pk)
    if not token:
        messages.warning(request, _g("The link was shown once already. Ask again if you did not keep it."))
        return redirect("collected:request", asked.pk)
    address = request.build_absolute_uri(reverse("collected:answer", args=[token]))
    return render(request, "casework/programme/collected/link.html", {"asked": asked, "address": address})


def _request(request: SignedIn, pk: int) -> ResultRequest:
    """A request of an organisation for which the person collects. Raises Http404, PermissionDenied."""
    found = ResultRequest.objects.select_related("organisation", "period", "asked_by")
    asked = found.filter(pk=pk).first() if pk < 2**63 else None
    if asked is None or asked.organisation_id not in request.standing.reach_ids:
        raise Http404
    if request.standing.seat_for(COLLECT, asked.organisation_id) is None:
        raise PermissionDenied(COLLECT)
    return asked


class RequestPage(View):
    """One request: what was asked, what was answered, and what can be done."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 outside what the person may see, 403 without the right."""
        asked = _request(request, pk)
        context = {"asked": asked, "answers": answers_of(asked), "may": asked.withdrawn_at is None}
        return render(request, "casework/programme/collected/request.html", context)


@method_decorator(never_cache, name="dispatch")
class Again(View):
    """A new link for the same request; the one before leads nowhere any more."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """Ask until when it holds."""
        return self._page(request, _request(request, pk), AgainForm())

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Make the link and show it this once."""
        asked, form, token = _request(request, pk), AgainForm(request.POST), secrets.token_urlsafe(_BYTES)
        if form.is_valid():
            try:
                act = acts.AskAgain(asked.pk, form.cleaned_data["expires_on"], token_hash(token))
                receipt = perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(error.field, str(error))
            else:
                return _show_link(request, asked.pk, "" if receipt.replayed else token)
        return self._page(request, asked, form)

    def _page(self, request: SignedIn, asked: ResultRequest, form: Any) -> HttpResponse:
        return _form_page(request, asked, form, _g("Make a new link"), _g("Make the link"))


def _form_page(request: SignedIn, asked: ResultRequest, form: Any, title: str, button: str) -> HttpResponse:
    context = {
        "form": form, "title": title, "button": button, "lead": asked.body, "request_id": uuid4(),
        "back_url": reverse("collected:request", args=[asked.pk]), "back_label": asked.body,
    }  # fmt: skip
    return render(request, "casework/act_page.html", context)


class Withdraw(View):
    """The body need not answer any more."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return _form_page(request, _request(request, pk), MistakeForm(), _g("Withdraw the request"), _g("Withdraw"))

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Withdraw it."""
        asked, form = _request(request, pk), MistakeForm(request.POST)
        if form.is_valid():
            try:
                act = acts.WithdrawRequest(asked.pk, form.cleaned_data["reason"])
                perform(act, by=request.user, request_id=request_id_of(request))
            except ActionNotPossible as error:
                form.add_error(None, str(error))
            else:
                return redirect("collected:request", asked.pk)
        return _form_page(request, asked, form, _g("Withdraw the request"), _g("Withdraw"))


class _Answering(View):
    """The page on which the answers are typed or the filled form is handed in."""

    template = "casework/programme/collected/enter.html"

    def show(self, request: HttpRequest, asked: ResultRequest, form: AnswerForm, refused: str = "") -> HttpResponse:
        """The form with what was typed, and what was wrong with the file."""
        context = {"asked": asked, "form": form, "refused": refused, "file": SpreadsheetField(), "request_id": uuid4()}
        return render(request, self.template, context | {"here": request.path})

    def take(self, request: HttpRequest, asked: ResultRequest, by: User, *, by_link: bool) -> HttpResponse | None:
        """Keep what was answered; the page again where something is wrong, None when it is done."""
        form = AnswerForm(asked, None if "upload" in request.POST else request.POST, _known(asked))
        try:
            if "upload" in request.POST:
                values, who = _uploaded(request, asked)
                via = ResultAnswer.Via.FORM
            elif form.is_valid():
                values, who = form.values, form.cleaned_data["told_by"]
                via = ResultAnswer.Via.LINK
            else:
                return self.show(request, asked, form)
            act = acts.TellResults(asked.pk, values, who, via, by_link)
            perform(act, by=by, request_id=request_id_of(request))
        except (SheetRefused, ActionNotPossible) as error:
            return self.show(request, asked, form, str(error))
        return None


def _uploaded(request: HttpRequest, asked: ResultRequest) -> Any:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise SheetRefused(_g("Choose the form that you filled in."))
    return answers_in(asked, file.file, file.name or "")  # type: ignore[arg-type]


def _known(asked: ResultRequest) -> dict[str, Any]:
    """What was answered before, as the form takes it."""
    known: dict[str, Any] = {}
    for answer in answers_of(asked):
        shown = f"{answer.value.normalize():f}".replace(".", ",")
        known |= {f"value_{answer.indicator.code}": shown, f"note_{answer.indicator.code}": answer.note}
        known["told_by"] = answer.told_by
    return known


class Enter(_Answering):
    """Whoever asked enters an answer that came by letter or mail."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """The form. 404 and 403 as for the request."""
        asked = _request(request, pk)
        return self.show(request, asked, AnswerForm(asked, known=_known(asked)))

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Keep it, or say what is wrong."""
        asked = _request(request, pk)
        refused = self.take(request, asked, request.user, by_link=False)
        if refused is not None:
            return refused
        messages.success(request, _g("The answer is kept."))
        return redirect("collected:request", asked.pk)


@method_decorator(never_cache, name="dispatch")
class FormFile(View):
    """The form as a workbook, for whoever asked."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 and 403 as for the request."""
        return _workbook(_request(request, pk))


def _workbook(asked: ResultRequest) -> HttpResponse:
    name = f'attachment; filename="bieu-{asked.pk}.xlsx"'
    headers = {"Content-Disposition": name, "Referrer-Policy": "same-origin"}
    return HttpResponse(form_of(asked), content_type=XLSX, headers=headers)


def _by_token(token: str) -> ResultRequest | None:
    """The request that a link leads to, while it holds."""
    found = ResultRequest.objects.select_related("organisation", "period")
    asked = found.filter(token_hash=token_hash(token), withdrawn_at=None).first()
    return asked if asked is not None and asked.expires_on >= timezone.localdate() else None


@method_decorator([login_not_required, never_cache], name="dispatch")
class Answer(_Answering):
    """The page of the body, opened by its link without signing in."""

    template = "casework/programme/collected/answer.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """One page for every link that does not hold: unknown, expired, withdrawn, replaced. Status 404."""
        self.asked = _by_token(kwargs["token"])
        if self.asked is None:
            answer = render(request, "casework/programme/collected/gone.html", status=404)
        else:
            answer = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        answer["Referrer-Policy"] = "same-origin"
        return answer

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The form, with what was answered before."""
        asked = self._held()
        return self.show(request, asked, AnswerForm(asked, known=_known(asked)))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Keep the answer, or say what is wrong; everything typed stays."""
        asked = self._held()
        refused = self.take(request, asked, User.objects.system(), by_link=True)
        if refused is not None:
            return refused
        return render(request, "casework/programme/collected/thanks.html", {"asked": asked})

    def _held(self) -> ResultRequest:
        assert self.asked is not None  # noqa: S101 (dispatch answers without it)
        return self.asked


@method_decorator([login_not_required, never_cache], name="dispatch")
class AnswerFile(View):
    """The form as a workbook, for the body."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """404 for a link that does not hold."""
        asked = _by_token(token)
        if asked is None:
            return render(request, "casework/programme/collected/gone.html", status=404)
        return _workbook(asked)
