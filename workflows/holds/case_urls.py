"""Addresses under the clock of one case."""

from django.urls import path

from workflows.holds.case_views import HoldPage, ResumePage

app_name = "holds"
urlpatterns = [
    path("hold/", HoldPage.as_view(), name="hold"),
    path("resume/", ResumePage.as_view(), name="resume"),
]
