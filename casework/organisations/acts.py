"""Organisations are entered, people appointed and relieved: acts on the chain of the organisation."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from casework import signals
from casework.acts import Act, ActionNotPossible, Unit, lock_request
from casework.organisations.absences import end_groundless, lock_absences
from casework.organisations.models import (
    AdministrativeUnit,
    Membership,
    Organisation,
    OrganisationGroupPermission,
    User,
)
from casework.organisations.roles import ROLE_PERMISSIONS, Role
from casework.signing_in.sessions import end_sessions


def role_group(organisation: Organisation, role: str) -> Group:
    """The group of everybody with a role in an organisation, with the role's rights on it and nothing else."""
    group, made = Group.objects.get_or_create(name=f"{organisation.code}/{role}")
    if made:
        _give_rights(group, organisation, role)
    return group


def renew_role_groups() -> int:
    """Give every group the rights that its role has in this version of the product. Returns how many groups."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    renewed = 0
    for group in Group.objects.filter(name__contains="/"):
        code, _slash, role = group.name.rpartition("/")
        if code in organisations and role in ROLE_PERMISSIONS:
            _give_rights(group, organisations[code], role)
            renewed += 1
    return renewed


def _give_rights(group: Group, organisation: Organisation, role: str) -> None:
    wanted = ROLE_PERMISSIONS[role]
    for permission in sorted(wanted):
        assign_perm(f"casework.{permission}", group, organisation)
    held = OrganisationGroupPermission.objects.filter(group=group, content_object=organisation)
    held.exclude(permission__codename__in=wanted).delete()


def authorise_over(unit: Unit, organisation_id: int | None) -> None:
    """An administrator of the organisation or of one above it; the owner of the installation for the rest."""
    if not unit.by.is_superuser:
        unit.authorise("manage_organisations", organisation_id)


@dataclass(frozen=True)
class EnterOrganisation(Act):
    """A new organisation, below another one or at the top."""

    verb: ClassVar[str] = "organisation.entered"

    code: str
    name: str
    kind: str
    level: str
    area: AdministrativeUnit | None
    parent: Organisation | None = None
    valid_from: date | None = None

    def lock(self, unit: Unit) -> None:
        lock_request(unit)

    def authorise(self, unit: Unit) -> None:
        authorise_over(unit, self.parent.pk if self.parent else None)

    def change(self, unit: Unit) -> dict[str, Any]:
        if Organisation.objects.filter(code=self.code).exists():
            raise ActionNotPossible(_("The code %(code)s is taken.") % {"code": self.code}, "code")
        organisation = unit.add(
            Organisation(
                code=self.code,
                name=self.name,
                kind=self.kind,
                level=self.level,
                area=self.area,
                parent=self.parent,
                valid_from=self.valid_from or timezone.localdate(),
            )
        )
        above = self.parent.lineage if self.parent else []
        unit.change(organisation, lineage=[*above, organisation.pk])
        unit.chain = f"organisation:{organisation.pk}"
        return {"organisation": organisation.pk}


def appoint(
    unit: Unit,
    user: User,
    organisation: Organisation,
    role: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Membership:
    """Give a person a role, from today unless another day is named. Part of an act. Raises ActionNotPossible."""
    if role not in Role.values:
        raise ActionNotPossible(_("There is no role %(role)s.") % {"role": role}, "role")
    if valid_until and valid_until < (valid_from or timezone.localdate()):
        raise ActionNotPossible(_("The last day of a role lies before its first day."), "valid_until")
    held = Membership.objects.filter(user=user, organisation=organisation, role=role, relieved_at=None)
    if held.filter(valid_until=None).exists():
        raise ActionNotPossible(_("%(name)s already has this role.") % {"name": user}, "user")
    membership = unit.add(
        Membership(
            user=user,
            organisation=organisation,
            role=role,
            valid_from=valid_from or timezone.localdate(),
            valid_until=valid_until,
        )
    )
    user.groups.add(role_group(organisation, role))
    return membership


@dataclass(frozen=True)
class Appoint(Act):
    """A person gets a role in an organisation."""

    verb: ClassVar[str] = "member.appointed"

    user: User
    organisation: Organisation
    role: str
    valid_from: date | None = None
    valid_until: date | None = None

    def lock(self, unit: Unit) -> None:
        Organisation.objects.select_for_update().get(pk=self.organisation.pk)
        unit.chain = f"organisation:{self.organisation.pk}"

    def authorise(self, unit: Unit) -> None:
        authorise_over(unit, self.organisation.pk)

    def change(self, unit: Unit) -> dict[str, Any]:
        made = appoint(unit, self.user, self.organisation, self.role, self.valid_from, self.valid_until)
        return {"membership": made.pk}


def end_membership(unit: Unit, membership: Membership) -> None:
    """End a role at once. Part of an act. Whoever hears of it may refuse, with ActionNotPossible."""
    signals.membership_ends.send(type(membership), unit=unit, membership=membership)
    unit.change(membership, relieved_at=timezone.now())
    membership.user.groups.remove(role_group(membership.organisation, membership.role))
    end_groundless(unit, membership.user)
    end_sessions(unit, membership.user)


@dataclass(frozen=True)
class Relieve(Act):
    """A role ends at once. What the person did stays; what she may do stops with the next click."""

    verb: ClassVar[str] = "member.relieved"

    membership_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        lock_absences()
        membership = Membership.objects.select_for_update().get(pk=self.membership_id)
        unit.chain = f"organisation:{membership.organisation_id}"

    def authorise(self, unit: Unit) -> None:
        authorise_over(unit, self._membership().organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        membership = self._membership()
        if membership.relieved_at or (membership.valid_until and membership.valid_until < timezone.localdate()):
            raise ActionNotPossible(_("This role has already ended."))
        unit.reason = self.reason
        end_membership(unit, membership)
        return {"membership": membership.pk}

    def _membership(self) -> Membership:
        return Membership.objects.select_related("organisation", "user").get(pk=self.membership_id)
