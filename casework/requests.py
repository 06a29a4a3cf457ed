"""What every page of casework needs of a request."""

from uuid import UUID

from django.http import HttpRequest

from casework.organisations.models import User
from casework.organisations.standing import Standing


class SignedIn(HttpRequest):
    """A request of a person who is signed in, as our middleware hands it on."""

    user: User
    standing: Standing


def request_id_of(request: HttpRequest) -> UUID | None:
    """The id that the page gave to its form, by which a second click is the same request; None if it is none."""
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return None
