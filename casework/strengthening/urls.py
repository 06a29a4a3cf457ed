"""The address under an entry of the register from which it is strengthened."""

from django.urls import path

from casework.strengthening.views import OpenStrengthening

app_name = "strengthening"
urlpatterns = [path("<int:pk>/strengthen/", OpenStrengthening.as_view(), name="open")]
