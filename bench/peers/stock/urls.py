"""viewflow's own pages."""

from django.urls import path
from viewflow.urls import Site
from viewflow.workflow.flow import FlowAppViewset

from bench.peers.stock.flows import Founding

site = Site(title="Stock", viewsets=[FlowAppViewset(Founding)])
urlpatterns = [path("", site.urls)]
