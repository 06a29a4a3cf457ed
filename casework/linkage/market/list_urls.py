"""Address of the market links across cases."""

from django.urls import path

from casework.linkage.market import views

app_name = "markets"

urlpatterns = [path("", views.Links.as_view(), name="list")]
