"""Addresses of the rules of one case."""

from django.urls import path

from casework.rules import views

app_name = "rules"

urlpatterns = [
    path("", views.Panel.as_view(), name="panel"),
    path("check/", views.StoreCheck.as_view(), name="store_check"),
    path("checks/<int:pk>/", views.StoredCheck.as_view(), name="check"),
    path("<slug:rule>/override/", views.Override.as_view(), name="override"),
    path("<slug:rule>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
]
