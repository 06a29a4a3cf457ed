"""Addresses of absences."""

from django.urls import path

from workflows.staff import absence_views as views

app_name = "absence"

urlpatterns = [
    path("", views.Absences.as_view(), name="own"),
    path("of/<int:pk>/", views.Absences.as_view(), name="of"),
    path("<int:absence>/end/", views.End.as_view(), name="end"),
]
