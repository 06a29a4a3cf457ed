"""Addresses of the desk."""

from django.urls import path

from workflows.desk import bulk_views, saved_views, views

app_name = "tasks"

urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("bulk/", bulk_views.BulkView.as_view(), name="bulk"),
    path("views/", saved_views.SavedViews.as_view(), name="views"),
    path("views/new/", saved_views.NewView.as_view(), name="new_view"),
    path("views/<int:pk>/withdraw/", saved_views.DropView.as_view(), name="withdraw_view"),
    path("<int:pk>/", views.TaskView.as_view(), name="task"),
    path("<int:pk>/claim/", views.Claim.as_view(), name="claim"),
    path("<int:pk>/release/", views.Release.as_view(), name="release"),
    path("<int:pk>/reassign/", views.Reassign.as_view(), name="reassign"),
    path("<int:pk>/draft/", views.KeepDraft.as_view(), name="draft"),
]
