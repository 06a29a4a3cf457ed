"""Prints the SQL that makes the roles of the database, for a server of one's own."""

from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    """To be read, given passwords and run once by a superuser; `migrate` then gives every role its rights."""

    help = "Print the SQL that makes the roles of DATABASE_URL, DATABASE_OWNER_URL and those that keep the history."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is connected to."""
        quote = connection.ops.quote_name
        owner, database = (dj_database_url.parse(settings.DATABASE_OWNER_URL)[key] for key in ("USER", "NAME"))
        others = [settings.DATABASE_URL, *settings.AUDIT_DATABASE_URLS.values()]
        names = list(dict.fromkeys([owner, *(dj_database_url.parse(url)["USER"] for url in others)]))
        self.stdout.write("-- Passwords: \\password NAME in psql. Then: manage.py migrate")
        for name in names:
            more = " CREATEDB" if name == owner else ""  # for `manage.py restore`, which works beside the database
            self.stdout.write(f"CREATE ROLE {quote(name)} LOGIN{more} NOSUPERUSER NOCREATEROLE NOBYPASSRLS;")
        self.stdout.write(f"CREATE DATABASE {quote(database)} OWNER {quote(owner)} ENCODING 'UTF8' TEMPLATE template0;")
        self.stdout.write(f"REVOKE ALL ON DATABASE {quote(database)} FROM PUBLIC;")
        self.stdout.write(f"GRANT CONNECT ON DATABASE {quote(database)} TO {', '.join(map(quote, names))};")
