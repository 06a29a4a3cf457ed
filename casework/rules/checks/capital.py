"""Shares and sums of the charter capital, in đồng and without rounding (rules R4, R5)."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.facts import dong
from casework.rules.facts import ASSOCIATE, OFFICIAL, CaseFacts, MemberFact, share
from casework.rules.finding import Finding, ids, judged, unknown


def capital_shares(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R4: nobody above the cap of one official member, nor all associates or all foreigners above theirs."""
    whole, form = facts.capital, facts.form.lower()
    if not facts.committed or not whole:
        return unknown(_("No capital is entered yet."))
    cap = numbers[f"member_share_at_most_percent_{form}"]
    above = [m for m in facts.contributors if m.kind == OFFICIAL and _exceeds(m.committed or 0, whole, cap)]
    faults = [_too_much(m.name, m.committed or 0, whole, cap) for m in above]
    groups = {
        "associates": (_("All capital-contributing associate members"), _sum(facts, kind=ASSOCIATE)),
        "foreign": (_("All foreign members"), sum(m.committed or 0 for m in facts.contributors if m.foreign)),
    }
    limits = {
        "associates": numbers[f"associates_share_at_most_percent_{form}"],
        "foreign": numbers["foreign_share_at_most_percent"],
    }
    for group, (name, amount) in groups.items():
        if _exceeds(amount, whole, limits[group]):
            faults.append(_too_much(name, amount, whole, limits[group]))
    return judged(
        faults,
        [],
        _well(facts, whole, cap),
        capital=whole,
        largest=max(m.committed or 0 for m in facts.contributors),
        members=ids([m.id for m in above]),
        **{f"{group}_capital": amount for group, (_name, amount) in groups.items() if amount},
    )


def _exceeds(part: int, whole: int, percent: int) -> bool:
    return share(part, whole) > percent


def _sum(facts: CaseFacts, kind: str) -> int:
    return sum(member.committed or 0 for member in facts.contributors if member.kind == kind)


def _too_much(name: str, amount: int, whole: int, percent: int) -> str:
    """With both amounts: a share rounded for reading would seem to equal the limit."""
    words = {"name": name, "amount": dong(amount), "percent": percent, "most": dong(whole * percent // 100)}
    return _("%(name)s: %(amount)s. The limit is %(percent)s %%, that is %(most)s.") % words


def _well(facts: CaseFacts, whole: int, cap: int) -> str:
    largest = max((m for m in facts.contributors if m.kind == OFFICIAL), key=_promised, default=None)
    if largest is None:
        return _("Nobody is above the limit.")
    words = {"name": largest.name, "amount": dong(_promised(largest)), "most": dong(whole * cap // 100)}
    return _("Nobody is above the limit; the most is %(amount)s of %(name)s, where %(most)s are allowed.") % words


def _promised(member: MemberFact) -> int:
    return member.committed or 0


def capital_sums(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R5: what was promised equals the charter capital, there and in the resolution; nobody gives too little."""
    if facts.charter is None:
        return unknown(_("There is no charter yet, so its capital is not known."))
    promised, charter, least = facts.committed, facts.charter.capital, facts.charter.min_contribution
    open_amounts = [member for member in facts.contributors if member.committed is None]
    small = [m for m in facts.contributors if m.committed is not None and m.committed < least]
    resolved = facts.conference.capital if facts.conference else None
    faults = [
        *_sum_faults(promised, charter, resolved),
        *(_too_small(member, least) for member in small),
        *_without_amount(open_amounts),
    ]
    well = _("The members contribute %(sum)s, as much as the charter says.") % {"sum": dong(promised)}
    return judged(
        faults,
        [],
        well,
        promised=promised,
        charter_capital=charter,
        resolved_capital=resolved,
        least_contribution=least,
        members=ids([m.id for m in small]),
        amount_unknown=ids([m.id for m in open_amounts]),
    )


def _sum_faults(promised: int, charter: int, resolved: int | None) -> list[str]:
    faults = []
    if promised != charter:
        faults.append(
            _("The members contribute %(sum)s, but the charter capital is %(capital)s: %(difference)s apart.")
            % {"sum": dong(promised), "capital": dong(charter), "difference": dong(abs(promised - charter))}
        )
    if resolved is not None and resolved != charter:
        faults.append(
            _("The conference resolved %(resolved)s, but the charter capital is %(capital)s.")
            % {"resolved": dong(resolved), "capital": dong(charter)}
        )
    return faults


def _too_small(member: MemberFact, least: int) -> str:
    words = {"name": member.name, "amount": dong(_promised(member)), "least": dong(least)}
    return _("%(name)s contributes %(amount)s; the charter asks for at least %(least)s.") % words


def _without_amount(members: Iterable[MemberFact]) -> list[str]:
    names = [member.name for member in members]
    if not names:
        return []
    told = ngettext(
        "The contribution of %(count)s member is not entered yet: %(names)s.",
        "The contributions of %(count)s members are not entered yet: %(names)s.",
        len(names),
    )
    return [told % {"count": len(names), "names": ", ".join(names[:5]) + ("…" if len(names) > 5 else "")}]
