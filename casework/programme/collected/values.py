"""What other bodies have told for a period, apart from our own numbers, and who has not answered."""

from decimal import Decimal

from casework.organisations.models import Organisation
from casework.programme.collected.models import ResultAnswer, ResultRequest
from casework.programme.indicators.models import ReportingPeriod


def collected_for(organisation: Organisation, period: ReportingPeriod) -> dict[str, list[tuple[str, Decimal, str]]]:
    """For each indicator code, the body, its value and its note, in the order of the bodies. One query."""
    told = ResultAnswer.objects.filter(
        request__organisation=organisation, request__period=period, request__withdrawn_at=None, withdrawn_at=None
    )
    found: dict[str, list[tuple[str, Decimal, str]]] = {}
    for answer in told.select_related("request", "indicator").order_by("request__body", "pk"):
        found.setdefault(answer.indicator.code, []).append((answer.request.body, answer.value, answer.note))
    return found


def not_received(organisation: Organisation, period: ReportingPeriod) -> list[str]:
    """The bodies that were asked and have not answered. One query."""
    asked = ResultRequest.objects.filter(organisation=organisation, period=period, withdrawn_at=None, answered_at=None)
    return list(asked.order_by("body").values_list("body", flat=True))
