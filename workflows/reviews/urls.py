"""Addresses of the reviews that come back."""

from django.urls import path

from workflows.reviews.views import Postpone, Unreviewed

app_name = "reviews"
urlpatterns = [
    path("", Unreviewed.as_view(), name="list"),
    path("<int:pk>/postpone/", Postpone.as_view(), name="postpone"),
]
