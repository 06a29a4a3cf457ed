"""Addresses of the trade events."""

from django.urls import path

from casework.linkage.fairs import views

app_name = "fairs"

urlpatterns = [
    path("", views.Fairs.as_view(), name="list"),
    path("add/", views.Add.as_view(), name="add"),
    path("<int:pk>/", views.FairPage.as_view(), name="fair"),
    path("<int:pk>/correct/", views.Correct.as_view(), name="correct"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("<int:pk>/parts/add/", views.AddPart.as_view(), name="add_part"),
    path("<int:pk>/parts/<int:part>/correct/", views.ChangePart.as_view(), name="correct_part"),
    path("<int:pk>/parts/<int:part>/withdraw/", views.WithdrawPart.as_view(), name="withdraw_part"),
]
