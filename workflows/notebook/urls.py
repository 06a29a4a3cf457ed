"""Addresses of the notebook of a case."""

from django.urls import path

from workflows.notebook import views

app_name = "notes"

urlpatterns = [
    path("", views.Notebook.as_view(), name="list"),
    path("<int:pk>/strike/", views.StrikeOut.as_view(), name="strike"),
    path("links/<int:pk>/end/", views.Unlink.as_view(), name="unlink"),
    path("tasks/<int:pk>/withdraw/", views.TakeBackErrand.as_view(), name="withdraw_errand"),
]
