"""Pages of one's own account: where one is signed in, and the second factor."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from casework.acts import ActionNotPossible, perform
from casework.qr import picture_of
from casework.requests import SignedIn, request_id_of
from casework.sealed import CannotOpen, seal, unseal
from casework.signing_in import codes
from casework.signing_in.acts import EndOtherPlaces, EndPlace, SetSecondFactor
from casework.signing_in.forms import CodeForm
from casework.signing_in.middleware import HAS_FACTOR
from casework.signing_in.models import RecoveryCode
from casework.signing_in.second import has_one, needs_one
from casework.signing_in.sessions import KEY, hash_of_key, open_places

KEPT_KEY = "second_factor_key"  # in the session while it is being set up


class Places(View):
    """Where she is signed in."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Her open sessions, this one marked."""
        here = hash_of_key(request.session.get(KEY, ""))
        rows = [(place, place.key_hash == here) for place in open_places(request.user)]
        context = {"rows": rows, "others": any(not is_here for _place, is_here in rows), "request_id": uuid4()}
        return render(request, "casework/signing_in/places.html", context)

    def post(self, request: SignedIn) -> HttpResponse:
        """End all but this one."""
        perform(EndOtherPlaces(request.session.get(KEY)), by=request.user, request_id=request_id_of(request))
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("places")


class EndOne(View):
    """End one of her sessions."""

    http_method_names = ["post"]

    def post(self, request: SignedIn, pk: int) -> HttpResponse:
        """404 for the session of somebody else."""
        try:
            perform(EndPlace(pk), by=request.user, request_id=request_id_of(request))
        except ObjectDoesNotExist as error:
            raise Http404 from error
        messages.success(request, _("This device is signed out."))
        return redirect("places")


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class SetUp(View):
    """Set up the app that makes codes."""

    def get(self, request: SignedIn) -> HttpResponse:
        """The key and the field for a first code; once it is set up, how many recovery codes are left."""
        if has_one(request.user):
            left = RecoveryCode.objects.filter(user=request.user, used_at=None).count()
            return render(request, "casework/signing_in/has_factor.html", {"left": left})
        return self._page(request, CodeForm())

    def post(self, request: SignedIn) -> HttpResponse:
        """Set it up and show the recovery codes, this once."""
        form, recovery = CodeForm(request.POST), codes.new_recovery_codes()
        if not form.is_valid():
            return self._page(request, form)
        secret, here = self._key(request), request.session.get(KEY)
        try:
            perform(SetSecondFactor(secret, form.cleaned_data["code"], tuple(recovery), here), by=request.user)
        except ActionNotPossible as refusal:
            form.add_error("code", str(refusal))
            return self._page(request, form)
        request.session.pop(KEPT_KEY, None)
        request.session[HAS_FACTOR] = True
        return render(request, "casework/signing_in/recovery.html", {"codes": recovery})

    def _key(self, request: SignedIn) -> str:
        """The key that is being set up. It waits in the session, sealed as it will be kept."""
        about = f"{KEPT_KEY}:{request.user.pk}"
        try:
            return unseal(request.session.get(KEPT_KEY, ""), about)
        except CannotOpen:
            secret = codes.new_secret()
            request.session[KEPT_KEY] = seal(secret, about)
            return secret

    def _page(self, request: SignedIn, form: CodeForm) -> HttpResponse:
        secret = self._key(request)
        otpauth = codes.otpauth(secret, request.user.get_username())
        context = {
            "form": form,
            "secret": codes.in_groups(secret),
            "otpauth": otpauth,
            "qr": picture_of(otpauth),
            "needed": needs_one(request.standing),
        }
        return render(request, "casework/signing_in/set_up.html", context)
