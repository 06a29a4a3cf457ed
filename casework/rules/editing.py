"""Numbers of the law are changed as a draft, previewed on the open cases, published from a day, or discarded.

Acts on the chain "law": no case is changed by them, only the rules by which cases will be judged.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.acts import Act, ActionNotPossible, Unit
from casework.audit.models import AuditEvent
from casework.rules.models import LegalParameter, ParameterDraft, RuleCheck

RIGHT = "edit_law"
CHAIN = "law"
LARGEST = 10**15


class _OnTheLaw(Act):
    """An act on the law itself: one at a time, by whoever may edit it in her own organisation."""

    def lock(self, unit: Unit) -> None:
        unit.chain = CHAIN
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [CHAIN])

    def authorise(self, unit: Unit) -> None:
        unit.authorise_somewhere(RIGHT)


@dataclass(frozen=True)
class DraftParameter(_OnTheLaw):
    """A new value of a number of the law from a day, with its source. Binds nothing yet."""

    verb: ClassVar[str] = "law.drafted"

    name: str
    value: int
    valid_from: date
    source: str

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("name") == self.name

    def change(self, unit: Unit) -> dict[str, Any]:
        if not LegalParameter.objects.filter(name=self.name).exists():
            raise ActionNotPossible(_("There is no such number of the law."), "name")
        if not 0 <= self.value <= LARGEST:
            raise ActionNotPossible(_("This number cannot be meant."), "value")
        if not self.source.strip():
            raise ActionNotPossible(_("Name the document and article that set the new value."), "source")
        refuse_day(self.name, self.valid_from)
        unit.facts["name"] = self.name
        told = {"name": self.name, "value": self.value, "valid_from": self.valid_from, "source": self.source}
        return {"draft": unit.add(ParameterDraft(drafted_by=unit.by, **told)).pk}


@dataclass(frozen=True)
class PublishParameter(_OnTheLaw):
    """The draft becomes law from its day: the running row ends the day before."""

    verb: ClassVar[str] = "law.published"

    draft_id: int

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("draft") == self.draft_id

    def change(self, unit: Unit) -> dict[str, Any]:
        draft = _open_draft(self.draft_id)
        running = refuse_day(draft.name, draft.valid_from)
        unit.change(running, valid_until=draft.valid_from - timedelta(days=1))
        told = {"name": draft.name, "value": draft.value, "valid_from": draft.valid_from, "source": draft.source}
        row = unit.add(LegalParameter(**told))
        unit.change(draft, published_at=timezone.now())
        unit.facts |= {"draft": draft.pk, "name": draft.name, "from": running.value, "to": draft.value}
        return {"parameter": row.pk}


@dataclass(frozen=True)
class DiscardDraft(_OnTheLaw):
    """The draft is given up; it stays readable in the history."""

    verb: ClassVar[str] = "law.draft_discarded"

    draft_id: int

    def repeats(self, event: AuditEvent) -> bool:
        return event.facts.get("draft") == self.draft_id

    def change(self, unit: Unit) -> dict[str, Any]:
        draft = unit.change(_open_draft(self.draft_id), discarded_at=timezone.now())
        unit.facts["draft"] = draft.pk
        return {"draft": draft.pk}


def refuse_day(name: str, valid_from: date) -> LegalParameter:
    """The running row that a new value would end. Raises ActionNotPossible where the new value cannot begin then."""
    running = LegalParameter.objects.filter(name=name).latest("valid_from")
    if valid_from <= running.valid_from:
        raise ActionNotPossible(
            _("The value in force now began on %(day)s; a new one can only begin after that day.")
            % {"day": f"{running.valid_from:%d/%m/%Y}"},
            "valid_from",
        )
    dependent = stored_checks(running, valid_from) if valid_from < timezone.localdate() else 0
    if dependent:
        raise ActionNotPossible(
            ngettext(
                "That day is past, and %(count)s stored check has used the value in force. Take a day from today on.",
                "That day is past, and %(count)s stored checks have used the value in force. Take a day from today on.",
                dependent,
            )
            % {"count": dependent},
            "valid_from",
        )
    return running


def stored_checks(running: LegalParameter, since: date) -> int:
    """How many stored checks by the law of a day or later used the running value."""
    used = [{"numbers": {running.name: running.value}}]
    return RuleCheck.objects.filter(on__gte=since, results__contains=used).count()


def _open_draft(pk: int) -> ParameterDraft:
    draft = ParameterDraft.objects.get(pk=pk)
    if draft.published_at or draft.discarded_at:
        raise ActionNotPossible(_("This draft was published or discarded already."))
    return draft
