"""`manage.py backup`: the whole system in one file. See docs/drill.md."""

import hashlib
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from casework.audit import sealing
from casework.documents.models import DocumentVersion
from casework.documents.storage import path_of
from casework.sharing.scope import everything
from config.backups import archive, database

NAME = "dong-hanh-{:%Y%m%d-%H%M%S}.tar"
PATTERN = "dong-hanh-????????-??????.tar"
INCOMPLETE = 1


class Command(BaseCommand):
    """Exit 0 when everything was kept, 1 when nothing was, or when documents are missing from the disk."""

    help = "Keep database and documents in one file; whoever works meanwhile is not disturbed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how many to keep."""
        parser.add_argument("--out", type=Path, required=True, help="a folder, or the file to write")
        parser.add_argument("--keep", type=int, default=0, help="so many in the folder; older ones are deleted")

    @everything("a backup holds all cases")
    def handle(self, *args: Any, **options: Any) -> None:
        """Dump first, then the documents: each that the dump knows is there by then, for none is ever changed."""
        began, out = time.monotonic(), options["out"]
        in_folder = out.is_dir()
        target = out / NAME.format(timezone.localtime()) if in_folder else out
        if target.exists():
            raise CommandError(f"{target} exists; a backup never writes over a file.")
        if options["keep"] and not in_folder:
            raise CommandError("--keep needs a folder in --out.")
        missing = self._missing()
        try:
            with tempfile.TemporaryDirectory(prefix="dong-hanh-") as folder:
                dumped = Path(folder) / archive.DUMP
                told = self._told()
                database.dump(dumped)
                manifest = archive.write(target, dumped, _documents(), told)
        except archive.Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}") from error
        self._say(target, manifest, time.monotonic() - began)
        if in_folder and options["keep"]:
            for old in sorted(out.glob(PATTERN))[: -options["keep"]]:
                old.unlink()
        if missing:
            raise CommandError(f"{len(missing)} documents are missing from the disk, for example {missing[0]}.")

    def _missing(self) -> list[str]:
        names = DocumentVersion.objects.values_list("stored_name", flat=True).iterator()
        return [name for name in names if not path_of(name).exists()]

    def _told(self) -> dict[str, Any]:
        """What the list says besides the files. The checkpoint is not newer than the dump."""
        newest = sealing.newest()
        return {
            "at": timezone.now().isoformat(),
            "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
            "checkpoint": newest.line() if newest else "",
            "events": newest.size if newest else 0,
            "field_keys": [hashlib.sha256(f"backup:{key}".encode()).hexdigest()[:12] for key in settings.FIELD_KEYS],
        }

    def _say(self, target: Path, manifest: dict[str, Any], seconds: float) -> None:
        size = target.stat().st_size / 1_000_000
        self.stdout.write(
            f"{target}: {size:.1f} MB, {len(manifest['files']) - 1} documents, "
            f"{manifest['events']} sealed events, {seconds:.1f} s."
        )
        self.stdout.write("The keys (AUDIT_KEY, FIELD_KEYS, SECRET_KEY) are not in it: keep them elsewhere.")


def _documents() -> list[Path]:
    root = Path(settings.FILES_ROOT)
    return sorted(path for path in root.glob("??/*") if len(path.name) == 40 and path.is_file())
