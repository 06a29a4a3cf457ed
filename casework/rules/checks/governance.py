"""The bodies of a cooperative: which model its size asks for, and how many people they have (rule R7; Article 65)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.cases.stages import LegalForm
from casework.facts import dong
from casework.people.models import Office
from casework.rules.facts import BOARD, SUPERVISORS, CaseFacts
from casework.rules.finding import Finding, judged, not_applicable, unknown

Title = Office.Title


def governance_fits_size(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R7: reduced governance only where the size allows it (Article 56; sizes by Decree 113/2024/NĐ-CP)."""
    if not facts.governance:
        return unknown(_("There is no charter yet that chooses the governance."))
    count, capital, revenue = len(facts.official), facts.capital, facts.revenue or 0
    used = {"official_members": count, "capital": capital, "revenue": facts.revenue}
    if facts.has_full_governance:
        return judged([], [], _("The charter chooses full governance, which every size may have."), **used)
    if facts.form == LegalForm.LHHTX:
        return _union(count, numbers["full_governance_members_lhhtx"])
    least = numbers["small_size_members_agriculture"]
    large = count >= least and (
        revenue >= numbers["small_size_revenue_agriculture"] or capital >= numbers["small_size_capital_agriculture"]
    )
    words = {"count": count, "least": least, "capital": dong(capital), "revenue": dong(revenue)}
    if large:
        fault = _(
            "With %(count)s official members, a capital of %(capital)s and a planned revenue of %(revenue)s the "
            "cooperative is of small size by the limits of agriculture; the charter chooses reduced governance."
        )
        return judged([fault % words], [], "", **used)
    well = _(
        "With %(count)s official members, a capital of %(capital)s and a planned revenue of %(revenue)s the "
        "cooperative is very small by the limits of agriculture, so reduced governance is allowed."
    )
    return judged([], [], well % words, **used)


def _union(count: int, least: int) -> Finding:
    told = _("The union has %(count)s members and reduced governance, which is for fewer than %(least)s.") % {
        "count": count,
        "least": least,
    }
    return judged([told] if count >= least else [], [], told, official_members=count)


def bodies_filled(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R7-N: as many people in the bodies as the chosen governance asks for (Articles 56, 65, 69)."""
    if not facts.governance:
        return unknown(_("There is no charter yet that chooses the governance."))
    if not facts.offices and not facts.is_founded:
        return unknown(_("The offices are filled at the founding conference."))
    faults, questions = _full(facts, numbers) if facts.has_full_governance else (_reduced(facts), [])
    return judged(
        faults,
        questions,
        _("All offices that the chosen governance asks for are filled."),
        board=len(facts.held(BOARD)) or None,
        supervisors=len(facts.held(SUPERVISORS)) or None,
        directors=len(facts.held([Title.DIRECTOR])),
        controllers=len(facts.held([Title.CONTROLLER])) or None,
    )


def _full(facts: CaseFacts, numbers: Mapping[str, int]) -> tuple[list[str], list[str]]:
    board, supervisors = len(facts.held(BOARD)), len(facts.held(SUPERVISORS))
    faults = [
        _not_within(_("The board"), board, numbers["board_at_least"], numbers["board_at_most"]),
        _not_within(
            _("The supervisory board"), supervisors, numbers["supervisors_at_least"], numbers["supervisors_at_most"]
        ),
        "" if facts.held([Title.BOARD_CHAIR]) else _("The board has no chair."),
        "" if facts.held([Title.SUPERVISORY_HEAD]) else _("The supervisory board has no head."),
        _("Full governance has a supervisory board, no controller.") if facts.held([Title.CONTROLLER]) else "",
    ]
    # The board appoints the director after the conference (Article 39), so a missing one holds nothing up yet.
    open_ = [] if facts.held([Title.DIRECTOR]) else [_("There is no director yet; the board appoints one.")]
    return [fault for fault in faults if fault], open_


def _reduced(facts: CaseFacts) -> list[str]:
    faults = [
        "" if facts.held([Title.DIRECTOR]) else _("There is no director."),
        "" if facts.held([Title.CONTROLLER]) else _("There is no controller."),
        _("Reduced governance has neither a board nor a supervisory board.") if facts.held(BOARD | SUPERVISORS) else "",
    ]
    return [fault for fault in faults if fault]


def _not_within(body: str, count: int, least: int, most: int) -> str:
    if least <= count <= most:
        return ""
    words = {"body": body, "count": count, "least": least, "most": most}
    return _("%(body)s has %(count)s people; the law asks for %(least)s to %(most)s.") % words


def foreign_board(facts: CaseFacts, numbers: Mapping[str, int]) -> Finding:
    """R8-B: foreigners stay below a share of the board (Article 65.1)."""
    board = facts.held(BOARD)
    foreign, limit = sum(office.foreign for office in board), numbers["foreign_board_below_percent"]
    if not foreign:
        return not_applicable(_("No member of the board is foreign."))
    told = _("%(foreign)s of %(count)s members of the board are foreign; it must be less than %(limit)s %%.") % {
        "foreign": foreign,
        "count": len(board),
        "limit": limit,
    }
    broken = foreign * 100 >= limit * len(board)
    return judged([told] if broken else [], [], told, foreign=foreign, board=len(board))
