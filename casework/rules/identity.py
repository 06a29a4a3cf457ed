"""What a personal identification number says against what else is known of a person (rule R20; domain.md §8.3)."""

import csv
import re
from functools import cache
from pathlib import Path

from casework.people.roll.identity import told_by

_PROVINCES = Path(__file__).parent / "data" / "id_provinces.csv"


@cache
def provinces_of_birth() -> frozenset[str]:
    """The three-digit codes of the 63 provinces of before July 2025, under which births were registered."""
    with _PROVINCES.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def faults_of_id(number: str, sex: str, birth_year: int | None) -> tuple[str, ...] | None:
    """What does not fit: "length", "province", "sex", "year"; None where no number is known.

    A number has no check digit, so all of this warns and nothing proves it wrong.
    """
    if not number:
        return None
    if not re.fullmatch(r"[0-9]{12}", number):
        return ("length",)
    told = told_by(number)
    faults = [] if number[:3] in provinces_of_birth() else ["province"]
    if told and sex and told.sex != sex:
        faults.append("sex")
    if told and birth_year and told.year != birth_year:
        faults.append("year")
    return tuple(faults)
