"""What was read and is not in a chain yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reading(models.Model):
    """One person read one thing, once or more often within one window of time; waits to be chained.

    People, organisations and cases are numbers, as in an event: reading locks no row of theirs.
    """

    person_id = models.BigIntegerField()
    on_behalf_of_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20, blank=True)
    case_id = models.BigIntegerField(null=True)
    access = models.CharField(max_length=10, blank=True)
    what = models.CharField(max_length=40)
    thing = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)
    window = models.DateTimeField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "case_id", "what", "thing", "facts", "window"],
                nulls_distinct=False,
                name="one_reading_per_window",
            )
        ]
        indexes = [
            models.Index(fields=["window", "id"], name="reading_by_window"),
            models.Index(fields=["case_id"], name="reading_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.thing}".strip()
