"""The register over time: what an entry was, who may write, and that mistakes stay readable."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.stages import LegalForm
from casework.cooperatives.acts import BeginPeriod, NoteFigure, NoteName, NoteSuccession, WithdrawNote
from casework.cooperatives.entry import figures_of, partial_day
from casework.cooperatives.forms import PartialDay
from casework.cooperatives.models import Alias, Cooperative, Fact, FormPeriod, SeatPeriod, StatePeriod, Succession
from casework.organisations.models import AdministrativeUnit
from casework.organisations.standing import standing_of


@pytest.fixture
def entry(world):
    commune = AdministrativeUnit.objects.get(code="22795")
    return Cooperative.objects.create(
        name="Tổ liên kết Măng Mẫu", legal_form=LegalForm.TLK, province=commune.parent, commune=commune
    )


def begin(world, entry, kind, since, **values):
    return perform(BeginPeriod(entry.pk, kind, since, "Biên bản mẫu", values), by=world.lan)


def test_legal_forms_follow_each_other_and_the_entry_is_the_newest(world, entry):
    begin(world, entry, "formperiod", "2019", legal_form=LegalForm.TLK)
    begin(world, entry, "formperiod", "2022-05", legal_form=LegalForm.THT)
    begin(world, entry, "formperiod", "2026-03-02", legal_form=LegalForm.HTX, registration_code="4201999918")

    rows = [(p.legal_form, p.since, p.until) for p in FormPeriod.objects.filter(cooperative=entry).order_by("pk")]
    assert rows == [("TLK", "2019", "2022-05"), ("THT", "2022-05", "2026-03-02"), ("HTX", "2026-03-02", "")]
    now = Cooperative.objects.get(pk=entry.pk)
    assert (now.legal_form, now.registration_code) == ("HTX", "4201999918")
    assert AuditEvent.objects.filter(chain=f"cooperative:{entry.pk}", verb="cooperative.period_begun").count() == 3


def test_a_period_cannot_begin_before_the_last_one(world, entry):
    begin(world, entry, "formperiod", "2022-05", legal_form=LegalForm.THT)
    with pytest.raises(ActionNotPossible, match="2022-05"):
        begin(world, entry, "formperiod", "2021", legal_form=LegalForm.HTX)
    begin(world, entry, "formperiod", "2022", legal_form=LegalForm.HTX)  # may be the same year: not surely before


def test_suspended_and_revived(world, entry, client):
    begin(world, entry, "stateperiod", "2024-01", state=StatePeriod.State.SUSPENDED, reason="Thiếu vốn")
    begin(world, entry, "stateperiod", "2025-02", state=StatePeriod.State.ACTIVE)
    client.force_login(world.lan)
    page = client.get(reverse("cooperatives:entry", args=[entry.pk])).content.decode()
    assert "01/2024" in page
    assert "Thiếu vốn" in page


def test_a_withdrawn_period_gives_way_to_the_one_before(world, entry):
    begin(world, entry, "seatperiod", "2020", address="Thôn Mẫu 1")
    begin(world, entry, "seatperiod", "2023", address="Thôn Sai")
    wrong = SeatPeriod.objects.get(address="Thôn Sai")
    perform(WithdrawNote(entry.pk, "seatperiod", wrong.pk, "Nhầm tổ khác"), by=world.lan)

    assert SeatPeriod.objects.get(address="Thôn Mẫu 1").until == ""
    assert Cooperative.objects.get(pk=entry.pk).place_as_written == "Thôn Mẫu 1"
    with pytest.raises(ActionNotPossible):
        perform(WithdrawNote(entry.pk, "seatperiod", wrong.pk, "Lần nữa"), by=world.lan)


def test_a_figure_is_corrected_by_the_same_source_and_contradicted_by_another(world, entry):
    for value, source in ((12, "Báo cáo"), (14, "Báo cáo"), (20, "Liên minh HTX")):
        perform(NoteFigure(entry.pk, "members", value, "2025", source), by=world.lan)
    live = Fact.objects.filter(cooperative=entry, withdrawn_at=None).order_by("pk")
    assert [(f.value, f.source) for f in live] == [(14, "Báo cáo"), (20, "Liên minh HTX")]
    assert Fact.objects.filter(cooperative=entry).count() == 3
    [figure] = figures_of(entry)
    assert (figure.value, len(figure.earlier)) == ("20", 1)


def test_the_newest_day_counts_whatever_its_precision(world, entry):
    for day, value in (("2024-06-30", 5), ("2025", 6), ("2024", 4)):
        perform(NoteFigure(entry.pk, "workers", value, day, f"Nguồn {day}"), by=world.lan)
    assert [f.value for f in figures_of(entry)] == ["6"]


def test_a_new_name_keeps_the_old_one(world, entry):
    perform(NoteName(entry.pk, "HTX Măng Mẫu", "new", "Nghị quyết", "2024", becomes_current=True), by=world.lan)
    perform(NoteName(entry.pk, "Bamboo Mẫu", Alias.Kind.FOREIGN, "Nhãn hàng"), by=world.lan)
    assert Cooperative.objects.get(pk=entry.pk).name == "HTX Măng Mẫu"
    names = set(Alias.objects.filter(cooperative=entry).values_list("name", "kind"))
    assert names == {("Tổ liên kết Măng Mẫu", "earlier"), ("Bamboo Mẫu", "foreign")}
    found = Cooperative.objects.visible_to(standing_of(world.lan)).named("lien ket mang")
    assert list(found) == [entry]


def test_a_predecessor_is_written_to_both_chains(world, entry):
    later = Cooperative.objects.create(name="HTX Măng Mới", legal_form="HTX", province=entry.province)
    perform(NoteSuccession(later.pk, entry, Succession.Kind.CONVERSION, "2026", "Giấy chứng nhận"), by=world.lan)
    chains = AuditEvent.objects.filter(verb="cooperative.succession_noted").values_list("chain", flat=True)
    assert set(chains) == {f"cooperative:{entry.pk}", f"cooperative:{later.pk}"}
    with pytest.raises(ActionNotPossible):
        perform(NoteSuccession(later.pk, later, Succession.Kind.FOLLOWS, "", "x"), by=world.lan)
    with pytest.raises(ActionNotPossible):
        perform(NoteSuccession(later.pk, entry, Succession.Kind.SPLIT, "", "x"), by=world.lan)


@pytest.mark.parametrize("who", ["thanh", "ngan", "phuong", "stranger"])
def test_others_may_not_write(world, entry, who):
    with pytest.raises(PermissionDenied):
        perform(NoteFigure(entry.pk, "members", 9, "2025", "x"), by=getattr(world, who))


@pytest.mark.parametrize(
    ("who", "answer"), [("lan", 200), ("binh", 200), ("thanh", 200), ("ngan", 404), ("phuong", 404), ("stranger", 404)]
)
def test_the_register_is_that_of_the_province(world, entry, client, who, answer):
    client.force_login(getattr(world, who))
    assert client.get(reverse("cooperatives:entry", args=[entry.pk])).status_code == answer


def test_the_list_finds_without_marks_and_costs_the_same_for_one_and_fifty(world, entry, client, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.lan)
    address = reverse("cooperatives:list")
    assert "Măng Mẫu" in client.get(address, {"q": "mang mau"}).content.decode()
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for number in range(50):
        Cooperative.objects.create(name=f"HTX Số {number}", legal_form="HTX", province=entry.province)
    with CaptureQueriesContext(connection) as fifty:
        client.get(address)
    # A list that finds many is noted: by one statement, not one a row.
    assert len(fifty) == len(one) + 1


def test_bad_input_is_told_and_kept(world, entry, client):
    client.force_login(world.lan)
    address = reverse("cooperatives:note", args=[entry.pk, "figure"])
    typed = {"indicator": "capital", "value": "nhiều lắm", "as_of": "31/02/2024", "source": "Sổ"}
    page = client.post(address, typed).content.decode()
    assert "nhiều lắm" in page
    assert "31/02/2024" in page
    assert not Fact.objects.exists()
    typed |= {"value": "350 triệu", "as_of": "6/2024"}
    assert client.post(address, typed).status_code == 302
    assert Fact.objects.get().value == 350_000_000
    assert Fact.objects.get().as_of == "2024-06"


@pytest.mark.parametrize("what", ["figure", "form", "name", "seat", "state", "succession"])
def test_every_kind_of_note_has_a_form_that_refuses_nothing_typed(world, entry, client, what):
    client.force_login(world.lan)
    address = reverse("cooperatives:note", args=[entry.pk, what])
    assert client.get(address).status_code == 200
    assert client.post(address, {"since": "\x00", "value": "9" * 400, "name": "a\u202eb"}).status_code == 200
    assert client.get(reverse("cooperatives:note", args=[entry.pk, "nothing"])).status_code == 404


def test_an_entry_that_was_merged_leads_to_the_other_and_stays_readable(world, entry, client):
    kept = Cooperative.objects.create(name="HTX Giữ Lại", legal_form="HTX", province=entry.province)
    Cooperative.objects.filter(pk=entry.pk).update(merged_into=kept)
    client.force_login(world.lan)
    address = reverse("cooperatives:entry", args=[entry.pk])
    assert client.get(address).url == reverse("cooperatives:entry", args=[kept.pk])
    assert "HTX Giữ Lại" in client.get(address, {"stay": "1"}).content.decode()
    with pytest.raises(ActionNotPossible, match="HTX Giữ Lại"):
        perform(NoteFigure(entry.pk, "members", 9, "2025", "x"), by=world.lan)


@given(st.dates(min_value=date(1946, 1, 1), max_value=date(2026, 1, 1)))
def test_a_day_reads_the_same_in_every_precision(day):
    field = PartialDay()
    for length in (10, 7, 4):
        known = day.isoformat()[:length]
        assert field.clean(partial_day(known)) == known
        assert field.clean(known) == known
