"""Naming a cooperative of the register in a form."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cooperatives.models import Cooperative
from casework.fields import TextLine
from casework.vietnamese import VnFold, fold

if TYPE_CHECKING:
    from casework.organisations.standing import Standing

_NUMBER = re.compile(r"#\s*([0-9]{1,9})\b")
_SHOWN = 6


class CooperativeChoice(TextLine):
    """An entry of the register, by its name, its registration code or its number (#12): a Cooperative.

    A province's register is too long for a list to choose from. Set `standing` before the form is read: only
    what the person sees is found.
    """

    standing: "Standing"
    default_error_messages = {
        "required": _("Write the name of the cooperative."),
        "unknown": _("No cooperative of the register is called so. Look it up there, or write its number with #."),
        "several": _("Several are called so: %(names)s. Write the number of the one you mean, with #."),
    }

    def __init__(self, **options: Any):
        options.setdefault("help_text", _("Name, registration code, or number in the register, for example #12."))
        super().__init__(max_length=250, **options)

    def clean(self, value: Any) -> Cooperative | None:  # type: ignore[override]
        """The entry; None when nothing was written and nothing had to be."""
        written: str = super().clean(value)
        return self._found(written) if written else None

    def prepare_value(self, value: Any) -> Any:
        """An entry as it can be read back: its number and its name."""
        if isinstance(value, int):
            value = Cooperative.objects.filter(pk=value).first()
        return f"#{value.pk} {value.name}" if isinstance(value, Cooperative) else value

    def _found(self, written: str) -> Cooperative:
        seen = Cooperative.objects.visible_to(self.standing).current()
        number = _NUMBER.match(written)
        if number:
            found = list(seen.filter(pk=int(number[1])))
        else:
            whole = seen.alias(folded=VnFold("name")).filter(folded=fold(written))
            found = list(whole[:_SHOWN]) or list(seen.named(written).order_by("name", "pk")[:_SHOWN])
        if not found:
            raise self.fault("unknown")
        if len(found) > 1:
            raise forms.ValidationError(
                self.error_messages["several"], "several", {"names": "; ".join(map(_called, found))}
            )
        return found[0]


def _called(entry: Cooperative) -> str:
    place = entry.commune.name if entry.commune else entry.place_as_written
    return f"#{entry.pk} {entry.name}" + (f" ({place})" if place else "")
