from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Workflows")

    def ready(self) -> None:
        """Connect what a case action starts, and the checks that a start-up must pass."""
        from workflows import checks, receivers
        from workflows.board import exports as of_board
        from workflows.board import exports_tasks as of_board_tasks
        from workflows.casefile import exports as of_cases
        from workflows.casefile import offers as of_file
        from workflows.credit_room import exports as of_credit
        from workflows.desk import exports as of_desk
        from workflows.holds import offers as of_holds
        from workflows.reviews import exports as of_reviews
        from workflows.reviews import offers as of_reviewing
        from workflows.status_lookup import offers as of_status
        from workflows.steering import offers as of_steering

        checks.register()
        receivers.connect()
        of_file.register()
        of_reviewing.register()
        of_holds.register()
        of_steering.register()
        of_status.register()
        for room in (of_credit, of_desk, of_cases, of_board, of_board_tasks, of_reviews):
            room.register_lists()
