"""Addresses of the results of other bodies."""

from django.urls import path

from casework.programme.collected import views

app_name = "collected"

urlpatterns = [
    path("", views.Requests.as_view(), name="list"),
    path("ask/", views.Ask.as_view(), name="ask"),
    path("answer/<str:token>/", views.Answer.as_view(), name="answer"),
    path("answer/<str:token>/form/", views.AnswerFile.as_view(), name="answer_form"),
    path("<int:pk>/", views.RequestPage.as_view(), name="request"),
    path("<int:pk>/again/", views.Again.as_view(), name="again"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("<int:pk>/enter/", views.Enter.as_view(), name="enter"),
    path("<int:pk>/form/", views.FormFile.as_view(), name="form"),
]
