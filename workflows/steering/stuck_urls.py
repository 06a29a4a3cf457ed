"""The page of stuck cases."""

from django.urls import path

from workflows.steering.stuck_views import Stuck

app_name = "stuck"
urlpatterns = [path("", Stuck.as_view(), name="list")]
