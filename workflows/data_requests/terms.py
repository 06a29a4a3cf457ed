"""Until when a request about data is acknowledged and answered, by the law of the day on which it came in."""

from datetime import date

from casework.data_requests.models import Right
from casework.rules.models import parameter
from workflows.clock.calendar import calendar_between, horizon
from workflows.clock.models import Unit
from workflows.clock.terms import due

# Decree 356/2025/NĐ-CP has one term for stopping a use of data, others for everything else.
_STOPS = frozenset({Right.RESTRICT, Right.OBJECT, Right.WITHDRAW})


def terms_of(right: str, received_on: date, area: int | None) -> tuple[date, date]:
    """The last days to acknowledge and to answer. Three queries. Raises NoParameter before the law was in force."""
    acknowledge = parameter("data_request_acknowledge_days", received_on)
    answer = parameter("data_request_stop_days" if right in _STOPS else "data_request_answer_days", received_on)
    calendar = calendar_between(received_on, horizon(received_on, max(acknowledge, answer)), area)
    first = due(received_on, acknowledge, Unit.WORKING_DAY, calendar)
    return first.end, due(received_on, answer, Unit.CALENDAR_DAY, calendar).end
