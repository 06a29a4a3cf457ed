from django.urls import path

from casework.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.Exports.as_view(), name="list"),
    path("new/<slug:name>/", views.NewExport.as_view(), name="new"),
    path("<uuid:pk>/", views.Download.as_view(), name="download"),
]
