"""Who sees a case. This table alone answers that question, everywhere."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CaseAccess(models.Model):
    """An organisation may see a case, of a kind, from a moment until a moment."""

    class Kind(models.TextChoices):
        OWN = "own", _("leads the case")
        PARTNER = "partner", _("works on the case")
        SHARE = "share", _("sees a part of the case")
        INSPECT = "inspect", _("inspects the case")

    # These kinds open the case page; a share opens a page of its own, made from what was shared.
    OPENS_CASE = (Kind.OWN, Kind.PARTNER, Kind.INSPECT)

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="access")
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="case_access")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("access to a case")
        verbose_name_plural = _("access to cases")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation", "kind"], condition=Q(revoked_at=None), name="one_live_access_per_kind"
            ),
            models.CheckConstraint(
                name="access_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case"], condition=Q(revoked_at=None), name="access_by_organisation"),
            # Few: what ends by itself. The rest is counted by audience (workflows/summary/).
            models.Index(
                fields=["organisation", "case"],
                condition=Q(revoked_at=None) & (Q(kind="inspect") | Q(valid_until__isnull=False)),
                name="access_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()}"
