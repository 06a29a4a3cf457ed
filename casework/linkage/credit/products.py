"""What a lender's product allows, as dated data (domain.md §5.1; rules R17 and R18)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.facts import dong
from casework.linkage.models import CreditProduct


def products_on(day: date | None = None) -> QuerySet[CreditProduct]:
    """The products on offer on a day (default: today)."""
    day = day or timezone.localdate()
    offered = CreditProduct.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
    return offered.order_by("name", "pk")


def breaches(product: CreditProduct, asked: dict[str, Any]) -> dict[str, str]:
    """What of an application the product does not allow: field → sentence. No query.

    `asked` holds `borrower`, `amount` (đồng), `term_months`, `workers`; a value that is not known breaks nothing.
    """
    found = {}
    amount, workers, months = asked.get("amount"), asked.get("workers"), asked.get("term_months")
    if asked.get("borrower") and asked["borrower"] not in product.borrowers:
        found["borrower"] = _("This product is not for this borrower: %(who)s.") % {"who": product.who}
    if amount and product.limit and amount > product.limit:
        found["amount"] = _("This product lends at most %(limit)s (%(source)s).") % {
            "limit": dong(product.limit),
            "source": product.source,
        }
    elif amount and workers is not None and product.per_worker and amount > product.per_worker * workers:
        found["amount"] = _("This product lends at most %(each)s for each worker: %(most)s for %(n)s (%(source)s).") % {
            "each": dong(product.per_worker),
            "most": dong(product.per_worker * workers),
            "n": workers,
            "source": product.source,
        }
    if months and product.most_months and months > product.most_months:
        found["term_months"] = _("This product lends for at most %(n)s months (%(source)s).") % {
            "n": product.most_months,
            "source": product.source,
        }
    return found


def remarks(application: Any) -> list[str]:
    """What a lender will look at though it blocks nothing: own capital below the share that the product asks for."""
    product = application.product
    if product is None:
        return []
    found = [] if product.confirmed else [_("The limits of this product are not confirmed: ask the lender.")]
    own, amount = application.own_capital, application.amount
    if product.own_share and own is not None and amount:
        share = Decimal(100 * own) / (own + amount)
        if share < product.own_share:
            found.append(
                _("Own capital is %(share)s%% of the plan; the product asks for %(least)s%%.")
                % {"share": f"{share:.1f}".replace(".", ","), "least": f"{product.own_share:.0f}"}
            )
    return found
