"""For which reasons a case may be closed. Dated data."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Outcome


class ClosingReason(models.Model):
    """A coded reason for closing a case, and the outcome that it stands for."""

    code = models.SlugField(_("code"), max_length=40)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    name = models.CharField(_("reason"), max_length=120)
    name_en = models.CharField(_("reason in English"), max_length=120)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("reason for closing")
        verbose_name_plural = _("reasons for closing")
        ordering = ["outcome", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_closing_reason_per_code")]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name
