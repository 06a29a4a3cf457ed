"""When a cooperative was looked at last, and which of them the programme helps: columns for lists and for one entry."""

from datetime import date
from typing import Any

from django.db.models import Count, DateField, Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casework.cases.models import Case
from casework.cases.stages import LegalForm, Outcome, Status
from casework.cooperatives.models import Cooperative, StatePeriod
from casework.filings.models import FilingResult
from casework.linkage.models import FollowUp
from casework.people.models import Office, Person
from casework.people.queries import living
from casework.rules.women_led import policy_on
from casework.strengthening.models import OperationsReview, ReviewPostponed

# A linked group has no rules to review it by; of an entry whose form nobody knows, nobody knows what it is.
REVIEWED_FORMS = (LegalForm.HTX, LegalForm.THT, LegalForm.LHHTX)
# Each looks at the cooperative as a whole: a review, a visit after linking, the certificate of its founding.
_LOOKS: tuple[tuple[Any, str], ...] = (
    (OperationsReview, "reviewed_on"),
    (FollowUp, "visited_on"),
    (FilingResult, "issued_on"),
)


def with_last_review(entries: QuerySet[Cooperative]) -> QuerySet[Any]:
    """Adds `last_review`: the day of the last look at it, None where there was none."""
    newest = [_newest(model, day) for model, day in _LOOKS]
    return entries.annotate(last_review=Func(*newest, function="GREATEST", output_field=DateField()))


def _newest(model: Any, day: str) -> Subquery:
    looks = model.objects.filter(case__cooperative=OuterRef("pk")).order_by().values("case__cooperative")
    return Subquery(looks.annotate(newest=Max(day)).values("newest"))


def seen_since(day: date) -> Q:
    """The condition that an entry was looked at on that day or later."""
    seen = Q()
    for model, name in _LOOKS:
        looks = model.objects.filter(case__cooperative__isnull=False, **{f"{name}__gte": day})
        seen |= Q(pk__in=looks.values("case__cooperative"))
    return seen


def at_work(entries: QuerySet[Cooperative]) -> Any:
    """Cooperatives, groups and unions that are neither suspended, dissolved nor merged into another entry."""
    stopped = StatePeriod.objects.filter(until="", withdrawn_at=None).exclude(state=StatePeriod.State.ACTIVE)
    return entries.filter(merged_into=None, legal_form__in=REVIEWED_FORMS).exclude(pk__in=stopped.values("cooperative"))


def helped_before() -> Q:
    """The condition that a case of ours about the entry came to its good end."""
    done = Case.objects.filter(status=Status.CLOSED, outcome=Outcome.COMPLETED, cooperative__isnull=False)
    return Q(pk__in=done.values("cooperative"))


def women_led_on(day: date) -> Q:
    """The condition that enough women hold the offices that count, by the policy of the day. One query for it."""
    policy = policy_on(day)
    if policy is None:
        return Q(pk__in=[])
    women = Office.objects.filter(
        living(day), title__in=policy.offices, person__sex=Person.Sex.FEMALE, case__cooperative__isnull=False
    )
    enough = women.order_by().values("case__cooperative").annotate(women=Count("person", distinct=True))
    return Q(pk__in=enough.filter(women__gte=policy.at_least).values("case__cooperative"))


def asks_for_support() -> Q:
    """The condition that it asked to be strengthened when it was visited last, and nobody reviewed it since."""
    later = OperationsReview.objects.filter(
        case__cooperative=OuterRef("case__cooperative"), reviewed_on__gte=OuterRef("visited_on")
    )
    newer = FollowUp.objects.filter(
        case__cooperative=OuterRef("case__cooperative"), visited_on__gt=OuterRef("visited_on")
    )
    asked = FollowUp.objects.filter(
        ~Exists(later), ~Exists(newer), wants_strengthening=True, case__cooperative__isnull=False
    )
    return Q(pk__in=asked.values("case__cooperative"))


def postponed_beyond(day: date) -> QuerySet[ReviewPostponed]:
    """The postponements that still hold on a day."""
    return ReviewPostponed.objects.filter(withdrawn_at=None, until__gt=day)


def busy() -> Q:
    """The condition that a case about the entry is open, whatever its kind."""
    return Q(pk__in=Case.objects.open().filter(cooperative__isnull=False).values("cooperative"))


def with_leader(entries: QuerySet[Any], organisations: QuerySet[Any]) -> Any:
    """Adds `leader_id` and `leader`: the Women's Union of the commune, else of the province; None where neither is.

    `organisations` are those that live on the day.
    """
    unions = organisations.filter(kind="womens_union")
    of_commune = unions.filter(level="commune", area=OuterRef("commune")).order_by("pk")
    of_province = unions.filter(level="province", area=OuterRef("province")).order_by("pk")

    def column(name: str) -> Coalesce:
        return Coalesce(Subquery(of_commune.values(name)[:1]), Subquery(of_province.values(name)[:1]))

    return entries.annotate(leader_id=column("pk"), leader=column("name"))


def oldest_first() -> list[Any]:
    """Never looked at first, then the longest ago."""
    return [F("last_review").asc(nulls_first=True), "pk"]
