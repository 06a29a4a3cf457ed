"""Finding a case for somebody who may open it."""

from django.http import Http404

from casework.cases.models import Case
from casework.organisations.standing import Standing


def visible_case(standing: Standing, code: str, *related: str) -> Case:
    """The case with this code, with its place and leading organisation.

    Raises Http404 alike for what is not there and what is not hers to see.
    """
    # PostgreSQL cannot even be asked about a text with a zero byte.
    found = None if "\x00" in code else Case.objects.visible_to(standing).filter(code=code)
    case = found.select_related("area", "lead_organisation", *related).first() if found is not None else None
    if case is None:
        raise Http404
    return case
