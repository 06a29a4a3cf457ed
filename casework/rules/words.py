"""What facts and numbers of the rules are called, and how their values are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.facts import dong, grouped
from casework.people.models import ContributedAsset, Member, Person
from casework.sharing.scope import beyond_sight

# Kinds of fact that are ids, by the model whose names they stand for.
_NAMED: dict[str, Any] = {"members": Member, "persons": Person, "assets": ContributedAsset}

# Fact → (what it is called, kind of value).
FACTS: dict[str, tuple[Any, str]] = {
    "official_members": (_("Official members"), "count"),
    "too_young": (_("Too young"), "members"),
    "age_unknown": (_("Age not sure"), "members"),
    "counted_on": (_("Ages counted on"), "day"),
    "foreign": (_("Foreigners"), "count"),
    "bodies": (_("Households and groups"), "count"),
    "members": (_("Members concerned"), "members"),
    "amount_unknown": (_("Contribution not entered"), "members"),
    "without_number": (_("Number not entered"), "members"),
    "capital": (_("Capital"), "money"),
    "largest": (_("Largest contribution"), "money"),
    "associates_capital": (_("Contributed by associate members"), "money"),
    "foreign_capital": (_("Contributed by foreign members"), "money"),
    "promised": (_("Contributed by the members together"), "money"),
    "charter_capital": (_("Charter capital"), "money"),
    "resolved_capital": (_("Capital resolved at the conference"), "money"),
    "least_contribution": (_("Smallest contribution by the charter"), "money"),
    "revenue": (_("Revenue planned for the first year"), "money"),
    "board": (_("Members of the board"), "count"),
    "supervisors": (_("Members of the supervisory board"), "count"),
    "directors": (_("Directors"), "count"),
    "controllers": (_("Controllers"), "count"),
    "offices": (_("Offices held"), "count"),
    "not_members": (_("In office without being an official member"), "persons"),
    "excluded": (_("In offices that exclude each other"), "persons"),
    "ties": (_("Family ties declared"), "count"),
    "declared_on": (_("Declared on"), "day"),
    "persons": (_("Persons concerned"), "persons"),
    "votes_for": (_("Votes for"), "count"),
    "voting": (_("Members voting"), "count"),
    "missing": (_("Not in the resolution"), "codes"),
    "assets": (_("Contributed assets"), "count"),
    "amount": (_("Value of the assets"), "money"),
    "not_valued": (_("Not valued as the law asks"), "assets"),
    "name": (_("Name"), "text"),
    "protected": (_("Protected name in it"), "text"),
    "code": (_("Registration code"), "text"),
}
_CODES = {
    "plan": _("the business plan"),
    "elected": _("the persons elected"),
    "filer": _("who is authorised to file"),
}
# Number of the law → (what it is called, unit).
NUMBERS: dict[str, tuple[Any, str]] = {
    "members_at_least_htx": (_("Official members of a cooperative, at least"), ""),
    "members_at_least_tht": (_("Members of a cooperative group, at least"), ""),
    "members_at_least_lhhtx": (_("Cooperatives in a union, at least"), ""),
    "member_age_at_least": (_("Age of an official or capital-contributing member, at least"), "years"),
    "associate_age_at_least": (_("Age of an associate member without capital, at least"), "years"),
    "founding_votes_above_percent": (_("Votes for the founding resolution, more than"), "%"),
    "data_request_acknowledge_days": (_("Time to acknowledge a request about data"), "working days"),
    "data_request_stop_days": (_("Time to act on a withdrawal, restriction or objection about data"), "days"),
    "data_request_answer_days": (_("Time to answer any other request about data"), "days"),
    "registrar_days": (_("Time of the registrar to answer"), "working days"),
    "foreign_members_below_percent": (_("Foreigners among the official members, less than"), "%"),
    "foreign_board_below_percent": (_("Foreigners in the board, less than"), "%"),
    "member_share_at_most_percent_htx": (_("Share of one official member of a cooperative, at most"), "%"),
    "member_share_at_most_percent_lhhtx": (_("Share of one member of a union, at most"), "%"),
    "associates_share_at_most_percent_htx": (_("Share of all associate members of a cooperative, at most"), "%"),
    "associates_share_at_most_percent_lhhtx": (_("Share of all associate members of a union, at most"), "%"),
    "foreign_share_at_most_percent": (_("Share of all foreign members, at most"), "%"),
    "board_at_least": (_("Members of the board, at least"), ""),
    "board_at_most": (_("Members of the board, at most"), ""),
    "supervisors_at_least": (_("Members of the supervisory board, at least"), ""),
    "supervisors_at_most": (_("Members of the supervisory board, at most"), ""),
    "full_governance_members_lhhtx": (_("Members from which a union has full governance"), ""),
    "small_size_members_agriculture": (_("Official members of a small cooperative in agriculture, from"), ""),
    "small_size_revenue_agriculture": (_("Revenue of a small cooperative in agriculture, from"), "đồng"),
    "small_size_capital_agriculture": (_("Capital of a small cooperative in agriculture, from"), "đồng"),
    "valuation_votes_above_percent": (_("Votes for a value set by a valuer, more than"), "%"),
    "common_fund_percent_htx": (_("Indivisible common fund of a cooperative, of external income at least"), "%"),
    "common_fund_percent_lhhtx": (_("Indivisible common fund of a union, of external income at least"), "%"),
    "market_outcome_months": (_("Months after which it is asked what came of a market link"), "months"),
    "ocop_certificate_months": (_("Months for which a certificate of OCOP usually holds"), "months"),
    "conversion_group_months": (_("Months that a group works before it becomes a cooperative, at least"), "months"),
    "conversion_consent_percent": (_("Members of a group who agree to its conversion, at least"), "%"),
    "results_first_reminder_days": (_("Days before a link for results expires, first reminder"), "days"),
    "results_last_reminder_days": (_("Days before a link for results expires, last reminder"), "days"),
    "support_overlap_months": (_("Months within which support for the same need overlaps"), "months"),
    "review_every_months": (_("Months after which a supported cooperative is reviewed again"), "months"),
    "reviews_opened_a_day": (_("Reviews that open by themselves on a day for one organisation, at most"), ""),
    "own_capital_share_percent": (_("Own capital that a support fund asks for, at least"), "%"),
}
_UNITS = {"years": _("years"), "working days": _("working days"), "months": _("months"), "days": _("days")}


@dataclass
class NamesOf:
    """Names behind the ids of facts, looked up once for many facts."""

    known: dict[str, dict[int, str]] = field(default_factory=dict)

    @classmethod
    def behind(cls, all_facts: Iterable[Mapping[str, Any]]) -> "NamesOf":
        """Read the names that these facts mention: at most one statement for each of three models."""
        wanted: dict[str, set[int]] = {}
        for facts in all_facts:
            for name, value in facts.items():
                kind = FACTS.get(name, ("", ""))[1]
                if kind in _NAMED and isinstance(value, list):
                    wanted.setdefault(kind, set()).update(value)
        return cls({kind: _names(_NAMED[kind], pks) for kind, pks in wanted.items()})

    def of(self, kind: str, pks: Iterable[int]) -> str:
        """The names in one line; who is no longer stored keeps her number."""
        return ", ".join(self.known.get(kind, {}).get(pk, f"№ {pk}") for pk in pks)


def _names(model: Any, pks: set[int]) -> dict[int, str]:
    rows = beyond_sight(model._default_manager.filter(pk__in=pks), "named by an event of the case in hand")
    return {row.pk: str(row) for row in (rows.select_related("person") if model is Member else rows)}


def told_facts(facts: Mapping[str, Any], names: NamesOf | None = None) -> list[tuple[str, str]]:
    """Facts as (label, value); those that are ids only with `names`, because the sentences name the same people."""
    return [
        (str(FACTS.get(name, (name, ""))[0]), _value(FACTS.get(name, ("", ""))[1], value, names))
        for name, value in facts.items()
        if names or FACTS.get(name, ("", ""))[1] not in _NAMED
    ]


def _value(kind: str, value: Any, names: NamesOf | None) -> str:
    if kind in _NAMED and names:
        return names.of(kind, value)
    if kind == "money":
        return dong(value)
    if kind == "day":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if kind == "codes":
        return ", ".join(str(_CODES.get(code, code)) for code in value)
    return grouped(value) if isinstance(value, int) else str(value)


def told_numbers(numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """Numbers of the law as (label, value with unit)."""
    return [(number_label(name), number_value(name, value)) for name, value in numbers.items()]


def number_label(name: str) -> str:
    """What a number of the law is called; its own name where no words are known here."""
    return str(NUMBERS.get(name, (name, ""))[0])


def number_value(name: str, value: int) -> str:
    """Grouped, with its unit."""
    unit = NUMBERS.get(name, ("", ""))[1]
    return f"{grouped(value)} {_UNITS.get(unit, unit)}".strip()


def step_words(name: str) -> str:
    """A step that rules guard, as a thing that is held up."""
    words = {
        "hold_founding_conference": _g("the founding conference"),
        "prepare_dossier": _g("the dossier"),
        "file_dossier": _g("the filing"),
        "record_registration_result": _g("the certificate"),
    }
    return words.get(name, name)
