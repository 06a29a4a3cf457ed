"""Addresses of the desk."""

from django.urls import path

from workflows.desk import views

app_name = "tasks"

urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("<int:pk>/", views.TaskView.as_view(), name="task"),
    path("<int:pk>/claim/", views.Claim.as_view(), name="claim"),
    path("<int:pk>/release/", views.Release.as_view(), name="release"),
    path("<int:pk>/reassign/", views.Reassign.as_view(), name="reassign"),
    path("<int:pk>/draft/", views.KeepDraft.as_view(), name="draft"),
]
