"""What a person was told: the list behind the bell, and marking it read."""

from django.contrib import messages
from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from casework.requests import SignedIn
from notifications.listing import page_of_notifications
from notifications.models import Notification
from notifications.words import subjects_of, words_of


class Bell(View):
    """The newest first, with what was not read yet marked."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: SignedIn) -> HttpResponse:
        """The page. Three statements for the list, however long it is."""
        page = page_of_notifications(request, before=request.GET.get("before", ""))
        return render(request, "notifications/list.html", {"page": page})


def own(request: SignedIn, pk: int) -> Notification:
    """A notification of the person herself; of anybody else's there is none. Raises Http404."""
    found = Notification.objects.filter(pk=pk, user_id=request.user.pk).first()
    if found is None:
        raise Http404
    return found


def mark_read(request: SignedIn, **which: int) -> int:
    """Mark her own as read, once. How many were unread. The bell is nobody's history: no act, no event."""
    unread = Notification.objects.filter(user_id=request.user.pk, read_at=None, **which)
    return unread.update(read_at=Now())


class Open(View):
    """From a notification to what it speaks of."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """Mark it read and go there; back to the list where she may no longer see it."""
        notification = own(request, pk)
        if request.method == "GET":
            mark_read(request, pk=pk)
        words = words_of(notification, subjects_of([notification], request.standing))
        if not words.path:
            messages.info(request, words.text)
        return redirect(words.path or "notifications:list")


class ReadOne(View):
    """The button beside one that was not read."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """Mark it and come back."""
        mark_read(request, pk=own(request, pk).pk)
        return redirect("notifications:list")


class ReadAll(View):
    """The button above the list."""

    http_method_names = ["post", "options"]

    def post(self, request: SignedIn) -> HttpResponse:
        """Mark all of them and come back."""
        if mark_read(request):
            messages.success(request, _("All are marked as read."))
        return redirect("notifications:list")
