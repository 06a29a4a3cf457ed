"""A roster that was read and waits for the person who sent it to look at it."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.programme.roster.model import Roster

KEPT_FOR = timedelta(days=7)


class RosterUploadQuerySet(models.QuerySet):
    """Uploads, by age."""

    def forget_old(self) -> int:
        """Delete uploads older than a week: they hold what others typed. Returns how many went."""
        return self.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()[0]


class RosterUpload(models.Model):
    """What was read from one file, between its upload and its import. Its id is the request of the import."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    uploaded_by = models.ForeignKey("casework.User", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    # Roster.wire(): sentences are written when they are shown, in the language of the reader.
    roster = models.JSONField()
    uploaded_at = models.DateTimeField(auto_now_add=True, db_index=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    # What the import did, see casework.programme.acts.Outcome; null until then.
    counts = models.JSONField(null=True, blank=True)

    objects = RosterUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster upload")
        verbose_name_plural = _("roster uploads")

    def __str__(self) -> str:
        return self.file_name

    def read(self) -> Roster:
        """The roster again, as the reader handed it back."""
        return Roster.from_wire(self.roster)
