"""Addresses of what a person was told."""

from django.urls import path

from notifications import preference_views, views

app_name = "notifications"

urlpatterns = [
    path("", views.Bell.as_view(), name="list"),
    path("read/", views.ReadAll.as_view(), name="read_all"),
    path("<int:pk>/read/", views.ReadOne.as_view(), name="read"),
    path("open/<int:pk>/", views.Open.as_view(), name="open"),
    path("preferences/", preference_views.Preferences.as_view(), name="preferences"),
]
