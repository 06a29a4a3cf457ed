"""What a number is made of: one row for each thing that it counts, and the scope within which it counts."""

from dataclasses import dataclass
from datetime import date, datetime

from casework.organisations.models import Organisation


@dataclass(frozen=True)
class Row:
    """One thing behind a number. `key` makes it one of its kind; `amount` is what it adds (1, people, đồng).

    `on` decides the period, `told_at` when it was entered. `label` never holds personal data.
    """

    key: str
    amount: int
    on: date
    told_at: datetime
    label: str
    url: str
    case_code: str = ""
    commune_id: int | None = None
    commune: str = ""
    sex: str = ""
    minority: bool | None = None
    legal_form: str = ""
    programmes: tuple[str, ...] = ()
    organisation_id: int | None = None
    organisation: str = ""


@dataclass(frozen=True)
class Scope:
    """Whose things are counted, of which days (both ends count), as they had been told by a moment (None: by now)."""

    organisation: Organisation
    first_day: date
    last_day: date
    known_until: datetime | None = None
