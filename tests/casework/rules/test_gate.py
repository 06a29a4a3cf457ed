"""The gate of a step: what it lets through, what it holds up, what it keeps for good."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.people.models import Office
from casework.rules.acts import CheckRules, OverrideRule, WithdrawOverride
from casework.rules.evaluate import evaluate
from casework.rules.gate import RulesBroken
from casework.rules.gather import facts_of, facts_of_all, relevant_day
from casework.rules.models import RuleCheck, RuleOverride
from tests.casework.rules.filling import BODIES, fill, pass_gate

TODAY = timezone.localdate()
CLOSE_VOTE = {"attended": 6, "votes_for": 3}
GOOD_REASON = "Biên bản ghi rõ ba người còn lại tán thành qua văn bản."


@pytest.fixture
def case(world):
    return world.open_case()


def state(case, code, on=TODAY):
    return next(one for one in evaluate(case, on) if one.rule.code == code)


def test_a_case_in_order_passes_and_its_check_is_kept(world, case):
    fill(world, case)

    assert pass_gate(world, case) == "passed"
    check = RuleCheck.objects.get(case=case)
    assert (check.gate, check.on, check.checked_by) == ("hold_founding_conference", TODAY, world.lan)
    assert {entry["verdict"] for entry in check.results} == {"holds", "not_applicable"}
    first = check.results[0]
    assert (first["rule"], first["version"], first["document"], first["article"], first["clause"]) == (
        "R1",
        2,
        "17/2023/QH15",
        "4",
        "7",
    )
    assert first["numbers"] == {"members_at_least_htx": 5}
    assert first["facts"] == {"official_members": 6}


def test_every_broken_rule_is_named_with_its_article_and_what_to_do(world, case):
    fill(world, case, members=4, conference=CLOSE_VOTE | {"votes_for": 1, "attended": 4})

    with translation.override("en"), pytest.raises(RulesBroken) as refused:
        pass_gate(world, case)
    told = str(refused.value)
    assert "There are 4 official members; the law asks for at least 5." in told
    assert "Law on Cooperatives 17/2023/QH15, Article 4, clause 7" in told
    assert "Article 39, clause 5" in told
    assert "Win more official members" in told
    assert [one.rule.code for one in refused.value.judgements] == ["R1", "R9"]
    assert not RuleCheck.objects.filter(case=case).exists()


def test_a_rule_guards_only_its_own_steps(world, case):
    fill(world, case, members=4)

    assert pass_gate(world, case, step="record_registration_result") == "passed"
    for step in ("hold_founding_conference", "prepare_dossier", "file_dossier"):
        with pytest.raises(RulesBroken):
            pass_gate(world, case, step=step)


def test_warnings_and_open_questions_hold_nothing_up(world, case):
    fill(world, case, charter={"cooperative_name": "Nấm Hoa Sen"}, declared=False)

    assert pass_gate(world, case) == "passed"
    verdicts = {entry["rule"]: entry["verdict"] for entry in RuleCheck.objects.get(case=case).results}
    assert (verdicts["R11"], verdicts["R8-F"]) == ("broken", "unknown")


def test_other_kinds_of_case_are_not_judged(world):
    case = world.open_case(kind="consolidation")

    assert evaluate(case, TODAY) == []
    assert pass_gate(world, case) == "passed"
    assert not RuleCheck.objects.filter(case=case).exists()


def test_facts_come_from_the_tables_as_they_stand(world, case):
    fill(world, case, asset={}, ties=((0, 1),), person={"nationality": "Lào"})
    facts = facts_of(case, TODAY)

    assert [one.committed for one in facts.members] == [20_000_000] * 6
    assert all(one.foreign and one.id_faults is None for one in facts.members)
    assert len(facts.assets) == len(facts.ties) == 1
    assert [(one.title, one.foreign) for one in facts.offices] == [("director", True), ("controller", True)]
    assert facts.charter.capital == facts.conference.capital == 120_000_000
    assert facts.protected_names


def test_a_wrong_number_warns_and_is_never_stored(world, case):
    fill(world, case, person={"sex": "male"})
    check = perform(CheckRules(case.pk), by=world.lan).result["check"]
    stored = str(RuleCheck.objects.get(pk=check).results)

    assert state(case, "R20-C").verdict == "broken"
    assert "056180" not in stored
    assert "Mẫu" not in stored


def test_the_facts_of_many_cases_cost_as_much_as_those_of_one(world, case):
    fill(world, case)
    others = [world.open_case(name=f"HTX {n}") for n in range(4)]
    for other in others:
        fill(world, other, members=8)
    with CaptureQueriesContext(
        connection,
    ) as one:
        facts_of(case, TODAY)
    with CaptureQueriesContext(connection) as many:
        facts_of_all([case, *others], TODAY)

    assert len(one) == len(many) == 10


def test_the_relevant_day_is_that_of_the_conference(world, case):
    assert relevant_day(case, TODAY) == TODAY
    fill(world, case, conference={"held_on": date(2026, 3, 10)})
    assert relevant_day(case, TODAY) == date(2026, 3, 10)


def test_the_same_case_under_the_old_law(world, case):
    fill(world, case)

    assert state(case, "R1", date(2024, 6, 30)).verdict == "broken"
    assert state(case, "R1", date(2024, 7, 1)).verdict == "holds"


def test_a_stored_check_never_changes(world, case):
    fill(world, case)
    check = RuleCheck.objects.get(pk=perform(CheckRules(case.pk), by=world.binh).result["check"])

    for attempt in (lambda: RuleCheck.objects.filter(pk=check.pk).update(results=[]), check.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    fill(world, case, members=2)
    assert RuleCheck.objects.get(pk=check.pk).results == check.results


def test_checking_by_hand_is_an_event_with_what_was_broken(world, case):
    fill(world, case, members=4)
    perform(CheckRules(case.pk), by=world.binh)

    event = AuditEvent.objects.get(case_id=case.pk, verb="rules.checked")
    assert event.facts == {"broken_rules": ["R1"]}
    with pytest.raises(PermissionDenied):
        perform(CheckRules(case.pk), by=world.cuc)


def test_a_supervisor_lets_a_case_pass_for_a_reason(world, case):
    fill(world, case, conference=CLOSE_VOTE)
    with pytest.raises(RulesBroken):
        pass_gate(world, case)

    perform(OverrideRule(case.pk, "R9", GOOD_REASON), by=world.hanh)

    assert state(case, "R9").override.reason == GOOD_REASON
    assert pass_gate(world, case) == "passed"
    entry = next(e for e in RuleCheck.objects.get(case=case).results if e["rule"] == "R9")
    assert entry["verdict"] == "broken"
    assert entry["override"] == RuleOverride.objects.get(case=case).pk
    event = AuditEvent.objects.get(case_id=case.pk, verb="rule.overridden")
    assert (event.reason, event.facts["rule"]) == (GOOD_REASON, "R9")


def test_an_override_counts_only_for_the_facts_of_that_moment(world, case):
    fill(world, case, conference=CLOSE_VOTE)
    perform(OverrideRule(case.pk, "R9", GOOD_REASON), by=world.hanh)
    fill(
        world,
        case,
        members=0,
        offices=(),
        charter={"charter_capital": 120_000_000},
        conference=CLOSE_VOTE
        | {"votes_for": 2, "official_members": 6, "women_members": 6, "charter_capital": 120_000_000},
    )

    assert state(case, "R9").override is None
    with pytest.raises(RulesBroken):
        pass_gate(world, case)
    perform(OverrideRule(case.pk, "R9", GOOD_REASON), by=world.hanh)
    assert pass_gate(world, case) == "passed"
    assert RuleOverride.objects.filter(case=case).count() == 2
    assert RuleOverride.objects.filter(case=case, withdrawn_at=None).count() == 1


def test_an_override_is_taken_back(world, case):
    fill(world, case, conference=CLOSE_VOTE)
    perform(OverrideRule(case.pk, "R9", GOOD_REASON), by=world.hanh)
    perform(WithdrawOverride(case.pk, "R9"), by=world.hanh)

    with pytest.raises(RulesBroken):
        pass_gate(world, case)
    with pytest.raises(ActionNotPossible):
        perform(WithdrawOverride(case.pk, "R9"), by=world.hanh)


@pytest.mark.parametrize(
    ("code", "reason", "by"),
    [
        ("R1", GOOD_REASON, "hanh"),  # the law leaves no choice
        ("R9", GOOD_REASON, "hanh"),  # nothing is broken
        ("R9", "vì vậy", "hanh"),  # no reason
        ("R99", GOOD_REASON, "hanh"),  # no such rule
    ],
)
def test_what_cannot_be_let_pass(code, reason, by, world, case):
    fill(world, case, members=4)

    with pytest.raises(ActionNotPossible):
        perform(OverrideRule(case.pk, code, reason), by=getattr(world, by))
    assert not RuleOverride.objects.exists()


@pytest.mark.parametrize("by", ["lan", "binh", "cuc", "van"])
def test_only_a_supervisor_lets_a_case_pass(by, world, case):
    fill(world, case, conference=CLOSE_VOTE)

    with pytest.raises(PermissionDenied):
        perform(OverrideRule(case.pk, "R9", GOOD_REASON), by=getattr(world, by))


def test_an_office_ends_with_its_day(world, case):
    fill(world, case, offices=BODIES)
    office = Office.objects.get(case=case, title="director")

    assert [one.title for one in facts_of(case, office.since).offices] == ["director", "controller"]
    assert facts_of(Case.objects.get(pk=case.pk), date(2026, 1, 1)).offices == ()
