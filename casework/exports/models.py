"""A list that somebody took out of the product: what was asked for, and the file while it is kept."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """One export of one list by one person. The file is kept for a day; the event stays."""

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Excel (xlsx)")
        CSV = "csv", _("Text (csv)")

    class State(models.TextChoices):
        WAITS = "waits", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="exports")
    list_name = models.CharField(_("list"), max_length=40)
    query = models.TextField(_("filters"), blank=True)
    columns = ArrayField(models.CharField(max_length=40), verbose_name=_("columns"))
    format = models.CharField(_("format"), max_length=4, choices=Format)
    language = models.CharField(max_length=5)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.WAITS)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    file = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [models.Index(fields=["by", "-asked_at"], name="export_newest_first")]

    def __str__(self) -> str:
        return self.list_name
