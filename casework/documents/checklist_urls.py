"""Addresses where an administrator edits checklists."""

from django.urls import path

from casework.documents import checklist_views as views

app_name = "checklists"

urlpatterns = [
    path("", views.Lists.as_view(), name="list"),
    path("new/", views.AddItem.as_view(), name="new"),
    path("<int:pk>/", views.WordItem.as_view(), name="item"),
    path("<int:pk>/end/", views.StopItem.as_view(), name="end"),
]
