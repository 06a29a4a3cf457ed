"""Words for fields that models give no name of their own: mostly who did something, and to what a row belongs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# By the name that Django makes of the field's own.
WORDS: dict[str, Any] = {
    "access": _("access"),
    "added by": _("added by"),
    "answered by": _("answered by"),
    "application": _("application"),
    "area": _("commune"),
    "back to": _("goes back to"),
    "began by": _("begun by"),
    "charter": _("charter"),
    "checked by": _("checked by"),
    "conference": _("founding conference"),
    "consent": _("consent"),
    "consultation": _("consultation"),
    "cooperative": _("cooperative"),
    "decided by": _("decided by"),
    "document": _("document"),
    "duplicate of": _("duplicate of"),
    "ended by": _("ended by"),
    "extended by": _("extended by"),
    "given by": _("given by"),
    "hash": _("hash"),
    "lead organisation": _("lead organisation"),
    "limit": _("time limit"),
    "linked by": _("linked by"),
    "member": _("member"),
    "organisation": _("organisation"),
    "other": _("other case"),
    "owner permission content type": _("who may do it"),
    "owner permission obj pk": _("who may do it"),
    "parent task": _("belongs to the task"),
    "permission": _("who may do it"),
    "person": _("person"),
    "person a": _("first person"),
    "person b": _("second person"),
    "plan": _("plan"),
    "reviewing organisation": _("reviewing organisation"),
    "revoked by": _("revoked by"),
    "settled by": _("settled by"),
    "sha256": _("SHA-256"),
    "supervising organisation": _("supervising organisation"),
    "template": _("template"),
    "version": _("version"),
    "visit": _("visit"),
    "withdrawn by": _("withdrawn by"),
    "written by": _("written by"),
}


def field_words(field: Any) -> Any:
    """What a field is called."""
    return WORDS.get(str(field.verbose_name), field.verbose_name)
