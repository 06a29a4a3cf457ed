"""An administrator changes a number of the law: draft, preview, publication, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.rules.acts import CheckRules
from casework.rules.editing import DiscardDraft, DraftParameter, PublishParameter
from casework.rules.evaluate import evaluate
from casework.rules.models import LegalParameter, ParameterDraft, parameter
from casework.rules.preview import preview
from tests.casework.rules.filling import fill

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
NAME, SOURCE = "members_at_least_htx", "Luật mới 01/2027/QH16, Điều 4"


def draft(world, value=7, day=TOMORROW, name=NAME):
    pk = perform(DraftParameter(name, value, day, SOURCE), by=world.van).result["draft"]
    return ParameterDraft.objects.get(pk=pk)


@pytest.fixture
def office(client, world):
    client.force_login(world.van)
    client.cookies["django_language"] = "en"
    return client


def test_a_draft_binds_nothing(world):
    draft(world)

    assert parameter(NAME, TOMORROW) == 5
    assert AuditEvent.objects.get(chain="law").verb == "law.drafted"


def test_a_published_value_holds_from_its_day(world):
    case = world.open_case()
    fill(world, case, conference=None)
    perform(PublishParameter(draft(world).pk), by=world.van)

    assert (parameter(NAME, TODAY), parameter(NAME, TOMORROW)) == (5, 7)
    assert LegalParameter.objects.get(name=NAME, value=5).valid_until == TODAY
    verdicts = [evaluate(case, day)[0].verdict for day in (TODAY, TOMORROW)]
    assert verdicts == ["holds", "broken"]
    event = AuditEvent.objects.filter(chain="law").latest("seq")
    assert (event.verb, event.facts["from"], event.facts["to"]) == ("law.published", 5, 7)


def test_a_draft_is_published_or_discarded_once(world):
    first, second = draft(world), draft(world, 8)
    perform(PublishParameter(first.pk), by=world.van)
    perform(DiscardDraft(second.pk), by=world.van)

    for act in (PublishParameter(first.pk), DiscardDraft(first.pk), PublishParameter(second.pk)):
        with pytest.raises(ActionNotPossible):
            perform(act, by=world.van)
    assert LegalParameter.objects.filter(name=NAME).count() == 3


@pytest.mark.parametrize("day", [date(2024, 7, 1), date(2024, 6, 30), date(2013, 7, 1)])
def test_no_value_begins_before_the_one_in_force(day, world):
    with pytest.raises(ActionNotPossible) as refused:
        draft(world, day=day)
    assert refused.value.field == "valid_from"


def test_a_past_day_is_refused_once_checks_used_the_value(world):
    yesterday = TODAY - timedelta(days=1)
    waiting = draft(world, day=yesterday)
    case = world.open_case()
    fill(world, case)
    perform(CheckRules(case.pk, TODAY), by=world.lan)

    with pytest.raises(ActionNotPossible) as refused:
        perform(PublishParameter(waiting.pk), by=world.van)
    assert "1" in str(refused.value)
    assert parameter(NAME, TODAY) == 5


def test_a_past_day_is_taken_while_nothing_depends_on_it(world):
    case = world.open_case()
    fill(world, case)
    perform(CheckRules(case.pk, date(2026, 1, 5)), by=world.lan)
    perform(PublishParameter(draft(world, day=date(2026, 1, 6)).pk), by=world.van)

    assert parameter(NAME, date(2026, 1, 5)) == 5
    assert parameter(NAME, date(2026, 1, 6)) == 7


@pytest.mark.parametrize(
    ("name", "value", "source", "field"),
    [
        ("no_such", 5, SOURCE, "name"),
        (NAME, -1, SOURCE, "value"),
        (NAME, 10**16, SOURCE, "value"),
        (NAME, 5, " ", "source"),
    ],
)
def test_a_draft_that_cannot_be_meant(name, value, source, field, world):
    with pytest.raises(ActionNotPossible) as refused:
        perform(DraftParameter(name, value, TOMORROW, source), by=world.van)
    assert refused.value.field == field


@pytest.mark.parametrize("who", ["lan", "binh", "hanh", "ngan", "thanh", "stranger"])
def test_only_an_administrator_edits_the_law(who, client, world):
    user = getattr(world, who)
    waiting = draft(world)
    for act in (DraftParameter(NAME, 6, TOMORROW, SOURCE), PublishParameter(waiting.pk), DiscardDraft(waiting.pk)):
        with pytest.raises(PermissionDenied):
            perform(act, by=user)
    client.force_login(user)
    for name, args in (("numbers", []), ("new_draft", []), ("draft", [waiting.pk])):
        assert client.get(reverse(f"law:{name}", args=args)).status_code == 403
    assert client.post(reverse("law:publish", args=[waiting.pk])).status_code == 403


def test_the_preview_names_the_cases_whose_answer_changes(world):
    six, eight = world.open_case(name="HTX Sáu"), world.open_case(name="HTX Tám")
    fill(world, six)
    fill(world, eight, members=8)
    found = preview(draft(world, 7), world.standing("van"))

    assert (found.looked_at, found.changed, found.hidden) == (2, 1, 0)
    assert [(e.code, e.rule, e.tightens) for e in found.effects] == [(six.code, "R1", True)]
    assert parameter(NAME, TOMORROW) == 5, "a preview changes nothing"


def test_the_preview_counts_but_does_not_name_foreign_cases(world):
    foreign = world.open_case(by="phuong", name="HTX Lâm Đồng")
    fill(world, foreign)
    found = preview(draft(world, 7), world.standing("van"))

    assert (found.changed, found.hidden, found.effects) == (1, 1, ())


def test_the_preview_costs_the_same_for_many_cases(world):
    waiting, standing = draft(world, 7), world.standing("van")
    fill(world, world.open_case())
    with CaptureQueriesContext(connection) as one:
        preview(waiting, standing)
    for number in range(4):
        fill(world, world.open_case(name=f"HTX {number}"))
    with CaptureQueriesContext(connection) as many:
        preview(waiting, standing)

    assert len(one) == len(many) <= 17


def test_the_pages_from_draft_to_publication(office, world):
    fill(world, world.open_case())
    form = {"name": NAME, "value": "7", "valid_from": TOMORROW.strftime("%d/%m/%Y"), "source": SOURCE}
    shown = office.post(reverse("law:new_draft"), form, follow=True).content.decode()

    assert "the answer changes in 1" in shown
    waiting = ParameterDraft.objects.get()
    assert SOURCE in shown
    assert reverse("law:draft", args=[waiting.pk]) in office.get(reverse("law:numbers")).content.decode()
    office.post(reverse("law:publish", args=[waiting.pk]))
    text = office.get(reverse("law:numbers")).content.decode()
    assert TOMORROW.strftime("%d/%m/%Y") in text
    assert "published" in office.get(reverse("law:draft", args=[waiting.pk])).content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value", "bảy"), ("value", "-1"), ("value", "9" * 40), ("value", ""), ("value", "1\x000"),
        ("valid_from", "31/02/2027"), ("valid_from", ""), ("valid_from", "01/07/2024"), ("valid_from", "01/01/3000"),
        ("source", ""), ("source", "x" * 201), ("source", "\x00"), ("name", "nothing"), ("name", "<b>"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_kept_with_a_sentence(field, typed, office):
    form = {"name": NAME, "value": "7", "valid_from": TOMORROW.strftime("%d/%m/%Y"), "source": SOURCE, field: typed}
    answer = office.post(reverse("law:new_draft"), form)

    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert answer.context["form"]["source" if field != "source" else "value"].value()
    assert not ParameterDraft.objects.exists()


def test_the_list_of_numbers_is_small_and_of_constant_cost(office):
    answer = office.get(reverse("law:numbers"))
    with CaptureQueriesContext(connection) as statements:
        office.get(reverse("law:numbers"))

    assert len(answer.content) < 60_000
    assert len(statements) <= 12
