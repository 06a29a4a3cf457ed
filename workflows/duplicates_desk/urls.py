"""Addresses of the pages about duplicates."""

from django.urls import path

from workflows.duplicates_desk import views

app_name = "duplicates"

urlpatterns = [
    path("", views.PairList.as_view(), name="list"),
    path("<slug:kind>/<int:one>/<int:other>/", views.PairPage.as_view(), name="pair"),
]
