"""Addresses where an administrator sees the work in the background."""

from django.urls import path

from casework.background import views

app_name = "background"

urlpatterns = [
    path("", views.Background.as_view(), name="overview"),
    path("<uuid:pk>/again/", views.Again.as_view(), name="again"),
]
