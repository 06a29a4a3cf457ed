"""A cooperative group asks to become a cooperative: whether the law lets it (LHTX Article 108, rule R14)."""

from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.acts import Unit
from casework.answer_fields import OneOf
from casework.cases.models import Case
from casework.cases.stages import LegalForm, Outcome, Stage
from casework.cooperatives.models import FormPeriod
from casework.fields import LongText, TextLine, VietnameseDate, WholeNumber
from casework.months import add_months
from casework.organisations.roles import Role
from casework.rules.models import NoParameter, parameter
from casework.steps import StepForm, lead_organisation, step
from casework.strengthening.models import ConversionCheck

_WHOLE_DAY = 10  # characters of a day that is known to the day


class CheckConversionForm(StepForm):
    """The group's certificate, and the meeting at which its members agreed."""

    outcome = OneOf(label=_("What follows"), choices=ConversionCheck.Outcome.choices)
    group_code = TextLine(label=_("Number of the group's certificate"), max_length=60, required=False)
    group_since = VietnameseDate(label=_("Day of the group's certificate"), required=False)
    met_on = VietnameseDate(label=_("Day of the members' meeting"), required=False)
    minutes = TextLine(label=_("Number of its minutes"), max_length=60, required=False)
    members = WholeNumber(label=_("Members of the group"), required=False, least=1)
    agreed = WholeNumber(label=_("Members who agreed"), required=False)
    reason = LongText(
        label=_("Why does it stay a group?"),
        required=False,
        error_messages={"required": _("Write why it stays a group.")},
    )

    when = {
        **dict.fromkeys(
            ("group_code", "group_since", "met_on", "minutes", "members", "agreed"), ("outcome", ("convert",))
        ),
        "reason": ("outcome", ("stop",)),
    }
    required_then = frozenset(when)

    @classmethod
    def initial_for(cls, case: Case) -> dict[str, Any]:
        """What the register knows of the group."""
        form = FormPeriod.objects.filter(
            cooperative=case.cooperative_id, legal_form=LegalForm.THT, withdrawn_at=None
        ).last()
        since = form.since if form and len(form.since) == _WHOLE_DAY else None
        return {
            "group_code": case.cooperative.registration_code if case.cooperative else "",
            "group_since": f"{since[8:]}/{since[5:7]}/{since[:4]}" if since else None,
            "members": case.cooperative.members if case.cooperative else None,
        }

    def clean(self) -> dict[str, Any]:
        """Long enough a group, and nobody against it."""
        cleaned = super().clean()
        if cleaned.get("outcome") != ConversionCheck.Outcome.CONVERT or self.errors:
            return cleaned
        faults = faults_of(cleaned["group_since"], cleaned["met_on"], cleaned["members"], cleaned["agreed"])
        for name, fault in faults.items():
            self.add_error(name, fault)
        return cleaned


def faults_of(group_since: Any, met_on: Any, members: int, agreed: int) -> dict[str, str]:
    """What keeps a group from becoming a cooperative, by field; nothing when the law lets it (LHTX Article 108).

    It has worked without a break for so many months since its certificate, counted to the day of the meeting,
    and so large a part of its members agrees; both are dated numbers. Before they begin, no law lets it. Two queries.
    """
    try:
        months, percent = parameter("conversion_group_months", met_on), parameter("conversion_consent_percent", met_on)
    except NoParameter:
        return {"met_on": _g("On this day no law let a group become a cooperative yet. Let the members meet again.")}
    faults = {}
    if add_months(group_since, months) > met_on:
        faults["met_on"] = _g(
            "A group becomes a cooperative at the earliest %(months)s months after its certificate, here on %(day)s "
            "(Law on Cooperatives 17/2023/QH15, Article 108). Hold the meeting then."
        ) % {"months": months, "day": f"{add_months(group_since, months):%d/%m/%Y}"}
    if agreed > members:
        faults["agreed"] = _g("This is more than all members.")
    elif agreed * 100 < percent * members:
        faults["agreed"] = _g(
            "It takes the consent of %(percent)s %% of the members, here %(needed)s of %(members)s "
            "(Law on Cooperatives 17/2023/QH15, Article 108)."
        ) % {"percent": percent, "needed": -(-percent * members // 100), "members": members}
    return faults


@step(
    form_class=CheckConversionForm,
    stage=Stage.CONSULTATION,
    role=Role.ADVISOR,
    organisation=lead_organisation,
    title=_("Check the conversion"),
    instruction=_("Enter the group's certificate and the meeting at which its members agreed."),
    why=_("The registrar refuses a group that is too young or not of one mind; better to know it before the papers."),
    basis=_("Law on Cooperatives 17/2023/QH15, Articles 107–109"),
    outcomes={"convert": _("Becomes a cooperative"), "stop": _("Stays a group")},
)
def check_conversion(unit: Unit, *, outcome: str, reason: str | None = None, **answers: Any) -> str:
    """Store the check. A group that stays one closes the case."""
    case, unit.reason = unit.case, reason or ""
    told = {name: value for name, value in answers.items() if value not in (None, "")}
    unit.add(ConversionCheck(case=case, recorded_by=unit.by, outcome=outcome, reason=reason or "", **told))
    if outcome == ConversionCheck.Outcome.STOP:
        with unit.changing(case):
            case.close(Outcome.STOPPED, reason or "")
    return outcome
