"""A case that every rule lets pass, as facts; tests change one thing in it."""

from dataclasses import replace
from datetime import date
from typing import Any

from casework.rules.evaluate import Judgement, judge
from casework.rules.facts import AssetFact, CaseFacts, CharterFact, ConferenceFact, MemberFact, OfficeFact
from casework.rules.law import Law, law_on

MILLION = 1_000_000
CONFERENCE = date(2026, 3, 10)
NAMES = ("An", "Bưởi", "Cam", "Dừa", "Đậu", "Gấm", "Hường", "Khế", "Lựu", "Mận")


def member(number: int, **more: Any) -> MemberFact:
    """The woman with that number, official, 20 million, sewing and buying."""
    values: dict[str, Any] = {
        "id": number,
        "person": number,
        "name": f"Trần Mẫu {NAMES[number % len(NAMES)]}",
        "use": "both",
        "sex": "female",
        "birth_date": date(1980, 5, 20),
        "birth_year": 1980,
        "committed": 20 * MILLION,
        "id_faults": (),
    }
    return MemberFact(**{**values, **more})


def members(count: int, **more: Any) -> tuple[MemberFact, ...]:
    return tuple(member(number, **more) for number in range(1, count + 1))


def changed(number: int, **more: Any) -> tuple[MemberFact, ...]:
    """The six members with one of them changed."""
    return tuple(member(n, **(more if n == number else {})) for n in range(1, 7))


def and_also(*others: MemberFact) -> tuple[MemberFact, ...]:
    return (*members(6), *others)


def office(person: int, title: str, **more: Any) -> OfficeFact:
    values = {"id": person * 10, "person": person, "name": f"Trần Mẫu {NAMES[person % len(NAMES)]}", "title": title}
    return OfficeFact(**{**values, "sex": "female", "since": CONFERENCE, **more})


def offices(*pairs: tuple[int, str]) -> tuple[OfficeFact, ...]:
    return tuple(office(person, title) for person, title in pairs)


def full_board(count: int) -> tuple[OfficeFact, ...]:
    """A board of so many, its chair among them, a director and a head of supervision."""
    board = [(1, "board_chair"), *((n, "board_member") for n in range(2, count + 1))]
    return offices(*board, (1, "director"), (90, "supervisory_head"))


def asset(**more: Any) -> AssetFact:
    return AssetFact(
        **{
            "id": 7,
            "description": "Máy sấy",
            "amount": 10 * MILLION,
            "valuation": "consensus",
            "votes_for": 6,
            "votes_of": 6,
            **more,
        }
    )


CHARTER = CharterFact("Hợp tác xã Nấm Hoa Sen", 120 * MILLION, 5 * MILLION, "reduced")
FULL = replace(CHARTER, governance="full")
HELD = ConferenceFact(CONFERENCE, 6, 6, 6, 120 * MILLION, ("charter", "members", "plan", "elected", "filer"))


def good(**more: Any) -> CaseFacts:
    """Six women with 20 million each, reduced governance, all declared and decided."""
    values: dict[str, Any] = {
        "case": 1,
        "on": CONFERENCE,
        "members": members(6),
        "offices": offices((1, "director"), (2, "controller")),
        "ties_declared_on": CONFERENCE,
        "charter": CHARTER,
        "conference": HELD,
        "revenue": 200 * MILLION,
        "registration_code": "0100233488",
        "protected_names": ("Hội Liên hiệp Phụ nữ", "Công đoàn"),
    }
    return CaseFacts(**{**values, **more})


def asked(facts: CaseFacts, law: Law | None = None) -> dict[str, Judgement]:
    """Every rule that binds the case, by its code."""
    return {one.rule.code: one for one in judge(facts, law or law_on(facts.on))}
