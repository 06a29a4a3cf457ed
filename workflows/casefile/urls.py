"""Addresses of the pages of a case."""

from django.urls import path

from workflows.casefile import views
from workflows.casefile.export_page import ExportPage

app_name = "cases"

urlpatterns = [
    path("", views.CaseList.as_view(), name="list"),
    path("new/", views.NewLead.as_view(), name="new"),
    path("new/draft/", views.KeepLeadDraft.as_view(), name="draft"),
    path("<str:code>/", views.CaseFile.as_view(), name="file"),
    path("<str:code>/contact/", views.RevealContactPage.as_view(), name="reveal_contact"),
    path("<str:code>/export/", ExportPage.as_view(), name="export"),
    path("<str:code>/history/", views.CaseHistory.as_view(), name="history"),
]
