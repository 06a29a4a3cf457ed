"""The words for where a case stands. Stage says how far it has come, status whether it moves at all."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a case is for. `CONSOLIDATION` (củng cố) is support, not a legal merger."""

    FOUNDING = "founding", _("Founding")
    CONVERSION = "conversion", _("Conversion of a cooperative group")
    CONSOLIDATION = "consolidation", _("Strengthening")
    MERGER = "merger", _("Legal merger")


class Stage(TextChoices):
    """How far a case has come."""

    LEAD = "lead", _("Lead")
    CONSULTATION = "consultation", _("Consultation")
    BUSINESS_PLAN = "business_plan", _("Business plan")
    REGISTRATION = "registration", _("Registration")
    LINKAGE = "linkage", _("Market and credit")
    LINKED = "linked", _("Linked")


class Status(TextChoices):
    """Whether a case moves."""

    OPEN = "open", _("Open")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")


class Outcome(TextChoices):
    """How a closed case ended."""

    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    DUPLICATE = "duplicate", _("Duplicate of another case")
    STOPPED = "stopped", _("Stopped by the group")
    REFUSED = "refused", _("Registration refused")


class LegalForm(TextChoices):
    """The form under the Law on Cooperatives 17/2023/QH15, Article 4; a linked group is none of them."""

    HTX = "HTX", _("Cooperative")
    THT = "THT", _("Cooperative group")
    LHHTX = "LHHTX", _("Union of cooperatives")
    TLK = "TLK", _("Linked group, no legal form")
    UNKNOWN = "", _("Not known")


class Source(TextChoices):
    """How the Women's Union heard of a group."""

    VISIT = "visit", _("Visit by the Women's Union")
    SELF = "self", _("The women came themselves")
    PARTNER = "partner", _("Named by a partner organisation")
    ROSTER = "roster", _("Imported from a roster")
    OTHER = "other", _("Other")
