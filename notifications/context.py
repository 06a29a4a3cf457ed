"""The bell in the header of every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.models import Notification

MOST = 99  # what the bell can show; nobody counts further


def bell(request: HttpRequest) -> dict[str, object]:
    """`unread`: how many notifications the person has not read. One statement, only on pages that show it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread": SimpleLazyObject(lambda: unread_of(user.pk))}


def unread_of(user_id: int) -> str:
    """How many are unread, as the bell writes it: nothing for none, "99+" for very many."""
    found = Notification.objects.filter(user_id=user_id, read_at=None)[: MOST + 1].count()
    return f"{MOST}+" if found > MOST else str(found or "")
