"""Whether a person sees a case, and why: her account, her seats, what they reach, the access rows of the case."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.cases.models import Case
from casework.organisations.models import Membership, User
from casework.organisations.standing import Seat, Standing
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access
from workflows.staff.why.words import NO, PLAIN, YES, Line, Part, on


def sees(case: Case, standing: Standing) -> bool:
    """Whether the person may open the case: the filter behind every page itself. One query."""
    return Case.objects.visible_to(standing).filter(pk=case.pk).exists()


def account(person: User) -> Part:
    """Whether her account is open."""
    if person.is_active:
        return Part(_("Account"), [Line(_("The account is open."), YES)])
    return Part(_("Account"), [Line(_("The account is closed: nobody can sign in with it."), NO)])


def seats(person: User, standing: Standing) -> Part:
    """Her roles, those of today and those that are over or not begun, and whose substitute she is. One query."""
    live = {(seat.organisation_id, seat.role) for seat in standing.seats}
    held = Membership.objects.filter(user=person).select_related("organisation").order_by("pk")
    lines = [_of_membership(one, (one.organisation_id, one.role) in live) for one in held]
    lines += [Line(_acting(seat), YES) for seat in standing.acting]
    return Part(_("Roles today"), lines or [Line(_("She has and had no role anywhere."), NO)])


def _of_membership(held: Membership, live: bool) -> Line:
    words = {"role": held.get_role_display(), "organisation": held.organisation.name}
    why = _not_now(held)
    if why:
        return Line(_("%(role)s, %(organisation)s") % words + ": " + why, NO)
    if not live:
        return Line(_("%(role)s, %(organisation)s: gives nothing today") % words, NO)
    words |= {"since": on(held.valid_from), "until": on(held.valid_until) if held.valid_until else ""}
    dated = _("%(role)s, %(organisation)s: from %(since)s until %(until)s")
    return Line((dated if held.valid_until else _("%(role)s, %(organisation)s: since %(since)s")) % words, YES)


def _not_now(held: Membership) -> str:
    """Why a role gives nothing today; "" when its dates hold."""
    today, house = timezone.localdate(), held.organisation
    if held.relieved_at:
        return _("her role was ended on %(day)s") % {"day": on(held.relieved_at)}
    if held.valid_until and held.valid_until < today:
        return _("her role ended on %(day)s") % {"day": on(held.valid_until)}
    if held.valid_from > today:
        return _("her role begins on %(day)s") % {"day": on(held.valid_from)}
    if house.valid_until and house.valid_until < today:
        return _("the organisation ended on %(day)s") % {"day": on(house.valid_until)}
    return _("the organisation begins on %(day)s") % {"day": on(house.valid_from)} if house.valid_from > today else ""


def _acting(seat: Seat) -> str:
    words = {"role": seat.role_label, "organisation": seat.organisation_name, "name": seat.instead_of_name}
    return _("%(role)s, %(organisation)s: as substitute of %(name)s") % words


def reach(standing: Standing) -> Part:
    """How far each seat reaches. No query."""
    lines = [Line(_reach_of(seat)) for seat in standing.every_seat]
    return Part(_("How far the roles reach"), lines or [Line(_("Without a role of today she reaches nothing."), NO)])


def _reach_of(seat: Seat) -> str:
    below = len(seat.reach - {seat.organisation_id})
    words = {"role": seat.role_label, "organisation": seat.organisation_name, "n": below}
    if not below:
        return _("%(role)s: %(organisation)s alone") % words
    some = ngettext(
        "%(role)s: %(organisation)s and %(n)d organisation below",
        "%(role)s: %(organisation)s and %(n)d organisations below",
        below,
    )
    return some % words


def access(case: Case, standing: Standing, seen: bool) -> Part:
    """The access rows of the case, those that match her organisations, and whether she sees it. Two queries."""
    rows = list(CaseAccess.objects.filter(case=case).select_related("organisation", "consent").order_by("pk"))
    live = set(live_access(CaseAccess.Kind.values).filter(case=case).values_list("pk", flat=True))
    mine = set(standing.reach_ids)
    lines = [_of_access(row, row.pk in live, row.organisation_id in mine) for row in rows]
    return Part(_("Access to the case"), lines, _verdict(rows, live, mine, seen))


def _of_access(row: CaseAccess, live: bool, mine: bool) -> Line:
    words = {"organisation": row.organisation.name, "kind": row.get_kind_display(), "since": on(row.valid_from)}
    told = _("%(organisation)s: %(kind)s, from %(since)s") % words
    if row.valid_until:
        told += " " + _("until %(day)s") % {"day": on(row.valid_until)}
    if row.revoked_at:
        told += ", " + _("revoked on %(day)s") % {"day": on(row.revoked_at)}
    opens = live and mine and row.kind in CaseAccess.OPENS_CASE
    matches = _("her roles reach this organisation") if mine else _("her roles do not reach this organisation")
    return Line(f"{told}; {matches}", YES if opens else NO if mine else PLAIN)


def _verdict(rows: list[CaseAccess], live: set[int], mine: set[int], seen: bool) -> Line:
    if seen:
        return Line(_("She sees this case."), YES)
    return Line(_("She does not see this case: %(why)s") % {"why": _why_not(rows, live, mine)}, NO)


def _why_not(rows: list[CaseAccess], live: set[int], mine: set[int]) -> str:
    """The reason that comes closest: a share, an access that is over, none at all, no role."""
    if not mine:
        return _("she has no role today.")
    hers = [row for row in rows if row.organisation_id in mine]
    if any(row.pk in live for row in hers):
        return _("a share opens only the credit room, never the page of the case.")
    return _over(hers[-1]) if hers else _("none of the organisations that she reaches has access to it.")


def _over(row: CaseAccess) -> str:
    words: dict[str, Any] = {"organisation": row.organisation.name}
    if row.revoked_at:
        return _("the access of %(organisation)s was revoked on %(day)s.") % {**words, "day": on(row.revoked_at)}
    if row.valid_until and row.valid_until <= timezone.now():
        return _("the access of %(organisation)s ended on %(day)s.") % {**words, "day": on(row.valid_until)}
    return _("the access of %(organisation)s begins on %(day)s.") % {**words, "day": on(row.valid_from)}
