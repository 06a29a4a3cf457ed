"""What all pages of this room show."""

from typing import Any

from casework.cases.models import Case
from casework.cases.reach import visible_case
from casework.cases.tabs import tabs_of
from casework.requests import SignedIn


def case_context(request: SignedIn, code: str) -> tuple[Case, dict[str, Any]]:
    """The case of an address with what every page of this room shows. Raises Http404."""
    case = visible_case(request.standing, code)
    return case, {"case": case, "tabs": tabs_of(case, "plans:plan")}
