"""Writing notes, striking them out, linking cases."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cases.models import Case
from casework.documents.models import Visibility
from casework.notes.models import CaseLink, Note
from casework.sharing.querysets import working_organisations


@dataclass(frozen=True)
class WriteNote(Act):
    """A note for a circle of readers; the narrowest unless another is asked for."""

    verb: ClassVar[str] = "note.written"

    case_id: int
    text: str
    visibility: str = Visibility.OWN

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("write_note", working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        note = unit.add(
            Note(
                case=unit.case,
                organisation_id=unit.seat.organisation_id,  # type: ignore[union-attr]
                visibility=self.visibility,
                text=self.text,
                written_by=unit.by,
            )
        )
        unit.facts.update({"note": note.pk, "visibility": self.visibility})
        return {"note": note.pk}


@dataclass(frozen=True)
class StrikeNote(Act):
    """Its writer strikes a note out; it stays readable as struck out."""

    verb: ClassVar[str] = "note.struck_out"

    note_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(Note.objects.values_list("case_id", flat=True).get(pk=self.note_id)))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("write_note", working_organisations(unit.case.pk))
        if Note.objects.get(pk=self.note_id).written_by_id != unit.by.pk:
            raise PermissionDenied("writer")

    def change(self, unit: Unit) -> dict[str, Any]:
        note = Note.objects.get(pk=self.note_id)
        if note.struck_at:
            raise ActionNotPossible(_("This note was struck out already."))
        unit.reason = self.reason
        unit.change(note, struck_at=timezone.now())
        return {"note": note.pk}


def lock_two(unit: Unit, case_id: int, other_id: int) -> Case:
    """Lock two cases, the lower number first so that two acts never wait for each other; the second is returned."""
    locked = {pk: Case.objects.locked(pk) for pk in sorted({case_id, other_id})}
    unit.about_case(locked[case_id])
    if other_id != case_id:
        unit.also_about_case(locked[other_id])
    return locked[other_id]


@dataclass(frozen=True)
class LinkCases(Act):
    """Two cases belong together; written to both histories."""

    verb: ClassVar[str] = "cases.linked"

    case_id: int
    other_id: int
    kind: str
    reason: str = ""

    def lock(self, unit: Unit) -> None:
        lock_two(unit, self.case_id, self.other_id)

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("link_cases", working_organisations(self.case_id))
        if not unit.standing or not Case.objects.visible_to(unit.standing).filter(pk=self.other_id).exists():
            raise PermissionDenied("other case")

    def change(self, unit: Unit) -> dict[str, Any]:
        if self.case_id == self.other_id:
            raise ActionNotPossible(_("A case cannot be linked to itself."), "other")
        pair = [self.case_id, self.other_id]
        if CaseLink.objects.filter(ended_at=None, case_id__in=pair, other_id__in=pair).exists():
            raise ActionNotPossible(_("These two cases are linked already."), "other")
        unit.reason = self.reason
        unit.facts["linked"] = pair
        row = CaseLink(
            case_id=self.case_id, other_id=self.other_id, kind=self.kind, reason=self.reason, linked_by=unit.by
        )
        try:
            with transaction.atomic():
                unit.add(row)
        except IntegrityError as error:
            raise ActionNotPossible(_("These two cases are linked already."), "other") from error
        return {"link": row.pk}


@dataclass(frozen=True)
class EndLink(Act):
    """The link was a mistake or holds no more."""

    verb: ClassVar[str] = "cases.unlinked"

    link_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        link = CaseLink.objects.get(pk=self.link_id)
        lock_two(unit, link.case_id, link.other_id)

    def authorise(self, unit: Unit) -> None:
        link = CaseLink.objects.get(pk=self.link_id)
        unit.authorise_any("link_cases", working_organisations(link.case_id) | working_organisations(link.other_id))

    def change(self, unit: Unit) -> dict[str, Any]:
        link = CaseLink.objects.get(pk=self.link_id)
        if link.ended_at:
            raise ActionNotPossible(_("This link has ended already."))
        unit.reason = self.reason
        unit.change(link, ended_at=timezone.now())
        return {"link": link.pk}


def links_of(case: Case) -> Any:
    """The live links of a case, from both ends. One query."""
    live = CaseLink.objects.filter(Q(case=case) | Q(other=case), ended_at=None)
    return live.beyond_sight("the links of a case in hand").select_related("case", "other", "linked_by").order_by("pk")
