"""Which rows of the ledger a list shows, for its page and for its file."""

from typing import Any

from django.db.models import Sum
from django.http import QueryDict

from casework.organisations.standing import Standing
from casework.programme.support.forms import Find
from casework.programme.support.models import Support


def supports_for(standing: Standing, query: QueryDict) -> Any:
    """The rows that a person may see and looks for, newest first."""
    found = Find(query).found(Support.objects.visible_to(standing).counted())
    return found.select_related("cooperative__commune", "organisation", "programme", "recorded_by").order_by(
        "-given_on", "-pk"
    )


def by_fund(rows: Any) -> list[tuple[str, str, int]]:
    """What the rows are worth by source of funds: its name, its value in the filter, the sum. One query."""
    sums = dict(rows.order_by().values_list("fund").annotate(sum=Sum("amount")))
    return [(str(Support.Fund(fund).label), fund, sums[fund] or 0) for fund in Support.Fund.values if fund in sums]
