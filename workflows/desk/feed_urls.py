"""Addresses of the calendar."""

from django.urls import path

from workflows.desk import feed_views

app_name = "feed"

urlpatterns = [
    path("", feed_views.FeedPage.as_view(), name="page"),
    path("revoke/", feed_views.Revoke.as_view(), name="revoke"),
    path("<str:secret>.ics", feed_views.Feed.as_view(), name="calendar"),
]
