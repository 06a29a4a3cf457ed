"""Persons whom a case is about. Their numbers are masked on every page; showing one is an act."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.vietnamese import given_name, nfc_clean


class Person(models.Model):
    """A woman or man whom a case is about: contact, founder, office holder."""

    PERSONAL = frozenset({"full_name", "given_name", "phone", "birth_year"})

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")

    full_name = models.CharField(_("full name"), max_length=120)
    given_name = models.CharField(_("given name"), max_length=40, editable=False)
    phone = models.CharField(_("phone"), max_length=16, blank=True, help_text=_("E.164, for example +84901234567"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def save(self, *args, **kwargs):
        """Keep the name in one spelling and the given name beside it, by which lists are ordered."""
        self.full_name = nfc_clean(self.full_name)
        self.given_name = given_name(self.full_name)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.full_name

    @property
    def masked_phone(self) -> str:
        """The last three digits, enough to recognise a number one knows."""
        return f"••• ••• {self.phone[-3:]}" if self.phone else ""


class Founder(models.Model):
    """A person stands on the list of founders of a case, until she is taken off it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="founders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="foundings")
    listed_at = models.DateTimeField(_("listed at"), default=timezone.now)
    left_at = models.DateTimeField(_("taken off the list at"), null=True, blank=True)

    class Meta:
        verbose_name = _("founder")
        verbose_name_plural = _("founders")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(left_at=None), name="person_founds_a_case_once"
            ),
            models.CheckConstraint(
                name="founder_leaves_after_being_listed", condition=Q(left_at=None) | Q(left_at__gte=F("listed_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


def founders_of(case: Any) -> list[Founder]:
    """Who stands on the list now, in the order of entry. One query."""
    return list(Founder.objects.filter(case=case, left_at=None).select_related("person").order_by("pk"))
