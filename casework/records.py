"""What the records of all rooms share: the case they belong to, who wrote them, when."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.sharing.querysets import VisibleQuerySet


class CaseRecord(models.Model):
    """Something that a step wrote down about a case. Guarded: it changes only inside an act."""

    case = models.ForeignKey("casework.Case", models.PROTECT, verbose_name=_("case"), related_name="%(class)ss")
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, verbose_name=_("recorded by"), related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    # Whether overview and archive of a case tell it; what only the product reads again is not told.
    told: ClassVar[bool] = True
    # Whether a newer one takes the place of the older there; payments, for one, stand side by side.
    replaces_older: ClassVar[bool] = True

    class Meta:
        abstract = True

    @classmethod
    def latest_of(cls, case: Any) -> Self | None:
        """The newest record of a case, or None before the first."""
        rows: Any = cls._default_manager.filter(case=case)
        return rows.order_by("-pk").first()

    @classmethod
    def answers_of(cls, case: Any) -> dict[str, Any]:
        """What the newest record of a case says, by field, as a form takes it; nothing before the first."""
        last, own = cls.latest_of(case), {f.name for f in CaseRecord._meta.get_fields()}
        fields = [f for f in cls._meta.concrete_fields if not f.primary_key and f.name not in own]
        return {f.name: f.value_from_object(last) for f in fields} if last else {}

    @classmethod
    def next_number(cls, case: Any) -> int:
        """1 for the first record of a case, 2 for the second, and so on; for versions and rounds."""
        return cls._default_manager.filter(case=case).count() + 1
