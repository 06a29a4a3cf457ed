"""A message as it leaves: subject, text and HTML of the same words, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

LONGEST_SUBJECT = 150  # characters


@dataclass(frozen=True)
class Line:
    """One thing told, and the address where to go on (empty: none)."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it."""

    heading: str
    lines: Sequence[Line] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Letter:
    """What a channel sends; one that only has room for a line sends the subject."""

    subject: str
    text: str
    html: str


def site_url(path: str) -> str:
    """The full address of a page; nothing for no page."""
    return f"{settings.SITE_URL.rstrip('/')}{path}" if path else ""


def letter(subject: str, parts: Sequence[Part], language: str) -> Letter:
    """A letter in a language, whose words are made already. A subject is one line, whatever was typed in a name."""
    clean = " ".join(subject.split())[:LONGEST_SUBJECT]
    context = {"subject": clean, "parts": parts, "language": language, "preferences": site_url(_preferences())}
    with translation.override(language):
        text = render_to_string("notifications/letter.txt", context)
        html = render_to_string("notifications/letter.html", context)
        return Letter(f"Đồng Hành: {clean}", text, html)


def _preferences() -> str:
    return reverse("notifications:preferences")
