"""Asks the clock: when a term ends, and why the open deadlines of a case are on their days."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.sharing.scope import everything
from workflows.clock.asking import NotAnswered, Question, answer, answer_for_case, read_day
from workflows.clock.models import Unit


class Command(BaseCommand):
    """`clock due --from 2026-02-13 --days 3` and `clock explain --case KH-2026-000123`; both with `--json`."""

    help = "Count a term from the working calendar, or derive the open deadlines of a case."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two questions."""
        questions = parser.add_subparsers(dest="question", required=True)
        term = questions.add_parser("due", help="When does a term end?")
        term.add_argument("--from", dest="begins", required=True, metavar="DAY", help="2026-02-13 or 13/02/2026")
        term.add_argument("--days", dest="n", required=True, type=int, metavar="N", help="how many units")
        term.add_argument("--unit", default=Unit.WORKING_DAY, choices=Unit.values)
        term.add_argument("--area", default="", metavar="CODE", help="code of a province or commune")
        case = questions.add_parser("explain", help="Why are the deadlines of a case on their days?")
        case.add_argument("--case", required=True, metavar="CODE")
        for one in (term, case):
            one.add_argument("--json", action="store_true", help="for machines")

    @everything("who may run commands may read every case")
    def handle(self, *args: Any, **options: Any) -> None:
        """Answer, or say in one sentence why not. Exit code 1 when a year is missing from the calendar."""
        try:
            told = self._due(options) if options["question"] == "due" else answer_for_case(options["case"])
        except NotAnswered as reason:
            raise CommandError(str(reason)) from reason
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        elif options["question"] == "due":
            self.stdout.write(told["explanation"])
        else:
            self._write_case(told)
        if options["question"] == "due" and told["missing_year"]:
            raise SystemExit(1)

    def _due(self, options: dict[str, Any]) -> dict[str, Any]:
        return answer(Question(read_day(options["begins"]), options["n"], options["unit"], options["area"]))

    def _write_case(self, told: dict[str, Any]) -> None:
        self.stdout.write(told["case"])
        if not told["tasks"]:
            self.stdout.write(_("No deadline is open."))
        for task in told["tasks"]:
            who = f"{task['organisation']}, {task['owner']}" if task["owner"] else task["organisation"]
            self.stdout.write(f"- {task['title']} ({who})\n  {task['explanation']}")
            for one in task["extensions"]:
                words = _("extended from %(before)s to %(until)s: %(reason)s") % one
                self.stdout.write(f"  {words}")
        for term in told["legal_terms"]:
            self.stdout.write(f"- {term['title']} ({term['citation']})\n  {term['explanation']}")
