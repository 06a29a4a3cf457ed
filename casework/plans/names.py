"""The name of a cooperative, as the law lets it be (LHTX Article 50; rule R11)."""

import unicodedata

from django.utils.translation import gettext as _

from casework.cases.stages import LegalForm
from casework.vietnamese import LETTERS, TONES, nfc_clean

FIRST_WORDS = {LegalForm.HTX: "Hợp tác xã", LegalForm.LHHTX: "Liên hiệp hợp tác xã"}
SHORT_FORMS = ("LHHTX", "HTX", "THT")
# State bodies, armed forces, political and socio-political organisations, in their own spelling: folding
# would take "công đoạn" for "Công đoàn".
PROTECTED = (
    "Hội Liên hiệp Phụ nữ",
    "Hội LHPN",
    "Hội Phụ nữ",
    "Hội Nông dân",
    "Hội Cựu chiến binh",
    "Đoàn Thanh niên",
    "Công đoàn",
    "Mặt trận Tổ quốc",
    "Đảng Cộng sản",
    "Hội đồng nhân dân",
    "Ủy ban nhân dân",
    "Uỷ ban nhân dân",
    "UBND",
    "Quân đội nhân dân",
    "Công an nhân dân",
)
_ALLOWED = {unicodedata.normalize("NFC", letter + tone) for letter in f"{LETTERS}fjwz" for tone in TONES}


def proposed_name(working_name: str, legal_form: str) -> str:
    """A working name such as "HTX Nấm" written out as the charter needs it: "Hợp tác xã Nấm"."""
    first, _space, own = nfc_clean(working_name).partition(" ")
    own_name = own if first.upper() in SHORT_FORMS else nfc_clean(working_name)
    words = FIRST_WORDS.get(LegalForm(legal_form), "")
    return own_name if not words or own_name.lower().startswith(words.lower()) else f"{words} {own_name}".strip()


def protected_name_in(name: str) -> str:
    """The organisation whose name the law protects and which stands in this name, or ""."""
    return next((protected for protected in PROTECTED if protected.lower() in name.lower()), "")


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
