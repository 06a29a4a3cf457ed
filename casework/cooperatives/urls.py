"""Addresses of the register."""

from django.urls import path

from casework.cooperatives import views
from casework.cooperatives.health_views import HealthSheet

app_name = "cooperatives"

urlpatterns = [
    path("", views.Register.as_view(), name="list"),
    path("<int:pk>/", views.EntryPage.as_view(), name="entry"),
    path("<int:pk>/health/", HealthSheet.as_view(), name="health"),
    path("<int:pk>/note/<slug:what>/", views.WriteNote.as_view(), name="note"),
    path("<int:pk>/withdraw/<slug:kind>/<int:note_id>/", views.Withdraw.as_view(), name="withdraw"),
]
