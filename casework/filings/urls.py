"""Addresses of this room."""

from django.urls import path

from casework.filings import views

app_name = "filings"
urlpatterns = [
    path("", views.RoundsPage.as_view(), name="rounds"),
    path("status/", views.NoteStatus.as_view(), name="status"),
]
