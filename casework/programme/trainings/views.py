"""Pages of the trainings: the list, one course with its attendance list, and the forms."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from casework.acts import Act, ActionNotPossible, perform
from casework.people.typed import masked
from casework.programme.kept import MistakeForm
from casework.programme.kept_views import KeptForm, KeptList, Mistake, OnRow, kept_row, may_keep
from casework.programme.trainings import acts
from casework.programme.trainings.acts import KEEP, REVEAL
from casework.programme.trainings.forms import (
    CorrectionForm,
    FindOutreach,
    FindPeople,
    FindTraining,
    OthersForm,
    OutreachForm,
    RevealForm,
    TrainingForm,
    lines_form,
)
from casework.programme.trainings.listing import lines_of, outreach_for, people_for, trainings_for
from casework.programme.trainings.models import Outreach, Sex, Trainee, Training
from casework.programme.trainings.reading import ListFileForm, lines_in, remarks_on
from casework.requests import SignedIn, request_id_of
from casework.signing_in.again import AskAgain


class Trainings(KeptList):
    """The courses, and how many attended them."""

    template, right, find = "casework/programme/trainings/list.html", KEEP, FindTraining

    def rows(self, request: SignedIn) -> Any:
        return trainings_for(request.standing, request.GET)

    def more(self, request: SignedIn, rows: Any) -> dict[str, Any]:
        """Totals over all pages; each is a filter of the list of people."""
        lines = Trainee.objects.filter(training__in=rows.values("pk"), withdrawn_at=None)
        women = Q(sex=Sex.FEMALE)
        sums = lines.aggregate(
            people=Count("pk"),
            women=Count("pk", filter=women),
            managers=Count("pk", filter=women & Q(role=Trainee.Role.MANAGER)),
        )
        return {"sums": sums, "query": _kept_query(request)}


def _kept_query(request: SignedIn) -> str:
    """The filters that the list of people understands too."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


class People(KeptList):
    """Lines of all attendance lists."""

    template, right, find = "casework/programme/trainings/people.html", KEEP, FindPeople

    def rows(self, request: SignedIn) -> Any:
        return people_for(request.standing, request.GET)


class TrainingPage(View):
    """One course with its attendance list."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for what is not hers to see."""
        training = kept_row(request, Training, pk, "commune", "programme")
        lines = list(lines_of(training))
        context = {
            "training": training,
            "lines": [(line, masked("phone", line.phone)) for line in lines],
            "women": sum(line.sex == Sex.FEMALE for line in lines),
            "signed": sum(line.signed for line in lines),
            "may_keep": may_keep(request, KEEP, training),
            "may_reveal": request.standing.seat_for(REVEAL, training.organisation_id) is not None,
        }
        return render(request, "casework/programme/trainings/training.html", context)


class Print(View):
    """The attendance list as it is signed: with a column for signatures, and room for the attestation."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for what is not hers to see."""
        training = kept_row(request, Training, pk, "commune", "programme")
        may_reveal = request.standing.seat_for(REVEAL, training.organisation_id) is not None
        context = {"training": training, "lines": lines_of(training), "empty": range(5), "may_reveal": may_reveal}
        return render(request, "casework/programme/trainings/print.html", context)


def _page(pk: int) -> str:
    return reverse("trainings:training", args=[pk])


class Add(KeptForm):
    """Enter a course."""

    right, title, button = KEEP, _("Enter a training"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> TrainingForm:
        return TrainingForm(request.standing, *typed)

    def act(self, form: Any, row: Any) -> Act:
        return acts.EnterTraining(form.organisation_id, form.values)

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return _page(result["training"])

    def back(self, row: Any) -> tuple[str, Any]:
        return reverse("trainings:list"), _("Trainings")


class _OnTraining(OnRow):
    model, right = Training, KEEP

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return _page(row.pk)

    def back(self, row: Any) -> tuple[str, Any]:
        return _page(row.pk), row.title


class Correct(_OnTraining):
    """Put a course right."""

    title, button = _("Correct the training"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> TrainingForm:
        return TrainingForm(request.standing, *typed, row=row)

    def act(self, form: Any, row: Any) -> Act:
        return acts.CorrectTraining(row.pk, form.values)


class Withdraw(_OnTraining, Mistake):
    """Take a course back."""

    title, button = _("Withdraw the training"), _("Withdraw")

    def act(self, form: Any, row: Any) -> Act:
        return acts.WithdrawTraining(row.pk, form.cleaned_data["reason"])


@method_decorator(never_cache, name="dispatch")
class Attendance(View):
    """Type the attendance list, or read it from a file into the same table and look at it before it is entered."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """Empty lines. 404 for what is not hers to see, 403 without the right."""
        return self._show(request, self._training(request, pk), lines_form(request.standing))

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Read the file, or enter the lines; what is wrong is said and everything typed stays."""
        training = self._training(request, pk)
        if "read" in request.POST:
            return self._read(request, training)
        lines, others = lines_form(request.standing, request.POST), OthersForm(request.POST)
        if not lines.is_valid() or not others.is_valid():
            return self._show(request, training, lines, others)
        if not lines.filled:
            messages.error(request, _g("No name is written yet."))
            return self._show(request, training, lines, others)
        values = {"rows": lines.filled, "others": others.cleaned_data["others"]}
        act = acts.EnterAttendance(training.pk, values)
        try:
            perform(act, by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as error:
            others.add_error(error.field if error.field in others.fields else None, str(error))
            return self._show(request, training, lines, others)
        messages.success(request, _g("%(number)s lines are entered.") % {"number": len(lines.filled)})
        return redirect(_page(training.pk))

    def _read(self, request: SignedIn, training: Training) -> HttpResponse:
        file = ListFileForm(request.POST, request.FILES)
        if not file.is_valid():
            return self._show(request, training, lines_form(request.standing), file=file)
        read = file.cleaned_data["list"]
        lines = lines_form(request.standing, known=lines_in(read))
        return self._show(request, training, lines, remarks=remarks_on(read))

    def _training(self, request: SignedIn, pk: int) -> Training:
        training: Training = kept_row(request, Training, pk)
        if request.standing.seat_for(KEEP, training.organisation_id) is None:
            raise PermissionDenied(KEEP)
        return training

    def _show(
        self, request: SignedIn, training: Training, lines: Any, others: Any = None, *, file: Any = None,
        remarks: list[str] | None = None,
    ) -> HttpResponse:  # fmt: skip
        context = {
            "training": training,
            "lines": lines,
            "others": others or OthersForm(),
            "file": file or ListFileForm(),
            "remarks": remarks or [],
            "request_id": uuid4(),
        }
        return render(request, "casework/programme/trainings/attendance.html", context)


class _OnLine(_OnTraining):
    def allowed(self, request: SignedIn, **address: int) -> Any:
        """The line, for whoever may do this with its course. Raises Http404 or PermissionDenied."""
        training = kept_row(request, Training, address["pk"])
        lines = Trainee.objects.filter(training=training).select_related("cooperative", "training")
        line = lines.filter(pk=min(address["line"], 2**63 - 1)).first()
        if line is None:
            raise Http404
        if request.standing.seat_for(self.right, training.organisation_id) is None:
            raise PermissionDenied(self.right)
        return line

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return _page(row.training_id)

    def back(self, row: Any) -> tuple[str, Any]:
        return _page(row.training_id), row.training.title


class CorrectLine(_OnLine):
    """Put a line of the attendance list right."""

    title, button = _("Correct the line"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> CorrectionForm:
        return CorrectionForm(*typed, standing=request.standing, line=row)

    def act(self, form: Any, row: Any) -> Act:
        return acts.CorrectTrainee(row.pk, form.cleaned_data)


class WithdrawLine(_OnLine):
    """She did not attend."""

    title, button = _("She did not attend"), _("Withdraw")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> MistakeForm:
        return MistakeForm(*typed)

    def act(self, form: Any, row: Any) -> Act:
        return acts.WithdrawTrainee(row.pk, form.cleaned_data["reason"])


@method_decorator(never_cache, name="dispatch")
class RevealPhone(AskAgain, _OnLine):
    """The phone number of a participant: shown once, for a reason, and recorded."""

    right, title, button = REVEAL, _("Show the phone number"), _("Show it")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> RevealForm:
        return RevealForm(*typed)

    def post(self, request: SignedIn, **address: int) -> HttpResponse:
        """Record who looked and why, and show the number on the answer itself."""
        line = self.allowed(request, **address)
        form = RevealForm(request.POST)
        if form.is_valid():
            try:
                perform(acts.RevealTrainee(line.pk, form.cleaned_data["reason"]), by=request.user)
            except ActionNotPossible as error:
                form.add_error(None, str(error))
            else:
                return render(request, "casework/programme/trainings/revealed.html", {"line": line})
        return self.page(request, line, form)


class Outreaches(KeptList):
    """Events of communication."""

    template, right, find = "casework/programme/trainings/outreach.html", KEEP, FindOutreach

    def rows(self, request: SignedIn) -> Any:
        return outreach_for(request.standing, request.GET)

    def more(self, request: SignedIn, rows: Any) -> dict[str, Any]:
        """Totals over all pages."""
        keeps = {seat_id for seat in request.standing.every_seat if KEEP in seat.permissions for seat_id in seat.reach}
        return {"sums": rows.aggregate(reached=Sum("reached"), women=Sum("women")), "keeps": keeps}


class AddOutreach(KeptForm):
    """Enter an event of communication."""

    right, title, button = KEEP, _("Enter an event of communication"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> OutreachForm:
        return OutreachForm(request.standing, *typed)

    def act(self, form: Any, row: Any) -> Act:
        return acts.EnterOutreach(form.organisation_id, form.values)

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return reverse("trainings:outreach")

    def back(self, row: Any) -> tuple[str, Any]:
        return reverse("trainings:outreach"), _("Communication")


class _OnOutreach(OnRow):
    model, right = Outreach, KEEP

    def leads_to(self, row: Any, result: dict[str, Any]) -> str:
        return reverse("trainings:outreach")

    def back(self, row: Any) -> tuple[str, Any]:
        return reverse("trainings:outreach"), _("Communication")


class CorrectOutreach(_OnOutreach):
    """Put an event of communication right."""

    title, button = _("Correct the event of communication"), _("Save")

    def form(self, request: SignedIn, row: Any, *typed: Any) -> OutreachForm:
        return OutreachForm(request.standing, *typed, row=row)

    def act(self, form: Any, row: Any) -> Act:
        return acts.CorrectOutreach(row.pk, form.values)


class WithdrawOutreach(_OnOutreach, Mistake):
    """Take an event of communication back."""

    title, button = _("Withdraw the event of communication"), _("Withdraw")

    def act(self, form: Any, row: Any) -> Act:
        return acts.WithdrawOutreach(row.pk, form.cleaned_data["reason"])
