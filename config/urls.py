"""Every address of the product. Each page needs a sign-in unless its view says otherwise."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView
from django.views.i18n import set_language

from config.health import healthz
from config.programme_page import ProgrammePage
from config.settings_page import Settings
from config.style_samples import SAMPLES

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="tasks:inbox"), name="home"),
    path("tasks/", include("workflows.desk.urls")),
    path("tasks/<int:pk>/return/", include("workflows.steering.return_urls")),
    path("tasks/<int:pk>/clock/", include("workflows.holds.task_urls")),
    path("stuck/", include("workflows.steering.stuck_urls")),
    path("board/", include("workflows.board.urls")),
    path("cases/", include("workflows.casefile.urls")),
    path("cases/<str:code>/clock/", include("workflows.holds.case_urls")),
    path("cases/<str:code>/steer/", include("workflows.steering.urls")),
    path("cases/<str:code>/status-code/", include("workflows.status_lookup.case_urls")),
    path("status/", include("workflows.status_lookup.urls")),
    path("cases/<str:code>/people/", include("casework.people.urls")),
    path("cases/<str:code>/programmes/", include("casework.programme.assigned.urls")),
    path("cases/<str:code>/plan/filing/", include("casework.filings.urls")),
    path("cases/<str:code>/plan/", include("casework.plans.urls")),
    path("cases/<str:code>/sharing/", include("workflows.credit_room.sharing_urls")),
    path("credit/", include("workflows.credit_room.urls")),
    path("cases/<str:code>/market/", include("casework.linkage.market.urls")),
    path("cases/<str:code>/law/", include("casework.rules.urls")),
    path("cases/<str:code>/papers/made/", include("casework.documents.papers.urls")),
    path("cases/<str:code>/papers/", include("casework.documents.urls")),
    path("cases/<str:code>/readers/", include("casework.reads.urls")),
    path("cases/<str:code>/notes/", include("workflows.notebook.urls")),
    path("cooperatives/", include("casework.cooperatives.urls")),
    path("cooperatives/", include("casework.strengthening.urls")),
    path("duplicates/", include("workflows.duplicates_desk.urls")),
    path("settings/", Settings.as_view(), name="settings"),
    path("settings/law/", include("casework.rules.settings_urls")),
    path("settings/checklists/", include("casework.documents.checklist_urls")),
    path("settings/calendar/", include("workflows.clock.settings.calendar_urls")),
    path("settings/limits/", include("workflows.clock.settings.limit_urls")),
    path("settings/people/", include("workflows.staff.urls")),
    path("settings/why/", include("workflows.staff.why.urls")),
    path("settings/inspections/", include("workflows.inspection.granting_urls")),
    path("absence/", include("workflows.staff.absence_urls")),
    path("settings/background/", include("casework.background.urls")),
    path("settings/deliveries/", include("notifications.delivery_urls")),
    path("notifications/", include("notifications.urls")),
    path("programme/", ProgrammePage.as_view(), name="programme"),
    path("reviews/", include("workflows.reviews.urls")),
    path("targets/", include("casework.programme.targets.urls")),
    path("reports/", include("casework.programme.reports.urls")),
    path("trainings/", include("casework.programme.trainings.urls")),
    path("support/", include("casework.programme.support.urls")),
    path("market/", include("casework.linkage.market.list_urls")),
    path("results/", include("casework.programme.collected.urls")),
    path("fairs/", include("casework.linkage.fairs.urls")),
    path("data-requests/", include("workflows.data_requests.urls")),
    path("inspection/", include("workflows.inspection.urls")),
    path("exports/", include("casework.exports.urls")),
    path("rosters/", include("casework.programme.urls")),
    path("calendar/", include("workflows.desk.feed_urls")),
    path("", include("casework.signing_in.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("style/", TemplateView.as_view(template_name="style.html", extra_context=SAMPLES), name="style"),
    path("healthz", healthz, name="healthz"),
]
