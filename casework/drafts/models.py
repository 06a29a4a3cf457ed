"""A draft: the fields of one form of one person, as typed."""

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts of a person, by the key of the form."""

    def read(self, user, key: str) -> QueryDict | None:
        """The fields as last typed, or None."""
        draft = self.filter(user=user, key=key).first()
        return as_querydict(draft.fields) if draft else None

    def keep(self, user, key: str, fields: QueryDict) -> "Draft":
        """Store what is typed now in place of what was stored before."""
        typed = {
            name: [value.replace("\x00", "") for value in values]  # PostgreSQL has no text with a null in it
            for name, values in fields.lists()
            if name not in NEVER_KEPT
        }
        return self.update_or_create(user=user, key=key, defaults={"fields": typed})[0]

    def drop(self, user, key: str) -> None:
        """Forget it: the form was sent."""
        self.filter(user=user, key=key).delete()


NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "request_id", "password"})


def as_querydict(fields: dict[str, list[str]]) -> QueryDict:
    """Stored fields as a form expects them."""
    typed = QueryDict(mutable=True)
    for name, values in fields.items():
        typed.setlist(name, values)
    return typed


class Draft(models.Model):
    """One unsent form of one person."""

    user = models.ForeignKey("casework.User", models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.key
