from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Offer the lists of casework that can be taken out as a file."""
        from casework.cooperatives import exports as of_cooperatives
        from casework.programme.reports import exports as of_reports

        of_cooperatives.register_lists()
        of_reports.register_lists()
