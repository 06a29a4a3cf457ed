"""`manage.py rules check`: every rule for people or as JSON, and an exit code that scripts can use."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.casework.rules.filling import fill


@pytest.fixture
def case(world):
    return world.open_case()


def check(case, *more):
    """Exit code and what was printed."""
    out = StringIO()
    try:
        call_command("rules", "check", "--case", case.code, *more, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_json_has_every_rule_with_verdict_citation_and_facts(world, case):
    fill(world, case)
    code, printed = check(case, "--json", "--language", "en")
    told = json.loads(printed)

    assert code == 0
    assert (told["case"], told["blocked"]) == (case.code, False)
    assert len(told["rules"]) == 17
    first = told["rules"][0]
    assert first["rule"] == "R1"
    assert first["verdict"] == "holds"
    assert first["citation"] == "Law on Cooperatives 17/2023/QH15, Article 4, clause 7"
    assert first["facts"] == {"official_members": 6}
    assert first["numbers"] == {"members_at_least_htx": 5}


@pytest.mark.parametrize(("day", "least", "code"), [("2024-06-30", 7, 1), ("30/06/2024", 7, 1), ("2024-07-01", 5, 0)])
def test_the_same_case_by_the_law_of_two_days(day, least, code, world, case):
    fill(world, case)
    ended, printed = check(case, "--on", day, "--json")
    first = json.loads(printed)["rules"][0]

    assert ended == code
    assert first["numbers"] == {"members_at_least_htx": least}


def test_for_people_there_are_sentences(world, case):
    fill(world, case, members=4)
    code, printed = check(case)

    assert code == 1
    assert "Luật Hợp tác xã 17/2023/QH15" in printed
    assert case.code in printed
    assert "→" in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ["--case", "KH-0000-000000"],
        ["--case", "\x00"],
        ["--case", "{code}", "--on", "31/02/2024"],
        ["--case", "{code}", "--on", "x"],
    ],
)
def test_arguments_that_cannot_be_used_end_with_two(arguments, case):
    filled = [argument.replace("{code}", case.code) for argument in arguments]

    with pytest.raises(CommandError) as refused:
        call_command("rules", "check", *filled)
    assert refused.value.returncode == 2
    assert str(refused.value)


def test_a_case_that_no_rule_binds_is_told_so(world):
    code, printed = check(world.open_case(kind="merger"), "--language", "en")

    assert code == 0
    assert "no rule" in printed
