"""What a member gives: one amount, money and assets beside each other, or an asset with or without a value."""

from collections.abc import Iterator
from typing import NamedTuple

from casework.people.roll.model import ReadMember
from casework.people.roll.words import asset_kind, names_money
from casework.programme.roster.model import Problem

_WITHOUT_CAPITAL = "assoc_noncapital"


class Capital(NamedTuple):
    """The cells of a row about capital, in đồng; `kind` is the kind of member."""

    committed: int | None
    cash: int | None
    asset_value: int | None
    asset: str
    kind: str


def settle_capital(typed: Capital, member: ReadMember) -> Iterator[tuple[str, Problem]]:
    """Writes the capital into the member; yields (field, problem) where the cells do not fit together."""
    kind = asset_kind(typed.asset) if typed.asset else ""
    value = typed.asset_value or None
    member.committed = typed.committed
    if typed.committed is None and (typed.cash is not None or value):
        member.committed = (typed.cash or 0) + (value or 0)
    if kind and value is None and typed.cash is None and not names_money(typed.asset):
        value = typed.committed
        if value:
            yield "asset", Problem("asset_is_whole_capital", {"kept": dotted(value)})
    yield from _differences(typed, value)
    if kind and not value and typed.kind != _WITHOUT_CAPITAL:
        yield "asset", Problem("asset_without_value")
    elif value and not kind:
        yield "asset_value", Problem("asset_without_name")
    if typed.kind == _WITHOUT_CAPITAL and (member.committed or value):
        yield "committed", Problem("capital_of_associate_without")
    if value and kind:
        member.asset, member.asset_kind, member.asset_value = typed.asset, kind, value


def _differences(typed: Capital, value: int | None) -> Iterator[tuple[str, Problem]]:
    """Sum and parts against each other."""
    if typed.committed is None:
        return
    total, assets = typed.committed, value or 0
    amounts = {"committed": dotted(total), "assets": dotted(assets)}
    if typed.cash is not None and typed.cash + assets != total:
        yield "committed", Problem("parts_differ_from_sum", {"cash": dotted(typed.cash), **amounts})
    elif assets > total:
        yield "asset_value", Problem("asset_worth_more", amounts)


def dotted(amount: int) -> str:
    """An amount with dots between thousands."""
    return f"{amount:,}".replace(",", ".")
