"""What the records of all rooms share: the case they belong to, who wrote them, when."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CaseRecord(models.Model):
    """Something that a step wrote down about a case. Guarded: it changes only inside an act."""

    case = models.ForeignKey("casework.Case", models.PROTECT, verbose_name=_("case"), related_name="%(class)ss")
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, verbose_name=_("recorded by"), related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        abstract = True

    @classmethod
    def latest_of(cls, case: Any) -> Self | None:
        """The newest record of a case, or None before the first."""
        return cls._default_manager.filter(case=case).order_by("-pk").first()

    @classmethod
    def next_number(cls, case: Any) -> int:
        """1 for the first record of a case, 2 for the second, and so on; for versions and rounds."""
        return cls._default_manager.filter(case=case).count() + 1
