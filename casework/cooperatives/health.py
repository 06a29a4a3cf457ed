"""The health sheet of a cooperative: what is known of it now, how old that is, and what to look after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.cooperatives.entry import partial_day
from casework.cooperatives.models import Cooperative, Fact
from casework.cooperatives.trend import span_of
from casework.facts import dong, grouped
from casework.linkage.models import CreditApplication, MarketLink
from casework.months import add_months
from casework.organisations.standing import Standing
from casework.programme.indicators.measures_people import person_key
from casework.programme.support.models import Support
from casework.programme.trainings.models import Trainee, Training
from casework.rules.models import LegalParameter, in_force

# How long before its end a certificate is spoken of, and how old a figure may be: practice, not law.
SOON_MONTHS = 6
OLD_MONTHS = 12

I = Fact.Indicator  # noqa: E741
# The column of a roster that says the same as an indicator, without a day.
_ROSTER: dict[str, str] = {
    I.MEMBERS: "members",
    I.WOMEN_MEMBERS: "women",
    I.MINORITY_MEMBERS: "ethnic_minority",
    I.WOMEN_WORKERS: "women_jobs",
    I.CAPITAL: "capital",
    I.LOAN: "loan",
    I.OCOP_STARS: "ocop_stars",
}
_PEOPLE = (I.MEMBERS, I.WOMEN_MEMBERS, I.MINORITY_MEMBERS, I.WORKERS, I.WOMEN_WORKERS)
_MONEY = (I.CAPITAL, I.REVENUE, I.INCOME, I.LOAN)
_MARKET = (I.OCOP_STARS, I.TRACEABLE, I.GROWING_AREAS, I.PLATFORMS, I.CONTRACTS)
_CERTIFICATES = (MarketLink.Kind.OCOP, MarketLink.Kind.STANDARD)
_OVER = (MarketLink.State.ENDED, MarketLink.State.NOTHING)


@dataclass(frozen=True)
class Line:
    """One figure: its value ("" where nobody knows it), its day, how old that is ("" while it is fresh), its source."""

    label: str
    value: str = ""
    as_of: str = ""
    age: str = ""
    source: str = ""


@dataclass(frozen=True)
class Link:
    """A verified market link: what it is, until when, and whether it is in force today."""

    kind: str
    partner: str
    detail: str
    until: date | None
    in_force: bool
    case_code: str


@dataclass(frozen=True)
class Given:
    """What the programme gave, as far as the person may see it: how often, the last day, more in words."""

    label: str
    number: int
    last: date | None
    more: str = ""


def facts_of(entry: Cooperative) -> list[Fact]:
    """Every figure that counts, newest first; of one day the one written down last first. One query."""
    return list(Fact.objects.filter(cooperative=entry, withdrawn_at=None).order_by("-as_of", "-pk"))


def groups_of(entry: Cooperative, facts: Sequence[Fact], today: date) -> list[tuple[str, list[Line]]]:
    """People, money and market, each figure with its age. No query."""
    newest = newest_of(facts)
    people, money, market = ([_line(entry, newest, name, today) for name in names] for names in _GROUPS)
    people.insert(2, _share(entry, facts, today))
    return [(_("People"), people), (_("Money"), money), (_("Products and market"), market)]


_GROUPS = (_PEOPLE, _MONEY, _MARKET)


def newest_of(facts: Sequence[Fact]) -> dict[str, Fact]:
    """The newest figure of each indicator."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.indicator, fact)
    return found


def _line(entry: Cooperative, newest: dict[str, Fact], name: str, today: date) -> Line:
    label, fact = str(I(name).label), newest.get(name)
    if fact is not None:
        return Line(label, _value(name, fact.value), partial_day(fact.as_of), age_of(fact.as_of, today), fact.source)
    undated = getattr(entry, _ROSTER[name]) if name in _ROSTER else None
    if undated is None:
        return Line(label)
    return Line(label, _value(name, undated), "", _("day not known"), entry.source)


def _value(name: str, value: int) -> str:
    return dong(value) if name in Fact.MONEY else grouped(value)


def _share(entry: Cooperative, facts: Sequence[Fact], today: date) -> Line:
    """The share of women, of the newest day for which one source told both numbers."""
    label = _("Share of women")
    women = {(f.as_of, f.source): f.value for f in facts if f.indicator == I.WOMEN_MEMBERS}
    for fact in facts:
        told = women.get((fact.as_of, fact.source))
        if fact.indicator == I.MEMBERS and fact.value and told is not None:
            day, age = partial_day(fact.as_of), age_of(fact.as_of, today)
            return Line(label, percent(told, fact.value), day, age, fact.source)
    if entry.members and entry.women is not None:
        return Line(label, percent(entry.women, entry.members), "", _("day not known"), entry.source)
    return Line(label)


def percent(part: int, whole: int) -> str:
    """A share without decimals; `whole` is not 0."""
    return f"{round(100 * part / whole)} %"


def age_of(as_of: str, today: date) -> str:
    """How old a figure is, counted from the last day that it may mean; "" within a year."""
    months = months_since(as_of, today)
    if months is None or months < OLD_MONTHS:
        return ""
    if months < 24:
        return ngettext("%(n)s month old", "%(n)s months old", months) % {"n": months}
    return ngettext("%(n)s year old", "%(n)s years old", months // 12) % {"n": months // 12}


def months_since(as_of: str, today: date) -> int | None:
    """Whole months since a partial day; None for what is no day."""
    try:
        _first, last = span_of(as_of)
    except ValueError:
        return None
    months = (today.year - last.year) * 12 + today.month - last.month
    return months - (add_months(last, months) > today) if months > 0 else 0


def links_of(entry: Cooperative, standing: Standing, today: date) -> list[Link]:
    """The verified links of its cases that the person may open, those in force first. One query."""
    rows = (
        MarketLink.objects.visible_to(standing)
        .filter(
            case__cooperative=entry,
            result=MarketLink.Result.LINKED,
            verified_at__isnull=False,
            withdrawn_at=None,
        )
        .select_related("case")
    )
    return sorted((_link(row, today) for row in rows.order_by("-linked_on", "pk")), key=lambda link: not link.in_force)


def in_force_on(row: MarketLink, today: date) -> bool:
    """Neither over by its day nor ended by what was seen later."""
    return row.state not in _OVER and (row.valid_until is None or row.valid_until >= today)


def _link(row: MarketLink, today: date) -> Link:
    stars = ngettext("%(n)s star", "%(n)s stars", row.stars) % {"n": row.stars} if row.stars else ""
    detail = ", ".join(filter(None, (row.product, stars, row.number)))
    kind = str(row.get_kind_display())
    return Link(kind, row.partner, detail, row.valid_until, in_force_on(row, today), row.case.code)


def credit_of(entry: Cooperative, standing: Standing) -> CreditApplication | None:
    """The newest application of its cases that the person may open. One query."""
    rows = CreditApplication.objects.visible_to(standing).filter(case__cooperative=entry)
    return rows.select_related("lender", "case").order_by("-pk").first()


def given_to(entry: Cooperative, standing: Standing) -> list[Given]:
    """Trainings with how many people came, each once, and support, as far as the person may see them. Two queries."""
    trainees = Trainee.objects.filter(
        cooperative=entry, withdrawn_at=None, training__in=Training.objects.visible_to(standing).counted()
    ).aggregate(
        n=Count("training", distinct=True),
        people=Count(person_key(), distinct=True),
        last=Max("training__last_day"),
    )
    support: QuerySet[Any] = Support.objects.visible_to(standing).counted().filter(cooperative=entry)
    given = support.aggregate(n=Count("pk"), amount=Sum("amount"), last=Max("given_on"))
    people = ngettext("%(n)s participant", "%(n)s participants", trainees["people"]) % {"n": trainees["people"]}
    return [
        Given(_("Trainings"), trainees["n"], trainees["last"], people if trainees["n"] else ""),
        Given(_("Support"), given["n"], given["last"], dong(given["amount"]) if given["amount"] else ""),
    ]


def warnings_of(entry: Cooperative, facts: Sequence[Fact], standing: Standing, today: date) -> list[str]:
    """What to look after: too few members, certificates and contracts that end, figures nobody renewed. Two queries."""
    found = [_too_few_members(entry, facts, today), *_ending(entry, standing, today), _old_figures(facts, today)]
    return [sentence for sentence in found if sentence]


def _too_few_members(entry: Cooperative, facts: Sequence[Fact], today: date) -> str:
    """Fewer than the legal form must have (LHTX Article 4). One query."""
    fact = newest_of(facts).get(I.MEMBERS)
    members = fact.value if fact else entry.members
    rows = LegalParameter.objects.filter(in_force(today), name=f"members_at_least_{entry.legal_form.lower()}")
    least = rows.order_by("-valid_from").values_list("value", flat=True).first()
    if members is None or least is None or members >= least:
        return ""
    words = {"members": grouped(members), "least": grouped(least), "form": entry.get_legal_form_display().lower()}
    return _("%(members)s members are fewer than the %(least)s that a %(form)s must have by law.") % words


def _old_figures(facts: Sequence[Fact], today: date) -> str:
    ages = [age for fact in facts if (age := months_since(fact.as_of, today)) is not None]
    if not ages:
        return _("Nobody has written down a dated figure yet.")
    if min(ages) < OLD_MONTHS:
        return ""
    months = min(ages)
    text = ngettext(
        "The newest figure is %(n)s month old. Ask the cooperative for new ones.",
        "The newest figure is %(n)s months old. Ask the cooperative for new ones.",
        months,
    )
    return text % {"n": months}


def _ending(entry: Cooperative, standing: Standing, today: date) -> list[str]:
    """Verified certificates that ended or end soon, and contracts that ended, in the cases that she may open.

    One query.
    """
    rows = MarketLink.objects.visible_to(standing).filter(
        case__cooperative=entry,
        result=MarketLink.Result.LINKED,
        verified_at__isnull=False,
        withdrawn_at=None,
        kind__in=(MarketLink.Kind.CONTRACT, *_CERTIFICATES),
    )
    return [_end_of(row, today) for row in rows.order_by("valid_until", "pk")]


def _end_of(row: MarketLink, today: date) -> str:
    """The sentence about one; "" while nothing presses."""
    end = row.valid_until if row.valid_until and row.valid_until < today else row.state_on or row.valid_until
    words = {
        "kind": row.get_kind_display(),
        "what": row.product or row.partner,
        "day": f"{end:%d/%m/%Y}" if end else "",
    }
    if not in_force_on(row, today):
        return _("%(kind)s, %(what)s: ended on %(day)s.") % words
    if row.kind in _CERTIFICATES and row.valid_until and row.valid_until <= add_months(today, SOON_MONTHS):
        words["day"] = f"{row.valid_until:%d/%m/%Y}"
        return _("%(kind)s, %(what)s: ends on %(day)s. Begin to renew it now.") % words
    return ""
