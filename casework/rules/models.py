"""The numbers of the law, dated: a rule that changes is a new row, never a new line of code."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NoParameter(LookupError):
    """A number that no row gives for that day: a fault of the installation."""


class LegalParameter(models.Model):
    """One number of the law, from a day until a day, with the article that sets it."""

    name = models.SlugField(_("name"), max_length=60)
    value = models.BigIntegerField(_("value"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("number of the law")
        verbose_name_plural = _("numbers of the law")
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="one_parameter_per_day"),
            models.CheckConstraint(
                name="parameter_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


def parameter(name: str, on: date) -> int:
    """The value in force on a day. One query. Raises NoParameter."""
    rows = LegalParameter.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), name=name, valid_from__lte=on)
    value = rows.order_by("-valid_from").values_list("value", flat=True).first()
    if value is None:
        raise NoParameter(f"{name} on {on:%Y-%m-%d}")
    return value
