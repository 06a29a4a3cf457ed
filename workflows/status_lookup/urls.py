"""The public address."""

from django.urls import path

from workflows.status_lookup.views import LookUp

app_name = "status"
urlpatterns = [path("", LookUp.as_view(), name="look_up")]
