"""Addresses of the papers of a case."""

from django.urls import path

from casework.documents import open_views, views

app_name = "documents"

urlpatterns = [
    path("", views.Papers.as_view(), name="list"),
    path("files/<int:pk>/", open_views.Download.as_view(), name="download"),
    path("files/<int:pk>/look/", open_views.Look.as_view(), name="look"),
    path("files/<int:pk>/page/<int:page>/", open_views.Preview.as_view(), name="preview"),
    path("<int:pk>/replace/", views.Replace.as_view(), name="replace"),
    path("<int:pk>/circle/", views.ShowTo.as_view(), name="circle"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
]
