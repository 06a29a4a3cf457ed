"""Fields that are answered by choosing: one of a few, yes or no, a consent."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


def standing_alone(answers: type[models.TextChoices]) -> list[tuple[str, Any]]:
    """Answers that are written as parts of a sentence, each with a capital."""
    return [(value, capfirst(label)) for value, label in answers.choices]


class OneOf(forms.ChoiceField):
    """One of a few answers, all of them in sight, none chosen beforehand."""

    widget = forms.RadioSelect
    default_error_messages = {
        "required": _("Choose one answer."),
        "invalid_choice": _("Choose one of the answers offered here."),
    }


class Consent(forms.BooleanField):
    """A consent that somebody gave. Never ticked beforehand; without it nothing goes on."""

    default_error_messages = {
        "required": _("Without this consent you cannot go on. Ask for it, then tick the box."),
    }

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.wide = True


class TickBox(forms.BooleanField):
    """Yes when ticked, no when not."""

    def __init__(self, **options: Any):
        super().__init__(required=False, **options)
