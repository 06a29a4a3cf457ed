"""The tool behind `make mutate` finds the questions of access and leaves out exactly one."""

import ast

import pytest

from tests.isolation.mutants import mutants_in, mutants_of
from tests.isolation.mutate import ROOT, main
from tests.isolation.switches import ASKS, in_order, switched

SEEN = "__import__('casework.sharing.scope', fromlist=['x']).beyond_sight"
CASES = [
    ("Case.objects.visible_to(standing).filter(pk=1)", f"{SEEN}(Case.objects.all(), 'mutant').filter(pk=1)"),
    ("seat = standing.seat_for(KEEP, 7)", "seat = next(iter(standing.every_seat), None)"),
    ("unit.authorise(KEEP, 'Bác Ái')", "None"),
    ("rows.filter(organisation_id__in=standing.reach_ids, pk=1)", "rows.filter(pk=1)"),
    ("rows.filter(Q(a=1), organisation__in=self.standing.ids)", "rows.filter(Q(a=1))"),
]


@pytest.mark.parametrize(("asks", "left"), CASES)
def test_a_question_is_left_out(asks, left):
    source = f"'Hội LHPN'; {asks}\n".encode()
    (mutant,) = mutants_of(source, "x.py")

    assert mutant.applied(source).decode() == f"'Hội LHPN'; {left}\n"


def test_a_switch_leaves_out_one_question_and_only_while_it_is_turned():
    source = b"rows = [outer.visible_to(who, inner.seat_for(1)), inner.seat_for(2)]\n"
    mutants = mutants_of(source, "x.py")
    assert len(mutants) == 3

    def told(turned: str) -> list:
        class Asked:
            every_seat = ("no question",)

            def visible_to(self, who, seat):
                return seat

            def seat_for(self, number):
                return number

        names = {"outer": Asked(), "inner": Asked(), "who": None, ASKS: lambda name: name == turned}
        exec(compile(switched(source, mutants), "x.py", "exec"), names)
        return names["rows"]

    (first, second) = (m.name for m in mutants if m.question == "seat_for")
    assert first != second
    assert told("") == [1, 2]
    assert told(first) == ["no question", 2]
    assert told(second) == [1, "no question"]


def test_the_tests_of_the_room_come_first_then_those_of_access_and_the_quickest_of_each():
    seconds = {"tests/test_access.py::a": 0.1, "tests/casework/people/test_x.py::slow": 9, "tests/z.py::quick": 0.01}

    assert in_order("casework/people/views.py", {*seconds, ""}, seconds) == [
        "tests/casework/people/test_x.py::slow",
        "tests/test_access.py::a",
        "tests/z.py::quick",
    ]


@pytest.mark.parametrize("other", ["rows.filter(organisation=7)", "super().visible_to(s)", "super().authorise(unit)"])
def test_what_asks_nothing_stays(other):
    assert mutants_of(other.encode(), "x.py") == []


def test_every_mutant_of_the_product_is_a_program():
    found = mutants_in(ROOT)

    for mutant in found:
        ast.parse(mutant.applied((ROOT / mutant.path).read_bytes()))
    assert len(found) > 100
    assert {m.question for m in found} >= {
        "visible_to",
        "seat_for",
        "authorise",
        "live_access",
        "filter(organisation…)",
    }


def test_some_are_chosen_and_listed(capsys):
    assert main(["--only", "casework/notes", "--at-most", "2", "--list"]) == 0

    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 2
    assert all(line.startswith("casework/notes") for line in listed)
