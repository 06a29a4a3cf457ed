"""Addresses of the board."""

from django.urls import path

from workflows.board import views, views_history, views_tasks

app_name = "board"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("decided/", views.Decided.as_view(), name="decided"),
    path("times/", views_history.Times.as_view(), name="times"),
    path("times/stays/", views_history.Stays.as_view(), name="stays"),
    path("workload/", views_tasks.Workload.as_view(), name="workload"),
    path("workload/cases/", views_tasks.CasesOwned.as_view(), name="workload_cases"),
    path("late/", views_tasks.Late.as_view(), name="late"),
    path("returns/", views_history.Returns.as_view(), name="returns"),
    path("returns/tasks/", views_history.ReturnTasks.as_view(), name="return_tasks"),
    path("map/", views_tasks.Map.as_view(), name="map"),
]
