"""The yearly report of an organisation from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.acts import ActionNotPossible, perform
from casework.audit.models import Channel
from casework.documents.papers.press import NotPrinted
from casework.organisations.models import Organisation, User
from casework.programme.indicators.models import ReportingPeriod
from casework.programme.indicators.periods import period_for
from casework.programme.reports.acts import TakeReport
from casework.programme.reports.files import FORMATS, file_of
from casework.programme.reports.gather import gather
from casework.programme.reports.models import Report
from casework.sharing.scope import everything


class Command(BaseCommand):
    """`yearly_report --year Y --organisation CODE --format docx --out FILE`: the file, or a sentence and 1."""

    help = "Write the yearly report: the frozen one, or a draft that says so."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose report, on which year, as what, and where to."""
        parser.add_argument("--year", required=True, type=int, help="reporting year, such as 2026")
        parser.add_argument("--organisation", required=True, help="code of the organisation, such as hlhpn-kh")
        parser.add_argument("--format", default="docx", choices=sorted(FORMATS))
        parser.add_argument("--out", required=True, type=Path, help="the file to write")

    @everything("a report counts the cases of a whole tree")
    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; the history keeps that it was taken."""
        report = self._report(options["organisation"], options["year"])
        try:
            body = file_of(gather(report), options["format"])
            options["out"].write_bytes(body)
            act = TakeReport(report.organisation_id, report.pk, options["format"])
            perform(act, by=User.objects.system(), channel=Channel.COMMAND)
        except (ActionNotPossible, NotPrinted) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}", returncode=2) from error
        self.stdout.write(f"{options['out']}: {report.get_state_display()}")

    def _report(self, code: str, year: int) -> Report:
        """The report that was begun, or one that nobody began. Raises CommandError."""
        related = Organisation.objects.select_related("area__parent", "parent")
        organisation = related.filter(code=code).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {code}.")
        begun = Report.objects.filter(organisation=organisation, period=self._period(year))
        found = begun.select_related("organisation__area__parent", "organisation__parent", "period").first()
        return found or Report(organisation=organisation, period=self._period(year))

    def _period(self, year: int) -> ReportingPeriod:
        try:
            return period_for(year)
        except ActionNotPossible as error:
            raise CommandError(str(error)) from error
