"""What the worker did besides the tasks themselves, which are rows of django-tasks-db."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PeriodicTick(models.Model):
    """One moment at which periodic work was due: made once, whichever worker comes first, however many there are."""

    name = models.CharField(_("name"), max_length=120)
    due_at = models.DateTimeField(_("due"))
    # The row of django-tasks-db that does the work; it goes sooner than this one.
    task = models.UUIDField(_("task"), null=True)
    began_at = models.DateTimeField(_("began at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    # What the work said of itself: how many rows, how far behind.
    result = models.JSONField(_("result"), null=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("periodic run")
        verbose_name_plural = _("periodic runs")
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="one_tick_per_moment")]
        indexes = [models.Index(fields=["name", "-due_at"], name="tick_newest_first")]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%d/%m/%Y %H:%M:%S}"


class Worker(models.Model):
    """One life of a process that works in the background, from one connection to the database to its end.

    It is alive as long as its session holds the advisory lock of its number; see casework/background/identity.py.
    """

    name = models.CharField(_("name"), max_length=120)
    # The database's clock, here and everywhere in this room.
    started_at = models.DateTimeField(_("started at"), db_default=Now())
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("background process")
        verbose_name_plural = _("background processes")
        indexes = [models.Index(fields=["started_at"], condition=Q(ended_at=None), name="worker_at_work")]

    def __str__(self) -> str:
        return self.name
