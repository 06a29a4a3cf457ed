"""What is done with the market links of a case outside its steps."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.linkage.market.links import add_link, note_outcome, put_right, verify
from casework.linkage.models import MarketLink
from casework.sharing.querysets import working_organisations

KEEP, VERIFY = "keep_market", "verify_market"


@dataclass(frozen=True)
class _OnMarket(Act):
    """An act on the market of one case, by whoever works on it."""

    case_id: int

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any(KEEP, {*working_organisations(unit.case.pk), unit.case.supervising_organisation_id})


@dataclass(frozen=True)
class _OnLink(_OnMarket):
    link_id: int

    def link(self) -> MarketLink:
        """The link, unless it was withdrawn. Raises ActionNotPossible."""
        link = MarketLink.objects.select_related("verified_by").get(pk=self.link_id, case_id=self.case_id)
        if link.withdrawn_at:
            raise ActionNotPossible(_("This was withdrawn. It stays as it is."))
        return link


@dataclass(frozen=True)
class AddLink(_OnMarket):
    """A market link is written down."""

    verb: ClassVar[str] = "market.added"

    values: dict[str, Any] = field(default_factory=dict)

    def change(self, unit: Unit) -> dict[str, Any]:
        link = add_link(unit, unit.case, result=MarketLink.Result.LINKED, **self.values)
        unit.facts["kind"] = link.kind
        return {"link": link.pk}


@dataclass(frozen=True)
class CorrectLink(_OnLink):
    """A link is put right: a new row takes its place, to be verified anew."""

    verb: ClassVar[str] = "market.corrected"

    values: dict[str, Any] = field(default_factory=dict)

    def change(self, unit: Unit) -> dict[str, Any]:
        link = put_right(unit, self.link(), result=MarketLink.Result.LINKED, **self.values)
        unit.facts["kind"] = link.kind
        return {"link": link.pk}


@dataclass(frozen=True)
class WithdrawLink(_OnLink):
    """A link was written down by mistake."""

    verb: ClassVar[str] = "market.withdrawn"

    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        link = self.link()
        unit.reason, unit.facts["kind"] = self.reason, link.kind
        unit.change(link, withdrawn_at=timezone.now())
        return {"link": link.pk}


@dataclass(frozen=True)
class VerifyLink(_OnLink):
    """A named person has made sure that a link is real."""

    verb: ClassVar[str] = "market.verified"

    how: str

    def authorise(self, unit: Unit) -> None:
        unit.authorise(VERIFY, unit.case.supervising_organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        link = self.link()
        verify(unit, link, self.how)
        unit.facts.update({"kind": link.kind, "how": self.how})
        return {"link": link.pk}


@dataclass(frozen=True)
class NoteOutcome(_OnLink):
    """What came of a link, some months later."""

    verb: ClassVar[str] = "market.outcome_noted"

    state: str
    on: date
    sales: int | None = None
    note: str = ""

    def change(self, unit: Unit) -> dict[str, Any]:
        link = self.link()
        note_outcome(unit, link, self.state, self.on, self.sales, self.note)
        unit.facts.update({"kind": link.kind, "state": self.state})
        return {"link": link.pk}


def may_verify(standing: Any, case: Case) -> bool:
    """Whether a person may verify the links of a case."""
    return standing.seat_for(VERIFY, case.supervising_organisation_id) is not None


def may_keep_market(standing: Any, case: Case) -> bool:
    """Whether a person may write links of a case down."""
    ids = {*working_organisations(case.pk), case.supervising_organisation_id}
    return any(standing.seat_for(KEEP, pk) for pk in ids)


def refuse_unless(allowed: bool, right: str) -> None:
    """Raises PermissionDenied."""
    if not allowed:
        raise PermissionDenied(right)
