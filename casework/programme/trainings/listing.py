"""Which trainings, lines and events a list shows, for its page and for its file; and what lies ahead."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from casework.organisations.standing import Standing
from casework.programme.kept import reporting_ids
from casework.programme.trainings.acts import REVEAL
from casework.programme.trainings.forms import FindOutreach, FindPeople, FindTraining
from casework.programme.trainings.models import Outreach, Sex, Trainee, Training

_PRESENT = Q(trainees__withdrawn_at=None, trainees__isnull=False)


def trainings_for(standing: Standing, query: QueryDict) -> Any:
    """The courses that a person may see and looks for, newest first, with how many attended."""
    found = FindTraining(query).found(Training.objects.visible_to(standing).counted())
    return (
        found.select_related("organisation", "commune")
        .annotate(
            attended=Count("trainees", filter=_PRESENT),
            women=Count("trainees", filter=_PRESENT & Q(trainees__sex=Sex.FEMALE)),
        )
        .order_by("-first_day", "-pk")
    )


def lines_of(training: Training) -> Any:
    """The attendance list of a course, as it was written."""
    found = Trainee.objects.filter(training=training, withdrawn_at=None)
    return found.select_related("cooperative").order_by("pk")


def people_for(standing: Standing, query: QueryDict) -> Any:
    """Lines of attendance lists (lượt người) that a person may see and looks for."""
    seen = Trainee.objects.filter(
        training__organisation_id__in=reporting_ids(standing), training__withdrawn_at=None, withdrawn_at=None
    )
    found = FindPeople(query).found(seen)
    return found.select_related("training__organisation", "cooperative").order_by("-training__first_day", "pk")


def may_read_names(standing: Standing) -> set[int]:
    """The organisations whose participants a person may take out by name."""
    return set().union(*(seat.reach for seat in standing.every_seat if REVEAL in seat.permissions))


def outreach_for(standing: Standing, query: QueryDict) -> Any:
    """The events of communication that a person may see and looks for, newest first."""
    found = FindOutreach(query).found(Outreach.objects.visible_to(standing).counted())
    return found.select_related("organisation", "commune").order_by("-held_on", "-pk")


def coming_for(standing: Standing) -> list[tuple[str, str, date, date, str, Any]]:
    """Courses to come, for a calendar: a name of its own, title, first and last day, path, when it was written."""
    ahead = Training.objects.visible_to(standing).counted().filter(last_day__gte=timezone.localdate())
    return [_coming(one) for one in ahead.order_by("first_day", "pk")]


def _coming(one: Training) -> tuple[str, str, date, date, str, Any]:
    path = reverse("trainings:training", args=[one.pk])
    return f"training-{one.pk}", one.title, one.first_day, one.last_day, path, one.recorded_at
