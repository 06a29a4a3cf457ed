"""An administrator keeps the checklists: from a day on, never for days that are past, each change an event."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.documents.checklist import ASKING, DOSSIER, demand, items_for, missing
from casework.documents.checklist_acts import BeginItem, ChangeItem, EndItem, Wording
from casework.documents.checklist_forms import STEPS
from casework.documents.models import ChecklistItem
from casework.reference import load_reference
from tests.casework.documents.files import pdf

WORDING = Wording(
    title_vi="Biên bản định giá",
    title_en="Record of the valuation",
    required=True,
    condition_vi="",
    condition_en="",
    document_type="valuation",
    place=9,
    source="Nghị định thử nghiệm",
)


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def shown(number: int) -> str:
    return f"{day(number):%d/%m/%Y}"


def typed(**more) -> dict:
    return {
        "title_vi": "Biên bản định giá",
        "document_type": "valuation",
        "required": "on",
        "place": "9",
        "valid_from": shown(3),
        "source": "Nghị định thử nghiệm, Điều 1",
        **more,
    }


def charter() -> ChecklistItem:
    return ChecklistItem.objects.get(step=DOSSIER, kind="founding", legal_form="HTX", code="charter", valid_until=None)


def begin(by, valid_from: date, **more) -> ChecklistItem:
    act = BeginItem(DOSSIER, "founding", "HTX", Wording(**{**vars(WORDING), **more}), valid_from)
    return ChecklistItem.objects.get(pk=perform(act, by=by).result["item"])


def codes(case, on: date) -> list[str]:
    return [item.code for item in items_for(case, DOSSIER, on)]


def test_a_new_item_is_asked_for_from_its_day(world):
    case = world.open_case()
    item = begin(world.van, day(2))
    assert item.code == "record-of-the-valuation"
    assert item.code not in codes(case, day(1))
    assert item.code in codes(case, day(2))
    assert item.title in missing(case, DOSSIER, day(2))
    event = AuditEvent.objects.filter(chain="law").latest("seq")
    assert (event.verb, event.case_id, event.facts["code"]) == ("checklist.item_begun", None, item.code)


def test_an_item_worded_anew_ends_the_day_before_and_what_was_asked_for_stays(world):
    case, old = world.open_case(), charter()
    perform(ChangeItem(old.pk, Wording(**{**vars(WORDING), "title_vi": "Điều lệ (mẫu mới)"}), day(5)), by=world.van)
    old.refresh_from_db()
    assert old.valid_until == day(4)
    titles = {on: [i.title_vi for i in items_for(case, DOSSIER, day(on)) if i.code == "charter"] for on in (0, 4, 5)}
    assert titles == {0: ["Điều lệ"], 4: ["Điều lệ"], 5: ["Điều lệ (mẫu mới)"]}
    event = AuditEvent.objects.filter(chain="law").latest("seq")
    assert {"object": f"checklistitem:{old.pk}", "field": "valid_until", "from": None, "to": day(4).isoformat()} in (
        event.changes
    )


def test_what_only_comes_is_corrected_where_it_stands(world):
    item = begin(world.van, day(3))
    perform(ChangeItem(item.pk, Wording(**{**vars(WORDING), "place": 4}), day(7)), by=world.van)
    item.refresh_from_db()
    assert (item.place, item.valid_from, item.valid_until) == (4, day(7), None)


def test_what_follows_another_item_keeps_its_day(world):
    old = charter()
    new = perform(ChangeItem(old.pk, WORDING, day(5)), by=world.van).result["item"]
    with pytest.raises(ActionNotPossible):
        perform(ChangeItem(new, WORDING, day(9)), by=world.van)
    perform(ChangeItem(new, Wording(**{**vars(WORDING), "title_en": "Other"}), day(5)), by=world.van)
    assert ChecklistItem.objects.get(pk=new).title_en == "Other"


def test_another_step_is_held_up_until_its_document_is_there(world, client, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    case = world.open_case()
    demand(case, "link_market", day(1))
    wording = Wording(**{**vars(WORDING), "title_vi": "Hợp đồng tiêu thụ", "document_type": "contract"})
    perform(BeginItem("link_market", "founding", "HTX", wording, day(1)), by=world.van)
    demand(case, "link_market", day(0))
    with pytest.raises(ActionNotPossible, match="Hợp đồng tiêu thụ"):
        demand(case, "link_market", day(1))
    client.force_login(world.lan)
    file = SimpleUploadedFile("hợp đồng.pdf", pdf())
    sent = {"type": "contract", "file": file, "visibility": "own"}
    assert client.post(reverse("documents:list", args=[case.code]), sent).status_code == 302
    demand(case, "link_market", day(1))


def test_the_page_offers_the_steps_that_ask():
    assert {step.name for step in STEPS} == ASKING | {DOSSIER}
    assert all(set(step.outcomes) == {"done"} for step in STEPS)


def test_a_conversion_asks_for_the_five_papers_of_the_law(world):
    case = world.open_case()
    case.kind = "conversion"
    assert codes(case, day(0)) == ["application", "charter", "resolution", "members", "representatives"]


def test_an_item_that_ends_is_asked_for_until_then(world):
    case = world.open_case()
    perform(EndItem(charter().pk, day(1), "Nghị định thử nghiệm"), by=world.van)
    assert "charter" in codes(case, day(0))
    assert "charter" not in codes(case, day(1))
    assert AuditEvent.objects.filter(chain="law").latest("seq").reason == "Nghị định thử nghiệm"


def test_no_change_reaches_back(world):
    for act in (
        BeginItem(DOSSIER, "founding", "HTX", WORDING, day(-1)),
        ChangeItem(charter().pk, WORDING, day(-1)),
        EndItem(charter().pk, day(-1), "x"),
        ChangeItem(charter().pk, WORDING, date(2024, 6, 30)),
    ):
        with pytest.raises(ActionNotPossible):
            perform(act, by=world.van)
    assert not AuditEvent.objects.filter(chain="law", verb__startswith="checklist").exists()


def test_what_begins_today_cannot_end_today(world):
    item = begin(world.van, day(0))
    with pytest.raises(ActionNotPossible) as refused:
        perform(EndItem(item.pk, day(0), "x"), by=world.van)
    assert refused.value.field == "ends_from"


def test_an_end_is_set_once_and_a_title_stands_once(world):
    item = charter()
    with pytest.raises(ActionNotPossible):
        begin(world.van, day(1), title_vi="Điều lệ")
    perform(EndItem(item.pk, day(1), "x"), by=world.van)
    for act in (EndItem(item.pk, day(2), "y"), ChangeItem(item.pk, WORDING, day(2))):
        with pytest.raises(ActionNotPossible):
            perform(act, by=world.van)
    assert begin(world.van, day(1), title_vi="Điều lệ", title_en="Charter").code == "charter-2"


@pytest.mark.parametrize("who", ["lan", "hanh", "binh", "ngan", "thanh", "stranger", "owner"])
def test_only_an_administrator_edits(world, client, who):
    someone = getattr(world, who)
    client.force_login(someone)
    addresses = [reverse("checklists:list"), reverse("checklists:new"), reverse("checklists:item", args=[charter().pk])]
    assert [client.get(address).status_code for address in addresses] == [403, 403, 403]
    with pytest.raises(PermissionDenied):
        perform(EndItem(charter().pk, day(1), "x"), by=someone)


def test_the_pages_add_change_and_end(world, client):
    client.force_login(world.van)
    new = {"step": DOSSIER, "kind": "merger", "legal_form": "THT"}
    assert client.post(reverse("checklists:new"), {**typed(), **new}).status_code == 302
    item = ChecklistItem.objects.get(kind="merger", legal_form="THT")
    assert (item.title_en, item.valid_from) == ("Biên bản định giá", day(3))
    address = reverse("checklists:item", args=[item.pk])
    assert shown(3) in client.get(address).content.decode()
    assert client.post(address, typed(place="12")).status_code == 302
    assert ChecklistItem.objects.get(pk=item.pk).place == 12
    ending = {"ends_from": shown(9), "reason": "Thử nghiệm"}
    assert client.post(reverse("checklists:end", args=[item.pk]), ending).status_code == 302
    page = client.get(reverse("checklists:list"), {"kind": "merger"}).content.decode()
    assert shown(8) in page
    assert "Điều lệ" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_vi", ""),
        ("title_vi", "Điều\u202e lệ"),
        ("title_vi", "x" * 251),
        ("source", ""),
        ("place", "0"),
        ("place", "9" * 30),
        ("place", "một"),
        ("valid_from", ""),
        ("valid_from", "31/02/2027"),
        ("valid_from", "01/07/2024"),
        ("valid_from", "01/01/9999"),
        ("document_type", "none-such"),
        ("required", ""),
        ("title_en", "\x00"),
        ("step", "survey_needs"),
        ("legal_form", "TLK"),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed(world, client, field, value):
    client.force_login(world.van)
    sent = {**typed(step=DOSSIER, kind="merger", legal_form="THT"), field: value}
    answer = client.post(reverse("checklists:new"), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not ChecklistItem.objects.filter(kind="merger").exists()
    if field != "source":
        assert "Nghị định thử nghiệm, Điều 1" in answer.content.decode()


def test_a_refusal_of_the_act_stands_beside_its_field(world, client):
    client.force_login(world.van)
    item = begin(world.van, day(0))
    answer = client.post(reverse("checklists:item", args=[item.pk]), typed(valid_from=shown(0)))
    assert "valid_from" in answer.context["form"].errors


def test_the_same_form_sent_twice_adds_once(world, client):
    client.force_login(world.van)
    sent = typed(step=DOSSIER, kind="merger", legal_form="THT", request_id="9b2e4f0a-0000-4000-8000-000000000002")
    assert [client.post(reverse("checklists:new"), sent).status_code for _ in range(2)] == [302, 302]
    assert ChecklistItem.objects.filter(kind="merger").count() == 1


@pytest.mark.parametrize("pk", [999_999_999, 2**63, 10**30])
def test_an_item_that_is_not_there_is_not_found(world, client, pk):
    client.force_login(world.van)
    assert client.get(reverse("checklists:item", args=[pk])).status_code == 404
    assert client.post(reverse("checklists:end", args=[pk]), {}).status_code == 404


def test_the_lists_cost_the_same_for_few_and_many(world, client, django_assert_max_num_queries):
    client.force_login(world.van)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("checklists:list"))
    for number in range(20):
        begin(world.van, day(1), title_vi=f"Giấy {number}", title_en="")
    with django_assert_max_num_queries(8):
        page = client.get(reverse("checklists:list"))
    assert len(page.content) < 60_000


def test_loading_the_reference_data_again_leaves_an_item_ended(world):
    item = charter()
    perform(EndItem(item.pk, day(1), "x"), by=world.van)
    load_reference()
    item.refresh_from_db()
    assert item.valid_until == day(0)
