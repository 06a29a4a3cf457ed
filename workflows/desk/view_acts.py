"""Saving and withdrawing a view of the inbox: acts on the chain of the person or of the team."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.organisations.models import Organisation, User
from casework.organisations.roles import Role
from workflows.desk.filters import Filters
from workflows.desk.models import LONGEST_QUERY, SavedView

MOST = 20  # views of one person, and views of one team: more is no help any longer


def _lock(unit: Unit, organisation_id: int | None) -> None:
    """Private views stand in the chain of their person, those of a team in the chain of the organisation."""
    if organisation_id is None:
        User.objects.select_for_update().get(pk=unit.by.pk)
        unit.chain = f"user:{unit.by.pk}"
    else:
        Organisation.objects.select_for_update().get(pk=organisation_id)
        unit.chain = f"organisation:{organisation_id}"


def _authorise(unit: Unit, organisation_id: int | None) -> None:
    """Whoever works here keeps views for herself; for a team it takes the right to share."""
    if organisation_id is not None:
        unit.authorise("share_view", organisation_id)


@dataclass(frozen=True)
class SaveView(Act):
    """Filters get a name. The same name of the same person once more replaces what it meant."""

    verb: ClassVar[str] = "view.saved"

    name: str
    query: str
    organisation: Organisation | None = None
    role: str = ""
    is_default: bool = False

    def lock(self, unit: Unit) -> None:
        _lock(unit, self._team_id)

    def authorise(self, unit: Unit) -> None:
        _authorise(unit, self._team_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        query = Filters.of(QueryDict(self.query)).query()
        self._check(query)
        same = SavedView.objects.filter(
            made_by=unit.by, organisation=self.organisation, role=self.role, name=self.name, withdrawn_at=None
        ).first()
        siblings = self._siblings(unit)
        if self.is_default:
            _open_no_longer(unit, siblings.filter(role=self.role), same)
        if same:
            view = unit.change(same, query=query, is_default=self.is_default)
        else:
            _say_if_many(siblings)
            view = unit.add(self._new(unit, query))
        unit.facts.update({"view": view.pk, "result": {"view": view.pk}})
        return {"view": view.pk}

    @property
    def _team_id(self) -> int | None:
        return self.organisation.pk if self.organisation else None

    def _check(self, query: str) -> None:
        if not self.name.strip():
            raise ActionNotPossible(_("Give the view a name."), "name")
        if len(query) > LONGEST_QUERY:
            raise ActionNotPossible(_("These filters are too long to be saved. Shorten the search text."))
        if self.role and (self.organisation is None or self.role not in Role.values):
            raise ActionNotPossible(_("A role is chosen together with a team."), "role")

    def _siblings(self, unit: Unit) -> QuerySet[SavedView]:
        live = SavedView.objects.filter(withdrawn_at=None, organisation=self.organisation)
        return live if self.organisation else live.filter(made_by=unit.by)

    def _new(self, unit: Unit, query: str) -> SavedView:
        return SavedView(
            name=self.name,
            query=query,
            made_by=unit.by,
            organisation=self.organisation,
            role=self.role,
            is_default=self.is_default,
        )


def _open_no_longer(unit: Unit, views: QuerySet[SavedView], but: SavedView | None) -> None:
    """Of the views of one place only one opens first."""
    for view in views.filter(is_default=True):
        if view != but:
            unit.change(view, is_default=False)


def _say_if_many(views: QuerySet[SavedView]) -> None:
    if views.count() >= MOST:
        raise ActionNotPossible(
            _("There are %(most)d saved views already. Withdraw one before you save another.") % {"most": MOST}
        )


@dataclass(frozen=True)
class WithdrawView(Act):
    """A view is no longer offered. What it was stays in the history."""

    verb: ClassVar[str] = "view.withdrawn"

    view_id: int

    def lock(self, unit: Unit) -> None:
        _lock(unit, self._view().organisation_id)

    def authorise(self, unit: Unit) -> None:
        view = self._view()
        _authorise(unit, view.organisation_id)
        if view.organisation_id is None and view.made_by_id != unit.by.pk:
            raise SavedView.DoesNotExist

    def change(self, unit: Unit) -> dict[str, Any]:
        view = self._view()
        if view.withdrawn_at:
            raise ActionNotPossible(_("This view was withdrawn already."))
        unit.facts["view"] = view.pk
        unit.change(view, withdrawn_at=timezone.now(), is_default=False)
        return {"view": view.pk}

    def _view(self) -> SavedView:
        return SavedView.objects.get(pk=self.view_id)
