"""Vietnamese text: one spelling, folding and order, the same in Python and in PostgreSQL."""

import unicodedata

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casework.models import Person
from casework.vietnamese import LETTERS, TONES, VOWELS, VnFold, VnKey, fold, given_name, nfc_clean

SMALL = sorted(
    {
        unicodedata.normalize("NFC", letter + tone)
        for letter in LETTERS
        for tone in (TONES if letter in VOWELS else [""])
    }
)
EVERY_LETTER = [*SMALL, *(letter.upper() for letter in SMALL)]
# As people type names: every letter, figures, signs and spaces of both kinds, composed or not.
WRITTEN = st.text(st.sampled_from([*EVERY_LETTER, *"0123456789 .,-'/()&", "\u00a0"]), max_size=40)
SPELT = st.builds(unicodedata.normalize, st.sampled_from(["NFC", "NFD"]), WRITTEN)
reads_only = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# Given names first, as class registers and member lists are kept; for one given name the whole name decides.
IN_ORDER = [
    "Nguyễn Thị An",
    "Trần Thị An",
    "Lê Thị Ánh",
    "Võ Thị Ẩn",
    "Phạm Thị Ất",
    "Hồ Thị Bé",
    "Hồ Thị Cam",
    "Hồ Thị Châu",
    "Hồ Thị Duyên",
    "Hồ Thị Đào",
    "Lê Thị Đào",
    "Đặng Thị Em",
    "Đặng Thị Hoa",
    "Đặng Thị Hòa",
    "Đặng Thị Hỏa",
    "Đặng Thị Hóa",
    "Đặng Thị Họa",
    "Dương Thị Lan",
    "Đặng Thị Lan",
    "Cao Thị Nga",
    "Cao Thị Ngân",
    "Cao Thị Oanh",
    "Cao Thị Ông",
    "Cao Thị Ơn",
    "Cao Thị Quế",
    "Cao Thị Tâm",
    "Cao Thị Thu",
    "Cao Thị Tú",
    "Cao Thị Tư",
    "Cao Thị Uyên",
    "Cao Thị Ưng",
    "Cao Thị Vân",
    "Cao Thị Xuân",
    "Cao Thị Ý",
]


def in_sql(function: str, texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(t) FROM unnest(%s::text[]) WITH ORDINALITY AS x(t, n) ORDER BY n", [texts])
        return [row[0] for row in cursor.fetchall()]


@reads_only
@example(texts=EVERY_LETTER)
@given(texts=st.lists(SPELT, min_size=1, max_size=30))
def test_python_and_the_database_fold_alike(db, texts):
    clean = [nfc_clean(text) for text in texts]

    assert in_sql("vn_fold", clean) == [fold(text) for text in texts]


@pytest.mark.parametrize("sign", "–—“”‘’…•²½")
def test_python_and_the_database_fold_the_signs_of_a_word_processor_alike(db, sign):
    # The register is asked for names that Python folded (casework/programme/register.py).
    assert in_sql("vn_fold", [f"HTX Nấm {sign} Hoa"]) == [fold(f"HTX Nấm {sign} Hoa")]


@pytest.mark.parametrize("text", ["Đặng Thị Ánh", "đặng thị ánh", "DANG THI ANH", "  Đặng\u00a0Thị   Ánh "])
def test_folding_forgets_marks_case_and_spare_spaces(text):
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == "dang thi anh"


@given(text=SPELT)
def test_cleaning_gives_one_spelling_and_does_not_change_its_own_work(text):
    clean = nfc_clean(text)

    assert nfc_clean(clean) == clean == unicodedata.normalize("NFC", clean)
    assert "\u00a0" not in clean
    assert "  " not in clean
    assert clean == clean.strip()


def test_cleaning_keeps_every_letter_that_was_typed():
    assert nfc_clean(unicodedata.normalize("NFD", " Nguyễn  Thị\u00a0Hường\n")) == "Nguyễn Thị Hường"


@pytest.mark.parametrize(
    ("name", "given_one"), [("Nguyễn Thị Ánh", "Ánh"), ("Ánh", "Ánh"), ("  Trần  Mẫu ", "Mẫu"), ("", "")]
)
def test_the_given_name_is_the_last_word(name, given_one):
    assert given_name(name) == given_one


def test_people_are_listed_by_given_name_in_the_vietnamese_alphabet(db):
    for name in sorted(IN_ORDER, key=lambda name: fold(name[::-1])):
        Person(full_name=unicodedata.normalize("NFD", name)).save()

    listed = Person.objects.order_by(VnKey(F("given_name")), VnKey(F("full_name"))).values_list("full_name", flat=True)

    assert list(listed) == IN_ORDER


def test_the_alphabet_has_29_letters_and_four_guests_in_this_order(db):
    keys = in_sql("vn_key", list(LETTERS))

    assert keys == sorted(keys)
    assert len(set(keys)) == 33
    assert in_sql("vn_key", [letter.upper() for letter in LETTERS]) == keys


def test_tones_decide_only_between_words_of_the_same_letters(db):
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mái", "man"]

    assert sorted(words, key=lambda word: in_sql("vn_key", [word])[0]) == words


def test_text_is_found_without_marks(db):
    Person(full_name="Bùi Thị Đượm").save()

    found = Person.objects.annotate(folded=VnFold("full_name")).filter(folded__contains=fold("ĐƯỢM"))

    assert [person.full_name for person in found] == ["Bùi Thị Đượm"]
