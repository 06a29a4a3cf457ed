"""The page of members, capital, offices and family ties: what it shows, in words, with as many queries for ten
members as for ten thousand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.cases.models import Case
from casework.cases.stages import LegalForm
from casework.facts import dong, grouped
from casework.organisations.standing import Standing
from casework.people import queries
from casework.people.capital import WITH_CAPITAL, Group, Totals, percent
from casework.people.checks import birth_words, day_words, number_warnings
from casework.people.models import Member, Office, founders_of
from casework.rules.models import parameter
from casework.sharing.querysets import working_organisations

MEMBERS_A_PAGE = 50
MOST_FORMER = 50


@dataclass(frozen=True)
class MemberLine:
    """One member as the list shows her. `person_id` is None for a body that has named nobody."""

    pk: int
    person_id: int | None
    name: str
    what: str
    kind: str
    committed: str
    paid: str
    share: str
    over: str
    assets: str
    phone: str
    id_number: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class KindLine:
    """The members of one kind in sum."""

    label: str
    members: str
    women: str
    committed: str
    paid: str
    share: str


@dataclass(frozen=True)
class OfficeLine:
    """An office with who holds or held it."""

    pk: int
    office: str
    name: str
    period: str
    remarks: str
    live: bool


def may(standing: Standing, case: Case, right: str) -> bool:
    """Whether a page offers what needs this right on the case; the act decides again. At most one query."""
    if right not in standing.permissions:
        return False
    return any(standing.seat_for(right, organisation) for organisation in working_organisations(case.pk))


def page_of(case: Case, number: str | None) -> Page:
    """A page of the list; the nearest one to a number that does not exist. Two queries."""
    return Paginator(queries.members_of(case), MEMBERS_A_PAGE).get_page(number)


def member_lines(case: Case, members: list[Member], totals: Totals) -> list[MemberLine]:
    """Members as lines of the list. Two queries."""
    assets = queries.assets_by_member(case, members)
    cap = member_cap(case)
    return [_line(member, totals, assets.get(member.pk, 0), cap) for member in members]


def member_cap(case: Case) -> int | None:
    """The largest share of one member in percent; a cooperative group has none (LHTX Article 74). One query."""
    if case.legal_form == LegalForm.THT:
        return None
    form = "lhhtx" if case.legal_form == LegalForm.LHHTX else "htx"
    return parameter(f"member_share_at_most_percent_{form}", timezone.localdate())


def _line(member: Member, totals: Totals, assets: int, cap: int | None) -> MemberLine:
    person, share = member.person, totals.share(member.committed)
    too_much = cap is not None and share is not None and member.kind == Member.Kind.OFFICIAL and share * 100 > cap
    return MemberLine(
        pk=member.pk,
        person_id=member.person_id,
        name=member.name,
        what=what_she_is(member),
        kind=member.get_kind_display(),
        committed=_amount(member),
        paid=grouped(member.paid) if member.kind in WITH_CAPITAL else "",
        share=percent(share),
        over=_("above the %(cap)s %% that one member may hold") % {"cap": cap} if too_much else "",
        assets=grouped(assets) if assets else "",
        phone=person.masked_phone if person else "",
        id_number=person.masked_id_number if person else "",
        remarks=tuple(number_warnings(person)) if person else (),
    )


def what_she_is(member: Member) -> str:
    """Year of birth and sex of a person; of a body what it is, and who stands for it."""
    person = member.person
    if member.nature == Member.Nature.PERSON:
        facts = [person.get_sex_display() if person else "", birth_words(person)]
        return " · ".join(fact for fact in facts if fact)
    representative = person.full_name if person else _("no representative named")
    return f"{member.get_nature_display()} · {representative}"


def _amount(member: Member) -> str:
    if member.kind not in WITH_CAPITAL:
        return ""
    return _("not yet known") if member.committed is None else grouped(member.committed)


def kind_lines(totals: Totals) -> list[KindLine]:
    """The kinds that occur, in the order of the law."""
    present = [kind for kind in Member.Kind if totals.of(kind).members]
    return [_kind_line(str(kind.label), totals.of(kind), totals) for kind in present]


def sum_line(totals: Totals) -> KindLine:
    """Everybody together."""
    return _kind_line(_("All members"), totals.all, totals)


def women_line(totals: Totals) -> str:
    """How much of the capital women hold."""
    everybody = totals.all
    if not everybody.committed:
        return ""
    return _("Women hold %(share)s of the capital committed (%(amount)s).") % {
        "share": percent(totals.share(everybody.women_committed)),
        "amount": dong(everybody.women_committed),
    }


def _kind_line(label: str, group: Group, totals: Totals) -> KindLine:
    return KindLine(
        label=label,
        members=grouped(group.members),
        women=grouped(group.women),
        committed=dong(group.committed),
        paid=dong(group.paid),
        share=percent(totals.share(group.committed)),
    )


def gaps_in_words(case: Case, *, has_officers: bool, declared: bool) -> list[str]:
    """What is still missing for papers and rules, each as a sentence. One query."""
    counts = queries.gaps_of(case)
    sentences = [words(n) % {"count": n} for name, words in _GAPS.items() if (n := counts[name])]
    if not has_officers:
        sentences.append(_("No office is filled yet."))
    elif not declared:
        sentences.append(_("The office holders have not declared their family ties yet."))
    return sentences


# ngettext by its own name, so that the sentences are found for translation.
_GAPS: dict[str, Callable[[int], str]] = {
    "capital": lambda n: ngettext(
        "The capital of %(count)s member is not yet known.", "The capital of %(count)s members is not yet known.", n
    ),
    "unpaid": lambda n: ngettext(
        "%(count)s member has paid nothing yet.", "%(count)s members have paid nothing yet.", n
    ),
    "representative": lambda n: ngettext(
        "%(count)s household or body has named no representative.",
        "%(count)s households or bodies have named no representative.",
        n,
    ),
    "sex": lambda n: ngettext("The sex of %(count)s person is missing.", "The sex of %(count)s persons is missing.", n),
    "birth": lambda n: ngettext(
        "The year of birth of %(count)s person is missing.", "The year of birth of %(count)s persons is missing.", n
    ),
    "birth_day": lambda n: ngettext(
        "Of %(count)s person only the year of birth is known.",
        "Of %(count)s persons only the year of birth is known.",
        n,
    ),
    "id_number": lambda n: ngettext(
        "The identification number of %(count)s person is missing.",
        "The identification numbers of %(count)s persons are missing.",
        n,
    ),
    "address": lambda n: ngettext(
        "The commune of %(count)s person is missing.", "The commune of %(count)s persons is missing.", n
    ),
    "valuation": lambda n: ngettext(
        "An asset of %(count)s member is not yet valued.", "Assets of %(count)s members are not yet valued.", n
    ),
}


def office_lines(offices: list[Office]) -> list[OfficeLine]:
    """Offices in words, those of today first."""
    return [
        OfficeLine(
            pk=office.pk,
            office=office.get_title_display(),
            name=office.person.full_name,
            period=_period(office),
            remarks=" · ".join(_office_remarks(office)),
            live=office.until is None,
        )
        for office in offices
    ]


def _period(office: Office) -> str:
    since, until = day_words(office.since), day_words(office.until)
    if not until:
        return _("since %(since)s") % {"since": since}
    return _("%(since)s to %(until)s") % {"since": since, "until": until}


def _office_remarks(office: Office) -> list[str]:
    marks = [
        (office.legal_representative, _("legal representative")),
        (office.hired, _("hired, not a member")),
        (bool(office.reason), office.reason),
    ]
    return [words for holds, words in marks if holds]


def founder_names(case: Case) -> list[str]:
    """Who stands on the list of founders, in the order of entry. One query."""
    return [founder.person.full_name for founder in founders_of(case)]
