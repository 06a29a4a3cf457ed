"""Loads the demo world once: all of it in one transaction, or nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from casework.organisations.models import Organisation, User
from casework.sharing.scope import everything
from workflows.demo.cases import STORIES, play_stories
from workflows.demo.organising import organise
from workflows.demo.programme import show_programme
from workflows.demo.register import enter_register
from workflows.demo.world import enter_world


class Command(BaseCommand):
    """Safe to run again, and by two at once: the second finds the world and leaves it alone."""

    help = "Load the demo: a province, its organisations, people, register and cases."

    @everything("there is nobody yet")
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Build the world by acts, unless there is one already."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('demo', 0))")
        if Organisation.objects.exists():
            self.stdout.write("There are organisations already; the demo is left as it is.")
            return
        by = User.objects.system()
        enter_world(by)
        cooperatives = enter_register(by)
        play_stories(by)
        organise()
        show_programme()
        self.stdout.write(f"demo: {cooperatives} cooperatives, {len(STORIES)} cases")
