"""Names and codes: of the cooperative and of its members (rules R11, R20)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.reading import has_check_digit
from casework.rules.facts import CaseFacts, MemberFact
from casework.rules.finding import Finding, ids, judged, not_applicable, unknown
from casework.rules.names import fault_of_name, first_protected


def name_allowed(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R11: the name is formed as the law asks and takes nobody's name unasked."""
    if facts.charter is None:
        return unknown(_("There is no charter yet that gives the name."))
    fault = fault_of_name(facts.charter.name, facts.form)
    protected = first_protected(facts.charter.name, facts.protected_names)
    faults = [fault] if fault else []
    if protected and not facts.charter.name_agreed:
        told = _("“%(name)s” may stand in the name only with the written consent of that organisation.")
        faults.append(told % {"name": protected})
    well = _("“%(name)s” is formed as the law asks.") % {"name": facts.charter.name}
    return judged(faults, [], well, name=facts.charter.name, protected=protected or None)


def code_fits(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R20: ten digits of which the last is right."""
    code = facts.registration_code
    if not code:
        return not_applicable(_("There is no certificate of registration yet."))
    fault = _("%(code)s is no code of a cooperative: its check digit does not fit.") % {"code": code}
    well = _("The check digit of %(code)s fits.") % {"code": code}
    return judged([] if has_check_digit(code) else [fault], [], well, code=code)


def id_numbers_fit(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R20-C: the numbers of Vietnamese members fit what else is known of them; those without one are asked for."""
    people = [member for member in facts.members if member.is_natural and not member.foreign]
    if not people:
        return not_applicable(_("No Vietnamese person is a member."))
    wrong = [member for member in people if member.id_faults]
    without = [member for member in people if member.id_faults is None]
    questions = [_("The number of %(name)s is not entered yet.") % {"name": member.name} for member in without]
    return judged(
        [_sentence(member) for member in wrong],
        questions,
        _("All personal identification numbers fit."),
        members=ids([member.id for member in wrong]),
        without_number=ids([member.id for member in without]),
    )


def _sentence(member: MemberFact) -> str:
    words = {
        "length": _("does not have 12 digits"),
        "province": _("begins with the code of no province"),
        "sex": _("does not fit the sex"),
        "year": _("does not fit the year of birth"),
    }
    told = ", ".join(words[fault] for fault in member.id_faults or ())
    return _("The number of %(name)s %(faults)s.") % {"name": member.name, "faults": told}
