"""The score: a fixed list of pairs with their expected order and level, and what holds for every name."""

import csv
import unicodedata
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.duplicates.likeness import edits, likeness_of
from casework.duplicates.score import Entry, Kind, Level, score
from casework.duplicates.spelling import core_of, from_telex, name_of
from casework.programme.roster.text import fold

with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="") as file:
    PAIRS = list(csv.DictReader(file))

SAME = {
    "commune": {"communes": frozenset({1, 2})},
    "province": {"province": 56},
    "phone": {"phones": frozenset({"+84901234567"})},
    "contact": {"contact": "Lê Mẫu Cúc"},
    "day": {"born": "1980-05-11"},
    "year": {"born": "1980"},
    "founded": {"founded": "2024"},
    "code": {"code": "0100233488"},
    "register": {"register": 7},
}
OTHER = {
    "commune": {"communes": frozenset({3})},
    "province": {"province": 68},
    "phone": {"phones": frozenset({"+84907654321"})},
    "contact": {"contact": "Võ Mẫu Sen"},
    "year": {"born": "1990"},
    "code": {"code": "4500233488"},
    "register": {"register": 8},
}


def entry(pair, side: str) -> Entry:
    """One side of a pair; `same` and `differ` name what both say beside their names."""
    facts = {}
    for what in pair["same"].split():
        facts |= SAME[what]
    for what in pair["differ"].split():
        facts |= (SAME if side == "one" else OTHER)[what]
    return Entry(Kind(pair["kind"]), (pair[side],), **facts)


def of_pair(pair):
    return score(entry(pair, "one"), entry(pair, "other"))


def likeness_in(pair) -> float:
    return likeness_of(pair["one"], pair["other"], person=pair["kind"] == "person").value


def test_the_list_is_long_enough():
    assert len({(p["kind"], p["one"], p["other"], p["same"], p["differ"]) for p in PAIRS}) >= 200
    assert Counter(p["kind"] for p in PAIRS).keys() == {"person", "cooperative", "lead"}


@pytest.mark.parametrize("name", sorted({pair["set"] for pair in PAIRS}))
def test_the_pairs_of_a_set_stand_in_their_order(name):
    ordered = next(list(group) for key, group in groupby(PAIRS, lambda pair: pair["set"]) if key == name)
    for before, after in pairwise(ordered):
        higher, lower = ((of_pair(p).points, likeness_in(p)) for p in (before, after))
        assert higher > lower, f"{before['other']} {higher} before {after['other']} {lower}"


@pytest.mark.parametrize("pair", [p for p in PAIRS if p["level"]], ids=lambda p: f"{p['set']} {p['one']}={p['other']}")
def test_the_level_of_a_pair(pair):
    found = of_pair(pair)

    assert found.level == Level(pair["level"]), [(r.what, r.points) for r in found.reasons]


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("HTX Nông nghiệp Phụ nữ Hương Rừng", "hương rừng"),
        ("Hợp tác xã dịch vụ & thương mại Hương Rừng", "hương rừng"),
        ("THT Đan Lát", "đan lát"),
        ("Tổ hợp tác Đan Lát", "đan lát"),
        ("Hợp tác xã", "hợp tác xã"),
        ("HTX Bạch Mai", "bạch mai"),
        ("H.T.X. Hương-Rừng", "hương rừng"),
        ("hop tac xa nong nghiep Huong Rung", "huong rung"),
    ],
)
def test_the_core_of_a_name(name, core):
    assert " ".join(core_of(name).words) == core


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("nguyeenx thij lan", "nguyễn thị lan"),
        ("nguyeexn thij lan", "nguyễn thị lan"),
        ("ddaof", "đào"),
        ("dduwowngf", "đường"),
        ("quys", "quý"),
        ("hoaf thuyr", "hòa thủy"),
        ("trang sen xuan", "trang sen xuan"),
        ("Đào", "đào"),
        ("x r s", "x r s"),
    ],
)
def test_telex_keys_are_read(typed, read):
    assert " ".join(from_telex(name_of(typed)).words) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX nông nghiệp Hương Rừng", "HTX nông nghiệp Biển Xanh"),
        ("HTX phụ nữ An Phú", "HTX phụ nữ Bình Minh"),
        ("HTX Rau", "HTX Rau sạch Đà Lạt"),
        ("", "HTX Rau"),
        ("!!!", "HTX Rau"),
    ],
)
def test_names_that_share_only_common_words_are_not_alike(one, other):
    assert likeness_of(one, other).value < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [("+84901234567", "0901234567"), ("0901 234 567", "84 901234567"), ("(0901) 234-567", "+84 901 234 567")],
)
def test_a_phone_is_known_by_its_last_nine_digits(one, other):
    a, b = (Entry(Kind.LEAD, ("HTX Gạo",), phones=frozenset({phone})) for phone in (one, other))

    assert score(a, b).speaks_of("phone")


def test_a_number_that_is_too_short_says_nothing():
    a = Entry(Kind.LEAD, ("HTX Gạo",), phones=frozenset({"113"}))

    assert not [reason for reason in score(a, a).reasons if reason.what == "phone"]


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ("1980-05-11", "1980-05-11", 40),
        ("1980-05-11", "1980-11-05", 25),
        ("1980-05-11", "1980-06-12", -15),
        ("1980", "1980-06-12", 25),
        ("1980", "1981", 5),
        ("1980", "1983-01-01", -30),
    ],
)
def test_days_and_years_of_birth(one, other, points):
    a, b = (Entry(Kind.PERSON, ("Nguyễn Mẫu Lan",), born=born) for born in (one, other))

    assert [r.points for r in score(a, b).reasons if r.what.startswith("birth")] == [points]


def test_a_lead_is_compared_with_an_entry_of_the_register_too():
    lead = Entry(Kind.LEAD, ("HTX Nấm Hoa Sen",), communes=frozenset({1}), phones=frozenset({"+84901234567"}))
    known = Entry(Kind.COOPERATIVE, ("HTX Sen Hồng", "Tổ Nấm Hoa Sen"), communes=frozenset({1}), code="0100233488")

    assert score(lead, known).level == Level.LIKELY


NAMES = st.one_of(
    st.sampled_from(sorted({pair[side] for pair in PAIRS for side in ("one", "other")})),
    st.lists(st.text("aăâbdđeêghiklmnoôơprstuưvxy ̣́̀̉̃jwfAĐ'", min_size=1, max_size=6), min_size=1, max_size=5).map(
        " ".join
    ),
    st.text(max_size=30),
)


@given(one=NAMES, other=NAMES, person=st.booleans())
def test_the_order_of_two_names_does_not_matter(one, other, person):
    found = likeness_of(one, other, person=person)

    assert found == likeness_of(other, one, person=person)
    assert 0 <= found.value <= 1


@given(name=NAMES, person=st.booleans())
def test_equal_names_are_equal_however_composed(name, person):
    if not name_of(name).words:
        return
    assert likeness_of(name, name, person=person).value == 1
    assert likeness_of(unicodedata.normalize("NFD", name), unicodedata.normalize("NFC", name), person=person).value == 1


@given(name=NAMES, person=st.booleans())
def test_a_name_without_its_marks_is_never_more_alike_than_the_name_itself(name, person):
    read = name_of if person else core_of
    folded = likeness_of(name, fold(name), person=person).value

    assert folded <= 1
    if read(name).words != read(fold(name)).words:
        assert folded < 1


FACTS = st.fixed_dictionaries(
    {
        "communes": st.frozensets(st.integers(1, 4), max_size=2),
        "province": st.none() | st.integers(1, 3),
        "phones": st.frozensets(st.sampled_from(["+84901234567", "0907654321", "12"]), max_size=2),
        "contact": st.sampled_from(["", "Lê Mẫu Cúc", "Võ Mẫu Sen"]),
        "born": st.sampled_from(["", "1980", "1981", "1980-05-11", "1980-11-05"]),
        "founded": st.sampled_from(["", "2024", "2024-03", "2023-05-01"]),
        "code": st.sampled_from(["", "0100233488", "4500233488"]),
        "register": st.none() | st.integers(1, 2),
    }
)
ENTRIES = st.builds(
    lambda kind, names, facts: Entry(kind, tuple(names), **facts),
    st.sampled_from(list(Kind)),
    st.lists(NAMES, min_size=1, max_size=2),
    FACTS,
)


@given(one=ENTRIES, other=ENTRIES)
def test_the_order_of_two_entries_does_not_matter(one, other):
    found = score(one, other)

    assert found.points == score(other, one).points
    assert 0 <= found.points <= 100


@given(kind=st.sampled_from(list(Kind)), name=NAMES, facts=FACTS)
def test_equal_entries_with_an_identifying_fact_get_all_points(kind, name, facts):
    identifying = {**facts, "phones": frozenset({"+84901234567"}), "code": "0100233488", "communes": frozenset({1})}
    if name_of(name).words:
        one = Entry(kind, (name,), **identifying)
        assert score(one, one).points == 100


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_edits_are_a_distance(a, b, c):
    assert (edits(a, b) == 0) == (a == b)
    assert edits(a, b) == edits(b, a) <= max(len(a), len(b))
    assert edits(a, c) <= 2 * (edits(a, b) + edits(b, c))
