"""Address of the readers of a case."""

from django.urls import path

from casework.reads import views

app_name = "reads"

urlpatterns = [path("", views.Readers.as_view(), name="case")]
