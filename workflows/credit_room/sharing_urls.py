"""Addresses of the page “Sharing” of a case."""

from django.urls import path

from workflows.credit_room import sharing_views as views

app_name = "sharing"

urlpatterns = [
    path("", views.Sharing.as_view(), name="case"),
    path("consent/", views.Give.as_view(), name="give"),
    path("consent/<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("share/<int:pk>/end/", views.Revoke.as_view(), name="revoke"),
    path("lender/", views.AskAnother.as_view(), name="another"),
    path("question/<int:pk>/answer/", views.Answer.as_view(), name="answer"),
]
