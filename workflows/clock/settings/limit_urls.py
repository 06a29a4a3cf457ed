"""Addresses of the time limits."""

from django.urls import path

from workflows.clock.settings import limit_views as views

app_name = "limits"

urlpatterns = [
    path("", views.Limits.as_view(), name="home"),
    path("new/", views.NewLimit.as_view(), name="new"),
    path("changes/<uuid:change>/", views.LimitChange.as_view(), name="change"),
]
