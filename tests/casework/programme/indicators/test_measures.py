"""Every measure against SQL that was written apart from it, on every edge of a period, for every kind of scope."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.programme.indicators.counting import count, indicators_of, line, splits
from casework.programme.indicators.measures import MEASURES
from casework.programme.indicators.models import Dimension, Indicator, ReportingPeriod
from casework.programme.indicators.rows import Scope
from tests.casework.programme.indicators.many import FIRST, LAST, cases, fill

pytestmark = pytest.mark.django_db
# Taken when the tests are collected: those of the reports add measures of their own.
SHIPPED = dict(MEASURES)
SCOPES = ("wu-kh", "wu-kh-a", "wu-kh-b", "wu-ld", "al-kh")

BELOW = "(SELECT id FROM casework_organisation WHERE %(o)s = ANY(lineage))"
OURS = f"lead_organisation_id IN {BELOW}"
OF_PARTNER = (
    f"id IN (SELECT case_id FROM casework_caseaccess WHERE organisation_id IN {BELOW}"
    " AND kind IN ('own', 'partner') AND revoked_at IS NULL)"
)
IN_PERIOD = "BETWEEN %(first)s AND %(last)s"
ENTRIES = (
    "(SELECT e.id FROM casework_cooperative e LEFT JOIN casework_administrativeunit u ON u.id = e.commune_id"
    " WHERE e.merged_into_id IS NULL"
    " AND (e.province_id = %(area)s OR u.parent_id = %(area)s OR e.commune_id = %(area)s))"
)
FULL = "rpad(as_of, 10, CASE length(as_of) WHEN 4 THEN '-01-01' ELSE '-01' END)"
NEWEST = f"""(SELECT cooperative_id, value,
   row_number() OVER (PARTITION BY cooperative_id ORDER BY as_of DESC, id DESC) n
   FROM casework_fact WHERE indicator = '{{0}}' AND withdrawn_at IS NULL AND cooperative_id IN {ENTRIES}
    AND {FULL}::date {{1}}) f"""
COURSES = (
    f"casework_training t WHERE t.withdrawn_at IS NULL AND t.organisation_id IN {BELOW} AND t.last_day {IN_PERIOD}"
)
PRESENT = f"casework_trainee p WHERE p.withdrawn_at IS NULL AND p.training_id IN (SELECT id FROM {COURSES})"
GIVEN = f"casework_support s WHERE s.withdrawn_at IS NULL AND s.organisation_id IN {BELOW} AND given_on {IN_PERIOD}"
HELD = f"casework_fair f WHERE f.withdrawn_at IS NULL AND f.organisation_id IN {BELOW} AND last_day {IN_PERIOD}"
TOLD = f"casework_outreach r WHERE r.withdrawn_at IS NULL AND r.organisation_id IN {BELOW} AND held_on {IN_PERIOD}"
WHO = (
    "coalesce(p.person_id::text, vn_fold(p.full_name) || '/' || coalesce(p.birth_year::text, '') || '/' ||"
    " coalesce(p.cooperative_id::text, vn_fold(p.body)))"
)
TRAINED = f"SELECT {WHO} FROM {PRESENT} AND p.sex = 'female' AND p.role = 'manager'"


def _at_work(*forms):
    wanted = ", ".join(f"'{form}'" for form in forms)
    return (
        f"SELECT count(*) FROM casework_cooperative c WHERE c.id IN {ENTRIES} AND legal_form IN ({wanted})"
        " AND NOT EXISTS (SELECT 1 FROM casework_stateperiod d WHERE d.cooperative_id = c.id AND d.state = 'dissolved'"
        " AND d.until = '' AND d.withdrawn_at IS NULL AND d.since <= %(last)s::text)"
    )


def _figure(indicator):
    return f"SELECT sum(value) FROM {NEWEST.format(indicator, IN_PERIOD)} WHERE n = 1"


def _of_cases(table, condition, what="count(*)"):
    cases = f"casework_{table} x JOIN casework_case c ON c.id = x.case_id"
    return f"SELECT {what} FROM {cases} WHERE {condition} AND c.{{ours}}"


def _day(column):
    return f"(x.{column} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date {IN_PERIOD}"


def _certificates(condition):
    return _of_cases("filingresult", f"x.outcome = 'certificate' AND issued_on {IN_PERIOD} AND {condition}",
                     "count(DISTINCT case_id)")  # fmt: skip


def _market(*kinds):
    wanted = ", ".join(f"'{kind}'" for kind in kinds)
    return _of_cases(
        "marketlink",
        f"result = 'linked' AND x.kind IN ({wanted}) AND verified_at IS NOT NULL AND withdrawn_at IS NULL"
        f" AND linked_on {IN_PERIOD}",
    )


WHOM = "coalesce(c.cooperative_id, -c.id)"
DECIDED = _day("decided_at")
SQL = {
    "founded": _certificates("c.kind = 'founding' AND c.legal_form = 'HTX'"),
    "founded_groups": _certificates("c.kind = 'founding' AND c.legal_form = 'THT'"),
    "converted": _certificates("c.kind = 'conversion'"),
    "consultations": _of_cases("consultation", f"held_on {IN_PERIOD}"),
    "consulted_women": _of_cases("consultation", f"held_on {IN_PERIOD}", "sum(women)"),
    "reviewed": _of_cases("operationsreview", f"reviewed_on {IN_PERIOD}", f"count(DISTINCT {WHOM})"),
    "strengthened": _of_cases(
        "strengtheningreview", f"decision = 'approve' AND {_day('recorded_at')}", f"count(DISTINCT {WHOM})"
    ),
    "credit_decided": _of_cases("creditapplication", f"decision NOT IN ('', 'withdrawn') AND {DECIDED}"),
    "credit_granted": _of_cases("creditapplication", f"decision IN ('full', 'partial') AND {DECIDED}"),
    "credit_cooperatives": _of_cases(
        "creditapplication", f"decision IN ('full', 'partial') AND {DECIDED}", f"count(DISTINCT {WHOM})"
    ),
    "credit_amount": _of_cases(
        "creditapplication", f"decision IN ('full', 'partial') AND {DECIDED}", "sum(granted_amount)"
    ),
    "credit_refused_amount": _of_cases("creditapplication", f"decision = 'refused' AND {DECIDED}", "sum(amount)"),
    "contracts": _market("contract"),
    "platforms": _market("platform"),
    "ocop": _market("ocop"),
    "brands": _market("brand", "traceability", "growing_area"),
    "standards": _market("standard"),
    "courses": f"SELECT count(*) FROM {COURSES}",
    "attendances": f"SELECT count(*) FROM {PRESENT}",
    "women_attendances": f"SELECT count(*) FROM {PRESENT} AND p.sex = 'female'",
    "women_managers_trained": f"SELECT count(DISTINCT who) FROM ({TRAINED}) x(who)",
    "outreach": f"SELECT count(*) FROM {TOLD}",
    "reached": f"SELECT sum(reached) FROM {TOLD}",
    "women_reached": f"SELECT sum(women) FROM {TOLD}",
    "cooperatives": _at_work("HTX", "LHHTX"),
    "groups": _at_work("THT"),
    "members": _figure("members"),
    "women_members": _figure("women_members"),
    "minority_members": _figure("minority_members"),
    "workers": _figure("workers"),
    "women_workers": _figure("women_workers"),
    "incomes": _figure("income"),
    "with_income": f"SELECT count(*) FROM {NEWEST.format('income', IN_PERIOD)} WHERE n = 1",
    "loans": _figure("loan"),
    "new_women_jobs": f"SELECT sum(greatest(0, f.value - b.value)) FROM {NEWEST.format('women_workers', IN_PERIOD)}"
    f" JOIN (SELECT * FROM {NEWEST.format('women_workers', '< %(first)s')} WHERE n = 1) b"
    " ON b.cooperative_id = f.cooperative_id WHERE f.n = 1",
    "supported": "SELECT count(DISTINCT coalesce((SELECT merged_into_id FROM casework_cooperative m"
    f" WHERE m.id = s.cooperative_id), s.cooperative_id)) FROM {GIVEN}",
    "support_value": f"SELECT sum(amount) FROM {GIVEN}",
    "fairs": f"SELECT count(*) FROM {HELD}",
    "fair_parts": "SELECT count(*) FROM casework_fairpart a WHERE withdrawn_at IS NULL"
    f" AND fair_id IN (SELECT id FROM {HELD})",
    "women_managers": f"SELECT count(DISTINCT who) FROM ({TRAINED} UNION SELECT person_id::text FROM casework_office o"
    " JOIN casework_person p ON p.id = o.person_id JOIN casework_case c ON c.id = o.case_id WHERE p.sex = 'female'"
    " AND o.since <= %(last)s AND (o.until IS NULL OR o.until > %(last)s) AND o.title = ANY(%(offices)s)"
    " AND c.{ours}) x(who)",
}  # fmt: skip


@pytest.fixture
def world_of_things(world):
    fill(world)
    cases(world)
    return world


def _asked(name, organisation, first, last):
    partner = organisation.kind in ("alliance", "programme_office")
    params = {
        "o": organisation.pk, "area": organisation.area_id, "first": first, "last": last,
        "offices": _offices(last),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SQL[name].replace("{ours}", OF_PARTNER if partner else OURS), params)
        return int(cursor.fetchone()[0] or 0)


def _offices(day):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT offices FROM casework_womenledpolicy WHERE valid_from <= %s"
            " AND (valid_until IS NULL OR valid_until >= %s) ORDER BY valid_from DESC LIMIT 1", [day, day],
        )  # fmt: skip
        return cursor.fetchone()[0]


def _now():
    today = timezone.localdate()
    return today - timedelta(days=400), today


def test_every_measure_is_that_of_sql(world_of_things):
    """In the full period of things on its edges, and in the last year, in which the cases moved."""
    assert set(SQL) == set(SHIPPED)
    seen = dict.fromkeys(SHIPPED, 0)
    for code, (first, last), name in product(SCOPES, [(FIRST, LAST), _now()], SHIPPED):
        organisation = world_of_things.organisation(code)
        counted = MEASURES[name].source(Scope(organisation, first, last)).total()
        assert counted == _asked(name, organisation, first, last), (name, code, first)
        seen[name] += counted
    never = {name for name, total in seen.items() if not total}
    # No case of the test was converted or refused; a linked one has one kind of link.
    assert never <= {"converted", "credit_refused_amount", "founded_groups", *MARKETS}
    assert len(never & MARKETS) < len(MARKETS) or not seen["contracts"]


MARKETS = {"contracts", "platforms", "ocop", "brands", "standards"}


def test_sum_parts_and_rows_agree(world_of_things):
    """One queryset for all three: what a number says, what it is split into, and what it lists."""
    for code, (first, last), (name, measure) in product(SCOPES, [(FIRST, LAST), _now()], SHIPPED.items()):
        source = measure.source(Scope(world_of_things.organisation(code), first, last))
        rows = source.rows()
        assert source.total() == sum(row.amount for row in rows), (name, code)
        assert source.count() == len(rows) == len({row.key for row in rows}), (name, code)
        assert source[1:3] == rows[1:3], (name, code)
        assert all(row.url for row in rows), name
        for part in ("commune", "sex", "minority", "legal_form", "organisation", "programmes"):
            assert sum(amount for _value, amount in source.sums(part)) == source.total(), (name, code, part)


def test_communes_and_the_province_itself_make_the_province(world_of_things):
    """What two communes and the province's own organisation did is what the province did: nothing twice."""
    for name in ("courses", "attendances", "outreach", "reached", "support_value", "fairs", "founded", "consultations"):
        of = {
            code: MEASURES[name].source(Scope(world_of_things.organisation(code), *_now())).total()
            for code in ("wu-kh", "wu-kh-a", "wu-kh-b")
        }
        assert of["wu-kh"] >= of["wu-kh-a"] + of["wu-kh-b"], name
        own = MEASURES[name].source(Scope(world_of_things.organisation("wu-kh"), *_now())).rows()
        below = {world_of_things.organisation(code).pk for code in ("wu-kh-a", "wu-kh-b")}
        assert sum(row.amount for row in own if row.organisation_id in below) == of["wu-kh-a"] + of["wu-kh-b"], name


def test_what_was_told_later_is_left_out(world_of_things):
    """Known until a moment before everything: nothing but the register itself."""
    long_ago = timezone.now() - timedelta(days=1)
    for name, measure in SHIPPED.items():
        scope = Scope(world_of_things.organisation("wu-kh"), FIRST, LAST, known_until=long_ago)
        if name not in ("cooperatives", "groups", "women_managers"):
            assert measure.source(scope).total() == 0, name


def test_what_was_withdrawn_later_counted_until_then(world_of_things):
    """A row that is withdrawn now counts in what was known before."""
    moment = timezone.now()
    organisation = world_of_things.organisation("wu-kh-a")
    from_then = Scope(organisation, FIRST, LAST, known_until=moment)
    before = MEASURES["outreach"].source(from_then).total()
    gone = MEASURES["outreach"].source(Scope(organisation, FIRST, LAST)).found.order_by("pk").first()
    gone.withdrawn_at = timezone.now()
    gone.save()
    assert MEASURES["outreach"].source(from_then).total() == before
    assert MEASURES["outreach"].source(Scope(organisation, FIRST, LAST)).total() == before - 1


def test_a_mark_knows_the_same_rows_and_every_other(world_of_things):
    """The mark by which a frozen report is compared changes with a row, with an amount, and with nothing else."""
    source = MEASURES["reached"].source(Scope(world_of_things.organisation("wu-kh"), FIRST, LAST))
    before = source.mark()
    assert source.mark() == before
    one, other = source.found.order_by("pk")[:2]
    one.title = "Đổi tên"
    one.save()
    assert source.mark() == before
    one.reached, other.reached = one.reached + 1, other.reached - 1
    one.save()
    other.save()
    assert source.mark() != before


def test_shares_of_parts_are_shares(world_of_things):
    """By commune a share is that of the commune; where there is nothing to divide by it has no value."""
    indicator = Indicator.objects.get(code="women-members-share")
    counted = count(indicator, Scope(world_of_things.organisation("wu-kh"), FIRST, LAST))
    parts = splits(counted, [Dimension.COMMUNE])[Dimension.COMMUNE]
    above, below = (dict(_by_commune(side)) for side in (counted.above, counted.below))
    assert len(parts) == len(below) > 1
    for part in parts:
        assert part.value == pytest.approx(above[part.label] * 100 / below[part.label], abs=0.005)


def _by_commune(source):
    for (commune,), amount in source.sums("commune"):
        yield commune, amount


def test_every_indicator_names_measures_that_there_are(db):
    for indicator in Indicator.objects.all():
        assert {indicator.numerator, indicator.denominator or indicator.numerator} <= set(MEASURES), indicator.code


def test_statements_do_not_grow_with_what_is_counted(world, django_assert_max_num_queries):
    """A total is one statement for a number, two for a share, with one row and with many."""
    period = ReportingPeriod.objects.get(kind="year", year=2024)
    scope = Scope(world.organisation("wu-kh"), FIRST, LAST)
    fill(world)
    for indicator in indicators_of(period):
        with django_assert_max_num_queries(3 if "women_managers" in indicator.denominator else 2):
            count(indicator, scope)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 400), st.integers(0, 400))
def test_expected_and_forecast_follow_the_period(value, target, whole, gone):
    """Expected grows from nothing to the target; a forecast is told from a tenth of the period on."""
    gone = min(gone, whole)
    passed = Decimal(gone) / whole
    indicator = Indicator(code="x", numerator="courses", unit="count")
    counted = type("Counted", (), {"indicator": indicator, "below": None, "value": Decimal(value)})()
    told = line(counted, Decimal(target), [], passed)
    assert 0 <= told.expected <= target
    assert (told.forecast is None) == (passed < Decimal("0.1"))
    assert told.forecast is None or told.forecast >= value
    assert (told.percent is None) == (target == 0)


def test_the_edges_of_a_period_are_in_it(world):
    """Both its first and its last day; neither the day before nor the day after."""
    fill(world)
    organisation = world.organisation("wu-kh-a")
    days = {row.on for row in MEASURES["outreach"].source(Scope(organisation, FIRST, LAST)).rows()}
    assert days == {FIRST, date(2024, 5, 1), LAST}
