"""Parts of a member's capital that are not money (LHTX Article 77.1)."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.facts import dong
from casework.people.models import ContributedAsset, Member


@dataclass(frozen=True)
class AssetData:
    """What is contributed, its value in đồng, and how it was valued. Votes are counts of members."""

    kind: str
    description: str
    amount: int
    valuation: str = ""
    valuer: str = ""
    valued_on: date | None = None
    votes_for: int | None = None
    votes_of: int | None = None


def enter_asset(unit: Unit, member: Member, data: AssetData) -> ContributedAsset:
    """A member contributes an asset. Part of an act on the locked case. Raises ActionNotPossible."""
    _refuse_misfit(member, data)
    return unit.add(ContributedAsset(case_id=member.case_id, member=member, **asdict(data)))


def change_asset(unit: Unit, asset: ContributedAsset, data: AssetData) -> ContributedAsset:
    """An asset is described or valued anew. Part of an act. Raises ActionNotPossible."""
    if asset.withdrawn_on:
        raise ActionNotPossible(_withdrawn(asset))
    _refuse_misfit(asset.member, data, leaving_out=asset)
    return unit.change(asset, **asdict(data))


def withdraw_asset(unit: Unit, asset: ContributedAsset, on: date) -> ContributedAsset:
    """An asset is no longer part of the capital. Part of an act. Raises ActionNotPossible."""
    if asset.withdrawn_on:
        raise ActionNotPossible(_withdrawn(asset))
    return unit.change(asset, withdrawn_on=on)


def _withdrawn(asset: ContributedAsset) -> str:
    return _("This asset (%(what)s) was withdrawn on %(day)s.") % {
        "what": asset.description,
        "day": f"{asset.withdrawn_on:%d/%m/%Y}",
    }


def _refuse_misfit(member: Member, data: AssetData, leaving_out: ContributedAsset | None = None) -> None:
    if member.until:
        raise ActionNotPossible(_("%(name)s is no longer a member.") % {"name": member.name})
    if member.kind == Member.Kind.ASSOC_NONCAPITAL:
        raise ActionNotPossible(_("An associate member without capital contributes no asset."))
    if data.votes_for is not None and (data.votes_of is None or data.votes_for > data.votes_of):
        raise ActionNotPossible(_("There are more votes for the value than members entitled to vote."), "votes_for")
    if data.valuation == ContributedAsset.Valuation.VALUER and not data.valuer:
        raise ActionNotPossible(_("Write which organisation valued it."), "valuer")
    others = member.assets.filter(withdrawn_on=None).exclude(pk=leaving_out.pk if leaving_out else 0)
    total = (others.aggregate(sum=Sum("amount"))["sum"] or 0) + data.amount
    if member.committed is not None and total > member.committed:
        raise ActionNotPossible(
            _("With this asset %(name)s would contribute %(assets)s in assets, more than the %(committed)s committed.")
            % {"name": member.name, "assets": dong(total), "committed": dong(member.committed)},
            "amount",
        )
