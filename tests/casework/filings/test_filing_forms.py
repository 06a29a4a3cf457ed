"""Dossier, filing and answer: what each form proposes and refuses, and that every round is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cases.stages import Outcome, Stage, Status
from casework.cooperatives.models import Cooperative
from casework.documents.acts import AddDocument, NewFile
from casework.documents.models import ChecklistItem
from casework.documents.storage import Stored
from casework.filings import facts as filing_facts
from casework.filings.dossier_forms import points_asked
from casework.filings.filing_forms import commune_in, registrars_for
from casework.filings.models import Dossier, Filing, FilingResult
from casework.filings.result_forms import points_in
from casework.organisations.models import AdministrativeUnit
from casework.people.models import Member
from casework.plans.models import Charter
from casework.rules.models import parameter
from tests.casework.arriving import arrive, assert_refused, blank_form, day, form_of


@pytest.fixture
def case(world):
    return world.open_case()


# ── The dossier ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_dossier_names_what_is_missing(world, case):
    task = arrive(world, case, "prepare_dossier")

    assert_refused(task, "documents", "Điều lệ", documents=["application", "resolution", "members", "representatives"])
    assert_refused(task, "documents", documents=[])
    assert_refused(task, "documents", documents=["application", "something"])


def test_the_dossier_of_a_group_asks_for_other_documents(world, case):
    task = arrive(world, case, "prepare_dossier", hold_consultation={"outcome": "group"})

    codes = [code for code, _title in blank_form(task).fields["documents"].choices]

    assert "contract" in codes
    assert "charter" not in codes


def test_a_paper_that_applies_only_sometimes_says_when(world, case):
    task = arrive(world, case, "prepare_dossier")
    titles = dict(blank_form(task).fields["documents"].choices)
    item = ChecklistItem.objects.get(code="foreign-member", legal_form="HTX")

    assert item.condition_vi in titles["foreign-member"]


def test_a_first_dossier_asks_for_no_corrections(world, case):
    assert "corrected" not in blank_form(arrive(world, case, "prepare_dossier")).fields


def test_a_document_in_the_case_counts_without_a_tick(world, case):
    task = arrive(world, case, "prepare_dossier")
    file = NewFile(Stored("a" * 40, 9, "b" * 64), "dieu-le.pdf", "application/pdf")
    perform(AddDocument(case.pk, "charter", "Điều lệ", file), by=world.lan)
    others = ["application", "resolution", "members", "representatives"]

    assert "charter" in blank_form(task).initial["documents"]
    world.finish(task, documents=others)

    assert set(Dossier.latest_of(case).documents) == {"charter", *others}


# ── The filing ──────────────────────────────────────────────────────────────────────────────────────────


def test_filing_follows_the_conference_and_the_promise_the_filing(world, case):
    task = arrive(world, case, "file_dossier")

    assert_refused(task, "filed_on", filed_on=day(61), promised_on="")
    assert_refused(task, "promised_on", filed_on=day(3), promised_on=day(4))
    assert_refused(task, "filed_on", filed_on=day(-1), promised_on="")
    assert form_of(task, filed_on=day(0), promised_on=day(-3)).is_valid()


def test_the_registrar_is_a_commune_of_the_province(world, case):
    task = arrive(world, case, "file_dossier")
    elsewhere = world.organisation("wu-ld").area.communes.first()

    assert_refused(task, "authority", authority=elsewhere.pk)
    assert_refused(task, "authority", authority="x")


def test_the_registrar_is_proposed_from_the_head_office(world, case):
    other = AdministrativeUnit.objects.get(code="22810")
    task = arrive(world, case, "file_dossier", draft_charter={"seat": f"Thôn Mẫu 3, {other}, tỉnh Khánh Hòa"})

    form = blank_form(task)

    assert form.initial["authority"] == other.pk != case.area_id
    assert "Thôn Mẫu 3" in form.fields["authority"].help_text


def test_a_head_office_without_a_commune_proposes_that_of_the_case(world, case):
    task = arrive(world, case, "file_dossier", draft_charter={"seat": "Chợ Mẫu <b>12</b>"})

    form = blank_form(task)

    assert form.initial["authority"] == case.area_id
    assert "<b>" not in str(form["authority"].help_text)


def test_the_longest_name_of_a_commune_wins_in_every_language(world, case):
    communes = list(registrars_for(case))
    names = [str(one) for one in communes]

    with translation.override("en"):
        found = [commune_in(f"Thôn 1, {name.upper()}. Khánh Hòa", communes) for name in names]

    assert found == communes
    assert commune_in("", communes) is None


def test_communes_register_only_since_they_exist(world, case):
    past = "01/03/2025"
    task = arrive(world, case, "file_dossier", hold_founding_conference={"held_on": "15/02/2025"})

    assert_refused(task, "filed_on", "01/07/2025", filed_on=past, promised_on="")


def test_the_promise_is_explained_by_the_law_of_the_day(world, case):
    task = arrive(world, case, "file_dossier")
    days = parameter("registrar_days", timezone.localdate())

    assert str(days) in str(blank_form(task).fields["promised_on"].help_text)


# ── The answer ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("outcome", "needs"),
    [
        ("certificate", "registration_code"),
        ("certificate", "issued_on"),
        ("amend", "to_amend"),
        ("refused", "refusal_reasons"),
    ],
)
def test_each_answer_of_the_registrar_needs_its_facts(outcome, needs, world, case):
    assert_refused(arrive(world, case, "record_registration_result"), needs, outcome=outcome, **{needs: ""})


def test_a_code_with_a_wrong_digit_or_a_certificate_before_the_filing_is_refused(world, case):
    task = arrive(world, case, "record_registration_result", file_dossier={"filed_on": day(2), "promised_on": ""})

    assert_refused(task, "registration_code", registration_code="0100233480")
    assert_refused(task, "issued_on", issued_on=day(3))


def test_a_certificate_enters_the_cooperative_into_the_register(world, case):
    world.finish(arrive(world, case, "record_registration_result"), registration_code="0100233488")

    case = Case.objects.get(pk=case.pk)
    assert case.stage == Stage.LINKAGE
    assert case.cooperative.registration_code == "0100233488"
    assert case.cooperative.name == Charter.latest_of(case).cooperative_name
    assert case.cooperative.commune_id == case.area_id
    assert case.cooperative.members == Member.objects.filter(case=case, kind="official").count()


def test_an_entry_of_a_roster_is_taken_up_and_one_of_another_case_is_not(world, case):
    entry = Cooperative.objects.create(name="HTX trong danh sách", registration_code="0100233488")
    world.finish(arrive(world, case, "record_registration_result"), registration_code="0100233488")
    other = world.open_case(name="HTX Khác")

    task = arrive(world, other, "record_registration_result")

    assert Case.objects.get(pk=case.pk).cooperative_id == entry.pk
    assert_refused(task, "registration_code", "Nấm Hoa Sen", registration_code="0100233488")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Thiếu chữ ký.", ["Thiếu chữ ký."]),
        ("- Thiếu chữ ký.\n\n• Ghi rõ thôn.\r\n", ["Thiếu chữ ký.", "Ghi rõ thôn."]),
        ("+ 1. Sửa tên\n2. Sửa vốn", ["1. Sửa tên", "2. Sửa vốn"]),
        ("", []),
        ("-\n –  ", []),
    ],
)
def test_points_to_amend_are_read_line_by_line(text, points):
    assert points_in(text) == points


def test_too_long_and_too_many_points_are_refused(world, case):
    task = arrive(world, case, "record_registration_result")

    assert_refused(task, "to_amend", "2", outcome="amend", to_amend="Ngắn\n" + "x" * 301)
    assert_refused(task, "to_amend", "60", outcome="amend", to_amend="\n".join("x" * 61))


def test_what_was_typed_for_another_answer_is_forgotten(world, case):
    form = form_of(arrive(world, case, "record_registration_result"), to_amend="x" * 500)

    assert form.is_valid()
    assert (form.cleaned_data["to_amend"], form.cleaned_data["amend_items"]) == ("", [])
    assert form.cleaned_data["letter_number"] == ""


def test_an_amendment_goes_back_and_each_point_is_ticked_as_done(world, case):
    asked = {"outcome": "amend", "letter_number": "12/TB-UBND", "to_amend": "- Thiếu chữ ký.\n- Sửa vốn."}
    world.finish(arrive(world, case, "record_registration_result"), **asked)

    task = world.task(case)

    assert task.node == "prepare_dossier"
    assert points_asked(case) == ["Thiếu chữ ký.", "Sửa vốn."]
    facts = str(task.step.background(case)[0].facts)
    assert "Thiếu chữ ký." in facts
    assert "12/TB-UBND" in facts
    assert [title for _code, title in blank_form(task).fields["corrected"].choices] == points_asked(case)
    assert_refused(task, "corrected", "Sửa vốn.", corrected=["0"])
    assert_refused(task, "corrected", corrected=["0", "1", "7"])
    world.finish(task, corrected=["0", "1"])
    assert Dossier.latest_of(case).corrected == ["Thiếu chữ ký.", "Sửa vốn."]
    assert points_asked(case) == ["Thiếu chữ ký.", "Sửa vốn."]


def test_every_round_is_kept(world, case):
    world.finish(arrive(world, case, "record_registration_result"), outcome="amend", to_amend="Thiếu chữ ký.")
    world.finish(arrive(world, case, "record_registration_result"), outcome="amend", to_amend="Sửa vốn.")
    world.finish(arrive(world, case, "record_registration_result"))

    assert list(Dossier.objects.filter(case=case).order_by("pk").values_list("round", flat=True)) == [1, 2, 3]
    assert Filing.objects.filter(case=case).count() == 3
    outcomes = FilingResult.objects.filter(case=case).order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["amend", "amend", "certificate"]
    assert len([str(section.title) for section in filing_facts.facts_of(case)]) == 9


def test_a_refusal_closes_the_case(world, case):
    world.finish(arrive(world, case, "record_registration_result"), outcome="refused", refusal_reasons="Tên trùng.")

    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.outcome, case.closing_reason) == (Status.CLOSED, Outcome.REFUSED, "Tên trùng.")


def test_the_filing_stands_in_the_history(world, case):
    world.finish(arrive(world, case, "file_dossier"), receipt_code="H32.999")

    event = AuditEvent.objects.filter(case_id=case.pk, verb="task.completed").latest("seq")
    assert "H32.999" in str(event.changes)
    assert timezone.localdate() - Filing.latest_of(case).filed_on >= timedelta(0)
