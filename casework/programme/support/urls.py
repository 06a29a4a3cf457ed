"""Addresses of the ledger of support."""

from django.urls import path

from casework.programme.support import views

app_name = "support"

urlpatterns = [
    path("", views.Ledger.as_view(), name="list"),
    path("add/", views.Add.as_view(), name="add"),
    path("overlaps/", views.Overlaps.as_view(), name="overlaps"),
    path("<int:pk>/correct/", views.Correct.as_view(), name="correct"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
]
