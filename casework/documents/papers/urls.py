"""Addresses of papers made from the data of a case."""

from django.urls import path

from casework.documents.papers import views

app_name = "papers"

urlpatterns = [
    path("dossier/", views.FoundingDossier.as_view(), name="dossier"),
    path("<slug:paper>/", views.MakePaper.as_view(), name="make"),
]
