"""Looks after the history: seal, keys, packs, checks. See docs/concepts/history.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from psycopg2 import Error as DatabaseError

from casework.audit import keys, live, sealing
from casework.audit.anchors import Anchors
from casework.audit.checkpoints import Checkpoint, read_checkpoint
from casework.cases.models import Case
from casework.sharing.scope import everything
from workflows.inspection.pack import NothingSealed, write_pack

BAD_ARGUMENTS, PROBLEMS = 2, 1


class Command(BaseCommand):
    """Exit 0 when all is well, 1 when a check found something, 2 when the arguments cannot be used."""

    help = "audit seal | verify | pack | key | checkpoint | rotate | restored: look after the history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each."""
        parts = parser.add_subparsers(dest="what", required=True)
        parts.add_parser("seal", help="seal now what waits; the worker does it every minute")
        parts.add_parser("key", help="the fingerprint of the key that signs, to be given to inspectors")
        parts.add_parser("checkpoint", help="the newest checkpoint, as one line to keep outside")
        rotate = parts.add_parser("rotate", help="change the signing key; both keys sign the change")
        rotate.add_argument("--new", type=Path, required=True, help="file of the new key; made when it is missing")
        verify = parts.add_parser("verify", help="check the history where it lies")
        verify.add_argument("--new", action="store_true", help="only what was sealed since the last check")
        verify.add_argument("--json", action="store_true", help="as JSON")
        pack = parts.add_parser("pack", help="write the pack that an inspector can verify herself")
        pack.add_argument("--case", action="append", default=[], dest="cases", help="code of a case; may be repeated")
        pack.add_argument("--all", action="store_true", help="the whole history instead")
        pack.add_argument("--kept", type=Path, action="append", default=[], help="file with checkpoints she holds")
        pack.add_argument("--no-documents", action="store_true", help="only the hashes of documents, no files")
        pack.add_argument("--out", type=Path, required=True, help="the zip to write")
        restored = parts.add_parser("restored", help="say that a backup was restored and what that lost")
        restored.add_argument("--kept", type=Path, help="file with the newest checkpoint kept; default: AUDIT_ANCHORS")
        restored.add_argument("--reason", required=True, help="why, and on whose decision")

    @everything("who may run commands may read the whole history")
    def handle(self, *args: Any, **options: Any) -> None:
        """Do the one thing that was asked for."""
        try:
            getattr(self, f"_{options['what']}")(options)
        except (keys.NoKey, sealing.NotSealed) as error:
            raise CommandError(str(error), returncode=PROBLEMS) from error
        except (OperationalError, DatabaseError) as error:
            raise CommandError(f"The database refused: {error}".strip(), returncode=PROBLEMS) from error

    def _seal(self, options: dict[str, Any]) -> None:
        made = sealing.seal()
        self.stdout.write(_told(made) if made else "Nothing waits to be sealed.")

    def _key(self, options: dict[str, Any]) -> None:
        own = keys.signer()
        self.stdout.write(f"{own.id}  {own.public.hex()}")

    def _checkpoint(self, options: dict[str, Any]) -> None:
        newest = sealing.newest()
        if newest is None:
            raise CommandError("There is no checkpoint yet.", returncode=PROBLEMS)
        self.stdout.write(newest.line())

    def _rotate(self, options: dict[str, Any]) -> None:
        keys.make_key(options["new"])
        made = sealing.rotate(keys.signer(options["new"]))
        self.stdout.write(_told(made))
        self.stdout.write(f"Now set AUDIT_KEY to {options['new']} and start the worker anew.")

    def _verify(self, options: dict[str, Any]) -> None:
        result = live.check_and_keep(live.Scope.NEW if options["new"] else live.Scope.WHOLE)
        if options["json"]:
            self.stdout.write(live.as_json(result))
        else:
            for problem in result.problems:
                self.stdout.write(str(problem))
            self.stdout.write(
                f"{result.events} events ({result.waiting} not sealed yet), {result.checkpoints} checkpoints, "
                f"{len(result.problems)} problems, {result.seconds:.1f} s."
            )
        if result.problems:
            raise SystemExit(PROBLEMS)

    def _pack(self, options: dict[str, Any]) -> None:
        cases = [_case(code) for code in options["cases"]]
        if bool(cases) == options["all"]:
            raise CommandError("Name cases with --case, or take everything with --all.", returncode=BAD_ARGUMENTS)
        kept = [one.number for path in options["kept"] for one in _checkpoints(path)]
        documents = (lambda _version: "left out on demand") if options["no_documents"] else None
        sealing.seal()
        try:
            manifest = write_pack(options["out"], cases, whole=options["all"], kept=kept, documents=documents)
        except NothingSealed:
            raise CommandError("Nothing is sealed yet.", returncode=PROBLEMS) from None
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}", returncode=BAD_ARGUMENTS) from error
        self.stdout.write(f"{options['out']}: {manifest['events']} events, {len(manifest['files'])} files.")

    def _restored(self, options: dict[str, Any]) -> None:
        made = sealing.declare_restored(_kept(options["kept"]), options["reason"])
        lost = made.told["lost"]["size"] - made.told["lost"]["from"]
        self.stdout.write(f"{_told(made)} Leaves lost: {max(lost, 0)}.")


def _told(made: Checkpoint) -> str:
    return f"Checkpoint {made.number} ({made.kind}): {made.size} events, code {made.code}."


def _case(code: str) -> Case:
    case = None if "\x00" in code else Case.objects.filter(code=code).first()
    if case is None:
        raise CommandError(f"There is no case {code}.", returncode=BAD_ARGUMENTS)
    return case


def _checkpoints(path: Path) -> list[Checkpoint]:
    try:
        return [read_checkpoint(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: no checkpoint can be read there ({error}).", returncode=BAD_ARGUMENTS) from error


def _kept(path: Path | None) -> Checkpoint:
    """The newest checkpoint of a file, or of the folder outside."""
    newest = sealing.newest()
    kept = _checkpoints(path) if path else []
    if newest and not path:
        kept = list(Anchors(newest.told["origin"]).all())
    if not kept:
        raise CommandError("Name the file of a kept checkpoint with --kept.", returncode=BAD_ARGUMENTS)
    return max(kept, key=lambda one: one.number)
