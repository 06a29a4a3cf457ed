"""The name of a cooperative, as the law lets it be (LHTX Article 50; rule R11)."""

import unicodedata
from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.stages import LegalForm
from casework.rules.models import ProtectedName, in_force
from casework.vietnamese import LETTERS, TONES, VOWELS, nfc_clean

FIRST_WORDS = {LegalForm.HTX: "Hợp tác xã", LegalForm.LHHTX: "Liên hiệp hợp tác xã"}
SHORT_FORMS = ("LHHTX", "HTX", "THT")
# Vietnamese letters, vowels with each tone, and the four letters that the law adds.
_ALLOWED = {*LETTERS, *"fjwz", *(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)}


def proposed_name(working_name: str, legal_form: str) -> str:
    """A working name such as "HTX Nấm" written out as the charter needs it: "Hợp tác xã Nấm"."""
    first, _space, own = nfc_clean(working_name).partition(" ")
    own_name = own if first.upper() in SHORT_FORMS else nfc_clean(working_name)
    words = FIRST_WORDS.get(LegalForm(legal_form), "")
    return own_name if not words or own_name.lower().startswith(words.lower()) else f"{words} {own_name}".strip()


def protected_names(on: date) -> list[str]:
    """State bodies, armed forces, political and socio-political organisations, as the law protects them. One query."""
    return list(ProtectedName.objects.filter(in_force(on)).order_by("pk").values_list("name", flat=True))


def first_protected(name: str, protected: Iterable[str]) -> str:
    """The first protected name that stands in this name, or "".

    In their own spelling: folding would take "công đoạn" for "Công đoàn".
    """
    return next((one for one in protected if one.lower() in name.lower()), "")


def protected_name_in(name: str, on: date | None = None) -> str:
    """The organisation whose name the law protects on a day (default: today) and which stands in this name, or ""."""
    return first_protected(name, protected_names(on or timezone.localdate()))


def fault_of_name(name: str, legal_form: str) -> str:
    """Why the law blocks this name, as a sentence; "" when it does not.

    Whether another cooperative of the country has the name, only the registrar can say.
    """
    words = FIRST_WORDS.get(LegalForm(legal_form), "")
    if words and not name.lower().startswith(f"{words.lower()} "):
        return _("The name must begin with “%(words)s”, followed by its own name.") % {"words": words}
    strange = next((c for c in name if c.isalpha() and c.lower() not in _ALLOWED), "")
    if strange:
        return _("The letter “%(letter)s” may not stand in the name; use Vietnamese letters.") % {"letter": strange}
    return ""
