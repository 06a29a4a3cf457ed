"""What the founding conference decided: its resolution and the value of contributed assets (rules R9, R10)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from casework.facts import dong
from casework.people.models import ContributedAsset
from casework.rules.facts import AssetFact, CaseFacts, ConferenceFact
from casework.rules.finding import Finding, ids, judged, not_applicable, unknown

# What the resolution must hold (Article 39.5), by the codes of FoundingConference.decided.
MUST_DECIDE = ("plan", "elected", "filer")
_Valuation = ContributedAsset.Valuation


def resolution_carried(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R9: the resolution holds what it must, and more than the share of those voting said yes."""
    held = facts.conference
    if held is None:
        return unknown(_("The founding conference has not been held yet."))
    voting, percent = _voting(held), numbers["founding_votes_above_percent"]
    missing = [code for code in MUST_DECIDE if code not in held.decided]
    carried = held.votes_for * 100 > percent * voting
    words = {"votes": held.votes_for, "voting": voting, "percent": percent}
    told = _("%(votes)s of %(voting)s official members voted for it; it takes more than %(percent)s %%.") % words
    faults = [_undecided(code) for code in missing] + ([] if carried else [told])
    return judged(faults, [], told, votes_for=held.votes_for, voting=voting, missing=missing or None)


def _voting(held: ConferenceFact) -> int:
    """Those present; where that was not written down, all official members."""
    return held.official_members if held.attended is None else held.attended


def _undecided(code: str) -> str:
    sentences = {
        "plan": _("The resolution does not hold the business plan."),
        "elected": _("The resolution does not name the persons elected."),
        "filer": _("The resolution does not name who is authorised to file the registration."),
    }
    return sentences[code]


def assets_valued(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R10: each contributed asset is valued by all contributors together, or by a valuer and a majority."""
    if not facts.assets:
        return not_applicable(_("Nobody contributes anything but money."))
    faults, questions, wrong = [], [], []
    for asset in facts.assets:
        fault, question = _fault(asset, facts, numbers), _question(asset, facts)
        if question:
            questions.append(question)
        elif fault:
            faults.append(fault)
            wrong.append(asset.id)
    well = _("All contributed assets are valued as the law asks: %(sum)s in all.")
    return judged(
        faults,
        questions,
        well % {"sum": dong(sum(asset.amount for asset in facts.assets))},
        assets=len(facts.assets),
        amount=sum(asset.amount for asset in facts.assets),
        not_valued=ids(wrong),
    )


def _question(asset: AssetFact, facts: CaseFacts) -> str:
    """Before the conference a value may still be open."""
    if facts.conference is not None or (asset.valuation and asset.votes_for is not None):
        return ""
    return _("“%(asset)s” is still to be valued at the founding conference.") % {"asset": asset.description}


def _fault(asset: AssetFact, facts: CaseFacts, numbers: Mapping[str, int]) -> str:
    words = {"asset": asset.description, "votes": asset.votes_for, "of": asset.votes_of}
    if not asset.valuation:
        return _("“%(asset)s” has not been valued.") % words
    if asset.votes_for is None or not asset.votes_of:
        return _("The votes on the value of “%(asset)s” are not written down.") % words
    if asset.valuation == _Valuation.CONSENSUS:
        return _not_unanimous(asset, words | {"contributors": len(facts.contributors)})
    if not asset.valuer:
        return _("The valuation organisation that valued “%(asset)s” is not named.") % words
    percent = numbers["valuation_votes_above_percent"]
    if asset.votes_for * 100 > percent * asset.votes_of:
        return ""
    told = _("%(votes)s of %(of)s members accepted the value of “%(asset)s”; it takes more than %(percent)s %%.")
    return told % (words | {"percent": percent})


def _not_unanimous(asset: AssetFact, words: dict[str, Any]) -> str:
    if asset.votes_for != asset.votes_of:
        told = _("Only %(votes)s of %(of)s agreed on the value of “%(asset)s”; all who contribute capital must.")
        return told % words
    if words["of"] < words["contributors"]:
        told = _("%(contributors)s members contribute capital, but only %(of)s voted on the value of “%(asset)s”.")
        return told % words
    return ""
