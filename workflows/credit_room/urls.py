"""Addresses of the lender's desk and rooms."""

from django.urls import path

from workflows.credit_room import views

app_name = "credit"

urlpatterns = [
    path("", views.Desk.as_view(), name="desk"),
    path("<int:pk>/", views.Room.as_view(), name="room"),
    path("<int:pk>/accept/", views.Accept.as_view(), name="accept"),
    path("<int:pk>/decline/", views.Decline.as_view(), name="decline"),
    path("<int:pk>/ask/", views.Ask.as_view(), name="ask"),
    path("<int:pk>/paid/", views.Pay.as_view(), name="pay"),
    path("<int:pk>/repayment/", views.Repay.as_view(), name="repay"),
]
