"""Addresses of the calendar."""

from django.urls import path

from workflows.clock.settings import calendar_views as views
from workflows.clock.settings import import_views

app_name = "calendar"

urlpatterns = [
    path("", views.YearPage.as_view(), name="home"),
    path("days/", views.SetDay.as_view(), name="set_day"),
    path("days/<int:pk>/remove/", views.RemoveDay.as_view(), name="remove_day"),
    path("years/", views.ConfirmOneYear.as_view(), name="confirm_year"),
    path("import/", import_views.Upload.as_view(), name="import"),
    path("import/days/", import_views.TakeIn.as_view(), name="import_days"),
    path("changes/<uuid:change>/", views.CalendarChange.as_view(), name="change"),
]
