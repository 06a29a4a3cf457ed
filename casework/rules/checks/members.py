"""Who may be a member, and of which kind (rules R1, R2, R3, R6)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.people.models import Member
from casework.rules.facts import ASSOCIATE, NONCAPITAL, OFFICIAL, CaseFacts, MemberFact
from casework.rules.finding import Finding, ids, judged, not_applicable

_BODIES = (Member.Nature.HOUSEHOLD, Member.Nature.GROUP)


def enough_members(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R1: as many official members as the legal form needs; associates do not count."""
    least, count = numbers[f"members_at_least_{facts.form.lower()}"], len(facts.official)
    told = ngettext(
        "There is %(count)s official member; the law asks for at least %(least)s.",
        "There are %(count)s official members; the law asks for at least %(least)s.",
        count,
    ) % {"count": count, "least": least}
    return judged([told] if count < least else [], [], told, official_members=count)


def old_enough(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R2: every natural member is of age on the day of the conference; where only the year is known it may be open."""
    day = facts.decisive_day
    young, unsure, faults, questions = [], [], [], []
    for member in (one for one in facts.members if one.is_natural):
        least = _age_needed(member, numbers)
        words = {"name": member.name, "age": least, "day": f"{day:%d/%m/%Y}", "year": member.birth_year}
        if (of_age := _is_of_age(member, least, day)) is False:
            young.append(member.id)
            faults.append(_("%(name)s is not yet %(age)s years old on %(day)s.") % words)
        elif of_age is None:
            unsure.append(member.id)
            questions.append(_open_question(member) % words)
    well = _("All members are old enough on %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
    return judged(faults, questions, well, too_young=ids(young), age_unknown=ids(unsure), counted_on=day.isoformat())


def _age_needed(member: MemberFact, numbers: Mapping[str, int]) -> int:
    # Only a Vietnamese may be younger, and only where she brings no capital (Article 30.2).
    young_allowed = member.kind == NONCAPITAL and not member.foreign
    return numbers["associate_age_at_least" if young_allowed else "member_age_at_least"]


def _is_of_age(member: MemberFact, least: int, day: date) -> bool | None:
    """None where the day of birth decides and is not known."""
    if member.birth_date:
        return _age(member.birth_date, day) >= least
    years = day.year - member.birth_year if member.birth_year else None
    return None if years is None or years == least else years > least


def _age(born: date, day: date) -> int:
    """Completed years; who was born on 29 February completes a common year on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _open_question(member: MemberFact) -> str:
    if member.birth_year is None:
        return _("The year of birth of %(name)s is not known.")
    return _("%(name)s was born in %(year)s: the day of birth decides whether she is %(age)s years old on %(day)s.")


def foreign_members(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R2-F: foreigners among the official members stay below a share of their number."""
    foreign, count, limit = (
        sum(member.foreign for member in facts.official),
        len(facts.official),
        numbers["foreign_members_below_percent"],
    )
    if not foreign:
        return not_applicable(_("No official member is foreign."))
    told = _("%(foreign)s of %(count)s official members are foreign; it must be less than %(limit)s %%.") % {
        "foreign": foreign,
        "count": count,
        "limit": limit,
    }
    broken = foreign * 100 >= limit * count
    return judged([told] if broken else [], [], told, foreign=foreign, official_members=count)


def representatives_named(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R3: a household or group without legal personality has its one representative."""
    bodies = [member for member in facts.members if member.nature in _BODIES]
    if not bodies:
        return not_applicable(_("No household, group or other body without legal personality is a member."))
    without = [member for member in bodies if member.person is None]
    faults = [_("%(name)s has not named its representative.") % {"name": member.name} for member in without]
    well = _("Every household or group has named its representative.")
    return judged(faults, [], well, bodies=len(bodies), members=ids([member.id for member in without]))


def contributions_fit(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R6: capital, use and labour of each member are those of her kind."""
    if not facts.members:
        return judged([], [_("No member is entered yet.")], "")
    wrong = [(member, fault) for member in facts.members if (fault := _kind_fault(member))]
    unknown = [m for m in facts.contributors if m.committed is None]
    questions = [_("How much %(name)s contributes is not entered yet.") % {"name": m.name} for m in unknown]
    well = _("Capital, use and labour of every member fit her kind of membership.")
    return judged(
        [fault for _member, fault in wrong],
        questions,
        well,
        members=ids([member.id for member, _fault in wrong]),
        amount_unknown=ids([member.id for member in unknown]),
    )


def _kind_fault(member: MemberFact) -> str:
    """What does not fit one member, "" when all does."""
    name = {"name": member.name}
    if member.gives_capital and member.committed == 0:
        return _("%(name)s contributes no capital, but members of this kind must.") % name
    if member.kind == OFFICIAL and not member.use:
        return _("%(name)s neither uses products or services nor gives labour; an official member does.") % name
    if member.kind == ASSOCIATE and member.use:
        return _("%(name)s only contributes capital as an associate member, but is entered with use or labour.") % name
    if member.kind == NONCAPITAL and (member.committed or member.paid):
        return _("%(name)s is an associate member without capital, but is entered with capital.") % name
    if member.kind == NONCAPITAL and not member.use:
        return _("%(name)s is an associate member without capital and neither uses services nor gives labour.") % name
    return ""
