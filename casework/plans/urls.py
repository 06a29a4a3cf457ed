"""Addresses of this room."""

from django.urls import path

from casework.plans import charter_views, conference_views, plan_views, visit_views

app_name = "plans"
urlpatterns = [
    path("", plan_views.PlanPageView.as_view(), name="plan"),
    path("<int:version>/remarks/", plan_views.AddRemarkView.as_view(), name="add_remark"),
    path("remarks/<int:remark>/settle/", plan_views.SettleRemarkView.as_view(), name="settle_remark"),
    path("charter/", charter_views.CharterPage.as_view(), name="charter"),
    path("charter/<int:version>/remarks/", charter_views.AddCharterRemark.as_view(), name="add_charter_remark"),
    path("visits/", visit_views.VisitsPage.as_view(), name="visits"),
    path("visits/new/", visit_views.NewVisit.as_view(), name="new_visit"),
    path("conference/", conference_views.ConferencePage.as_view(), name="conference"),
]
