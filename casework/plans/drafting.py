"""What the drafts of plan and charter share: a new version begins as the last one was left."""

from typing import Any, ClassVar

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from casework.plans.comments import open_remarks
from casework.plans.models import PlanComment, open_return
from casework.steps import StepForm


class DraftForm(StepForm):
    """A new version begins as the last one was left; what the review marked or remarked stands beside the field."""

    model: ClassVar[Any]
    marks: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.add_fields()
        for place, notes in self._notes().items():
            if place in self.fields:
                field = self.fields[place]
                field.help_text = format_html("{} {}", notes, field.help_text)
            elif place in self.rows:
                self.rows[place].note = notes

    def _notes(self) -> dict[str, Any]:
        """What to say beside each field or table: the mark of the review, then the open remarks. Two queries."""
        said: dict[str, list[tuple[str, str]]] = {}
        returned = open_return(self.case)
        for place in getattr(returned, self.marks, []):
            said.setdefault(place, []).append((_("Marked in the review:"), returned.remarks if returned else ""))
        for remark in open_remarks(self.case, self.model):
            said.setdefault(remark.anchor.partition(".")[0], []).append((_heading(remark), remark.text))
        return {place: format_html_join(" ", "<strong>{}</strong> {}", lines) for place, lines in said.items()}

    def add_fields(self) -> None:
        """Fields that depend on the case."""

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The last version, or what earlier steps know."""
        last = cls.model.latest_of(case)
        return {name: getattr(last, name) for name in cls.base_fields} if last else cls.first_proposal(case)

    @classmethod
    def first_proposal(cls, case: Any) -> dict[str, Any]:
        """What earlier steps know before the first version."""
        return {}


def _heading(remark: PlanComment) -> str:
    row = remark.anchor.partition(".")[2]
    words = {"name": remark.written_by, "row": row}
    return _("%(name)s, row %(row)s:") % words if row else _("%(name)s:") % words
