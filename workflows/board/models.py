"""What the board counts from: every stay of a case in a stage, kept beside the case by the database itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Stage


class StageStay(models.Model):
    """A case was in a stage from a moment until a moment. A trigger on the case writes it (board/sql.py)."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=15, choices=Stage)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)

    objects: ClassVar[models.Manager["StageStay"]] = models.Manager()

    class Meta:
        verbose_name = _("stay in a stage")
        verbose_name_plural = _("stays in stages")
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="one_stage_at_a_time")]
        indexes = [
            models.Index(fields=["case", "since"], name="stay_by_case"),
            models.Index(fields=["until", "stage"], name="stay_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}"
