"""Addresses of the plan."""

from django.urls import path

from casework.programme.targets import views

app_name = "targets"
_PLAN = "<slug:kind>/<int:year>/<slug:code>/"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("periods/", views.Periods.as_view(), name="periods"),
    path(_PLAN, views.Plan.as_view(), name="plan"),
    path(f"{_PLAN}<slug:indicator>/", views.Number.as_view(), name="number"),
    path(f"{_PLAN}<slug:indicator>/set/", views.SetOne.as_view(), name="set"),
]
