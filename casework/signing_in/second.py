"""The second step of signing in: who needs it, and whether a code is right."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, perform
from casework.organisations.models import User
from casework.organisations.standing import Standing
from casework.sealed import CannotOpen
from casework.signing_in import codes, throttle
from casework.signing_in.acts import UseRecoveryCode
from casework.signing_in.forms import too_many
from casework.signing_in.models import SecondFactor

log = logging.getLogger(__name__)


def needs_one(standing: Standing) -> bool:
    """Whether one of her own roles asks for a second factor."""
    return standing.user.is_superuser or any(seat.role in settings.SECOND_FACTOR_ROLES for seat in standing.seats)


def has_one(user: User) -> bool:
    """Whether an app is set up. One query."""
    return SecondFactor.objects.filter(user=user).exists()


def accept(user: User, code: str, address: str | None) -> None:
    """Take a code of the app or from paper, once. Raises ValidationError (too many), ActionNotPossible (wrong)."""
    name = f"code:{user.pk}"
    with transaction.atomic():
        throttle.one_at_a_time(name)
        until = throttle.refused_until(name, address)
        right = until is None and _right(user, code)
        if until is None:
            throttle.note(name, address, ok=right)
    if until:
        raise too_many(until)
    if not right:
        raise ActionNotPossible(_("This code is not right, or it was used before."), "code")


def _right(user: User, code: str) -> bool:
    return _of_the_app(user, code) if code.isdigit() else _from_paper(user, code)


def _of_the_app(user: User, code: str) -> bool:
    factor = SecondFactor.objects.select_for_update().get(user=user)
    try:
        step = codes.step_of(factor.key, code, factor.last_step)
    except CannotOpen as error:
        log.error("The key of a second factor cannot be opened: FIELD_KEYS misses the key that sealed it.")  # noqa: TRY400 (no trace)
        raise ActionNotPossible(
            _("Your app cannot be checked here at the moment. Use a recovery code, or tell an administrator."), "code"
        ) from error
    if step is None:
        return False
    SecondFactor.objects.filter(pk=factor.pk).update(last_step=step)
    return True


def _from_paper(user: User, code: str) -> bool:
    try:
        perform(UseRecoveryCode(code), by=user)
    except ActionNotPossible:
        return False
    return True
