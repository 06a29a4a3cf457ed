"""Look-up codes of founders in the demo. The codes themselves are printed nowhere: give a new one to try it."""

from casework.acts import perform
from casework.cases.models import Case
from casework.organisations.models import User
from casework.organisations.standing import standing_of
from casework.status_lookup.acts import GIVE, GiveStatusCode


def show_status_codes(users: dict[str, User]) -> None:
    """Give a code for the newest open case that lan leads. By an act; nothing without such a case."""
    led = standing_of(users["lan"]).organisations_with(GIVE)
    case = Case.objects.open().filter(lead_organisation__in=led).order_by("-pk").first()  # type: ignore[attr-defined]
    if case:
        perform(GiveStatusCode(case.pk), by=users["lan"])
