"""What was found of a person as a workbook, made by the machinery of all exports (no formula gets through)."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.data_requests.finding import Found
from casework.data_requests.models import DataRequest
from casework.exports.files import write_xlsx
from casework.exports.lists import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(path: Path, found: Found, row: DataRequest) -> int:
    """Write the places to a file. Returns how many."""
    columns = [
        Column("case", _("Case"), lambda place: place.case_code),
        Column("what", _("As what"), lambda place: place.as_what),
        Column("details", _("Which data"), lambda place: place.details),
        Column("since", _("Since"), lambda place: place.since),
        Column("sure", _("Known by number or phone"), lambda place: _("yes") if place.sure else _("by name only")),
    ]
    about = [
        (_("Request"), f"{row.pk}: {row}"),
        (_("As of"), f"{timezone.localtime():%d/%m/%Y %H:%M}"),
        (_("Places beyond what the officer may see"), str(found.beyond)),
    ]
    return write_xlsx(columns, found.places, path, _("Data of a person"), about)
