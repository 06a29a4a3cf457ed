"""What a page hides is refused by the act too, and what a form looks up ends where the person's sight ends.

Each of these was found by leaving one question out (`make mutate`): until then only the page asked it.
"""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import PermissionDenied

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.background.acts import RunAgain
from casework.cases.acts import OpenCase
from casework.cooperatives.choice import CooperativeChoice
from casework.data_requests.finding import Asked, find
from casework.documents.acts import AddDocument, NewFile, OpenDocument, ReplaceDocument
from casework.documents.checklist_acts import BeginItem, Wording
from casework.documents.models import Document, DocumentVersion
from casework.documents.papers.acts import TakeDossier
from casework.documents.storage import store
from casework.models import Cooperative
from casework.organisations.models import AdministrativeUnit
from tests.casework.background.test_tasks import dead_letter


def file():
    return NewFile(store([b"%PDF-1.4 mau"]), "giấy.pdf", "application/pdf")


@pytest.fixture
def case(world):
    case = world.open_case()
    perform(AddDocument(case.pk, "certificate", "Giấy chứng nhận", file()), by=world.lan)
    return case


ASKED = {
    "work in the background": (lambda _case: RunAgain(dead_letter().pk), ["lan", "hanh", "stranger"]),
    "a checklist": (
        lambda _case: BeginItem(
            "file_dossier",
            "founding",
            "",
            Wording(
                "Giấy thử",
                "Test",
                required=True,
                condition_vi="",
                condition_en="",
                document_type="",
                place=1,
                source="thử",
            ),
            date(2030, 1, 1),
        ),
        ["lan", "binh", "stranger"],
    ),
    "a case of another organisation": (
        lambda case: OpenCase(case.lead_organisation, case.area, "HTX Lạ", contact_name="Trần Mẫu"),
        ["cuc", "binh", "phuong", "stranger"],
    ),
    "a document of a foreign case": (
        lambda case: AddDocument(case.pk, "certificate", "Giấy", file()),
        ["cuc", "phuong", "ngan", "stranger"],
    ),
    "a document of another circle": (
        lambda case: ReplaceDocument(Document.objects.get(case=case).pk, file()),
        ["binh", "cuc", "ngan", "stranger"],
    ),
    "opening a document": (
        lambda case: OpenDocument(DocumentVersion.objects.get(case=case).pk),
        ["binh", "cuc", "phuong", "ngan", "stranger"],
    ),
    "the whole dossier": (lambda case: TakeDossier(case.pk), ["cuc", "phuong", "ngan", "stranger"]),
}


@pytest.mark.parametrize("what", ASKED)
def test_the_act_refuses_whoever_has_no_right(world, case, what):
    make, people = ASKED[what]
    act, before = make(case), AuditEvent.objects.count()

    for name in people:
        with pytest.raises(PermissionDenied):
            perform(act, by=getattr(world, name))

    assert AuditEvent.objects.count() == before


def test_an_entry_beyond_her_sight_cannot_be_chosen(world):
    far = Cooperative.objects.create(
        name="HTX Xa Xôi", province=AdministrativeUnit.objects.get(code="68"), legal_form="htx"
    )
    near = Cooperative.objects.create(
        name="HTX Gần Gũi", province=AdministrativeUnit.objects.get(code="56"), legal_form="htx"
    )
    field = CooperativeChoice(label="entry")
    field.standing = world.standing("lan")

    assert field.clean(f"#{near.pk}") == near
    assert field.clean("HTX Gần Gũi") == near
    for written in (f"#{far.pk}", "HTX Xa Xôi"):
        with pytest.raises(forms.ValidationError):
            field.clean(written)


def test_a_persons_places_beyond_sight_are_counted_and_not_told(world):
    phone = "+84900000077"
    hers = world.open_case(contact_name="Trần Mẫu Hai Nơi", contact_phone=phone)
    far = world.open_case("phuong", contact_name="Trần Mẫu Hai Nơi", contact_phone=phone)
    asked = Asked("Trần Mẫu Hai Nơi", phone=phone)

    seen, seen_far = find(asked, world.standing("lan")), find(asked, world.standing("phuong"))

    assert {place.case_code for place in seen.places} == {hers.code}
    assert {place.case_code for place in seen_far.places} == {far.code}
    assert (seen.beyond > 0, seen_far.beyond > 0) == (True, True)
    assert find(asked, world.standing("stranger")).places == []
