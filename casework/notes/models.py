"""What people write to each other about a case, and which cases belong together."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.documents.models import Visibility
from casework.sharing.circles import CircleQuerySet
from casework.sharing.querysets import VisibleQuerySet


class Note(models.Model):
    """A note on a case, for those whom its writer chose. A correction is a new note; an old one may be struck out."""

    PERSONAL = frozenset({"text"})

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="notes")
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="+")
    visibility = models.CharField(_("visible to"), max_length=8, choices=Visibility, default=Visibility.OWN)
    text = models.TextField(_("note"))
    written_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    visit = models.ForeignKey("casework.Visit", models.PROTECT, null=True, blank=True, related_name="notes")
    struck_at = models.DateTimeField(_("struck out at"), null=True, blank=True)

    objects = CircleQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return f"{self.written_by} {self.written_at:%d/%m/%Y}"


class CaseLink(models.Model):
    """Two cases belong together; shown at both ends."""

    class Kind(models.TextChoices):
        CONTINUES = "continues", _("continues")
        SUPPORTS = "supports", _("supports")
        RELATED = "related", _("has to do with")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="links")
    other = models.ForeignKey("casework.Case", models.PROTECT, related_name="linked_from")
    kind = models.CharField(_("how they belong together"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    linked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(_("linked at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between cases")
        verbose_name_plural = _("links between cases")
        constraints = [
            models.CheckConstraint(name="case_is_not_linked_to_itself", condition=~Q(case=F("other"))),
            models.UniqueConstraint(
                fields=["case", "other"], condition=Q(ended_at=None), name="one_live_link_between_two_cases"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"
