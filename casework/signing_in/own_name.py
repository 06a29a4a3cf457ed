"""The rule that one's own name is no part of one's password."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.vietnamese import fold

SHORTEST = 4  # letters; shorter names are parts of ordinary words


class WithoutOwnName:
    """Refuses passwords that contain the user name or the full name, with or without marks and spaces."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        typed = fold(password).replace(" ", "")
        names = (fold(getattr(user, name, "") or "").replace(" ", "") for name in ("username", "full_name"))
        if any(len(name) >= SHORTEST and name in typed for name in names):
            raise ValidationError(self.get_help_text(), "own_name")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Your own name must not be part of the password.")
