"""Women in management: computed from dated offices by a dated policy, never typed in."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest

from casework.acts import Act, perform
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.people.models import Member, Office, Person
from casework.people.offices import appoint, end_office
from casework.rules.models import WomenLedPolicy
from casework.rules.women_led import policy_on, women_led, women_led_case, women_led_cooperative
from tests.casework.rules.cases import office

FOUNDED, CHANGED = date(2026, 2, 1), date(2026, 9, 1)


@dataclass(frozen=True)
class Chairs(Act):
    """A chairwoman from the founding on; with `after` a man takes over on a day."""

    verb: ClassVar[str] = "test.chairs"
    case_id: int
    after: bool = True

    def lock(self, unit):
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit):
        """Anybody: this is a test."""

    def change(self, unit):
        case = unit.case
        woman = unit.add(Person(full_name="Trần Mẫu Hoa", sex="female"))
        man = unit.add(Person(full_name="Lê Mẫu Nam", sex="male"))
        for person in (woman, man):
            unit.add(Member(case=case, person=person))
        held = appoint(unit, case, woman, Office.Title.BOARD_CHAIR, FOUNDED)
        appoint(unit, case, man, Office.Title.CHIEF_ACCOUNTANT, FOUNDED)
        if self.after:
            end_office(unit, held, CHANGED, "Hết nhiệm kỳ")
            appoint(unit, case, man, Office.Title.BOARD_CHAIR, CHANGED)


@pytest.fixture
def case(world):
    return world.open_case()


def test_replacing_the_chairwoman_changes_it_from_that_day(world, case):
    perform(Chairs(case.pk), by=world.lan)

    before, after = women_led_case(case, date(2026, 8, 31)), women_led_case(case, CHANGED)
    assert before.holds
    assert "Trần Mẫu Hoa" in before.sentence
    assert "31/08/2026" in before.sentence
    assert not after.holds
    assert after.facts["women"] == []
    assert women_led_case(case, FOUNDED).holds, "the earlier day keeps its answer"


def test_nothing_is_said_before_anybody_is_in_office(world, case):
    perform(Chairs(case.pk), by=world.lan)

    assert women_led_case(case, date(2026, 1, 31)) is None
    assert women_led_case(world.open_case(name="HTX Khác"), CHANGED) is None


def test_the_cooperative_is_led_by_those_in_office_in_its_cases(world):
    cooperative = Cooperative.objects.create(name="HTX Mẫu")
    case = world.open_case(cooperative=cooperative)
    perform(Chairs(case.pk, after=False), by=world.lan)

    found = women_led_cooperative(cooperative, CHANGED)
    assert found.holds
    named = [office.person.full_name for office in case.offices.select_related("person")]
    assert not any(name in found.sentence for name in named), "a whole province reads the register"
    assert any(name in women_led_case(case, CHANGED).sentence for name in named)
    assert women_led_cooperative(Cooperative.objects.create(name="HTX Trống"), CHANGED) is None


@pytest.mark.parametrize(
    "title",
    [
        "board_chair",
        "board_member",
        "director",
        "deputy_director",
        "supervisory_head",
        "supervisory_member",
        "controller",
    ],
)
def test_each_office_of_management_counts(title, world):
    policy = policy_on(CHANGED)

    assert women_led([office(1, title)], policy, CHANGED).holds
    assert not women_led([office(1, title, sex="male")], policy, CHANGED).holds
    assert not women_led([office(1, title, sex="")], policy, CHANGED).holds


@pytest.mark.parametrize("title", ["chief_accountant", "treasurer", "representative"])
def test_other_offices_do_not(title, world):
    assert not women_led([office(1, title)], policy_on(CHANGED), CHANGED).holds


def test_another_policy_gives_another_answer_from_its_day(world, case):
    perform(Chairs(case.pk, after=False), by=world.lan)
    WomenLedPolicy.objects.create(
        offices=["director"],
        title_vi="Giám đốc là nữ",
        title_en="A woman is director",
        source="thử",
        valid_from=CHANGED,
    )

    assert women_led_case(case, date(2026, 8, 31)).holds
    assert not women_led_case(case, CHANGED).holds


def test_one_woman_in_two_offices_is_one_woman(world):
    policy = WomenLedPolicy(offices=["director", "board_chair"], at_least=2, valid_from=FOUNDED)
    twice = [office(1, "director"), office(1, "board_chair")]

    assert not women_led(twice, policy, CHANGED).holds
    assert women_led([*twice, office(2, "director")], policy, CHANGED).holds


def test_before_the_programme_there_was_no_policy(world):
    assert policy_on(date(2023, 1, 2)) is None
