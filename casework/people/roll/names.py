"""Names of members as typed: capitals, NFD, forms of address, names in two columns, households."""

import re
import unicodedata
from typing import NamedTuple

from casework.people.roll.words import TITLES, body_in
from casework.programme.roster.grid import Cell, as_typed
from casework.programme.roster.model import Problem
from casework.programme.roster.text import fold, tidy

LONGEST = 120
LONGEST_BODY = 160
# They turn the writing around: a name would read differently on paper than on the screen.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BETWEEN_NAMES = re.compile(r"[,;/&+\n]|\s-\s|\bvà\b")
_TITLE = re.compile(r"(bà|chị|cô|ông|anh|chú)(?:\s*[.:]\s*|\s+)(?=\S)", re.IGNORECASE)


class ReadName(NamedTuple):
    """A name understood. `body` is the nature of a household or body, "" for a person."""

    text: str
    problem: Problem | None = None
    body: str = ""
    title: str = ""
    sex: str = ""


def title_of(cell: Cell) -> str:
    """The form of address that a name may begin with ("Bà Nguyễn Thị Mẫu" → "bà"), "" without one."""
    found = _TITLE.match(tidy(cell)) if isinstance(cell, str) else None
    return found[1].lower() if found else ""


def have_titles(names: list[Cell]) -> bool:
    """Whether a column of names is typed with forms of address. A lone "Ông" may be a surname."""
    titles = [title for name in names if (title := title_of(name))]
    return 2 * len(titles) >= len(names) and bool(set(titles) - {"ông"})


def written(name: str) -> str:
    """A name typed in capitals or small letters with one capital for each word; any other as typed."""
    letters = [c for c in name if c.isalpha()]
    if not letters or not (all(c.isupper() for c in letters) or all(c.islower() for c in letters)):
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name.lower())


def _fault(name: str) -> Problem | None:
    """What keeps a text from being a person's full name."""
    if len(name) > LONGEST:
        return Problem("name_too_long", {"most": LONGEST})
    if _BETWEEN_NAMES.search(name) and len(name.split()) > 3:
        return Problem("several_names")
    if not all(c.isalpha() or unicodedata.combining(c) or c in " '’.-" for c in name):
        return Problem("name_not_a_name")
    return None if len(name.split()) > 1 else Problem("name_too_short")


def read_name(cell: Cell, *, titles: bool) -> ReadName:
    """The name in a cell. With `titles` the column begins names with Bà, Ông …; these then tell the sex.

    The problem is what is wrong; the text stays as typed then.
    """
    typed = as_typed(cell) if not isinstance(cell, str) else cell
    if TURNING.search(typed or ""):
        return ReadName(tidy(typed or "")[:LONGEST], Problem("name_with_hidden_marks"))
    name = tidy(typed or "")
    if not any(c.isalpha() for c in name):
        return ReadName(name[:LONGEST], Problem("name_not_a_name" if name else "name_missing"))
    body = body_in(name)
    if body:
        long = Problem("name_too_long", {"most": LONGEST_BODY}) if len(name) > LONGEST_BODY else None
        return ReadName(name[:LONGEST_BODY], long, body)
    return _person(name, titles=titles)


def _person(name: str, *, titles: bool) -> ReadName:
    found = _TITLE.match(name)
    if found and titles:
        title = found[1].capitalize()
        rest = written(name[found.end() :])
        return ReadName(rest[:LONGEST], _fault(rest), title=title, sex=TITLES[fold(title)])
    fault = _fault(name)
    shown = name if fault else written(name)
    if found and fault is None and len(shown.split()) > 2:
        fault = Problem("title_or_surname", {"typed": found[1].capitalize()})
    return ReadName(shown[:LONGEST], fault)
