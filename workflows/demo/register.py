"""The register of the demo: sixty real cooperatives and groups, read as an officer's list is read."""

from pathlib import Path

from casework.organisations.models import Organisation, User
from casework.programme.acts import import_roster
from casework.programme.roster.reader import read_roster

ROSTER = Path(__file__).parent / "data" / "cooperatives.csv"


def enter_register(by: User) -> int:
    """Import the list for the Women's Union of the province. Returns how many entries it made."""
    roster = read_roster(ROSTER, ROSTER.name)
    organisation = Organisation.objects.select_related("area__parent").get(code="hlhpn-kh")
    return import_roster(roster, organisation, by=by)["entered"]
