from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Workflows")

    def ready(self) -> None:
        """Connect what a case action starts, and the checks that a start-up must pass."""
        from workflows import checks, receivers
        from workflows.holds import offers as of_holds
        from workflows.steering import offers as of_steering

        checks.register()
        receivers.connect()
        of_holds.register()
        of_steering.register()
