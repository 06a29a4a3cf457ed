"""The page of the health sheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from casework.cooperatives import health
from casework.cooperatives.entry import state_now, states_of
from casework.cooperatives.models import Cooperative
from casework.cooperatives.trend import trends_of
from casework.requests import SignedIn
from casework.rules.women_led import women_led_cooperative
from casework.strengthening.reviewed import with_last_review


class HealthSheet(View):
    """How one cooperative does, for whoever sees its entry; of cases, trainings and support only what she may see."""

    def get(self, request: SignedIn, pk: int) -> HttpResponse:
        """Always the same number of statements. An entry that was merged leads to the one it became."""
        visible = Cooperative.objects.visible_to(request.standing).select_related("commune", "province")
        entry = with_last_review(visible).filter(pk=pk).first() if pk < 2**63 else None
        if entry is None:
            raise Http404
        if entry.merged_into_id:
            return redirect("cooperatives:health", entry.merged_into_id)
        today, facts = timezone.localdate(), health.facts_of(entry)
        context = {
            "entry": entry,
            "state": state_now(states_of(entry)),
            "warnings": health.warnings_of(entry, facts, request.standing, today),
            "groups": health.groups_of(entry, facts, today),
            "links": health.links_of(entry, request.standing, today),
            "credit": health.credit_of(entry, request.standing),
            "given": health.given_to(entry, request.standing),
            "trends": trends_of(facts),
            "women_led": women_led_cooperative(entry, today),
        }
        return render(request, "casework/cooperatives/health.html", context)
