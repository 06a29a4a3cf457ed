"""Reading the people of a case: members in the order of their given names, capital, offices, ties."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from casework.cases.models import Case
from casework.people.capital import WITH_CAPITAL, CapitalTable, Group, Totals, table_of
from casework.people.models import ContributedAsset, FamilyTie, Member, Office, Person, TiesDeclaration
from casework.vietnamese import VnKey

_WOMAN = Q(nature=Member.Nature.PERSON, person__sex=Person.Sex.FEMALE)


def living(on: date) -> Q:
    """The condition that a row with `since` and `until` holds on a day: from the first day to before the last."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def members_of(case: Case, on: date | None = None) -> QuerySet[Member]:
    """The members now, or on a day, with their persons: persons by given name, then households and bodies."""
    members = Member.objects.filter(Q(until=None) if on is None else living(on), case=case)
    return in_list_order(members.select_related("person__area"))


def former_members_of(case: Case) -> QuerySet[Member]:
    """Who has left, the last to leave first."""
    return Member.objects.filter(case=case).exclude(until=None).select_related("person").order_by("-until", "-pk")


def in_list_order(members: QuerySet[Member]) -> QuerySet[Member]:
    """As lists of Vietnamese are ordered: by given name, then by the whole name."""
    names = ("body_name", "person__given_name", "person__full_name")
    return members.order_by(*(VnKey(name) for name in names), "pk")


def capital_table(case: Case, on: date | None = None) -> CapitalTable:
    """Every member with her exact share, and the totals. Two queries."""
    members = list(members_of(case, on))
    return table_of(members, assets_by_member(case, members))


def assets_by_member(case: Case, members: Iterable[Member]) -> dict[int, int]:
    """The value of the assets of these members, in đồng, by member. One query."""
    rows = ContributedAsset.objects.filter(case=case, member__in=[m.pk for m in members], withdrawn_on=None)
    return {row["member"]: row["sum"] for row in rows.values("member").annotate(sum=Sum("amount")).order_by()}


def totals_of(case: Case) -> Totals:
    """The totals alone, counted by the database: one query, for five members and for ten thousand."""
    unknown = Q(committed=None, kind__in=WITH_CAPITAL)
    rows = (
        Member.objects.filter(case=case, until=None)
        .values("kind")
        .annotate(
            members=Count("pk"),
            women=Count("pk", filter=_WOMAN),
            sum_committed=Sum("committed", default=0),
            women_committed=Sum("committed", filter=_WOMAN, default=0),
            sum_paid=Sum("paid", default=0),
            unknown=Count("pk", filter=unknown),
        )
        .order_by()
    )
    return Totals({row["kind"]: _group(row) for row in rows})


def _group(row: Any) -> Group:
    return Group(
        members=row["members"],
        women=row["women"],
        committed=int(row["sum_committed"]),
        women_committed=int(row["women_committed"]),
        paid=int(row["sum_paid"]),
        unknown=row["unknown"],
    )


def officers_of(case: Case, on: date | None = None) -> list[Office]:
    """Who holds an office on a day (default: today), in the order of the offices. One query.

    Who leaves on a day holds it no more on that day; her successor does.
    """
    offices = Office.objects.filter(living(on or timezone.localdate()), case=case).select_related("person")
    return sorted(offices, key=rank)


def all_offices_of(case: Case) -> list[Office]:
    """Every office that was ever held, those held now first. One query."""
    offices = Office.objects.filter(case=case).select_related("person").order_by("-since", "pk")
    return sorted(offices, key=lambda office: (office.until is not None, rank(office)))


def rank(office: Office) -> int:
    """The place of an office from the chair to the treasurer."""
    return list(Office.Title.values).index(office.title)


def ties_of(case: Case) -> list[FamilyTie]:
    """The family ties that hold, as they were declared. One query."""
    ties = FamilyTie.objects.filter(case=case, withdrawn_on=None).select_related("person_a", "person_b")
    return list(ties.order_by("pk"))


def last_declaration(case: Case) -> TiesDeclaration | None:
    """When the office holders last declared their family ties; None before they did. One query."""
    return TiesDeclaration.objects.filter(case=case).order_by("-declared_on", "-pk").first()


def gaps_of(case: Case) -> dict[str, int]:
    """How many members lack what papers and rules will ask for, by kind of gap. One query."""
    contributor = Q(kind__in=WITH_CAPITAL)
    unvalued = ContributedAsset.objects.filter(member=OuterRef("pk"), withdrawn_on=None, valuation="")
    counted = {
        "capital": Q(committed=None) & contributor,
        "unpaid": Q(committed__gt=0, paid=0) & contributor,
        "sex": Q(person__sex=""),
        "birth": Q(person__birth_year=None, person__isnull=False),
        "birth_day": Q(person__birth_date=None, person__birth_year__isnull=False),
        "id_number": Q(person__id_number=""),
        "address": Q(person__area=None, person__isnull=False),
        "representative": Q(person=None),
        "valuation": Exists(unvalued),
    }
    members = Member.objects.filter(case=case, until=None)
    return members.aggregate(**{name: Count("pk", filter=Q(condition)) for name, condition in counted.items()})
