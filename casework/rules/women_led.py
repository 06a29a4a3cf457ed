"""Whether women take part in management: computed from dated offices by a dated policy (domain.md §3.1).

Never typed in. A new chairwoman or chairman changes the answer from that day; an earlier day keeps its answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.people.models import Office, Person
from casework.people.queries import living
from casework.rules.facts import OfficeFact
from casework.rules.gather import office_fact
from casework.rules.models import WomenLedPolicy, in_force


@dataclass(frozen=True)
class WomenLed:
    """The answer on a day, a sentence that explains it, and the facts: counts, ids and the day of the policy."""

    holds: bool
    sentence: str
    facts: dict[str, Any]


def women_led(offices: Sequence[OfficeFact], policy: WomenLedPolicy, on: date, *, named: bool = True) -> WomenLed:
    """Whether enough women hold one of the offices that count; the sentence names them or their offices. Pure."""
    counting = [office for office in offices if office.title in policy.offices]
    women = {office.person: office for office in counting if office.sex == Person.Sex.FEMALE}
    holds = len(women) >= policy.at_least
    facts = {
        "on": on.isoformat(),
        "policy_since": policy.valid_from.isoformat(),
        "offices": len(counting),
        "women": sorted(women),
        "women_needed": policy.at_least,
        "sex_unknown": sum(not office.sex for office in counting),
    }
    return WomenLed(holds, _sentence(list(women.values()), counting, policy, on, named), facts)


def _sentence(
    women: list[OfficeFact], counting: list[OfficeFact], policy: WomenLedPolicy, on: date, named: bool
) -> str:
    words = {"day": f"{on:%d/%m/%Y}", "policy": str(policy), "since": f"{policy.valid_from:%d/%m/%Y}"}
    if women:
        titles = [(office.name, office.title_text.lower()) for office in women]
        names = ", ".join(f"{name} ({title})" if named else title for name, title in titles)
        found = _("On %(day)s: %(names)s.") % (words | {"names": names})
    elif counting:
        found = _("On %(day)s no woman holds one of the offices that count.") % words
    else:
        found = _("On %(day)s no holder of the offices that count is known.") % words
    return found + " " + _("Policy since %(since)s: %(policy)s") % words


def policy_on(day: date) -> WomenLedPolicy | None:
    """The policy in force on a day. One statement."""
    return WomenLedPolicy.objects.filter(in_force(day)).order_by("-valid_from").first()


def women_led_case(case: Case, on: date) -> WomenLed | None:
    """The answer for the cooperative of a case; None while no office or no policy is known. Two statements."""
    return _answer(Office.objects.filter(case=case), on)


def women_led_cooperative(cooperative: Cooperative, on: date) -> WomenLed | None:
    """The answer for an entry of the register, from the offices in its cases. Two statements.

    It names nobody: whoever works in the province reads the register, the cases only who has a part in them.
    """
    held = Office.objects.filter(case__cooperative=cooperative).beyond_sight("the answer names nobody")
    return _answer(held, on, named=False)


def _answer(held: QuerySet[Office], on: date, *, named: bool = True) -> WomenLed | None:
    living_now = held.filter(living(on)).select_related("person").order_by("pk")
    offices = _once([office_fact(office) for office in living_now])
    policy = policy_on(on)
    return women_led(offices, policy, on, named=named) if offices and policy else None


def _once(offices: Iterable[OfficeFact]) -> list[OfficeFact]:
    """Two cases of one cooperative may name the same officer."""
    return list({(office.person, office.title): office for office in offices}.values())
