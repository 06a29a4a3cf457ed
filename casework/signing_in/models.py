"""What is kept about signing in: tries, sessions, and the second factor of a person."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisations.models import User
from casework.sealed import seal, unseal


class SignInAttempt(models.Model):
    """One try of a password or a code. Names are kept hashed: people type passwords into the wrong field."""

    name_hash = models.CharField(_("name, hashed"), max_length=64)
    address = models.GenericIPAddressField(_("network address"), null=True)
    at = models.DateTimeField(_("at"))
    ok = models.BooleanField(_("right"))

    class Meta:
        verbose_name = _("try to sign in")
        verbose_name_plural = _("tries to sign in")
        indexes = [models.Index(fields=["name_hash", "at"], name="attempts_of_a_name")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class UserSession(models.Model):
    """One place where a person is signed in. The key lies in her session; here is only its hash."""

    PERSONAL = frozenset({"key_hash", "address", "device"})

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="places")
    key_hash = models.CharField(_("key, hashed"), max_length=64, unique=True)
    address = models.GenericIPAddressField(_("network address"), null=True)
    device = models.CharField(_("device"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("signed in"))
    seen_at = models.DateTimeField(_("last used"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["user"], condition=Q(ended_at=None), name="open_sessions")]

    def __str__(self) -> str:
        return self.device


class SecondFactor(models.Model):
    """The app on a person's phone that makes codes. `last_step`: the time step of the code used last.

    The key of the app is kept sealed (casework/sealed.py).
    """

    PERSONAL = frozenset({"secret", "last_step"})

    user = models.OneToOneField("casework.User", models.PROTECT, related_name="second_factor")
    secret = models.CharField(_("secret"), max_length=200)
    last_step = models.BigIntegerField(_("last used time step"), default=0)
    set_at = models.DateTimeField(_("set up"))

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def of(cls, user: User, key: str, last_step: int) -> Self:
        """A new one, its key sealed."""
        factor = cls(user=user, last_step=last_step, set_at=timezone.now())
        factor.secret = seal(key, factor.about)
        return factor

    @property
    def about(self) -> str:
        """What its key is sealed for."""
        return f"second-factor:{self.user_id}"

    @property
    def key(self) -> str:
        """The key of the app. Raises CannotOpen."""
        return unseal(self.secret, self.about)


class RecoveryCode(models.Model):
    """A code on paper for the day the phone is gone: usable once, kept hashed."""

    PERSONAL = frozenset({"code_hash"})

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="recovery_codes")
    code_hash = models.CharField(_("code, hashed"), max_length=64)
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="one_of_each_recovery_code")]

    def __str__(self) -> str:
        return str(self.user)
