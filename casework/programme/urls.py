"""Addresses of the pages that bring a roster in."""

from django.urls import path

from casework.programme import views

app_name = "rosters"

urlpatterns = [
    path("", views.UploadRoster.as_view(), name="upload"),
    path("<uuid:pk>/", views.PreviewRoster.as_view(), name="preview"),
]
