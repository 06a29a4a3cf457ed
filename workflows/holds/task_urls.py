"""Addresses under the clock of one task."""

from django.urls import path

from workflows.holds.task_views import Answered, Extend, Press, Wait

app_name = "taskclock"
urlpatterns = [
    path("wait/", Wait.as_view(), name="wait"),
    path("answered/", Answered.as_view(), name="answered"),
    path("extend/", Extend.as_view(), name="extend"),
    path("priority/", Press.as_view(), name="priority"),
]
