"""Addresses of the log of deliveries."""

from django.urls import path

from notifications import delivery_views as views

app_name = "deliveries"

urlpatterns = [
    path("", views.Log.as_view(), name="log"),
    path("<int:pk>/again/", views.Again.as_view(), name="again"),
]
