"""The addresses under an entry of the register from which it is strengthened or converted."""

from django.urls import path

from casework.strengthening.views import OpenConverting, OpenStrengthening

app_name = "strengthening"
urlpatterns = [
    path("<int:pk>/strengthen/", OpenStrengthening.as_view(), name="open"),
    path("<int:pk>/convert/", OpenConverting.as_view(), name="convert"),
]
