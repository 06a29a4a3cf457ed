"""Addresses of the reports."""

from django.urls import path

from casework.programme.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.Reports.as_view(), name="list"),
    path("start/", views.Start.as_view(), name="start"),
    path("<int:pk>/", views.ReportPage.as_view(), name="report"),
    path("<int:pk>/texts/", views.Texts.as_view(), name="texts"),
    path("<int:pk>/review/", views.Review.as_view(), name="review"),
    path("<int:pk>/return/", views.Return.as_view(), name="return"),
    path("<int:pk>/freeze/", views.Freeze.as_view(), name="freeze"),
    path("<int:pk>/numbers/<slug:code>/", views.Numbers.as_view(), name="numbers"),
    path("<int:pk>/file/<slug:format>/", views.TakeFile.as_view(), name="file"),
]
