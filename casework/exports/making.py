"""Making the file: at once when it is small, in the background when it is large; with the rights of the moment."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from casework.acts import perform
from casework.audit.models import Channel
from casework.background.policy import policy
from casework.documents.storage import discard, store
from casework.exports.acts import RIGHT, KeepExport
from casework.exports.files import pieces_of, scratch, write_csv, write_xlsx
from casework.exports.lists import LISTS, ExportList
from casework.exports.models import Export
from casework.organisations.models import User
from casework.organisations.standing import Standing, standing_of

AT_ONCE = 2_000  # rows; more are made in the background
LARGEST = 1 << 30  # bytes of one file
KEPT_FOR = timedelta(days=1)


def start(export: Export, rows: int) -> None:
    """Make the file now if it is small, else let the worker make it."""
    if rows <= AT_ONCE:
        make(export, tell=False)
    else:
        make_later.enqueue(str(export.pk))


@task
@policy(attempts=3, soft=900, hard=1200)
def make_later(export_id: str) -> None:
    """Make the file of an export that is large, and tell whoever asked. A second run does nothing."""
    with suppress(ObjectDoesNotExist):
        export = Export.objects.select_related("by").get(pk=UUID(export_id), state=Export.State.WAITS)
        make(export, tell=True)


def make(export: Export, *, tell: bool) -> None:
    """Write the file as the person may see the list at this moment; without the right any more, none is made."""
    standing = standing_of(export.by)
    if RIGHT not in standing.permissions:
        perform(KeepExport(export.pk, 0, "", tell), by=User.objects.system(), channel=Channel.WORKER)
        return
    path = scratch()
    stored = None
    try:
        with override(export.language):
            rows = _write(export, standing, path)
        stored = store(pieces_of(path), most=LARGEST)
        perform(KeepExport(export.pk, rows, stored.name, tell), by=User.objects.system(), channel=Channel.WORKER)
    except BaseException:
        if stored:
            discard(stored.name)
        raise
    finally:
        path.unlink(missing_ok=True)


def _write(export: Export, standing: Standing, path: Any) -> int:
    exported, query = LISTS[export.list_name], QueryDict(export.query)
    columns = [column for column in exported.columns if column.name in export.columns]
    rows = exported.rows(standing, query)
    if export.format == Export.Format.CSV:
        return write_csv(columns, rows, path)
    return write_xlsx(columns, rows, path, str(exported.title), about(exported, export))


def about(exported: ExportList, export: Export) -> list[tuple[str, str]]:
    """What the file says of itself: which list, with which filters, for whom, of when."""
    return [
        (_("List"), str(exported.title)),
        (_("Filters"), "; ".join(f"{name} = {value}" for name, value in QueryDict(export.query).items()) or "–"),
        (_("Exported by"), str(export.by)),
        (_("As of"), f"{timezone.localtime():%d/%m/%Y %H:%M}"),
        (_("Number of the export"), str(export.pk)),
    ]


def forget_old() -> int:
    """Delete files that are older than a day; that they were made stays. Returns how many went."""
    old = Export.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR).exclude(file="")
    names = list(old.values_list("pk", "file"))
    for pk, name in names:
        discard(name)
        Export.objects.filter(pk=pk).update(file="")
    return len(names)
