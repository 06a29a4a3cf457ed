from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Offer the lists of casework that can be taken out as a file; give receipts."""
        from casework import receipts  # noqa: F401 (connects itself to the acts)
        from casework.cooperatives import exports as of_cooperatives
        from casework.linkage.fairs import exports as of_fairs
        from casework.linkage.market import exports as of_market
        from casework.programme.collected import exports as of_collected
        from casework.programme.reports import exports as of_reports
        from casework.programme.support import exports as of_support
        from casework.programme.trainings import exports as of_trainings

        for room in (of_cooperatives, of_reports, of_fairs, of_market, of_trainings, of_support, of_collected):
            room.register_lists()
