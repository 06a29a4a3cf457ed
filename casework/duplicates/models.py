"""What was decided about two entries that look alike."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotDuplicate(models.Model):
    """Two entries look alike and are not the same; somebody said so and why, so nobody is asked again."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("Lead")
        COOPERATIVE = "cooperative", _("Cooperative")
        PERSON = "person", _("Person")
        # A lead and an entry of the register: their numbers come from two tables, so they have no order.
        REGISTER = "register", _("Lead and entry of the register")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    reason = models.CharField(_("reason"), max_length=300)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)

    class Meta:
        verbose_name = _("not a duplicate")
        verbose_name_plural = _("not duplicates")
        constraints = [
            models.UniqueConstraint(fields=["kind", "first_id", "second_id"], name="one_word_on_a_pair"),
            models.CheckConstraint(
                name="pair_is_in_order", condition=Q(first_id__lt=F("second_id")) | Q(kind="register")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} ≠ {self.second_id}"


def in_order(kind: str, one: int, other: int) -> tuple[int, int]:
    """The two numbers of a pair as they are stored: the lower first, or the lead before the register entry."""
    return (one, other) if kind == NotDuplicate.Kind.REGISTER or one < other else (other, one)


def told_apart(kind: str, pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the pairs, each in order, about which somebody said that they are not the same. One query."""
    pairs = set(pairs)
    rows = NotDuplicate.objects.filter(
        kind=kind, first_id__in={one for one, _other in pairs}, second_id__in={other for _one, other in pairs}
    )
    return pairs & set(rows.values_list("first_id", "second_id"))
