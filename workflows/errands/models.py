"""What somebody was asked to do for a case outside its steps."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.sharing.querysets import VisibleQuerySet


class Errand(models.Model):
    """A task outside the steps: who asked whom for what, until when, and what came of it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="errands")
    title = models.CharField(_("what is to be done"), max_length=120)
    text = models.TextField(_("details"), blank=True)
    organisation = models.ForeignKey(
        "casework.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    person = models.ForeignKey("casework.User", models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    due_on = models.DateField(_("due on"), null=True)
    blocks_stage = models.BooleanField(_("holds up the next stage"), default=False)
    given_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    # The run of errand_v1 that carries it.
    process = models.OneToOneField("workflows.Process", models.PROTECT, null=True, related_name="errand")
    result = models.TextField(_("what came of it"), blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("task outside the steps")
        verbose_name_plural = _("tasks outside the steps")
        indexes = [models.Index(fields=["case"], condition=models.Q(ended_at=None), name="errand_open")]

    def __str__(self) -> str:
        return self.title
