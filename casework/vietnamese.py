"""Vietnamese text: one spelling (NFC), folding for search and order, in Python and in PostgreSQL.

`vn_fold(text)` and `vn_key(text)` are immutable SQL functions, so both can carry an index. They use no
locale of the machine: the embedded PostgreSQL is built without ICU and Debian has no `vi_VN`.
"""

import unicodedata

from django.db.models import CharField, Func

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = "aăâeêioôơuưy"
# What PostgreSQL's unaccent makes of signs that people paste from a word processor.
SIGNS = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "½": " 1/2"})
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # level, huyền, hỏi, ngã, sắc, nặng


def nfc_clean(text: str) -> str:
    """The text in NFC, with no-break and repeated spaces made one space and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Lower case without marks (Đặng → dang), spaces as in `nfc_clean`. Equals SQL `vn_fold` on clean text."""
    plain = unicodedata.normalize("NFD", nfc_clean(text).translate(SIGNS).replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def given_name(full_name: str) -> str:
    """The last word of a Vietnamese name, by which people are listed."""
    return nfc_clean(full_name).rpartition(" ")[2]


def _letter_tables() -> tuple[str, str, str]:
    """Three strings of equal length: every letter, its place in the alphabet, its tone."""
    source = primary = tone = ""
    for place, letter in enumerate(LETTERS):
        for number, mark in enumerate(TONES if letter in VOWELS else [""]):
            small = unicodedata.normalize("NFC", letter + mark)
            source += small + small.upper()
            primary += chr(65 + place) * 2
            tone += str(number) * 2
    return source, primary, tone


def create_functions_sql() -> str:
    """SQL that creates `vn_key` (sort key in Vietnamese alphabetical order) and `vn_fold`."""
    source, primary, tone = _letter_tables()
    return f"""
    CREATE OR REPLACE FUNCTION vn_key(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN (translate(normalize(t, NFC), '{source}', '{primary}') || E'\\x01'
              || translate(normalize(t, NFC), '{source}', '{tone}')) COLLATE "C";
    CREATE OR REPLACE FUNCTION vn_fold(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN lower(public.unaccent('public.unaccent'::regdictionary, normalize(t, NFC)) COLLATE "C");
    """


DROP_FUNCTIONS_SQL = "DROP FUNCTION IF EXISTS vn_key(text); DROP FUNCTION IF EXISTS vn_fold(text);"


class VnKey(Func):
    """Sort key of a text in Vietnamese alphabetical order."""

    function = "vn_key"
    output_field = CharField()


class VnFold(Func):
    """A text in lower case without marks."""

    function = "vn_fold"
    output_field = CharField()
