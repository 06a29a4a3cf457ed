"""Requests for results to bodies that are not users, and what they answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ResultRequest(models.Model):
    """A department is asked for its results of a period, by a link that expires and by a form to fill in."""

    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="result_requests")
    period = models.ForeignKey("casework.ReportingPeriod", models.PROTECT, related_name="result_requests")
    body = models.CharField(_("body that is asked"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    # Codes of the indicators that it is asked for; with `form_version` they say which form it got.
    indicators = ArrayField(models.CharField(max_length=40), verbose_name=_("indicators"))
    form_version = models.CharField(max_length=16)
    # SHA-256 of the token in the link: who reads the table cannot answer for the body.
    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("link holds until"))
    asked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for results")
        verbose_name_plural = _("requests for results")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "period", "body"],
                condition=Q(withdrawn_at=None),
                name="one_request_per_body_and_period",
            )
        ]

    def __str__(self) -> str:
        return self.body


class ResultAnswer(models.Model):
    """One value that a body told, for one indicator. Told again, the earlier one is withdrawn."""

    class Via(models.TextChoices):
        LINK = "link", _("By the link")
        FORM = "form", _("By the spreadsheet form")

    request = models.ForeignKey(ResultRequest, models.PROTECT, related_name="answers")
    indicator = models.ForeignKey("casework.Indicator", models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    note = models.CharField(_("note"), max_length=500, blank=True)
    told_by = models.CharField(_("told by"), max_length=160)
    via = models.CharField(_("how"), max_length=4, choices=Via)
    told_at = models.DateTimeField(_("told at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("result of another body")
        verbose_name_plural = _("results of other bodies")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "indicator"], condition=Q(withdrawn_at=None), name="one_answer_per_indicator"
            ),
            models.CheckConstraint(name="answer_is_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.indicator}"
