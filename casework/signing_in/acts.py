"""Acts of signing in, on the chain `sign-in:<user id>`."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.organisations.acts import authorise_over
from casework.organisations.models import User
from casework.organisations.seats import open_seats
from casework.signing_in import codes
from casework.signing_in.models import RecoveryCode, SecondFactor, UserSession
from casework.signing_in.sessions import end_sessions, hash_of_key


class OwnAct(Act):
    """What a person does with her own account; no role gives or takes that right."""

    def lock(self, unit: Unit) -> None:
        User.objects.select_for_update().get(pk=unit.by.pk)
        unit.chain = f"sign-in:{unit.by.pk}"

    def authorise(self, unit: Unit) -> None:
        if not unit.by.is_active:
            raise PermissionDenied


@dataclass(frozen=True)
class SignIn(OwnAct):
    """She is signed in at a place. `wrong_before`: wrong tries of the day before this right one."""

    verb: ClassVar[str] = "signed.in"

    key: str = field(repr=False)
    address: str | None
    device: str
    wrong_before: int = 0

    def change(self, unit: Unit) -> dict[str, Any]:
        now = timezone.now()
        place = UserSession(user=unit.by, key_hash=hash_of_key(self.key), address=self.address, device=self.device,
                            made_at=now, seen_at=now)  # fmt: skip
        unit.facts["wrong_before"] = self.wrong_before
        return {"place": unit.add(place).pk}


@dataclass(frozen=True)
class EndPlace(OwnAct):
    """One session of her own ends: another device, or this one by signing out."""

    verb: ClassVar[str] = "session.ended"

    place_id: int

    def change(self, unit: Unit) -> None:
        place = UserSession.objects.select_for_update().get(pk=self.place_id, user=unit.by)
        if place.ended_at is None:
            unit.change(place, ended_at=timezone.now())


@dataclass(frozen=True)
class EndOtherPlaces(OwnAct):
    """All sessions of hers but the one with the key `but` end."""

    verb: ClassVar[str] = "sessions.ended"

    but: str | None = field(repr=False)

    def change(self, unit: Unit) -> dict[str, Any]:
        return {"ended": end_sessions(unit, unit.by, self.but)}


@dataclass(frozen=True)
class ChangePassword(OwnAct):
    """A new password of her own, checked by the form; all other sessions end."""

    verb: ClassVar[str] = "password.changed"

    password: str = field(repr=False)
    here: str | None = field(repr=False)

    def change(self, unit: Unit) -> dict[str, Any]:
        unit.by.set_password(self.password)
        # Not through the unit: the history must never hold a password, not even hashed.
        unit.by.save(update_fields=["password"])
        return {"ended": end_sessions(unit, unit.by, self.here)}


@dataclass(frozen=True)
class SetSecondFactor(OwnAct):
    """An app is set up, proved by a code of it. Her other sessions end. The result is the recovery codes' number."""

    verb: ClassVar[str] = "second_factor.set"

    secret: str = field(repr=False)
    code: str = field(repr=False)
    recovery: tuple[str, ...] = field(repr=False)
    here: str | None = field(repr=False)

    def change(self, unit: Unit) -> dict[str, Any]:
        if SecondFactor.objects.filter(user=unit.by).exists():
            raise ActionNotPossible(_("An app is set up already. An administrator can reset it."))
        step = codes.step_of(self.secret, self.code, 0)
        if step is None:
            raise ActionNotPossible(_("This code is not right. Wait for the next one and type it."), "code")
        unit.add(SecondFactor.of(unit.by, self.secret, step))
        hashes = [codes.recovery_hash(code) for code in self.recovery]
        unit.add_all([RecoveryCode(user=unit.by, code_hash=one) for one in hashes])
        return {"codes": len(hashes), "ended": end_sessions(unit, unit.by, self.here)}


@dataclass(frozen=True)
class UseRecoveryCode(OwnAct):
    """A code from paper is used up."""

    verb: ClassVar[str] = "recovery_code.used"

    code: str = field(repr=False)

    def change(self, unit: Unit) -> None:
        kept = RecoveryCode.objects.filter(user=unit.by, code_hash=codes.recovery_hash(self.code), used_at=None)
        found = kept.select_for_update().first()
        if found is None:
            raise ActionNotPossible(_("This code is not right, or it was used before."), "code")
        unit.change(found, used_at=timezone.now())
        unit.facts["left"] = RecoveryCode.objects.filter(user=unit.by, used_at=None).count()


@dataclass(frozen=True)
class ResetSecondFactor(Act):
    """Somebody lost phone and paper: an administrator takes the second factor away, and all her sessions end."""

    verb: ClassVar[str] = "second_factor.reset"

    user: User
    reason: str

    def lock(self, unit: Unit) -> None:
        User.objects.select_for_update().get(pk=self.user.pk)
        unit.chain = f"sign-in:{self.user.pk}"

    def authorise(self, unit: Unit) -> None:
        """The right over every organisation in which she sits, and never on oneself."""
        if unit.by.pk == self.user.pk:
            raise PermissionDenied("manage_organisations")
        places = set(open_seats().filter(user=self.user).values_list("organisation_id", flat=True))
        for place in sorted(places):
            authorise_over(unit, place)
        if not places:
            authorise_over(unit, None)

    def change(self, unit: Unit) -> dict[str, Any]:
        if not self.reason.strip():
            raise ActionNotPossible(_("Write the reason."), "reason")
        if not SecondFactor.objects.filter(user=self.user).exists():
            raise ActionNotPossible(_("No second factor is set up for this person."))
        unit.reason = self.reason
        unit.facts["user"] = self.user.pk
        # Deleted and not marked: a key that is lost must not lie around.
        SecondFactor.objects.filter(user=self.user).delete()
        RecoveryCode.objects.filter(user=self.user).delete()
        return {"ended": end_sessions(unit, self.user)}
