"""Which market links a list shows, for its page and for its file."""

from typing import Any

from django.http import QueryDict

from casework.cases.models import Case
from casework.linkage.market.forms import Find
from casework.linkage.models import MarketLink
from casework.organisations.standing import Standing


def links_for(standing: Standing, query: QueryDict) -> Any:
    """The links of the cases that a person may see and looks for, newest first."""
    seen = MarketLink.objects.filter(
        case__in=Case.objects.visible_to(standing), result=MarketLink.Result.LINKED, withdrawn_at=None
    )
    found = Find(query).found(seen)
    return found.select_related("case__area", "case__lead_organisation", "verified_by").order_by("-linked_on", "-pk")
