"""A request about somebody's own data (Law 91/2025/QH15, Article 4; Decree 356/2025/NĐ-CP)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Right(models.TextChoices):
    """Which right she exercises."""

    KNOW = "know", _("to know what is done with her data")
    COPY = "copy", _("to see her data or get a copy")
    CORRECT = "correct", _("to have data corrected")
    RESTRICT = "restrict", _("to restrict the use of data")
    ERASE = "erase", _("to have data erased")
    OBJECT = "object", _("to object to the use of data")
    WITHDRAW = "withdraw", _("to withdraw a consent")


class Via(models.TextChoices):
    """How the request came in."""

    DESK = "desk", _("at the office")
    LETTER = "letter", _("by letter")
    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by e-mail")


class DataRequest(models.Model):
    """Somebody asks about her data; open until it is answered or refused with a reason. Both stay."""

    PERSONAL = frozenset({"asked_by", "contact", "person_id", "details", "answer", "refusal_reason"})

    organisation = models.ForeignKey(
        "casework.Organisation", models.PROTECT, related_name="+", verbose_name=_("registered at")
    )
    asked_by = models.CharField(_("who asks"), max_length=120)
    contact = models.CharField(_("how to reach her"), max_length=200, blank=True)
    person = models.ForeignKey(
        "casework.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("known here as")
    )
    right = models.CharField(_("right"), max_length=10, choices=Right)
    via = models.CharField(_("how it came in"), max_length=10, choices=Via)
    received_on = models.DateField(_("received on"))
    details = models.CharField(_("what she asks for"), max_length=1000)
    paper = models.CharField(_("paper"), max_length=200, blank=True)
    # As the law stood on the day it came in; they do not move when the law changes.
    acknowledge_by = models.DateField(_("acknowledge by"))
    due_on = models.DateField(_("answer by"))
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=2000, blank=True)
    refused = models.BooleanField(_("refused"), default=False)
    refusal_reason = models.CharField(_("reason of the refusal"), max_length=1000, blank=True)
    answer_paper = models.CharField(_("paper of the answer"), max_length=200, blank=True)
    answered_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("request about data")
        verbose_name_plural = _("requests about data")
        indexes = [models.Index(fields=["due_on"], condition=Q(answered_on=None), name="data_request_open")]
        constraints = [
            models.CheckConstraint(
                name="data_request_answered_after_it_came",
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="data_request_answer_says_by_whom_and_what",
                condition=Q(answered_on=None, answered_by=None, refused=False)
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="", refusal_reason=""),
            ),
            models.CheckConstraint(
                name="data_request_refused_with_a_reason", condition=Q(refused=False) | ~Q(refusal_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_right_display()} ({self.received_on:%d/%m/%Y})"

    def is_late(self, today: date) -> bool:
        """Whether the day of the answer passed without one."""
        return self.answered_on is None and today > self.due_on
