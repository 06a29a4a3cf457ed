"""The founding conference: counts from the register, elected persons, votes, and what the form refuses."""

import pytest
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.people.acts import AssetData, EnterAsset, MemberRow, PersonData, SaveMembers
from casework.people.models import ContributedAsset, Member, Office, TiesDeclaration, founders_of
from casework.plans.conference import faults_of_register, register_of
from casework.plans.models import Attendance, Charter, FoundingConference
from tests.casework.arriving import arrive, assert_refused, blank_form, day, form_of
from workflows.acts import CompleteTask

NODE = "hold_founding_conference"


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.fixture
def task(world, case):
    return arrive(world, case, NODE)


def elected(*rows):
    """Rows of elected persons as posted: (office, person id, legal representative)."""
    fields = {"elected-TOTAL_FORMS": len(rows), "elected-INITIAL_FORMS": 0}
    for number, (title, person, legal) in enumerate(rows):
        fields[f"elected-{number}-title"] = title
        fields[f"elected-{number}-person"] = person
        fields[f"elected-{number}-legal_representative"] = "on" if legal else ""
    return fields


def people(case):
    return [founder.person_id for founder in founders_of(case)]


def commit(world, case, amounts):
    """Write down other commitments for the first members."""
    members = Member.objects.filter(case=case, until=None).order_by("pk")
    rows = [MemberRow(id=member.pk, committed=amount) for member, amount in zip(members, amounts, strict=False)]
    perform(SaveMembers(case.pk, rows), by=world.lan)


def enter_asset(world, case, valuation, amount=1_000_000):
    """The first member brings a machine as part of her capital."""
    member = Member.objects.filter(case=case, until=None).earliest("pk")
    data = AssetData("other", "Máy sấy mẫu", amount, valuation, "", timezone.localdate())
    perform(EnterAsset(case.pk, member.pk, data), by=world.lan)
    return ContributedAsset.objects.get(case=case)


def test_counts_and_capital_come_from_the_register_and_the_charter(task, world, case):
    world.finish(task)

    held = FoundingConference.latest_of(case)
    register = register_of(case)
    assert held.official_members == len(register.official) == len(people(case))
    assert held.women_members == register.women
    assert 0 < held.women_members < held.official_members
    assert held.charter_capital == register.committed == Charter.latest_of(case).charter_capital
    assert Case.objects.get(pk=case.pk).stage == Stage.REGISTRATION


def test_who_was_elected_takes_office_on_the_day_of_the_conference(task, world, case):
    first, second, third, *_others = people(case)
    rows = elected(("director", first, True), ("controller", second, False), ("treasurer", third, False))

    world.finish(task, held_on=day(9), filer=third, **rows)

    held = FoundingConference.latest_of(case)
    offices = Office.objects.filter(case=case).order_by("pk")
    assert [(o.title, o.person_id, o.legal_representative) for o in offices] == [
        ("director", first, True),
        ("controller", second, False),
        ("treasurer", third, False),
    ]
    assert {office.since for office in offices} == {held.held_on}
    assert held.chair_name == offices[0].person.full_name
    assert held.supervisor_name == offices[1].person.full_name
    assert (held.filer_id, held.filer_name) == (third, offices[2].person.full_name)
    assert TiesDeclaration.objects.get(case=case).declared_on == held.held_on


def test_guests_are_noted_without_a_vote(task, world, case):
    world.finish(task)

    held = FoundingConference.latest_of(case)
    assert [guest.full_name for guest in Attendance.objects.filter(conference=held)] == ["Võ Mẫu Khách"]


def test_somebody_else_may_file_and_is_named(task, world, case):
    assert_refused(task, "filer_name", filer="other", filer_name="")

    world.finish(task, filer="other", filer_name="Đỗ Mẫu Nộp")

    held = FoundingConference.latest_of(case)
    assert (held.filer, held.filer_name) == (None, "Đỗ Mẫu Nộp")


@pytest.mark.parametrize("filer", ["", "999999", "x", "-1"])
def test_who_files_is_somebody_of_the_case(filer, task):
    assert_refused(task, "filer", filer=filer)


def test_a_majority_of_the_official_members_carries_the_resolution(task, case):
    count = len(people(case))
    needed = count // 2 + 1

    assert form_of(task, votes_for=needed, votes_against=0).is_valid()
    assert_refused(task, "votes_for", str(needed), votes_for=needed - 1, votes_against=0)
    assert_refused(task, "votes_for", votes_for=count + 1)
    assert_refused(task, "votes_against", votes_for=count, votes_against=1)
    assert_refused(task, "attended", str(count), attended=count + 1)


@pytest.mark.parametrize("left_out", ["plan", "charter", "members", "elected", "filer"])
def test_the_resolution_says_all_that_the_law_asks_for(left_out, task):
    decided = [code for code in ("plan", "charter", "members", "elected", "filer") if code != left_out]

    assert_refused(task, "decided", decided=decided)
    assert_refused(task, "decided", decided=[])
    assert_refused(task, "decided", decided=["something"])


def test_family_ties_are_asked_for(task):
    assert_refused(task, "ties_declared", "62", ties_declared="")


def test_the_reduced_form_elects_a_director_and_a_controller(task, case):
    first, second, *_others = people(case)

    assert_refused(task, "__all__", "Kiểm soát viên", **elected(("director", first, True)))
    assert_refused(task, "__all__", "Giám đốc", **elected(("controller", first, True)))
    two = (("director", first, True), ("director", second, False), ("controller", second, False))
    assert_refused(task, "__all__", "2", **elected(*two))


def test_the_full_form_elects_a_chair_and_a_head_of_the_supervisory_board(world, case):
    task = arrive(world, case, NODE, draft_charter={"governance": "full"})
    first, second, third, *_others = people(case)
    board = (("board_chair", first, True), ("board_member", third, False), ("supervisory_head", second, False))

    assert form_of(task, **elected(*board)).is_valid()
    assert_refused(task, "__all__", **elected(*board[:2]))
    form = form_of(task, **elected(("controller", first, True)))
    assert not form.is_valid()
    assert form.rows["elected"].errors[0]["title"]


def test_nobody_supervises_herself_and_nobody_holds_an_office_twice(task, case):
    first, second, *_others = people(case)

    assert_refused(task, "__all__", **elected(("director", first, True), ("controller", first, False)))
    twice = (("director", first, True), ("controller", second, False))
    assert_refused(task, "__all__", **elected(*twice, ("treasurer", second, False), ("treasurer", second, False)))


def test_there_are_as_many_legal_representatives_as_the_charter_says(task, case):
    first, second, *_others = people(case)

    assert_refused(task, "__all__", **elected(("director", first, False), ("controller", second, False)))


@pytest.mark.parametrize("person", ["999999999", "x", ""])
def test_only_people_of_the_case_are_elected(person, task, case):
    form = form_of(task, **elected(("director", person, True), ("controller", people(case)[0], False)))

    assert not form.is_valid()
    assert form.rows["elected"].errors[0]["person"]


def test_a_conference_has_been_held_and_under_the_law_of_2023(task):
    assert_refused(task, "held_on", held_on=day(-1))
    assert_refused(task, "held_on", held_on="30/06/2024")


def test_members_without_capital_are_named_with_a_way_to_their_page(task, world, case):
    commit(world, case, [0])
    name = Member.objects.filter(case=case).earliest("pk").name

    form = form_of(task)

    assert not form.is_valid()
    assert name in str(form.non_field_errors())
    assert f'href="/cases/{case.code}/people/' in str(form.non_field_errors())
    assert any(section.correction for section in task.step.background(case))


def test_a_register_that_does_not_fit_the_charter_names_both_sums(task, world, case):
    register = register_of(case)
    commit(world, case, [register.official[0].committed + 1_000_000])

    (fault,) = faults_of_register(register_of(case))

    assert f"{register.capital + 1_000_000:,}".replace(",", ".") in fault
    assert f"{register.capital:,}".replace(",", ".") in fault
    assert not form_of(task).is_valid()


def test_an_empty_register_is_told_before_the_form(world, case):
    assert faults_of_register(register_of(case))


def test_a_register_that_became_incomplete_meanwhile_is_told_and_changes_nothing(task, world, case):
    form = form_of(task)
    assert form.is_valid()
    world.claim(task)
    commit(world, case, [0])

    with pytest.raises(ActionNotPossible):
        perform(CompleteTask(task.pk, form.cleaned_data), by=world.lan)

    assert not FoundingConference.objects.filter(case=case).exists()
    assert not Office.objects.filter(case=case).exists()


def test_somebody_who_left_meanwhile_is_not_elected(task, world, case):
    first, *_others = people(case)
    form = form_of(task)
    assert form.is_valid()
    world.claim(task)
    cleaned = form.cleaned_data
    cleaned["elected"][0]["person"] = max(people(case)) + 1_000

    with pytest.raises(ActionNotPossible):
        perform(CompleteTask(task.pk, cleaned), by=world.lan)

    assert not Office.objects.filter(case=case, person_id=first).exists()


def test_the_votes_on_each_contributed_asset_are_kept(task, world, case):
    asset = enter_asset(world, case, "consensus")
    name = f"asset_{asset.pk}"
    all_of_them = len(register_of(case).contributors)

    assert_refused(task, name)
    assert_refused(task, name, **{name: all_of_them + 1})
    world.finish(task, **{name: all_of_them})

    asset = ContributedAsset.objects.get(pk=asset.pk)
    assert (asset.votes_for, asset.votes_of) == (all_of_them, all_of_them)


def test_an_asset_whose_valuation_is_not_written_down_holds_the_conference_up(task, world, case):
    enter_asset(world, case, "")

    assert "Máy sấy mẫu" in "".join(faults_of_register(register_of(case)))


def test_associates_bring_capital_and_have_no_vote(task, world, case):
    before = register_of(case)
    row = MemberRow(
        person=PersonData(full_name="Hồ Mẫu Liên", sex="female", birth="1980"),
        kind=Member.Kind.ASSOC_CAPITAL,
        committed=before.official[0].committed,
    )
    perform(SaveMembers(case.pk, [row]), by=world.lan)
    register = register_of(case)

    assert len(register.official) == len(before.official)
    assert len(register.contributors) == len(before.contributors) + 1
    assert register.committed == before.committed + before.official[0].committed


def test_offices_that_were_entered_before_are_proposed_and_not_doubled(task, world, case):
    blank = blank_form(task)
    assert [form.initial.get("title") for form in blank.rows["elected"].forms[:2]] == ["director", "controller"]

    assert "elected" in blank.rows


def test_the_group_elects_only_its_representative(world, case):
    task = arrive(world, case, NODE, hold_consultation={"outcome": "group"})

    world.finish(task, decided=["plan"], ties_declared="")

    held = FoundingConference.latest_of(case)
    assert held.supervisor_name == ""
    assert Office.objects.get(case=case).title == "representative"
    assert not TiesDeclaration.objects.filter(case=case).exists()


def test_the_page_shows_what_was_resolved(client, world, case, task):
    client.force_login(world.lan)
    address = f"/cases/{case.code}/plan/conference/"
    before = client.get(address)
    assert before.status_code == 200
    assert before.context["sections"]

    world.finish(task)
    response = client.get(address)

    held = FoundingConference.latest_of(case)
    body = response.content.decode()
    for words in (held.resolution_number, held.chair_name, held.supervisor_name, held.filer_name, "Võ Mẫu Khách"):
        assert words in body
    client.force_login(world.cuc)
    assert client.get(address).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(client, world, case, task, django_assert_max_num_queries):
    enter = enter_asset(world, case, "consensus")
    world.finish(task, **{f"asset_{enter.pk}": len(register_of(case).contributors)})
    client.force_login(world.lan)

    with django_assert_max_num_queries(14):
        response = client.get(f"/cases/{case.code}/plan/conference/")

    assert len(response.content) < 60_000
