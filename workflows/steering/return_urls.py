"""Pages on which work is sent back for correction."""

from django.urls import path

from workflows.steering.return_views import CallItBack, Return

app_name = "taskreturn"
urlpatterns = [
    path("", Return.as_view(), name="return"),
    path("call-back/", CallItBack.as_view(), name="call_back"),
]
