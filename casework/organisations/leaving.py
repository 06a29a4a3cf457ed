"""People leave or move: acts that end every seat of a person, or one in favour of another."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.organisations.absences import lock_absences
from casework.organisations.acts import appoint, authorise_over, end_membership
from casework.organisations.models import Membership, Organisation, User
from casework.organisations.seats import open_seats
from casework.signing_in.sessions import end_sessions


def _say_if_no_reason(reason: str) -> None:
    if not reason.strip():
        raise ActionNotPossible(_("Write the reason."), "reason")


@dataclass(frozen=True)
class CloseAccount(Act):
    """A person leaves: her roles end, her absences and substitutions end, and she signs in no more.

    Refused while she has open tasks. Nothing that she did is deleted.
    """

    verb: ClassVar[str] = "account.closed"

    user: User
    reason: str

    def lock(self, unit: Unit) -> None:
        lock_absences()
        User.objects.select_for_update().get(pk=self.user.pk)
        unit.chain = f"user:{self.user.pk}"

    def authorise(self, unit: Unit) -> None:
        """The right over every organisation in which she sits; over none for somebody who sits nowhere."""
        places = set(open_seats().filter(user=self.user).values_list("organisation_id", flat=True))
        for place in sorted(places):
            authorise_over(unit, place)
        if not places:
            authorise_over(unit, None)

    def change(self, unit: Unit) -> dict[str, Any]:
        person = User.objects.get(pk=self.user.pk)
        if not person.is_active:
            raise ActionNotPossible(_("This account is closed already."))
        if person.pk == unit.by.pk or person.is_superuser:
            raise ActionNotPossible(_("Nobody closes her own account or that of the owner of the installation."))
        _say_if_no_reason(self.reason)
        unit.reason = self.reason
        unit.facts["user"] = person.pk
        for membership in open_seats().filter(user=person).select_related("organisation", "user").order_by("pk"):
            end_membership(unit, membership)
        end_sessions(unit, person)
        unit.change(person, is_active=False)
        return {"user": person.pk}


@dataclass(frozen=True)
class Move(Act):
    """A person changes from one organisation to another: the old role ends, the new one begins, both or neither."""

    verb: ClassVar[str] = "member.moved"

    membership_id: int
    organisation: Organisation
    role: str
    reason: str

    def lock(self, unit: Unit) -> None:
        lock_absences()
        membership = Membership.objects.select_for_update().get(pk=self.membership_id)
        unit.chain = f"organisation:{membership.organisation_id}"
        if membership.organisation_id != self.organisation.pk:
            unit.also_about(f"organisation:{self.organisation.pk}")

    def authorise(self, unit: Unit) -> None:
        authorise_over(unit, self._membership().organisation_id)
        authorise_over(unit, self.organisation.pk)

    def change(self, unit: Unit) -> dict[str, Any]:
        membership = self._membership()
        if membership.relieved_at or (membership.valid_until and membership.valid_until < timezone.localdate()):
            raise ActionNotPossible(_("This role has already ended."))
        _say_if_no_reason(self.reason)
        unit.reason = self.reason
        end_membership(unit, membership)
        made = appoint(unit, membership.user, self.organisation, self.role)
        return {"membership": made.pk}

    def _membership(self) -> Membership:
        return Membership.objects.select_related("organisation", "user").get(pk=self.membership_id)
