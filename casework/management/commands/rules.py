"""Says what the law says of a case: every rule with verdict, citation and facts, for people or as JSON."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.audit.chain import plain
from casework.cases.models import Case
from casework.fields import VietnameseDate
from casework.rules.evaluate import Judgement, evaluate
from casework.rules.gather import relevant_day
from casework.sharing.scope import everything

BAD_ARGUMENTS, BROKEN = 2, 1


class Command(BaseCommand):
    """Exit 0 when nothing blocks, 1 when a blocking rule is broken, 2 when the arguments cannot be used."""

    help = "rules check --case CODE [--on DATE] [--json] [--language vi|en]: check a case against the law of a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand."""
        check = parser.add_subparsers(dest="what", required=True).add_parser("check", help="check one case")
        check.add_argument("--case", required=True, help="code of the case, for example KH-2026-000123")
        check.add_argument("--on", help="law of this day, 2024-06-30 or 30/06/2024; default: the day that binds it")
        check.add_argument("--json", action="store_true", help="as JSON")
        check.add_argument("--language", choices=["vi", "en"], default="vi", help="of the sentences")

    @everything("who may run commands may read every case")
    def handle(self, *args: Any, **options: Any) -> None:
        """Print every rule that binds the case."""
        with override(options["language"]):
            case = _case(options["case"])
            day = _day(options["on"]) or relevant_day(case, timezone.localdate())
            judgements = evaluate(case, day)
            text = _as_json(case, day, judgements) if options["json"] else _as_text(case, day, judgements)
        self.stdout.write(text)
        if any(one.blocks for one in judgements):
            raise SystemExit(BROKEN)


def _case(code: str) -> Case:
    case = None if "\x00" in code else Case.objects.filter(code=code).first()
    if case is None:
        raise CommandError(_("There is no case %(code)s.") % {"code": code}, returncode=BAD_ARGUMENTS)
    return case


def _day(typed: str | None) -> date | None:
    try:
        return VietnameseDate(required=False, past=False).clean(typed) if typed else None
    except ValidationError as error:
        raise CommandError(" ".join(error.messages), returncode=BAD_ARGUMENTS) from error


def as_data(judgement: Judgement) -> dict[str, Any]:
    """One rule as JSON holds it. Unlike a stored check it has sentences, which may name persons."""
    return judgement.stored() | {
        "title": judgement.title,
        "citation": judgement.citation,
        "confirmed": judgement.rule.confirmed,
        "blocks": judgement.blocks,
        "sentences": list(judgement.finding.sentences),
        "remedy": judgement.remedy if judgement.is_broken else "",
    }


def _as_json(case: Case, day: date, judgements: list[Judgement]) -> str:
    told = {
        "case": case.code,
        "on": day,
        "blocked": any(one.blocks for one in judgements),
        "rules": [as_data(one) for one in judgements],
    }
    return json.dumps(plain(told), ensure_ascii=False, indent=2)


def _as_text(case: Case, day: date, judgements: list[Judgement]) -> str:
    lines = [_("%(case)s by the law of %(day)s") % {"case": case, "day": f"{day:%d/%m/%Y}"}]
    for one in judgements:
        lines.append(f"\n{one.rule.code:7} {one.state_text.upper()} – {one.title}")
        lines += [f"        {sentence}" for sentence in one.finding.sentences]
        lines.append(f"        ({one.citation})")
        if one.is_broken:
            lines.append(f"        → {one.remedy}")
    if not judgements:
        lines.append(_("On that day no rule that is known here binds this case."))
    return "\n".join(lines)
