"""Addresses of the people at work."""

from django.urls import path

from workflows.staff import views
from workflows.staff.handover_views import HandOver

app_name = "staff"

urlpatterns = [
    path("", views.People.as_view(), name="people"),
    path("<int:pk>/", views.Person.as_view(), name="person"),
    path("<int:pk>/appoint/", views.AppointOne.as_view(), name="appoint"),
    path("<int:pk>/close/", views.CloseOne.as_view(), name="close"),
    path("<int:pk>/second-factor/reset/", views.ResetOne.as_view(), name="reset_second_factor"),
    path("<int:pk>/handover/", HandOver.as_view(), name="handover"),
    path("<int:pk>/roles/<int:seat>/end/", views.RelieveOne.as_view(), name="relieve"),
    path("<int:pk>/roles/<int:seat>/move/", views.MoveOne.as_view(), name="move"),
]
