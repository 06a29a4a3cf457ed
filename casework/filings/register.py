"""From the certificate to the register: the cooperative that outlives its case."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.cases.stages import Kind
from casework.cooperatives.acts import begin_period, note_alias, note_figures
from casework.cooperatives.models import Alias, Cooperative, Fact, FormPeriod, SeatPeriod
from casework.filings.models import Filing
from casework.plans.models import BusinessPlan, Charter, FoundingConference
from casework.strengthening.models import ConversionCheck


class CodeTaken(ValueError):
    """Another cooperative has this registration code. The message is written for a person."""


def entry_for(case: Any, code: str) -> Cooperative | None:
    """The entry of the register that a certificate with this code belongs to; None if it is a new one.

    An entry that came from a roster and that no case is about yet is taken up. Raises CodeTaken.
    """
    known = Cooperative.objects.filter(registration_code=code).first() if code else None
    if known is None or known.pk == case.cooperative_id:
        return case.cooperative
    if case.cooperative_id is None and not known.cases.exists():
        return known
    raise CodeTaken(_("%(name)s is already registered with this code.") % {"name": known.name})


def enter(unit: Unit, filing: Filing, code: str, issued_on: Any) -> Cooperative:
    """Create or update the entry from what the case knows. Raises ActionNotPossible when the code is taken."""
    values = _told(unit.case, filing, code, issued_on)
    try:
        known = entry_for(unit.case, code)
        if known and unit.case.kind == Kind.CONVERSION:
            # The same cooperative under a new form: since when it works, and what it was called, stay.
            values.pop("founded")
            _remember_group(unit, known)
            if known.name != values["name"]:
                note_alias(unit, known, known.name, Alias.Kind.EARLIER, values["source"], until=issued_on.isoformat())
        with transaction.atomic():
            entry = unit.change(known, **values) if known else unit.add(Cooperative(**values))
    except CodeTaken as error:
        raise ActionNotPossible(str(error), "registration_code") from error
    except IntegrityError as error:
        # Two cases received the same code at the same moment.
        raise ActionNotPossible(
            _("Another cooperative is already registered with this code."), "registration_code"
        ) from error
    _write_down(unit, entry, filing, issued_on.isoformat())
    return entry


def _remember_group(unit: Unit, entry: Cooperative) -> None:
    """That it was a group, for an entry whose form over time nobody wrote down yet (those of a roster)."""
    if FormPeriod.objects.filter(cooperative=entry, withdrawn_at=None).exists():
        return
    checked = ConversionCheck.latest_of(unit.case)
    since = checked.group_since.isoformat() if checked and checked.group_since else ""
    number = checked.group_code if checked else ""
    form = {"legal_form": entry.legal_form, "registration_code": entry.registration_code}
    source = f"Giấy chứng nhận đăng ký tổ hợp tác {number} ({unit.case.code})"
    begin_period(unit, entry, FormPeriod, since, source, **form)


def _write_down(unit: Unit, entry: Cooperative, filing: Filing, day: str) -> None:
    """The dated rows beside the entry: form, seat and figures on the day of the certificate."""
    charter = Charter.latest_of(unit.case)
    form = {"legal_form": entry.legal_form, "registration_code": entry.registration_code}
    begin_period(unit, entry, FormPeriod, day, entry.source, **form)
    begin_period(
        unit,
        entry,
        SeatPeriod,
        day,
        entry.source,
        commune=filing.authority,
        address=charter.seat if charter else str(filing.authority),
    )
    figures: dict[str, int | None] = {
        Fact.Indicator.MEMBERS: entry.members,
        Fact.Indicator.WOMEN_MEMBERS: entry.women,
        Fact.Indicator.CAPITAL: entry.capital,
    }
    note_figures(unit, entry, figures, day, entry.source)


def _told(case: Any, filing: Filing, code: str, issued_on: Any) -> dict[str, Any]:
    conference, charter = FoundingConference.latest_of(case), Charter.latest_of(case)
    plan = BusinessPlan.latest_of(case)
    values = {
        "name": charter.cooperative_name if charter else case.working_name,
        "legal_form": case.legal_form,
        "registration_code": code,
        "founded": issued_on.isoformat(),
        "province_id": filing.authority.parent_id,
        "commune_id": filing.authority_id,
        "source": f"Giấy chứng nhận đăng ký ({case.code})",
    }
    if plan:
        values["products"] = plan.products
    if conference:
        values |= {
            "members": conference.official_members,
            "women": conference.women_members,
            "capital": conference.charter_capital,
        }
    return values
