"""`migrate` as the owner of the tables; afterwards the product gets its rights on what is new."""

from typing import Any

from django.core.management.commands import migrate

from config.roles import as_owner, grant_rights


class Command(migrate.Command):
    """Django's command, connected by DATABASE_OWNER_URL."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant."""
        with as_owner():
            super().handle(*args, **options)
            grant_rights()
