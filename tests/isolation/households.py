"""Two households under one roof: what Bác Ái keeps, with a canary in every text, beside what others keep without."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from casework.acts import perform
from casework.cases.acts import GrantAccess
from casework.documents.acts import AddDocument, NewFile
from casework.documents.storage import store
from casework.models import Case, CaseAccess, CreditApplication, Person
from casework.notes.acts import WriteNote
from tests.access_things import inside_of, organised
from tests.cabinet import convert, fill_the_file
from tests.factories import in_a_month
from tests.isolation.canaries import Canaries, mark_what_is_new, rows_now
from workflows.credit_room.acts import AskLead
from workflows.errands.acts import GiveErrand
from workflows.holds.acts import HoldCase


@dataclass
class Household:
    """What Bác Ái keeps: its case A (inspected) and K (asked for credit), arguments of addresses, its canaries."""

    a: Case
    k: Case
    things: dict[str, Any]
    canaries: Canaries


def settle(world) -> Household:
    """Others settle first and without canaries; then Bác Ái moves in."""
    others = [world.open_case("cuc", "HTX Rong Biển"), world.open_case("phuong", "HTX Cà Phê")]
    for case in others:
        world.advance(case, "survey_needs")
    before, canaries = rows_now(), Canaries()
    a, k = _cases(world, canaries)
    fill_the_file(world, k)
    k = Case.objects.get(pk=k.pk)
    Person.objects.filter(pk__in=_people_of(k)).update(phone="+84900000003", id_number="056000000003")
    things = {**inside_of(k), **organised(world), **_by_number(world, a, k)}
    for case in (a, k):
        _spoken(world, case, canaries)
    perform(HoldCase(a.pk, canaries.word("Hold.reason")), by=world.lan)
    convert(world, k.cooperative)
    mark_what_is_new(canaries, before)
    return Household(a, k, things, canaries)


def _cases(world, canaries: Canaries) -> tuple[Case, Case]:
    """The two cases, with canaries in what also goes into events, notices, papers and files."""

    def named(what: str) -> dict[str, str]:
        return {column: f"{what} {canaries.word(f'Case.{column}')}" for column in ("name", "trade", "note")}

    a = world.open_case(**named("Tổ Sen"), contact_name=f"Trần Mẫu {canaries.word('Person.full_name')}")
    k = world.open_case(**named("Tổ Bưởi"), contact_name=f"Lê Mẫu {canaries.word('Person.full_name')}")
    world.finish(world.advance(k, "request_credit"), lender=world.organisation("bank-kh").pk)
    perform(AskLead(CreditApplication.latest_of(k).pk, "Ai bảo lãnh?"), by=world.ngan)
    why = canaries.word("CaseAccess.reason")
    perform(
        GrantAccess(a.pk, world.organisation("inspect-kh"), CaseAccess.Kind.INSPECT, why, in_a_month()), by=world.van
    )
    return a, k


def _by_number(world, a: Case, k: Case) -> dict[str, Any]:
    """The cases, their tasks, the application and the entry of the register, as arguments of addresses."""
    tasks = {"waiting": world.task(a), "credit": world.task(k, "decide_credit")}
    return {
        "A": {"code": a.code},
        "K": {"code": k.code},
        "AK": {"kind": "lead", "one": a.pk, "other": k.pk},
        "loan": {"pk": CreditApplication.latest_of(k).pk},
        "entry": {"pk": k.cooperative_id},
        "cooperatives:note": {"what": "figure"},
        "cooperatives:withdraw": {"kind": "fact", "note_id": k.cooperative.facts.earliest("pk").pk},
        **{name: {"pk": task.pk} for name, task in tasks.items()},
    }


def _spoken(world, case: Case, canaries: Canaries) -> None:
    """A note, an errand and a file: what they say stands in the history, too."""
    perform(WriteNote(case.pk, canaries.word("Note.text")), by=world.lan)
    perform(GiveErrand(case.pk, canaries.word("Errand.title"), world.organisation("wu-kh-a")), by=world.lan)
    content = ContentFile(f"%PDF-1.4 {canaries.word('file')}".encode())
    name = f"{canaries.word('DocumentVersion.file_name')}.pdf"
    file = NewFile(store(content.chunks()), name, "application/pdf")
    perform(AddDocument(case.pk, "certificate", canaries.word("Document.title"), file), by=world.lan)


def _people_of(case: Case) -> list[int]:
    return list(case.members.values_list("person_id", flat=True))
