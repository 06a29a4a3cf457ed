"""Addresses under /settings/inspections/."""

from django.urls import path

from workflows.inspection import granting

app_name = "inspections"
urlpatterns = [
    path("", granting.Inspections.as_view(), name="list"),
    path("new/", granting.NewInspection.as_view(), name="new"),
    path("<int:pk>/end/", granting.EndInspection.as_view(), name="end"),
]
