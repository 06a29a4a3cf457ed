"""Reads a spreadsheet of cooperatives as officers type it, and enters what is new."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from casework.acts import ActionNotPossible
from casework.audit.models import Channel
from casework.organisations.models import Organisation, User
from casework.programme.acts import import_roster
from casework.programme.register import Known, known_in_register
from casework.programme.roster.model import Issue, Roster, RosterRefused
from casework.programme.roster.safe import read_roster_safely
from casework.programme.sorting import GoodRows, good_rows


class Command(BaseCommand):
    """`import_roster FILE --organisation CODE [--dry-run] [--json OUT] [--by USERNAME]`."""

    help = "Import cooperatives and leads from a spreadsheet (xlsx, xls, ods, csv)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, help="code of the organisation the roster is for")
        parser.add_argument("--dry-run", action="store_true", help="read and report, change nothing")
        parser.add_argument("--json", type=Path, metavar="OUT", help="write everything that was read to this file")
        parser.add_argument("--by", metavar="USERNAME", help="who imports; default: the installation itself")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, report, and unless it is a dry run enter what is new. Refusals end with exit code 1."""
        organisation = self._organisation(options["organisation"])
        by = self._person(options["by"]) if options["by"] else None
        roster = self._read(options["file"])
        good = good_rows(roster)
        known = known_in_register(good.entries)
        if options["json"]:
            self._write(options["json"], roster, known)
        self._report(roster, good, known)
        if options["dry_run"]:
            self.stdout.write("Chạy thử, chưa nhập gì. / Dry run: nothing was entered.")
        else:
            self._import(roster, organisation, by or User.objects.system())

    def _organisation(self, code: str) -> Organisation:
        organisation = Organisation.objects.live().select_related("area__parent").filter(code=code).first()
        if organisation is None:
            raise CommandError(f"Không có đơn vị mã {code}. / There is no organisation with the code {code}.")
        return organisation

    def _person(self, username: str) -> User:
        person = User.objects.filter(username=username, is_active=True).first()
        if person is None:
            raise CommandError(f"Không có người dùng {username}. / There is no person {username}.")
        return person

    def _read(self, path: Path) -> Roster:
        if not path.is_file():
            raise CommandError(f"Không có tệp {path}. / There is no file {path}.")
        try:
            return read_roster_safely(path, path.name)
        except RosterRefused as refusal:
            raise CommandError(in_both_languages(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}. / The file cannot be read: {error}") from error

    def _write(self, path: Path, roster: Roster, known: list[Known]) -> None:
        with translation.override("vi"):
            facts = {**roster.as_json(), "register_duplicates": [match.as_json() for match in known]}
        try:
            path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {path}. / The file cannot be written: {error}") from error

    def _report(self, roster: Roster, good: GoodRows, known: list[Known]) -> None:
        self.stdout.write(f"{roster.file} · {roster.sheet}: {len(roster.cases)} dòng / rows")
        for issue in (*roster.errors, *roster.warnings):
            mark = "✗" if issue.is_error else "!"
            where = f"{issue.letter or ''}{issue.excel_row}"
            self.stdout.write(f"{mark} {where} {issue.code}: {in_both_languages(_Sentence(issue))}")
        for match in known:
            self.stdout.write(f"= {match.excel_row}: đã có trong sổ / in the register already: {match.name}")
        new = len(good.entries) - len(known)
        self._count("Nhập được / can be entered", new)
        self._count("Có lỗi, để lại / with errors, left out", len(good.with_errors))
        self._count("Lặp lại / repeats", len(good.repeats))
        self._count("Đã có trong sổ / in the register already", len(known))

    def _count(self, words: str, number: int) -> None:
        self.stdout.write(f"{words}: {number}")

    def _import(self, roster: Roster, organisation: Organisation, by: User) -> None:
        try:
            done = import_roster(roster, organisation, by=by, channel=Channel.COMMAND)
        except ActionNotPossible as refusal:
            raise CommandError(in_both_languages(refusal)) from refusal
        except PermissionDenied as refusal:
            raise CommandError(
                f"{by} không có quyền nhập cho {organisation}. / {by} may not import for {organisation}."
            ) from refusal
        self._count("Đã nhập vào sổ / entered", done["entered"])
        self._count("Đã mở đầu mối / leads opened", done["leads"])
        for code in done["codes"]:
            self.stdout.write(f"+ {code}")


class _Sentence:
    """An issue whose text is its sentence, in the language in use when it is asked for."""

    def __init__(self, issue: Issue):
        self.issue = issue

    def __str__(self) -> str:
        return self.issue.message


def in_both_languages(sentence: object) -> str:
    """`Vietnamese / English`, of something that writes itself in the language in use."""
    with translation.override("vi"):
        vietnamese = str(sentence)
    with translation.override("en"):
        english = str(sentence)
    return vietnamese if vietnamese == english else f"{vietnamese} / {english}"
