"""Addresses of the members, capital, offices and family ties of a case."""

from django.urls import path

from casework.people import office_views, views
from casework.people.roll import views as roll

app_name = "people"

urlpatterns = [
    path("", views.Members.as_view(), name="members"),
    path("edit/", views.EditMembers.as_view(), name="edit"),
    path("new/", views.NewMember.as_view(), name="new"),
    path("import/", roll.UploadMembers.as_view(), name="import"),
    path("import/<uuid:upload>/", roll.PreviewMembers.as_view(), name="import_preview"),
    path("offices/", office_views.Offices.as_view(), name="offices"),
    path("offices/<int:pk>/end/", office_views.EndOneOffice.as_view(), name="end_office"),
    path("ties/", office_views.Ties.as_view(), name="ties"),
    path("<int:pk>/", views.OneMember.as_view(), name="member"),
    path("<int:pk>/leave/", views.Leave.as_view(), name="leave"),
    path("<int:pk>/assets/new/", office_views.NewAsset.as_view(), name="new_asset"),
    path("<int:pk>/assets/<int:asset>/", office_views.OneAsset.as_view(), name="asset"),
    path("<int:person>/reveal/<slug:what>/", views.Reveal.as_view(), name="reveal"),
]
