"""Addresses where an administrator edits the law."""

from django.urls import path

from casework.rules import settings_views as views

app_name = "law"

urlpatterns = [
    path("", views.Numbers.as_view(), name="numbers"),
    path("drafts/new/", views.NewDraft.as_view(), name="new_draft"),
    path("drafts/<int:pk>/", views.OneDraft.as_view(), name="draft"),
    path("drafts/<int:pk>/publish/", views.PublishDraft.as_view(), name="publish"),
    path("drafts/<int:pk>/discard/", views.DiscardOneDraft.as_view(), name="discard"),
]
