"""The address under a case at which its programmes are set."""

from django.urls import path

from casework.programme.assigned.views import CaseProgrammes

app_name = "programmes"
urlpatterns = [path("", CaseProgrammes.as_view(), name="set")]
