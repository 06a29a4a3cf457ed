"""The address of the question."""

from django.urls import path

from workflows.staff.why.views import Why

app_name = "why"
urlpatterns = [path("", Why.as_view(), name="ask")]
