"""Addresses of trainings and communication."""

from django.urls import path

from casework.programme.trainings import views

app_name = "trainings"

urlpatterns = [
    path("", views.Trainings.as_view(), name="list"),
    path("add/", views.Add.as_view(), name="add"),
    path("people/", views.People.as_view(), name="people"),
    path("outreach/", views.Outreaches.as_view(), name="outreach"),
    path("outreach/add/", views.AddOutreach.as_view(), name="add_outreach"),
    path("outreach/<int:pk>/correct/", views.CorrectOutreach.as_view(), name="correct_outreach"),
    path("outreach/<int:pk>/withdraw/", views.WithdrawOutreach.as_view(), name="withdraw_outreach"),
    path("<int:pk>/", views.TrainingPage.as_view(), name="training"),
    path("<int:pk>/print/", views.Print.as_view(), name="print"),
    path("<int:pk>/correct/", views.Correct.as_view(), name="correct"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("<int:pk>/attendance/", views.Attendance.as_view(), name="attendance"),
    path("<int:pk>/attendance/<int:line>/correct/", views.CorrectLine.as_view(), name="correct_line"),
    path("<int:pk>/attendance/<int:line>/withdraw/", views.WithdrawLine.as_view(), name="withdraw_line"),
    path("<int:pk>/attendance/<int:line>/phone/", views.RevealPhone.as_view(), name="reveal"),
]
