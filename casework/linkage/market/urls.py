"""Addresses of the market of one case."""

from django.urls import path

from casework.linkage.market import views

app_name = "market"

urlpatterns = [
    path("", views.Market.as_view(), name="case"),
    path("add/", views.Add.as_view(), name="add"),
    path("<int:link>/correct/", views.Correct.as_view(), name="correct"),
    path("<int:link>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("<int:link>/verify/", views.Verify.as_view(), name="verify"),
    path("<int:link>/outcome/", views.Outcome.as_view(), name="outcome"),
]
