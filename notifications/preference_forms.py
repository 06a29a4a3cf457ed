"""The form of a person's preferences."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from notifications.channels import channels
from notifications.kinds import Group
from notifications.models import Mode, Reader
from notifications.readers import Wishes

_NO_TIME = {"invalid": _("Write a time such as 21:00.")}


def _time_field(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%Hh%M", "%Hh"]
    return forms.TimeField(
        label=label, required=False, widget=widget, input_formats=formats, error_messages=_NO_TIME, **more
    )


class PreferencesForm(forms.Form):
    """Language, quiet hours, summary, and for each group and channel when she is told."""

    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    digest = forms.ChoiceField(
        label=_("Summary by e-mail"),
        choices=Reader.Digest.choices,
        widget=forms.RadioSelect,
        help_text=_("At seven in the morning, and only when there is something to tell."),
    )
    quiet_from = _time_field(_("Quiet from"))
    quiet_until = _time_field(
        _("Quiet until"), help_text=_("In these hours nothing is sent; it follows afterwards. Empty: no quiet hours.")
    )

    use_required_attribute = False

    def __init__(self, wishes: Wishes, data: Any = None):
        super().__init__(data, initial=_initial(wishes))
        for group, channel in _places():
            label = f"{Group(group).label}: {channels()[channel].label}"
            self.fields[_name(group, channel)] = forms.ChoiceField(label=label, choices=Mode.choices)

    def head(self) -> list[forms.BoundField]:
        """The fields above the table."""
        return [self[name] for name in ("language", "digest", "quiet_from", "quiet_until")]

    def table(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The rows of the table: what it is about, and one field for each channel."""
        for group in Group:
            yield str(group.label), [self[_name(group, channel)] for channel in channels()]

    def clean(self) -> dict[str, Any]:
        """Both ends of the quiet hours, or none."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not {"quiet_from", "quiet_until"} & self.errors.keys():
            for name, other in (("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")):
                if cleaned.get(name) is None and cleaned.get(other) is not None:
                    self.add_error(name, _("Give both ends of the quiet hours, or leave both empty."))
        return cleaned

    def asked(self) -> dict[str, Any]:
        """What was chosen, as the act takes it."""
        plain = {name: self.cleaned_data[name] for name in ("language", "digest", "quiet_from", "quiet_until")}
        modes = {(group, channel): self.cleaned_data[_name(group, channel)] for group, channel in _places()}
        return {**plain, "modes": modes}


def _places() -> Iterator[tuple[str, str]]:
    return ((str(group.value), channel) for group in Group for channel in channels())


def _name(group: str, channel: str) -> str:
    return f"{group}-{channel}"


def _initial(wishes: Wishes) -> dict[str, Any]:
    chosen = {_name(group, channel): wishes.mode(Group(group), channel).value for group, channel in _places()}
    return {
        "language": wishes.language,
        "digest": wishes.digest,
        "quiet_from": wishes.quiet_from,
        "quiet_until": wishes.quiet_until,
        **chosen,
    }
