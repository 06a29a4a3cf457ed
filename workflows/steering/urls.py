"""Pages that steer one case."""

from django.urls import path

from workflows.steering.views import Close, Jump, Reopen

app_name = "steering"
urlpatterns = [
    path("close/", Close.as_view(), name="close"),
    path("reopen/", Reopen.as_view(), name="reopen"),
    path("jump/", Jump.as_view(), name="jump"),
]
