"""Shape and wording of what is typed about market and follow-up."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import OneOf, TickBox
from casework.fields import (
    LongText,
    MoneyInput,
    QuantityInput,
    TextLine,
    VietnameseDate,
    WholeNumber,
    within,
)
from casework.linkage.market.kinds import EXTRAS, FEWEST_STARS, KINDS, MOST_STARS, How, kinds_with
from casework.linkage.market.links import is_linked, live_links, unverified, usual_end
from casework.linkage.models import LinkageReview, MarketLink
from casework.plans.models import FoundingConference
from casework.steps import StepForm


class ListingAddress(TextLine):
    """An address of the web, kept as it was written and never opened by us."""

    default_error_messages = {
        "address": _("Write the whole address of the page, beginning with https://."),
    }

    def __init__(self, **options: Any):
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> str:
        """The address; "" when nothing was typed."""
        written = super().clean(value) or ""
        if written:
            try:
                URLValidator(schemes=["http", "https"])(written)
            except ValidationError as error:
                raise self.fault("address") from error
        return str(written)


CHOOSE_KIND = _("Choose what kind of link it is.")


class LinkForm(StepForm):
    """One market link: what every kind says, and what its kind says besides (market/kinds.py)."""

    kind = OneOf(
        label=_("Kind of link"),
        choices=MarketLink.Kind.choices,
        required=False,
        error_messages={"required": CHOOSE_KIND, "invalid_choice": CHOOSE_KIND},
    )
    partner = TextLine(
        label=_("Buyer, platform or issuer"), required=False, error_messages={"required": _("Write with whom.")}
    )
    proof = TextLine(
        label=_("Proof"),
        required=False,
        max_length=200,
        help_text=_("Number of the contract or certificate, or the address of the listing."),
        error_messages={"required": _("Write the number or address that proves it.")},
    )
    linked_on = VietnameseDate(label=_("Since when"), required=False)
    product = TextLine(label=_("Product"), required=False)
    number = TextLine(label=_("Number or code"), required=False, max_length=120)
    group = TextLine(
        label=_("Group, class, crop or standard"),
        required=False,
        max_length=120,
        help_text=_("OCOP group, class of the mark, crop, VietGAP or organic."),
    )
    stars = WholeNumber(label=_("Stars"), required=False, least=FEWEST_STARS, most=MOST_STARS)
    volume = TextLine(label=_("Volume"), required=False, max_length=120)
    price_rule = TextLine(label=_("How the price is set"), required=False, max_length=200)
    value = MoneyInput(label=_("Value"), required=False)
    area = QuantityInput(label=_("Area"), required=False, suffix=_("hectares"))
    address = ListingAddress(label=_("Address of the listing"), required=False)
    valid_until = VietnameseDate(label=_("Valid until"), required=False, past=False)

    when = {name: ("kind", kinds_with(name)) for name in EXTRAS}
    required_then = frozenset({"kind", "partner", "proof", "linked_on"})

    def clean(self) -> dict[str, Any]:
        """What its kind needs; a link does not end before it begins."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if not kind:
            return cleaned
        begins, ends = cleaned.get("linked_on"), cleaned.get("valid_until")
        for name in KINDS[kind].needed:
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _g("This kind of link needs it."))
                if name == "valid_until" and (usual := usual_end(kind, begins)):
                    self.add_error(name, _g("Usually it is %(day)s.") % {"day": f"{usual:%d/%m/%Y}"})
        if begins and ends and ends < begins:
            self.add_error("valid_until", _g("It would end before it begins."))
        return cleaned


class OneLinkForm(LinkForm):
    """A link that is written down outside a step: nothing of what every kind says may be missing."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in self.required_then:
            self.fields[name].required = True


class LinkMarketForm(LinkForm):
    """Proof of a market, or why there is none yet."""

    result = OneOf(label=_("Is the cooperative linked to a market?"), choices=MarketLink.Result.choices)
    reason = LongText(
        label=_("Why does it go on without a market for now?"),
        required=False,
        error_messages={"required": _("Write why it goes on without a market for now.")},
    )

    # In a correction: the link that the form opened with (MarketLink.answers_of).
    replaces = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)

    field_order = ["result", *LinkForm.base_fields, "reason"]
    when = {
        **dict.fromkeys(("kind", "partner", "proof", "linked_on"), ("result", ("linked",))),
        **LinkForm.when,
        "reason": ("result", ("skipped",)),
    }
    required_then = LinkForm.required_then | {"reason"}


class ConfirmLinkageForm(StepForm):
    """Confirm, or say what is still missing. Links of others that nobody verified yet can be verified here."""

    decision = OneOf(label=_("Your decision"), choices=LinkageReview.Decision.choices)
    reason = LongText(
        label=_("What is still missing?"),
        required=False,
        error_messages={"required": _("Write what is still missing, so that the others know what to do.")},
    )

    when = {"reason": ("decision", ("return",))}
    required_then = frozenset({"reason"})

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Four eyes: what she wrote down herself is for somebody else to verify.
        self.waiting = [link for link in unverified(self.case) if link.recorded_by_id != self.by.pk]
        for link in self.waiting:
            self.fields[f"how_{link.pk}"] = OneOf(
                label=_g("How did you verify “%(link)s, %(proof)s”?") % {"link": link, "proof": link.proof},
                choices=[*How.choices, ("", _("Not verified"))],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Confirmed is only what somebody has made sure of."""
        cleaned = super().clean()
        names = [f"how_{link.pk}" for link in self.waiting]
        cleaned["verified"] = {int(name[4:]): cleaned.pop(name) for name in names if cleaned.get(name)}
        for name in names:
            cleaned.pop(name, None)
        confirms = cleaned.get("decision") == LinkageReview.Decision.CONFIRM
        if confirms and not cleaned["verified"] and not is_linked(self.case):
            self.add_error(
                names[0] if names else "decision",
                _g("No market link is verified yet. Say how you verified one, or return the case."),
            )
        return cleaned


class FollowUpForm(StepForm):
    """How the cooperative does today."""

    visited_on = VietnameseDate(label=_("Day of the visit"))
    members = WholeNumber(label=_("Official members"), suffix=_("people"))
    women = WholeNumber(label=_("Of them women"), suffix=_("people"))
    workers = WholeNumber(label=_("Workers"), suffix=_("people"))
    revenue = MoneyInput(label=_("Revenue since the start"))
    difficulties = LongText(label=_("Difficulties"), required=False)
    wants_strengthening = TickBox(label=_("The cooperative wants support to become stronger"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.links = list(live_links(self.case))
        for link in self.links:
            said = {"link": link}
            self.fields[f"state_{link.pk}"] = OneOf(
                label=_g("What came of “%(link)s”?") % said,
                choices=MarketLink.State.choices,
                initial=link.state or None,
            )
            self.fields[f"sales_{link.pk}"] = MoneyInput(label=_g("Sales through “%(link)s”") % said, required=False)

    @classmethod
    def initial_for(cls, case: Any) -> dict[str, Any]:
        """The members as they were at the founding."""
        conference = FoundingConference.latest_of(case)
        return {"members": conference.official_members, "women": conference.women_members} if conference else {}

    def clean(self) -> dict[str, Any]:
        """A part is not larger than the whole."""
        cleaned = super().clean()
        within(self, "women", "members", _g("This is more than all official members."))
        later = self._later(cleaned.get("visited_on"))
        told = {
            link: (cleaned.pop(f"state_{link.pk}", ""), cleaned.pop(f"sales_{link.pk}", None)) for link in self.links
        }
        for link in later:
            # Nothing can have come of it by that day, so nothing is asked.
            self.errors.pop(f"state_{link.pk}", None)
            if told[link][0]:
                self.add_error(f"state_{link.pk}", _g("This day lies before the link began."))
        cleaned["outcomes"] = {link.pk: said for link, said in told.items() if link not in later}
        return cleaned

    def _later(self, visited_on: date | None) -> list[MarketLink]:
        """The links that began after the visit."""
        return [link for link in self.links if visited_on and link.linked_on and link.linked_on > visited_on]
