from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Workflows")

    def ready(self) -> None:
        """Connect what a case action starts, and the checks that a start-up must pass."""
        from workflows import checks, receivers

        checks.register()
        receivers.connect()
