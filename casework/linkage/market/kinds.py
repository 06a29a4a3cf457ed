"""What each kind of market link says of itself: the one table of which fields a kind has, and which it needs.

Sources: domain.md §6. OCOP certificates hold 36 months (Decision 148/QĐ-TTg of 2023); who recognises which star
after the district level ended is not confirmed, so the issuer is written down and never derived.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.linkage.models import MarketLink

K = MarketLink.Kind


class How(TextChoices):
    """How a named person made sure that a link is real."""

    ORIGINAL = "original", _("Saw the original paper")
    ISSUER = "issuer", _("Asked the buyer or issuer")
    PAGE = "page", _("Opened the listing or the register")
    VISIT = "visit", _("Saw it on a visit")


@dataclass(frozen=True)
class Asked:
    """The fields of a kind beside partner, proof and day; `needed` are those without which it proves nothing."""

    fields: tuple[str, ...]
    needed: frozenset[str] = frozenset()


KINDS: dict[str, Asked] = {
    K.CONTRACT: Asked(("product", "volume", "price_rule", "value", "valid_until"), frozenset({"product"})),
    K.PLATFORM: Asked(("address", "product", "value"), frozenset({"address"})),
    K.OCOP: Asked(
        ("product", "group", "stars", "number", "valid_until"), frozenset({"product", "stars", "number", "valid_until"})
    ),
    K.BRAND: Asked(("number", "group", "valid_until"), frozenset({"number"})),
    K.TRACEABILITY: Asked(("product", "number", "address"), frozenset({"number"})),
    K.GROWING_AREA: Asked(("number", "group", "area", "valid_until"), frozenset({"number", "group"})),
    K.STANDARD: Asked(("group", "number", "area", "valid_until"), frozenset({"group", "number", "valid_until"})),
    K.TRADE_FAIR: Asked(("product", "value")),
}
# A scale and no limit: OCOP is certified with three, four or five stars (Decision 148/QĐ-TTg of 2023).
FEWEST_STARS, MOST_STARS = 3, 5
EXTRAS = ("product", "number", "group", "stars", "volume", "price_rule", "value", "area", "address", "valid_until")


def kinds_with(field: str) -> tuple[str, ...]:
    """The kinds that have a field."""
    return tuple(str(kind) for kind, asked in KINDS.items() if field in asked.fields)


def how_label(how: str) -> str:
    """How it was verified, in words; what was written freely stays as it is."""
    return str(How(how).label) if how in How.values else how
