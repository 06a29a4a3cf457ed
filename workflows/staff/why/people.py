"""Whom an administrator may ask about."""

from django.db.models import Q, QuerySet

from casework.cases.models import Case
from casework.organisations.models import Membership, User
from casework.organisations.standing import Standing
from casework.sharing.models import CaseAccess
from casework.sharing.scope import beyond_sight
from workflows.staff.reach import MANAGE, reach_with


def people_asked_about(standing: Standing) -> QuerySet[User]:
    """Whom an administrator may ask about, closed accounts too: who sits or sat in an organisation in her reach or in
    one that ever had access to a case that she sees, and who waits for a first seat. The installation is nobody.
    """
    people = User.objects.exclude(username="system")
    if standing.user.is_superuser:
        return people
    partners = CaseAccess.objects.filter(case__in=Case.objects.visible_to(standing))
    partners = beyond_sight(partners, "whose access to cases in her sight it is, past or present")
    near = Q(organisation_id__in=reach_with(standing, MANAGE)) | Q(organisation__in=partners.values("organisation_id"))
    sat = Membership.objects.all()
    return people.filter(Q(pk__in=sat.filter(near).values("user_id")) | ~Q(pk__in=sat.values("user_id")))
