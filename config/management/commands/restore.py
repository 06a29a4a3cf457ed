"""`manage.py restore FILE`: a whole system out of a backup. See docs/drill.md."""

import hashlib
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from casework.audit import keys, live, sealing
from casework.audit.anchors import Anchors
from casework.audit.checkpoints import Checkpoint
from casework.documents.models import DocumentVersion
from casework.documents.storage import path_of
from casework.sharing.scope import everything
from config.backups import archive, database

LISTED = 20


class Command(BaseCommand):
    """Exit 0 when everything is back and fits together, 1 when nothing was changed or something does not fit."""

    help = "Put a backup in the place of the database; what was there is kept under another name."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and what may be put aside for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="though the database is not empty; it is kept aside")
        parser.add_argument("--reason", default="", help="why, and on whose decision: signed where history was lost")

    @everything("a backup holds all cases")
    def handle(self, *args: Any, **options: Any) -> None:
        """Look through the file, restore it aside, exchange the databases, and say what was lost."""
        began, file = time.monotonic(), options["file"]
        try:
            manifest = archive.read(file)
            self._fits(manifest, replace=options["replace"])
            database.refuse_while_used()
            with tempfile.TemporaryDirectory(prefix="dong-hanh-") as folder:
                dumped = Path(folder) / archive.DUMP
                archive.extract_dump(file, dumped)
                with database.restored_aside(dumped) as aside:
                    written, there = archive.extract_documents(file, Path(settings.FILES_ROOT))
                    kept = database.take_place(aside)
        except archive.Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored from {file}, made {manifest['at']}, in {time.monotonic() - began:.1f} s.")
        self.stdout.write(
            f"What was there before is the database {kept}. Documents: {written} put back, {there} there."
        )
        self._look(options["reason"])

    def _fits(self, manifest: dict[str, Any], *, replace: bool) -> None:
        if not replace and not database.is_empty():
            raise archive.Refused("The database is not empty. To put it aside for the backup, say --replace.")
        known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
        newer = sorted(set(manifest["migrations"]) - known)
        if newer:
            raise archive.Refused(f"The backup was made by a newer version of the product ({newer[-1]}). Install that.")
        mine = {hashlib.sha256(f"backup:{key}".encode()).hexdigest()[:12] for key in settings.FIELD_KEYS}
        if manifest["field_keys"] and not mine & set(manifest["field_keys"]):
            raise archive.Refused("FIELD_KEYS is none of the keys of the backup: what is encrypted in it stays closed.")

    def _look(self, reason: str) -> None:
        """Documents, history, and what the copies outside know that the backup does not."""
        problems = [
            f"document {version.pk}: {why}"
            for version in DocumentVersion.objects.iterator()
            if (why := _wrong(version))
        ]
        lost = self._declare(reason)
        result = live.check_and_keep()
        problems += [str(problem) for problem in result.problems]
        for problem in problems[:LISTED]:
            self.stdout.write(problem)
        self.stdout.write(f"{result.events} events and {result.checkpoints} checkpoints looked at.")
        if lost:
            raise CommandError(
                "History was lost, and nothing is sealed until somebody answers for it: "
                'manage.py audit restored --reason "why, and on whose decision".'
            )
        if problems:
            raise CommandError(f"{len(problems)} problems. The database that was there before is kept.")
        connection.close()

    def _declare(self, reason: str) -> bool:
        """Sign what was lost, where a copy outside knows of it. Whether somebody still has to."""
        newest = sealing.newest()
        outside = Anchors(newest.told["origin"]).newest() if newest else None
        if outside is None or newest is None or outside.number <= newest.number:
            return False
        self.stdout.write(f"The newest copy outside is checkpoint {outside.number} over {outside.size} events.")
        for line in _lost(newest, outside):
            self.stdout.write(line)
        if not reason:
            return True
        try:
            made = sealing.declare_restored(outside, reason)
        except (keys.NoKey, sealing.NotSealed) as error:
            self.stdout.write(str(error))
            return True
        self.stdout.write(f"Signed as checkpoint {made.number} (restore), code {made.code}.")
        return False


def _wrong(version: DocumentVersion) -> str:
    """What is wrong with the file of a document, or nothing."""
    digest = hashlib.sha256()
    try:
        with path_of(version.stored_name).open("rb") as file:
            while piece := file.read(1024 * 1024):
                digest.update(piece)
    except FileNotFoundError:
        return "its file is missing"
    return "" if digest.hexdigest() == version.sha256 else "its file is another one"


def _lost(newest: Checkpoint, outside: Checkpoint) -> Iterator[str]:
    """Each chain of which events are gone, and which: what no backup brings back must be done again."""
    leaves = {leaf["leaf"]: leaf for leaf in Anchors(newest.told["origin"]).leaves(newest.size, outside.size)}
    ordered = sorted((leaf["chain"], leaf["seq"]) for leaf in leaves.values())
    for chain, places in groupby(ordered, key=lambda one: one[0]):
        numbers = [seq for _chain, seq in places]
        yield f"lost: {chain}, events {numbers[0]}–{numbers[-1]}"
    if unknown := outside.size - newest.size - len(leaves):
        yield f"lost: {unknown} events of which no copy tells the case"
