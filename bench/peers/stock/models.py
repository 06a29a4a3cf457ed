"""What viewflow's documents tell one to write: a process of one's own with the body that works on it."""

from django.db import models
from viewflow.workflow.models import Process


class Body(models.Model):
    """An organisation; the right to work is given on it."""

    name = models.CharField(max_length=100)

    class Meta:
        permissions = [("work_on", "Can work on cases")]

    def __str__(self) -> str:
        return self.name


class CaseProcess(Process):
    """A case."""

    body = models.ForeignKey(Body, models.PROTECT)
    name = models.CharField(max_length=100)
    stage = models.CharField(max_length=30)

    def __str__(self) -> str:
        return self.name
