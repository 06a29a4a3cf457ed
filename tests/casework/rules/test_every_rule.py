"""Every rule of the law: just inside, just outside, before it was in force, and what it does not bind.

A row says: rule, what differs from a case that is right in all, and the verdict; None where the rule is not asked.
"""

from dataclasses import replace
from datetime import date

import pytest

from tests.casework.rules.cases import (
    CHARTER,
    CONFERENCE,
    FULL,
    MILLION,
    and_also,
    asked,
    asset,
    changed,
    full_board,
    good,
    member,
    members,
    office,
    offices,
)
from tests.casework.rules.changes import (
    beside,
    board,
    both,
    charter,
    family,
    foreign,
    held,
    large,
    name,
    shares,
    supervised,
    union,
)

HOLDS, BROKEN, UNKNOWN, APART, NOT_ASKED = "holds", "broken", "unknown", "not_applicable", None

OLD_LAW, NEW_LAW = date(2024, 6, 30), date(2024, 7, 1)
BEFORE_ANY, SIZES = date(2013, 6, 30), date(2024, 11, 1)
ASSOCIATE = {"kind": "assoc_capital", "use": ""}
HELPER = {"kind": "assoc_noncapital", "committed": None}
YOUNG_DAY = date(2008, 3, 10)  # is 18 on the day of the conference


TIE = (1, 2)

TABLE = [
    # R1: members, by law and legal form
    ("R1", {"members": members(5)}, HOLDS),
    ("R1", {"members": members(4)}, BROKEN),
    ("R1", {"members": ()}, BROKEN),
    ("R1", {"members": (*members(4), member(5, **ASSOCIATE))}, BROKEN),
    ("R1", {"members": members(6), "on": OLD_LAW}, BROKEN),
    ("R1", {"members": members(7), "on": OLD_LAW}, HOLDS),
    ("R1", {"members": members(6), "on": NEW_LAW}, HOLDS),
    ("R1", {"members": members(7), "on": BEFORE_ANY}, NOT_ASKED),
    ("R1", {"legal_form": "", "members": members(5)}, HOLDS),
    ("R1", {"legal_form": "TLK", "members": members(4)}, BROKEN),
    ("R1", {"legal_form": "THT", "members": members(4)}, NOT_ASKED),
    ("R1", {"kind": "consolidation", "members": ()}, NOT_ASKED),
    ("R1", {"kind": "conversion", "members": members(4)}, BROKEN),
    ("R1-THT", {"legal_form": "THT", "members": members(2)}, HOLDS),
    ("R1-THT", {"legal_form": "THT", "members": members(1)}, BROKEN),
    ("R1-THT", {"legal_form": "THT", "members": members(2), "on": OLD_LAW}, NOT_ASKED),
    ("R1-LH", union(3), HOLDS),
    ("R1-LH", union(2), BROKEN),
    ("R1-LH", union(3, on=OLD_LAW), BROKEN),
    ("R1-LH", union(4, on=OLD_LAW), HOLDS),
    ("R1-LH", {"legal_form": "LHHTX", "members": members(5)}, BROKEN),
    # R2: ages on the day of the conference
    ("R2", {"members": changed(1, birth_date=YOUNG_DAY, birth_year=2008)}, HOLDS),
    ("R2", {"members": changed(1, birth_date=date(2008, 3, 11), birth_year=2008)}, BROKEN),
    ("R2", {"members": changed(1, birth_date=None, birth_year=2007)}, HOLDS),
    ("R2", {"members": changed(1, birth_date=None, birth_year=2008)}, UNKNOWN),
    ("R2", {"members": changed(1, birth_date=None, birth_year=2009)}, BROKEN),
    ("R2", {"members": changed(1, birth_date=None, birth_year=None)}, UNKNOWN),
    ("R2", {"members": and_also(member(8, birth_date=date(2011, 3, 10), **ASSOCIATE))}, BROKEN),
    ("R2", {"members": and_also(member(8, birth_date=date(2011, 3, 10), **HELPER))}, HOLDS),
    ("R2", {"members": and_also(member(8, birth_date=date(2011, 3, 11), **HELPER))}, BROKEN),
    ("R2", {"members": and_also(member(8, birth_date=date(2011, 3, 10), foreign=True, **HELPER))}, BROKEN),
    ("R2", {"members": changed(1, birth_date=date(2008, 2, 29)), "conference": None, "on": date(2026, 2, 28)}, BROKEN),
    ("R2", {"members": changed(1, birth_date=date(2008, 2, 29)), "conference": None, "on": date(2026, 3, 1)}, HOLDS),
    ("R2", {"members": changed(1, nature="household", birth_date=None, birth_year=None)}, HOLDS),
    ("R2", {"on": OLD_LAW}, NOT_ASKED),
    # R2-F: foreigners below 35 % of the official members
    ("R2-F", foreign(0, 6), APART),
    ("R2-F", foreign(2, 6), HOLDS),
    ("R2-F", foreign(3, 8), BROKEN),
    ("R2-F", foreign(7, 20), BROKEN),
    ("R2-F", foreign(6, 20), HOLDS),
    ("R2-F", {**foreign(3, 6), "on": OLD_LAW}, NOT_ASKED),
    # R3: households and groups name one representative
    ("R3", {}, APART),
    ("R3", {"members": changed(1, nature="household")}, HOLDS),
    ("R3", {"members": changed(1, nature="household", person=None)}, BROKEN),
    ("R3", {"members": changed(1, nature="group", person=None)}, BROKEN),
    ("R3", {"members": changed(1, nature="legal_person", person=None)}, APART),
    ("R3", {"members": changed(1, nature="group", person=None), "on": OLD_LAW}, NOT_ASKED),
    # R4: shares, without rounding
    ("R4", shares(30, 30, 20, 10, 10), HOLDS),
    ("R4", shares(30.000001, 29.999999, 20, 10, 10), BROKEN),
    ("R4", beside("assoc_capital", 30), HOLDS),
    ("R4", beside("assoc_capital", 30.000001), BROKEN),
    ("R4", beside("assoc_capital", 30, foreign=True), HOLDS),
    ("R4", beside("official", 30.000001, foreign=True), BROKEN),
    ("R4", {"members": (*members(3), *(member(n, foreign=True) for n in (4, 5, 6)))}, BROKEN),
    ("R4", {"members": members(6, committed=None)}, UNKNOWN),
    ("R4", {"members": ()}, UNKNOWN),
    ("R4", {"charter": None}, HOLDS),
    ("R4", {"charter": None, "members": members(3)}, BROKEN),
    ("R4", shares(90, 10, on=OLD_LAW), NOT_ASKED),
    ("R4", union(6), NOT_ASKED),
    ("R4-LH", union(3, charter=None), HOLDS),
    ("R4-LH", union(2, charter=None), BROKEN),
    ("R4-LH", union(3, charter=replace(CHARTER, capital=50 * MILLION)), HOLDS),
    ("R4-LH", union(3, charter=replace(CHARTER, capital=50 * MILLION - 1)), BROKEN),
    # R5: what they promise adds up
    ("R5", {}, HOLDS),
    ("R5", charter(capital=120 * MILLION + 1), BROKEN),
    ("R5", charter(capital=120 * MILLION - 1), BROKEN),
    ("R5", held(capital=120 * MILLION - 1), BROKEN),
    ("R5", {"conference": None}, HOLDS),
    ("R5", charter(min_contribution=20 * MILLION), HOLDS),
    ("R5", charter(min_contribution=20 * MILLION + 1), BROKEN),
    ("R5", {"members": changed(1, committed=None)}, BROKEN),
    ("R5", {"charter": None}, UNKNOWN),
    ("R5", {"members": and_also(member(8, kind="assoc_noncapital", committed=None))}, HOLDS),
    ("R5", {**charter(capital=1), "on": OLD_LAW}, NOT_ASKED),
    # R6: capital, use and labour by kind
    ("R6", {}, HOLDS),
    ("R6", {"members": changed(1, committed=0)}, BROKEN),
    ("R6", {"members": changed(1, committed=1)}, HOLDS),
    ("R6", {"members": changed(1, committed=None)}, UNKNOWN),
    ("R6", {"members": changed(1, use="")}, BROKEN),
    ("R6", {"members": changed(1, use="labour")}, HOLDS),
    ("R6", {"members": and_also(member(8, kind="assoc_noncapital", committed=0))}, HOLDS),
    ("R6", {"members": and_also(member(8, kind="assoc_noncapital", committed=1))}, BROKEN),
    ("R6", {"members": and_also(member(8, kind="assoc_noncapital", committed=None, use=""))}, BROKEN),
    ("R6", {"members": and_also(member(8, **ASSOCIATE))}, HOLDS),
    ("R6", {"members": and_also(member(8, kind="assoc_capital", use="labour"))}, BROKEN),
    ("R6", {"members": and_also(member(8, kind="assoc_capital", use="", committed=0))}, BROKEN),
    ("R6", {"members": ()}, UNKNOWN),
    ("R6", {"members": changed(1, use=""), "on": OLD_LAW}, NOT_ASKED),
    # R7: governance by size
    ("R7", {}, HOLDS),
    ("R7", large(49, capital=5_000), HOLDS),
    ("R7", large(50, capital=999), HOLDS),
    ("R7", large(50, capital=1_000), BROKEN),
    ("R7", large(50, revenue=1_999), HOLDS),
    ("R7", large(50, revenue=2_000), BROKEN),
    ("R7", large(50, capital=1_000, governance="full"), HOLDS),
    ("R7", {"charter": None}, UNKNOWN),
    ("R7", {**large(50, capital=1_000), "on": date(2024, 10, 31)}, NOT_ASKED),
    ("R7", {**large(50, capital=1_000), "on": SIZES}, BROKEN),
    ("R7-LH", union(9), HOLDS),
    ("R7-LH", union(10), BROKEN),
    ("R7-LH", union(10, charter=FULL), HOLDS),
    # R7-N: how many people in the bodies
    ("R7-N", {}, HOLDS),
    ("R7-N", {"offices": offices((1, "director"))}, BROKEN),
    ("R7-N", {"offices": offices((2, "controller"))}, BROKEN),
    ("R7-N", {"offices": offices((1, "director"), (2, "controller"), (3, "board_chair"))}, BROKEN),
    ("R7-N", {"charter": FULL, "offices": full_board(3)}, HOLDS),
    ("R7-N", {"charter": FULL, "offices": full_board(2)}, BROKEN),
    ("R7-N", {"charter": FULL, "offices": full_board(15)}, HOLDS),
    ("R7-N", {"charter": FULL, "offices": full_board(16)}, BROKEN),
    ("R7-N", {"charter": FULL, "offices": full_board(3)[:-1]}, BROKEN),
    ("R7-N", supervised(6), HOLDS),
    ("R7-N", supervised(7), BROKEN),
    ("R7-N", {"charter": FULL, "offices": tuple(o for o in full_board(4) if o.title != "board_chair")}, BROKEN),
    ("R7-N", {"charter": FULL, "offices": tuple(o for o in full_board(3) if o.title != "director")}, UNKNOWN),
    ("R7-N", {"offices": (), "conference": None}, UNKNOWN),
    ("R7-N", {"offices": ()}, BROKEN),
    ("R7-N", {"offices": (), "on": OLD_LAW}, NOT_ASKED),
    # R8: who holds what together
    ("R8", {}, HOLDS),
    ("R8", {"offices": offices((99, "director"), (2, "controller"))}, BROKEN),
    ("R8", {"offices": (office(99, "director", hired=True), office(2, "controller"))}, BROKEN),
    ("R8", {"charter": FULL, "offices": (office(99, "director", hired=True), office(1, "board_chair"))}, HOLDS),
    ("R8", {"charter": FULL, "offices": (office(99, "board_chair", hired=True),)}, BROKEN),
    ("R8", {"offices": offices((1, "director"), (99, "controller"))}, BROKEN),
    ("R8", {"offices": offices((1, "director"), (2, "controller"), (99, "chief_accountant"))}, HOLDS),
    ("R8", {"members": (*members(5), member(6, kind="assoc_noncapital")), "offices": offices((6, "director"))}, BROKEN),
    ("R8", {"members": changed(1, nature="household"), "offices": offices((1, "director"))}, HOLDS),
    ("R8", both("board_chair", "director"), HOLDS),
    ("R8", both("board_member", "supervisory_member"), BROKEN),
    ("R8", both("board_chair", "chief_accountant"), BROKEN),
    ("R8", both("board_member", "treasurer"), BROKEN),
    ("R8", both("director", "supervisory_head"), BROKEN),
    ("R8", both("director", "controller"), BROKEN),
    ("R8", both("director", "chief_accountant"), BROKEN),
    ("R8", both("director", "treasurer"), BROKEN),
    ("R8", both("supervisory_head", "chief_accountant"), BROKEN),
    ("R8", both("controller", "treasurer"), BROKEN),
    ("R8", {"charter": FULL, "offices": offices((1, "board_chair"), (2, "board_chair"))}, BROKEN),
    ("R8", {"offices": offices((1, "director"), (2, "director"))}, BROKEN),
    ("R8", {"offices": (), "conference": None}, UNKNOWN),
    ("R8", {**both("director", "controller"), "on": OLD_LAW}, NOT_ASKED),
    # R8-B: foreigners below 35 % of the board
    ("R8-B", board(0, 3), APART),
    ("R8-B", board(1, 3), HOLDS),
    ("R8-B", board(2, 5), BROKEN),
    ("R8-B", board(7, 20), BROKEN),
    ("R8-B", {**board(2, 5), "on": OLD_LAW}, NOT_ASKED),
    # R8-F: family among those in office
    ("R8-F", {}, HOLDS),
    ("R8-F", family(TIE, p1="board_chair", p2="board_member"), BROKEN),
    ("R8-F", family(TIE, p1="board_chair", p2="supervisory_head"), BROKEN),
    ("R8-F", family(TIE, p1="board_member", p2="chief_accountant"), BROKEN),
    ("R8-F", family(TIE, p1="board_member", p2="treasurer"), BROKEN),
    ("R8-F", family(TIE, p1="board_chair", p2="director"), HOLDS),
    ("R8-F", family(TIE, p1="director", p2="controller"), BROKEN),
    ("R8-F", family(TIE, p1="director", p2="supervisory_member"), BROKEN),
    ("R8-F", family(TIE, p1="director", p2="chief_accountant"), BROKEN),
    ("R8-F", family(TIE, p1="director", p2="treasurer"), BROKEN),
    ("R8-F", family(TIE, p1="supervisory_head", p2="supervisory_member"), BROKEN),
    ("R8-F", family(TIE, p1="controller", p2="treasurer"), BROKEN),
    ("R8-F", family(TIE, p1="chief_accountant", p2="treasurer"), HOLDS),
    ("R8-F", family((3, 4), p1="board_chair", p2="board_member"), HOLDS),
    ("R8-F", {**family(TIE, p1="director", p2="controller"), "ties_declared_on": None}, BROKEN),
    ("R8-F", {"ties_declared_on": None}, UNKNOWN),
    ("R8-F", {"ties_declared_on": date(2026, 3, 9)}, UNKNOWN),
    ("R8-F", {"offices": (), "conference": None}, UNKNOWN),
    ("R8-F", {**family(TIE, p1="director", p2="controller"), "on": OLD_LAW}, NOT_ASKED),
    # R9: the resolution and its votes
    ("R9", {}, HOLDS),
    ("R9", held(attended=6, votes_for=4), HOLDS),
    ("R9", held(attended=6, votes_for=3), BROKEN),
    ("R9", held(attended=5, votes_for=3), HOLDS),
    ("R9", held(attended=None, votes_for=3), BROKEN),
    ("R9", held(decided=("plan", "elected", "filer")), HOLDS),
    ("R9", held(decided=("elected", "filer")), BROKEN),
    ("R9", held(decided=("plan", "filer")), BROKEN),
    ("R9", held(decided=("plan", "elected")), BROKEN),
    ("R9", held(decided=()), BROKEN),
    ("R9", {"conference": None}, UNKNOWN),
    ("R9", {**held(votes_for=0), "on": OLD_LAW}, NOT_ASKED),
    # R10: the value of assets
    ("R10", {}, APART),
    ("R10", {"assets": (asset(),)}, HOLDS),
    ("R10", {"assets": (asset(votes_for=5),)}, BROKEN),
    ("R10", {"assets": (asset(votes_for=5, votes_of=5),)}, BROKEN),
    ("R10", {"assets": (asset(valuation="valuer", valuer="Công ty Mẫu", votes_for=4),)}, HOLDS),
    ("R10", {"assets": (asset(valuation="valuer", valuer="Công ty Mẫu", votes_for=3),)}, BROKEN),
    ("R10", {"assets": (asset(valuation="valuer", votes_for=6),)}, BROKEN),
    ("R10", {"assets": (asset(valuation=""),)}, BROKEN),
    ("R10", {"assets": (asset(valuation="", votes_for=None),), "conference": None}, UNKNOWN),
    ("R10", {"assets": (asset(votes_for=None, votes_of=None),)}, BROKEN),
    ("R10", {"assets": (asset(), asset(id=8, votes_for=5))}, BROKEN),
    ("R10", {"assets": (asset(votes_for=5),), "on": OLD_LAW}, NOT_ASKED),
    # R11: the name
    ("R11", {}, HOLDS),
    ("R11", name("Hợp tác xã"), BROKEN),
    ("R11", name("Nấm Hoa Sen"), BROKEN),
    ("R11", name("HTX Nấm Hoa Sen"), BROKEN),
    ("R11", name("Hợp tác xã JWZF 2 & 3"), HOLDS),
    ("R11", name("Hợp tác xã Ñandú"), BROKEN),
    ("R11", name("Hợp tác xã 蘑菇"), BROKEN),
    ("R11", name("Hợp tác xã Hội Liên hiệp Phụ nữ Mẫu"), BROKEN),
    ("R11", name("Hợp tác xã Hội Liên hiệp Phụ nữ Mẫu", agreed=True), HOLDS),
    ("R11", name("Hợp tác xã May Công đoạn Một"), HOLDS),
    ("R11", union(3, charter=replace(CHARTER, name="Hợp tác xã Mẫu")), BROKEN),
    ("R11", union(3, charter=replace(CHARTER, name="Liên hiệp hợp tác xã Mẫu")), HOLDS),
    ("R11", {"charter": None}, UNKNOWN),
    ("R11", {**name("Nấm"), "on": OLD_LAW}, NOT_ASKED),
    # R20: the code of the cooperative
    ("R20", {"registration_code": ""}, APART),
    ("R20", {"registration_code": "0100233488"}, HOLDS),
    ("R20", {"registration_code": "0314409058"}, HOLDS),
    ("R20", {"registration_code": "0100047516"}, HOLDS),
    ("R20", {"registration_code": "0100233480"}, BROKEN),
    ("R20", {"registration_code": "010023348"}, BROKEN),
    ("R20", {"registration_code": "0100233488", "on": date(2021, 1, 16)}, NOT_ASKED),
    ("R20", {"registration_code": "0100233480", "on": date(2021, 1, 17)}, BROKEN),
    # R20-C: the numbers of persons
    ("R20-C", {}, HOLDS),
    ("R20-C", {"members": changed(1, id_faults=None)}, UNKNOWN),
    ("R20-C", {"members": changed(1, id_faults=("length",))}, BROKEN),
    ("R20-C", {"members": changed(1, id_faults=("sex", "year"))}, BROKEN),
    ("R20-C", {"members": changed(1, id_faults=("province",), foreign=True)}, HOLDS),
    ("R20-C", {"members": members(3, nature="household")}, APART),
    ("R20-C", {"members": changed(1, id_faults=("length",)), "on": OLD_LAW}, NOT_ASKED),
]  # fmt: skip


def test_the_table_is_large_enough():
    assert len(TABLE) >= 120
    assert {code for code, _changes, _verdict in TABLE} >= {f"R{n}" for n in (*range(1, 12), 20)}


@pytest.mark.parametrize(
    ("code", "changes", "verdict"), TABLE, ids=[f"{row[0]}-{number}" for number, row in enumerate(TABLE)]
)
def test_a_rule_says_what_the_law_says(code, changes, verdict, world):
    found = asked(good(**changes)).get(code)

    assert (found and found.verdict) == verdict, found and found.finding
    if found:
        assert all(found.finding.sentences)
        assert found.citation


def test_a_case_that_is_right_in_all_is_held_up_by_nothing(world):
    judgements = asked(good())

    assert len(judgements) == 17
    assert {one.verdict for one in judgements.values()} == {"holds", "not_applicable"}


@pytest.mark.parametrize(("day", "least", "law"), [(OLD_LAW, 7, "23/2012/QH13"), (NEW_LAW, 5, "17/2023/QH15")])
def test_the_same_case_is_judged_by_the_law_of_its_day(day, least, law, world):
    found = asked(good(members=members(6), on=day, conference=None))["R1"]

    assert (found.verdict == "holds") == (least == 5)
    assert found.numbers == {"members_at_least_htx": least}
    assert law in found.citation
    assert str(least) in found.finding.sentences[0]
    assert str(least) in found.title


def test_every_broken_rule_says_who_and_both_numbers(world):
    above = asked(good(**shares(30.000001, 29.999999, 20, 10, 10)))["R4"].finding

    assert "Trần Mẫu Bưởi" in above.sentences[0]
    assert "30.000.001" in above.sentences[0]
    assert "30.000.000" in above.sentences[0]
    assert above.facts["members"] == [1]
    assert "Trần" not in str(above.facts), "what is stored names nobody"


def test_ten_thousand_wrong_members_are_told_in_a_few_sentences(world):
    wrong = good(members=members(10_000, use=""))

    found = asked(wrong)["R6"].finding

    assert len(found.sentences) < 20
    assert "9988" in found.sentences[-1].replace(".", "")
    assert len(found.facts["members"]) == 50


def test_the_day_of_the_conference_counts_not_the_day_asked_about(world):
    young = changed(1, birth_date=date(2008, 3, 11), birth_year=2008)

    assert asked(good(members=young, on=date(2027, 1, 1)))["R2"].verdict == BROKEN
    assert CONFERENCE.isoformat() == asked(good(members=young, on=date(2027, 1, 1)))["R2"].facts["counted_on"]
