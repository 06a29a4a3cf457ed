"""The reports that a person finds, in the order of their list."""

from django.db.models import QuerySet
from django.http import QueryDict

from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from casework.programme.kept import keeping_organisations
from casework.programme.reports.models import Report


def reports_for(standing: Standing, query: QueryDict) -> QuerySet[Report]:
    """Those that she may see, newest period first; the list has no filters."""
    found = Report.objects.visible_to(standing).defer("data", "texts")
    return found.select_related("organisation", "period", "reviewed_by", "frozen_by").order_by(
        "-period__last_day", "organisation__name", "pk"
    )


def writable_organisations(standing: Standing) -> QuerySet[Organisation]:
    """The organisations for which she may write a report."""
    return keeping_organisations(standing, "write_report")
