"""One step of an answer: what was looked at, and each fact with whether it speaks for or against."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

YES, NO, PLAIN = "yes", "no", ""


@dataclass(frozen=True)
class Line:
    """One fact. `says` is YES, NO or PLAIN."""

    text: str
    says: str = PLAIN


@dataclass(frozen=True)
class Part:
    """One step of the answer: its heading, its facts and, for what is decided in it, the verdict."""

    title: str
    lines: list[Line] = field(default_factory=list)
    verdict: Line | None = None


def on(moment: date | datetime) -> str:
    """A day as people write it; of a moment its day in Vietnam."""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return f"{day:%d/%m/%Y}"
