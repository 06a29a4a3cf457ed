"""The checks by name: pure functions of the facts of a case, the numbers of the rule, and the day.

A row of rules.csv names its check; none reads the database or holds a number of the law.
"""

from collections.abc import Callable, Mapping

from casework.rules.checks import capital, codes, conference, conversion, families, governance, members, offices
from casework.rules.facts import CaseFacts
from casework.rules.finding import Finding

Check = Callable[[CaseFacts, Mapping[str, int]], Finding]

CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        members.enough_members,
        members.old_enough,
        members.foreign_members,
        members.representatives_named,
        members.contributions_fit,
        capital.capital_shares,
        capital.capital_sums,
        governance.governance_fits_size,
        governance.bodies_filled,
        governance.foreign_board,
        offices.offices_compatible,
        families.families_apart,
        conference.resolution_carried,
        conference.assets_valued,
        conversion.conversion_allowed,
        codes.name_allowed,
        codes.code_fits,
        codes.id_numbers_fit,
    )
}
