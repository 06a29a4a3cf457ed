"""Addresses under one case."""

from django.urls import path

from workflows.status_lookup.case_views import Give, Revoke

app_name = "statuscode"
urlpatterns = [
    path("", Give.as_view(), name="give"),
    path("revoke/", Revoke.as_view(), name="revoke"),
]
