"""Whether a cooperative group may become a cooperative (rule R14, LHTX Article 108)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.months import add_months
from casework.rules.facts import CaseFacts
from casework.rules.finding import Finding, judged, unknown


def conversion_allowed(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R14: the group is old enough on the day of its meeting, and so many of its members agreed."""
    checked = facts.conversion
    if checked is None:
        return unknown(_("The conversion has not been checked yet."))
    months, percent = numbers["conversion_group_months"], numbers["conversion_consent_percent"]
    faults = []
    if add_months(checked.group_since, months) > checked.met_on:
        faults.append(
            _("The group is of %(since)s, its meeting of %(met)s: less than %(months)s months.")
            % {"since": f"{checked.group_since:%d/%m/%Y}", "met": f"{checked.met_on:%d/%m/%Y}", "months": months}
        )
    words = {"agreed": checked.agreed, "members": checked.members}
    told = _("%(agreed)s of %(members)s members of the group agreed.") % words
    if checked.agreed * 100 < percent * checked.members:
        faults.append(told)
    return judged(faults, [], told, agreed=checked.agreed, members=checked.members)
