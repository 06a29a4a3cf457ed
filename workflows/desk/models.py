"""What a person keeps at her desk: views of the inbox, and the key of her calendar address."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.organisations.roles import Role

LONGEST_QUERY = 600


class SavedView(models.Model):
    """Filters of the inbox under a name: of one person, of a team, or the first page of a role in a team."""

    name = models.CharField(_("name"), max_length=80)
    # What stands behind the question mark of the inbox's address, as `Filters` writes it.
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY)
    made_by = models.ForeignKey("casework.User", models.PROTECT, related_name="saved_views")
    # Empty: only for the person who made it.
    organisation = models.ForeignKey(
        "casework.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    # The inbox opens with it, for its person or for everybody with the role in the team.
    is_default = models.BooleanField(_("opens first"), default=False)
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "organisation", "role", "name"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="one_saved_view_per_name",
            ),
            models.UniqueConstraint(
                fields=["organisation", "role"],
                condition=Q(withdrawn_at=None, is_default=True, organisation__isnull=False),
                name="one_default_view_per_role",
            ),
            models.UniqueConstraint(
                fields=["made_by"],
                condition=Q(withdrawn_at=None, is_default=True, organisation=None),
                name="one_default_view_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeedKey(models.Model):
    """The secret address at which a person's calendar can be read. Only its SHA-256 is stored."""

    # Never in the history: it is enough to know that there was a key.
    PERSONAL = frozenset({"digest"})

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="feed_keys")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="one_live_feed_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%d/%m/%Y}"
