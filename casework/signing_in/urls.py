"""Addresses of the door and of one's own account. Django's names are kept: its own code uses them."""

from django.contrib.auth import views as auth_views
from django.urls import path

from casework.signing_in import account_views, views

urlpatterns = [
    path("sign-in/", views.Door.as_view(), name="login"),
    path("sign-in/code/", views.Code.as_view(), name="sign_in_code"),
    path("sign-in/again/", views.Again.as_view(), name="sign_in_again"),
    path("sign-out/", views.Leave.as_view(), name="logout"),
    path("password/", views.ChangeOwnPassword.as_view(), name="password_change"),
    path("password/done/", auth_views.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("account/sessions/", account_views.Places.as_view(), name="places"),
    path("account/sessions/<int:pk>/end/", account_views.EndOne.as_view(), name="end_place"),
    path("account/second-factor/", account_views.SetUp.as_view(), name="second_factor"),
]
