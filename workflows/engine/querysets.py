"""Named filters over tasks: whose they are, and what a person may see and take."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.utils import timezone

from casework.organisations.models import Organisation
from casework.sharing.models import CaseAccess
from casework.sharing.querysets import live_access, seen_cases
from casework.sharing.scope import ScopedQuerySet
from casework.vietnamese import VnFold

if TYPE_CHECKING:
    from casework.organisations.standing import Standing


class TaskQuerySet(ScopedQuerySet):
    """Human tasks as people look for them."""

    def human(self):
        """Without gateways."""
        return self.filter(flow_task_type="HUMAN")

    def open(self):
        """Waiting or taken. The literal statuses let PostgreSQL use the partial indexes."""
        return self.human().filter(status__in=["NEW", "ASSIGNED"])

    def begun(self, on=None):
        """Without those that open on a later day, such as a follow-up in six months."""
        return self.filter(Q(opens_on=None) | Q(opens_on__lte=on or timezone.localdate()))

    def mine(self, standing: "Standing"):
        """Open tasks that the person has taken, and those of the people she stands in for."""
        return (
            self.open()
            .filter(owner__in=[standing.user.pk, *sorted(standing.covered_ids)], status="ASSIGNED")
            .still_shared(standing)
        )

    def queue(self, standing: "Standing"):
        """Open tasks that nobody has taken and that the person has the right to take."""
        may_take = Q(pk__in=[])
        for permissions, organisation_ids in standing.queue_rights().items():
            may_take |= Q(organisation_id__among=organisation_ids, permission__among=sorted(permissions))
        return self.open().begun().filter(may_take, status="NEW", held=False).still_shared(standing)

    def of_organisations(self, standing: "Standing"):
        """Open tasks of every organisation that the person sits in or supervises."""
        return self.open().begun().filter(organisation_id__among=standing.reach_ids).still_shared(standing)

    def held(self, standing: "Standing"):
        """Open tasks whose clock stands still: the person's own, and those of her organisations."""
        hers = Q(owner=standing.user) | Q(organisation_id__among=standing.reach_ids)
        return self.open().filter(hers, held=True).still_shared(standing)

    def done_by(self, standing: "Standing"):
        """Tasks that the person finished."""
        return self.human().filter(owner=standing.user, status="DONE").still_shared(standing)

    def visible_to(self, standing: "Standing"):
        """Tasks of her organisations, and of every case whose page she may open."""
        return self.sent_to(standing).still_shared(standing)

    def sent_to(self, standing: "Standing"):
        """The same, and those of a lender whose share has ended since: for what she sends from a page that is open."""
        # EXISTS and not IN: for whoever sees the whole country the ids of all cases would not fit into a hash.
        opened = seen_cases(standing).filter(case_id=OuterRef("case_id"))
        return self.human().filter(Q(organisation_id__among=standing.reach_ids) | Exists(opened)).seen()

    def still_shared(self, standing: "Standing"):
        """Without those of a lender with which the case is not shared any more. What every limit here ends with."""
        if all(seat.organisation_kind != Organisation.Kind.LENDER for seat in standing.every_seat):
            return self.seen()
        live = live_access([CaseAccess.Kind.SHARE])
        shared = live.filter(case_id=OuterRef("case_id"), organisation_id=OuterRef("organisation_id"))
        return self.filter(~Q(organisation__kind=Organisation.Kind.LENDER) | Exists(shared)).seen()

    def search(self, text: str):
        """Tasks whose case's name or code contains the text, marks and case apart."""
        needle = VnFold(Value(text.strip(), output_field=models.TextField()))
        return self.alias(folded_name=VnFold("case__working_name")).filter(
            Q(folded_name__contains=needle) | Q(case__code__icontains=text.strip())
        )
