"""What differs from a case that is right in all: the second column of the table of every rule."""

from dataclasses import replace

from tests.casework.rules.cases import CHARTER, FULL, HELD, MILLION, full_board, member, members, office, offices


def union(count, **more):
    return {"legal_form": "LHHTX", "members": members(count, nature="cooperative"), **more}


def foreign(count, of):
    """So many foreigners among so many official members."""
    return {"members": tuple(member(n, foreign=n <= count) for n in range(1, of + 1))}


def board(foreigners, of):
    held = [office(n, "board_member" if n > 1 else "board_chair", foreign=n <= foreigners) for n in range(1, of + 1)]
    return {"charter": FULL, "offices": tuple(held)}


def shares(*amounts, **more):
    """Members with these amounts in million đồng, and a charter capital of 100 million."""
    people = tuple(member(n, committed=int(amount * MILLION)) for n, amount in enumerate(amounts, 1))
    return {"members": people, "charter": replace(CHARTER, capital=100 * MILLION), **more}


def beside(kind, amount, **more):
    """Official members with 10 million each and one of another kind, in a capital of 100 million."""
    others = tuple(member(n, committed=10 * MILLION) for n in range(1, 8))
    extra = member(9, kind=kind, use="", committed=int(amount * MILLION), **more)
    return {"members": (*others, extra), "charter": replace(CHARTER, capital=100 * MILLION)}


def charter(**more):
    return {"charter": replace(CHARTER, **more)}


def held(**more):
    return {"conference": replace(HELD, **more)}


def large(count, capital=120, revenue=200, **more):
    """So many members, capital and planned revenue in million đồng."""
    return {
        "members": members(count),
        "charter": replace(CHARTER, capital=capital * MILLION, **more),
        "revenue": revenue * MILLION,
    }


def name(text, agreed=False):
    return charter(name=text, name_agreed=agreed)


def both(*titles):
    """One woman in several offices beside a controller or head of supervision of her own."""
    return {"charter": FULL, "offices": offices(*((1, title) for title in titles))}


def supervised(count):
    """A full board, and so many supervisors beside their head."""
    more = offices(*((n, "supervisory_member") for n in range(20, 20 + count)))
    return {"charter": FULL, "offices": (*full_board(3), *more)}


def family(*pairs, **titles):
    """Members 1, 2, … in the offices given as p1=, p2=; these pairs are family."""
    return {
        "charter": FULL,
        "offices": tuple(office(int(key[1:]), title) for key, title in titles.items()),
        "ties": pairs,
    }
