"""The page on which a person makes her calendar address, and the address itself."""

import hashlib
import secrets
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from casework.acts import ActionNotPossible, perform
from casework.organisations.standing import standing_of
from casework.requests import request_id_of
from workflows.desk.feed import calendar_of, entries_for
from workflows.desk.feed_acts import MakeFeed, RevokeFeed, digest_of
from workflows.desk.models import FeedKey

SECRET_BYTES = 32


@method_decorator(never_cache, name="dispatch")
class FeedPage(View):
    """Whether she has an address, what it shows, and the buttons."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: Any) -> HttpResponse:
        """The page; the address itself is not known to it."""
        return self._show(request)

    def post(self, request: Any) -> HttpResponse:
        """Make an address and show it this once."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        try:
            made = perform(MakeFeed(digest_of(secret)), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
            return redirect("feed:page")
        if made.replayed:
            messages.warning(request, _("The address was shown once already. Make a new one if you did not keep it."))
            return redirect("feed:page")
        return self._show(request, request.build_absolute_uri(reverse("feed:calendar", args=[secret])))

    def _show(self, request: Any, address: str = "") -> HttpResponse:
        key = FeedKey.objects.filter(user=request.user, revoked_at=None).first()
        return render(request, "workflows/desk/feed.html", {"key": key, "address": address, "request_id": uuid4()})


class Revoke(View):
    """End the address."""

    http_method_names = ["post", "options"]

    def post(self, request: Any) -> HttpResponse:
        """Say whether there was one."""
        try:
            perform(RevokeFeed(), by=request.user, request_id=request_id_of(request))
        except ActionNotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The calendar address was revoked. Calendars that read it get nothing more."))
        return redirect("feed:page")


@method_decorator(login_not_required, name="dispatch")
class Feed(View):
    """The calendar, for whoever knows the address. Its secret is looked up by digest, so that timing tells nothing."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """404 for an address that never was, was revoked, or whose person has left."""
        live = FeedKey.objects.filter(digest=digest_of(secret), revoked_at=None, user__is_active=True)
        key = live.select_related("user").first()
        if key is None:
            return HttpResponse(status=404)
        wanted = request.GET.get("lang", "")
        with translation.override(wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            content = calendar_of(entries_for(standing_of(key.user)), request.build_absolute_uri)
        return _answer(request, content)


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    if etag in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="dong-hanh.ics"'
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response
