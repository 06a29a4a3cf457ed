"""Everything that papers say about a case, as plain data. Each figure on any paper comes from here.

Papers are Vietnamese whatever the language of the page.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from casework.cases.models import Case
from casework.cases.stages import LegalForm
from casework.documents.papers.plan_context import plan_of
from casework.documents.papers.strengthening_context import conversion_of, strengthening_of
from casework.filings.models import Filing
from casework.linkage.models import CreditApplication, FollowUp
from casework.organisations.models import AdministrativeUnit
from casework.people.capital import CapitalRow
from casework.people.models import ContributedAsset, Member, Office, Person
from casework.people.queries import capital_table, officers_of
from casework.plans.charter import articles_of
from casework.plans.models import Attendance, Charter, Consultation, FoundingConference, NeedsSurvey

_FORMS = {
    LegalForm.HTX: "hợp tác xã",
    LegalForm.THT: "tổ hợp tác",
    LegalForm.LHHTX: "liên hiệp hợp tác xã",
}
_DECISIONS = {
    "charter": "Thông qua Điều lệ",
    "members": "Thông qua danh sách thành viên",
    "plan": "Thông qua phương án sản xuất kinh doanh",
    "elected": "Bầu các chức danh quản lý, kiểm soát",
    "filer": "Cử người được ủy quyền thực hiện thủ tục đăng ký",
}


def context_for(case: Case, on: date | None = None) -> dict[str, Any]:
    """The data of a case on a day (default: today), ready for every template. A fixed number of queries."""
    today = on or timezone.localdate()
    with override("vi"):
        charter, conference = Charter.latest_of(case), FoundingConference.latest_of(case)
        officers = officers_of(case, max(today, conference.held_on) if conference else today)
        return {
            "case": {"code": case.code, "trade": case.trade},
            "today": today.isoformat(),
            "place": case.area.name,
            "form": _FORMS.get(LegalForm(case.legal_form), _FORMS[LegalForm.HTX]),
            "organisations": _organisations(case),
            "coop": _cooperative(case, charter),
            **_people(case, officers),
            "charter": _charter(charter),
            "conference": _conference(case, conference),
            "plan": plan_of(case),
            "survey": _survey(case),
            "consultation": _consultation(case),
            "filing": _filing(case),
            "follow_ups": _follow_ups(case),
            "loan": _loan(case),
            "strengthening": strengthening_of(case),
            "conversion": conversion_of(case),
        }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _organisations(case: Case) -> dict[str, str]:
    return {
        "lead": case.lead_organisation.name,
        "alliance": case.reviewing_organisation.name,
        "registrar": _registrar(case),
        "province": str(case.area.parent or ""),
    }


def _registrar(case: Case) -> str:
    """The People's Committee of the commune of the head office (Decree 125/2025/NĐ-CP); with room where it is open."""
    if case.area.level != AdministrativeUnit.Level.COMMUNE:
        return "Ủy ban nhân dân xã (phường, đặc khu) …"
    return f"Ủy ban nhân dân {case.area.get_type_display()} {case.area.name}"


def _cooperative(case: Case, charter: Charter | None) -> dict[str, Any] | None:
    if charter is None:
        return None
    full = charter.governance == Charter.Governance.FULL
    return {
        "name": charter.cooperative_name,
        "seat": charter.seat,
        "lines": charter.lines_of_business,
        "capital": charter.charter_capital,
        "least": charter.min_contribution,
        "governance": "quản trị đầy đủ" if full else "quản trị rút gọn",
        "representatives": charter.legal_representatives,
        "titles": charter.representative_titles,
        "women_interested": case.women_interested,
    }


def _people(case: Case, officers: list[Office]) -> dict[str, Any]:
    table = capital_table(case)
    assets: dict[int, list[ContributedAsset]] = {}
    for asset in ContributedAsset.objects.filter(case=case, withdrawn_on=None).order_by("pk"):
        assets.setdefault(asset.member_id, []).append(asset)
    contributing = [row for row in table.rows if row.member.kind != Member.Kind.ASSOC_NONCAPITAL]
    ordered = sorted(contributing, key=lambda row: row.member.kind != Member.Kind.OFFICIAL)
    totals = table.totals
    return {
        "members": [_member(n, row, assets.get(row.member.pk, [])) for n, row in enumerate(ordered, 1)],
        "totals": {
            "official": totals.of(Member.Kind.OFFICIAL).members,
            "women": totals.of(Member.Kind.OFFICIAL).women,
            "assoc_capital": totals.of(Member.Kind.ASSOC_CAPITAL).members,
            "assoc_noncapital": totals.of(Member.Kind.ASSOC_NONCAPITAL).members,
            "foreign": sum(_is_foreign(row.member) for row in contributing),
            "committed": totals.all.committed,
            "official_committed": totals.of(Member.Kind.OFFICIAL).committed,
            "assoc_committed": totals.of(Member.Kind.ASSOC_CAPITAL).committed,
            "paid": totals.all.paid,
        },
        "officers": [{"name": o.person.full_name, "title": str(o.get_title_display())} for o in officers],
        "representatives": _representatives(officers),
    }


def _is_foreign(member: Member) -> bool:
    return member.body_is_foreign or bool(member.person and member.person.nationality)


def _member(number: int, row: CapitalRow, assets: Iterable[ContributedAsset]) -> dict[str, Any]:
    member = row.member
    return {
        "no": number,
        "name": member.name,
        "representative": member.person.full_name if member.person and member.body_name else "",
        "kind": str(member.get_kind_display()),
        "committed": row.committed,
        "paid": row.paid,
        "cash": row.cash,
        "share": percent_text(row.share),
        "assets": "; ".join(asset.description for asset in assets),
        "joined": _iso(member.since),
        "paid_on": _iso(member.paid_on),
        "note": member.note,
        **_person(member.person),
    }


def percent_text(share: Fraction | None) -> str:
    """A share in percent with two places and a decimal comma, without the sign: `33,33`."""
    if share is None:
        return "…"
    units = (share * 10_000 + Fraction(1, 2)).__floor__()
    return f"{units // 100},{units % 100:02d}"


def _person(person: Person | None) -> dict[str, str]:
    if person is None:
        return dict.fromkeys(("sex", "birth", "nationality", "ethnic", "id_number", "address", "phone"), "")
    birth = _iso(person.birth_date) or str(person.birth_year or "")
    address = ", ".join(part for part in (person.address, str(person.area or "")) if part)
    return {
        "sex": str(person.get_sex_display()) if person.sex else "",
        "birth": birth,
        "nationality": person.nationality or "Việt Nam",
        "ethnic": person.ethnicity,
        "id_number": person.id_number,
        "address": address,
        "phone": person.phone.replace("+84", "0", 1),
    }


def _representatives(officers: list[Office]) -> list[dict[str, Any]]:
    """Who represents the cooperative by law: those marked so, else whoever leads it."""
    leading = (Office.Title.BOARD_CHAIR, Office.Title.DIRECTOR, Office.Title.REPRESENTATIVE)
    named = [o for o in officers if o.legal_representative] or [o for o in officers if o.title in leading][:1]
    return [
        {"no": n, "name": o.person.full_name, "title": str(o.get_title_display()), **_person(o.person)}
        for n, o in enumerate(named, 1)
    ]


def _charter(charter: Charter | None) -> dict[str, Any] | None:
    if charter is None:
        return None
    articles = [{"no": n, "title": a.title, "text": a.text} for n, a in enumerate(articles_of(charter), 1)]
    return {"version": charter.version, "articles": articles}


def _conference(case: Case, conference: FoundingConference | None) -> dict[str, Any] | None:
    if conference is None:
        return None
    return {
        "held_on": _iso(conference.held_on),
        "place": conference.place,
        "official": conference.official_members,
        "women": conference.women_members,
        "attended": conference.attended if conference.attended is not None else conference.official_members,
        "votes_for": conference.votes_for,
        "votes_against": conference.votes_against or 0,
        "capital": conference.charter_capital,
        "chair": conference.chair_name,
        "supervisor": conference.supervisor_name,
        "filer": conference.filer_name,
        "filer_person": _person(conference.filer),
        "number": conference.resolution_number,
        "minutes": conference.minutes,
        "decided": [_DECISIONS[code] for code in _DECISIONS if code in conference.decided],
        "present": _present(case, conference=conference),
    }


def _present(case: Case, **of: Any) -> list[dict[str, Any]]:
    rows = Attendance.objects.filter(case=case, **of).order_by("pk")
    return [{"no": n, "name": row.full_name, "role": row.role} for n, row in enumerate(rows, 1)]


def _survey(case: Case) -> dict[str, Any] | None:
    survey = NeedsSurvey.latest_of(case)
    if survey is None:
        return None
    return {
        "on": _iso(survey.surveyed_on),
        "by": str(survey.recorded_by),
        "contact": case.contact.full_name if case.contact else "",
        "women": survey.women_interested,
        "ethnic": survey.ethnic_minority_women,
        "trade": survey.trade,
        "needs": survey.needs,
        "capital": survey.expected_capital,
        "consent_on": _iso(survey.consent_on),
    }


def _consultation(case: Case) -> dict[str, Any] | None:
    held = Consultation.latest_of(case)
    if held is None:
        return None
    return {
        "on": _iso(held.held_on),
        "by": str(held.recorded_by),
        "place": held.place,
        "attendees": held.attendees,
        "women": held.women,
        "alliance": "Có dự" if held.alliance_attended else "Không dự",
        "conclusion": held.conclusion,
        "outcome": str(held.get_outcome_display()),
        "reasons": held.form_reasons,
        "present": _present(case, consultation=held),
    }


def _filing(case: Case) -> dict[str, Any] | None:
    filing = Filing.latest_of(case)
    if filing is None:
        return None
    authority = filing.authority
    return {
        "on": _iso(filing.filed_on),
        "receipt": filing.receipt_code,
        "authority": f"Ủy ban nhân dân {authority.get_type_display()} {authority.name}",
    }


def _follow_ups(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "months": visit.months,
            "on": _iso(visit.visited_on),
            "members": visit.members,
            "women": visit.women,
            "workers": visit.workers,
            "revenue": visit.revenue,
            "difficulties": visit.difficulties,
        }
        for visit in FollowUp.objects.filter(case=case).order_by("months")
    ]


def _loan(case: Case) -> dict[str, Any] | None:
    asked = CreditApplication.objects.filter(case=case, request="requested").select_related("lender").order_by("-pk")
    loan = asked.first()
    if loan is None:
        return None
    return {
        "lender": loan.lender.name if loan.lender else "",
        "purpose": loan.purpose,
        "amount": loan.amount,
        "months": loan.term_months,
        "own": loan.own_capital,
        "workers": loan.workers,
    }
