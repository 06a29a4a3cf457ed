"""Addresses of the inspector's desk."""

from django.urls import path

from workflows.inspection import views

app_name = "inspection"
urlpatterns = [
    path("", views.Events.as_view(), name="events"),
    path("sample/", views.Sample.as_view(), name="sample"),
    path("pack/", views.Take.as_view(), name="take"),
    path("checkpoint/", views.Checkpoint.as_view(), name="checkpoint"),
]
