"""Organisations are entered, people appointed and relieved: acts on the chain of the organisation."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from casework.acts import Act, ActionNotPossible, Unit, lock_request
from casework.organisations.models import (
    AdministrativeUnit,
    Membership,
    Organisation,
    OrganisationGroupPermission,
    User,
)
from casework.organisations.roles import ROLE_PERMISSIONS, Role


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


def _authorise(unit: Unit, organisation_id: int | None) -> None:
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
        _authorise(unit, self.parent.pk if self.parent else None)

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
        _authorise(unit, self.organisation.pk)

    def change(self, unit: Unit) -> dict[str, Any]:
        if self.role not in Role.values:
            raise ActionNotPossible(_("There is no role %(role)s.") % {"role": self.role}, "role")
        if Membership.objects.filter(
            user=self.user, organisation=self.organisation, role=self.role, valid_until=None, relieved_at=None
        ).exists():
            raise ActionNotPossible(_("%(name)s already has this role.") % {"name": self.user}, "user")
        membership = unit.add(
            Membership(
                user=self.user,
                organisation=self.organisation,
                role=self.role,
                valid_from=self.valid_from or timezone.localdate(),
                valid_until=self.valid_until,
            )
        )
        self.user.groups.add(role_group(self.organisation, self.role))
        return {"membership": membership.pk}


@dataclass(frozen=True)
class Relieve(Act):
    """A role ends at once. What the person did stays; what she may do stops with the next click."""

    verb: ClassVar[str] = "member.relieved"

    membership_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        membership = Membership.objects.select_for_update().get(pk=self.membership_id)
        unit.chain = f"organisation:{membership.organisation_id}"

    def authorise(self, unit: Unit) -> None:
        _authorise(unit, self._membership().organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        membership = self._membership()
        if membership.relieved_at or (membership.valid_until and membership.valid_until < timezone.localdate()):
            raise ActionNotPossible(_("This role has already ended."))
        unit.reason = self.reason
        unit.change(membership, relieved_at=timezone.now())
        membership.user.groups.remove(role_group(membership.organisation, membership.role))
        return {"membership": membership.pk}

    def _membership(self) -> Membership:
        return Membership.objects.select_related("organisation", "user").get(pk=self.membership_id)
