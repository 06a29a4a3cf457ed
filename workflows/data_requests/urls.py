"""Addresses of the requests about personal data."""

from django.urls import path

from workflows.data_requests import views

app_name = "datarequests"

urlpatterns = [
    path("", views.Requests.as_view(), name="list"),
    path("new/", views.NewRequest.as_view(), name="new"),
    path("<int:pk>/", views.OneRequest.as_view(), name="one"),
    path("<int:pk>/look-up/", views.LookUp.as_view(), name="look_up"),
]
