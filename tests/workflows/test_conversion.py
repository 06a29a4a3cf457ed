"""A cooperative group becomes a cooperative: every way through its flow, and what the law asks (rule R14)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.stages import Stage, Status
from casework.cooperatives.models import Alias, Cooperative, FormPeriod, StatePeriod
from casework.months import add_months
from casework.rules.checks.conversion import conversion_allowed
from casework.rules.facts import CaseFacts, ConversionFact
from casework.rules.finding import Verdict
from casework.strengthening.conversion import faults_of
from casework.strengthening.models import ConversionCheck
from casework.strengthening.opening import OpenConversion
from workflows.demo.play import AnswerRefused
from workflows.engine.models import Task
from workflows.flows.conversion_v1 import ConversionV1
from workflows.flows.founding_v1 import FoundingV1

pytestmark = pytest.mark.django_db
NUMBERS = {"conversion_group_months": 12, "conversion_consent_percent": 100}


@pytest.fixture
def group(world):
    area = world.organisation("wu-kh-a").area
    entry = Cooperative.objects.create(
        name="THT Nấm Mẫu", legal_form="THT", registration_code="THT-0001", founded="2022-03-15", commune=area,
        province_id=area.parent_id, roster_key="tht",
    )  # fmt: skip
    FormPeriod.objects.create(
        cooperative=entry, legal_form="THT", since="2022-03-15", source="mẫu", recorded_by=world.lan
    )
    return entry


@pytest.fixture
def case(world, group):
    return opened(world, group)


def opened(world, entry):
    act = OpenConversion(entry, world.organisation("wu-kh-a"))
    return Case.objects.get(pk=perform(act, by=world.lan, request_id=uuid4()).case_id)


def nodes(case):
    return set(Task.objects.open().filter(case=case).values_list("node", flat=True))


def test_a_group_goes_the_way_of_every_founding(world, case, group):
    """The same entry gets a new form from the day of the certificate; what it was stays written."""
    assert (case.stage, case.legal_form, nodes(case)) == (Stage.CONSULTATION, "HTX", {"check_conversion"})
    world.finish(world.task(case))
    assert nodes(case) == {"form_founding_group"}
    world.advance(case, to="link_market")
    group.refresh_from_db()
    assert (group.legal_form, group.founded) == ("HTX", "2022-03-15")
    forms = list(FormPeriod.objects.filter(cooperative=group).order_by("pk").values_list("legal_form", "until"))
    assert [form for form, _until in forms] == ["THT", "HTX"]
    assert forms[0][1]
    assert forms[1][1] == ""
    assert Alias.objects.filter(cooperative=group, name="THT Nấm Mẫu").exists()
    assert Case.objects.get(pk=case.pk).cooperative_id == group.pk
    world.advance(case, to="follow_up_6_months")
    assert Case.objects.get(pk=case.pk).stage == Stage.LINKED


def test_a_group_that_stays_one_closes_the_case_with_its_reason(world, case):
    world.finish(world.task(case), outcome="stop")
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.outcome) == (Status.CLOSED, "stopped")
    assert ConversionCheck.objects.get().reason


def test_returned_and_refused_as_in_founding(world, case):
    world.finish(world.advance(case, to="review_plan"), outcome="return", marked_in_plan=["market"], remarks="Ai mua?")
    assert nodes(case) & {"draft_plan", "draft_charter"}
    world.finish(world.advance(case, to="record_registration_result"), outcome="refused")
    assert nodes(case) == set()


@pytest.mark.parametrize(
    ("met", "members", "agreed", "field"),
    [
        (date(2025, 3, 14), 9, 9, "met_on"),  # eleven months and thirty days
        (date(2025, 3, 15), 9, 9, ""),  # twelve months to the day
        (date(2025, 6, 1), 10, 9, "agreed"),
        (date(2025, 6, 1), 10, 10, ""),
        (date(2025, 6, 1), 10, 11, "agreed"),
    ],
)
def test_the_law_lets_it_or_names_the_article(met, members, agreed, field):
    faults = faults_of(date(2024, 3, 15), met, members, agreed)
    assert set(faults) == ({field} if field else set())
    if field and agreed <= members:
        assert "108" in faults[field]
    facts = CaseFacts(case=1, on=met, conversion=ConversionFact(date(2024, 3, 15), met, members, min(agreed, members)))
    if agreed <= members:
        assert (conversion_allowed(facts, NUMBERS).verdict == Verdict.HOLDS) == (not field)


@given(st.dates(date(2024, 7, 1), date(2030, 1, 1)), st.integers(0, 900), st.integers(1, 200), st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_the_step_and_the_rule_say_the_same(since, days, members, agreed):
    met, agreed = since + timedelta(days=days), min(agreed, members)
    allowed = met >= add_months(since, 12) and agreed == members
    facts = CaseFacts(case=1, on=met, conversion=ConversionFact(since, met, members, agreed))
    assert (conversion_allowed(facts, NUMBERS).verdict == Verdict.HOLDS) == allowed
    assert (not faults_of(since, met, members, agreed)) == allowed


def test_a_meeting_before_the_law_is_told_so_at_its_field():
    """Whoever types such a day gets a sentence, not an error of the server."""
    assert set(faults_of(date(2021, 1, 1), date(2024, 6, 30), 9, 9)) == {"met_on"}
    assert not faults_of(date(2021, 1, 1), date(2024, 7, 1), 9, 9)


def test_the_step_refuses_and_keeps_nothing(world, case):
    today = timezone.localdate()
    with pytest.raises(AnswerRefused, match="met_on"):
        world.finish(world.task(case), group_since="01/01/2020", met_on="02/02/2022")
    with pytest.raises(AnswerRefused, match="met_on"):
        world.finish(world.task(case), group_since=f"{today - timedelta(days=300):%d/%m/%Y}")
    with pytest.raises(AnswerRefused, match="agreed"):
        world.finish(world.task(case), members=9, agreed=8)
    assert not ConversionCheck.objects.exists()


def test_only_a_group_and_only_once(world, group, case):
    with pytest.raises(ActionNotPossible, match=case.code):
        opened(world, group)
    group.legal_form = "HTX"
    group.save()
    with pytest.raises(ActionNotPossible):
        opened(world, Cooperative.objects.get(pk=group.pk))


def test_a_dissolved_group_is_refused_until_that_is_withdrawn(world, group):
    row = StatePeriod.objects.create(
        cooperative=group, state="dissolved", since="2025", source="mẫu", recorded_by=world.lan
    )
    with pytest.raises(ActionNotPossible):
        opened(world, group)
    row.withdrawn_at = timezone.now()
    row.save()
    assert opened(world, group).kind == "conversion"


def test_a_group_of_a_roster_is_remembered_as_one(world, group):
    """Its form over time was never written down: the certificate of the check says since when it was a group."""
    FormPeriod.objects.filter(cooperative=group).delete()
    case = opened(world, group)
    world.finish(world.task(case), group_since="15/03/2022")
    world.advance(case, to="link_market")
    earlier, now = FormPeriod.objects.filter(cooperative=group).order_by("pk")
    assert (earlier.legal_form, earlier.since, earlier.registration_code) == ("THT", "2022-03-15", "THT-0001")
    assert (earlier.until, now.legal_form) == (now.since, "HTX")


def test_the_page_opens_it_for_groups_only(client, world, group):
    client.force_login(world.lan)
    assert f"/cooperatives/{group.pk}/convert/" in client.get(f"/cooperatives/{group.pk}/").content.decode()
    sent = {"organisation": world.organisation("wu-kh-a").pk}
    answer = client.post(f"/cooperatives/{group.pk}/convert/", sent)
    case = Case.objects.get(kind="conversion")
    assert answer.url == f"/cases/{case.code}/"
    for page in ("", "people/", "plan/", "law/", "papers/", "history/", "market/"):
        assert client.get(f"/cases/{case.code}/{page}").status_code == 200, page
    again = client.post(f"/cooperatives/{group.pk}/convert/", sent)
    assert case.code in again.content.decode()


def test_stored_rows_of_founding_keep_their_names():
    """The half moved to a class of its own; each flow has nodes of its own with its own name."""
    for flow in (FoundingV1, ConversionV1):
        assert flow.draft_plan.flow_class is flow
    names = [node.name for node in ConversionV1.nodes_in_order()]
    assert names.index("check_conversion") < names.index("draft_plan") < names.index("link_market")
