"""The founding dossier of a case from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.acts import ActionNotPossible, perform
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.documents.papers.acts import TakeDossier, forget, make
from casework.documents.papers.dossier import dossier_zip, state_of
from casework.documents.papers.press import NotPrinted
from casework.organisations.models import User
from casework.sharing.scope import everything


class Command(BaseCommand):
    """`dossier --case CODE --out FILE.zip`: writes the zip, or says what is in the way and ends with 1."""

    help = "Write the founding dossier of a case: every paper as docx and pdf, index, completeness page."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which case, and where to."""
        parser.add_argument("--case", required=True, help="code of the case, such as KH-2026-000123")
        parser.add_argument("--out", required=True, type=Path, help="the zip to write")

    @everything("who may run commands may read every case")
    def handle(self, *args: Any, **options: Any) -> None:
        """Make every paper of the dossier; the case itself keeps none of them, the history keeps that it was taken."""
        related = ("area__parent", "lead_organisation", "reviewing_organisation", "contact")
        case = Case.objects.select_related(*related).filter(code=options["case"]).first()
        if case is None:
            raise CommandError(f"There is no case {options['case']}.", returncode=2)
        state = state_of(case)
        if state.obstacles:
            raise CommandError("\n".join(state.obstacles))
        try:
            made = make(case, [paper.template.code for paper in state.papers])
        except (ActionNotPossible, NotPrinted) as error:
            raise CommandError(str(error)) from error
        try:
            codes = [one.paper.code(case.code) for one in made]
            perform(TakeDossier(case.pk, codes), by=User.objects.system(), channel=Channel.COMMAND)
            options["out"].write_bytes(dossier_zip(case, state, made))
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}", returncode=2) from error
        finally:
            forget(made)
        self.stdout.write(f"{options['out']}: {len(made)} papers")
