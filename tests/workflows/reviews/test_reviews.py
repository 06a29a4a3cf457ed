"""Reviews that come back: which open by themselves, once, few a day; the list, its file and postponing."""

from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import ClassVar
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import Act, ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.cooperatives.acts import BeginPeriod, NoteFigure
from casework.cooperatives.models import Cooperative
from casework.exports.lists import LISTS
from casework.organisations.models import AdministrativeUnit, User
from casework.people.models import Member, Office, Person
from casework.people.offices import appoint
from casework.rules.models import LegalParameter
from casework.strengthening.models import ReviewPostponed
from casework.strengthening.opening import OpenConsolidation
from workflows.reviews.acts import EndPostponement, OpenDueReview, PostponeReview
from workflows.reviews.due import due_entries
from workflows.reviews.opening import open_due_reviews

LONG_AGO = "01/06/2025"


def entry_of(name="HTX Chè Mẫu", commune="22795", **more):
    place = AdministrativeUnit.objects.get(code=commune)
    return Cooperative.objects.create(name=name, legal_form="HTX", province=place.parent, commune=place, **more)


def reviewed(world, entry, on=LONG_AGO, outcome="no_need", by="lan", leader="wu-kh-a"):
    """A review of ours that came to its end on a day."""
    act = OpenConsolidation(entry, world.organisation(leader))
    case = Case.objects.get(pk=perform(act, by=getattr(world, by), request_id=uuid4()).case_id)
    world.finish(world.task(case), reviewed_on=on, outcome=outcome, reason="Đã ổn định")
    return case


def opened(entry):
    return Case.objects.open().filter(cooperative=entry, kind="consolidation")


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def test_a_review_opens_by_itself_with_an_event_of_the_installation_and_only_once(world):
    entry = entry_of()
    first = reviewed(world, entry)

    assert open_due_reviews() == {"handled": 1, "refused": 0}
    assert open_due_reviews() == {"handled": 0, "refused": 0}

    [case] = opened(entry)
    assert case.pk != first.pk
    assert case.lead_organisation.code == "wu-kh-a"
    event = AuditEvent.objects.get(case_id=case.pk, verb="case.opened")
    assert (event.actor_id, event.channel) == (User.objects.system().pk, "worker")
    assert "01/06/2025" in event.reason
    assert world.task(case).node == "review_operations"


def test_a_recent_review_is_enough(world):
    entry = entry_of()
    reviewed(world, entry, on=f"{timezone.localdate() - timedelta(days=300):%d/%m/%Y}")
    assert open_due_reviews()["handled"] == 0


def test_the_number_of_months_is_a_dated_number(world):
    entry = entry_of()
    reviewed(world, entry, on=f"{timezone.localdate() - timedelta(days=300):%d/%m/%Y}")
    LegalParameter.objects.filter(name="review_every_months").update(value=6)
    assert open_due_reviews()["handled"] == 1


def test_whom_we_never_helped_is_only_in_the_list(world):
    entry_of("HTX Chưa ai giúp")
    stopped = entry_of("HTX Đã dừng")
    reviewed(world, stopped, outcome="stop")
    assert open_due_reviews()["handled"] == 0


@dataclass(frozen=True)
class Chair(Act):
    """Somebody takes the chair of the board."""

    verb: ClassVar[str] = "test.chair"
    case_id: int
    sex: str

    def lock(self, unit):
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit):
        """Anybody: this is a test."""

    def change(self, unit):
        person = unit.add(Person(full_name="Trần Mẫu Hoa", sex=self.sex))
        unit.add(Member(case=unit.case, person=person))
        appoint(unit, unit.case, person, Office.Title.BOARD_CHAIR, date(2025, 1, 1))


@pytest.mark.parametrize(("sex", "opens"), [("female", 1), ("male", 0)])
def test_whom_women_lead_is_reviewed_although_its_case_was_stopped(world, sex, opens):
    entry = entry_of()
    case = reviewed(world, entry, outcome="stop")
    perform(Chair(case.pk, sex), by=world.lan)
    assert open_due_reviews()["handled"] == opens


def test_a_strengthened_cooperative_is_visited_after_six_and_twelve_months(world):
    entry = entry_of()
    act = OpenConsolidation(entry, world.organisation("wu-kh-a"))
    case = Case.objects.get(pk=perform(act, by=world.lan).case_id)
    world.finish(world.advance(case, to="follow_up_6_months"))
    assert world.task(case).node == "follow_up_12_months"
    world.finish(world.task(case))
    assert Case.objects.get(pk=case.pk).outcome == "completed"


def test_without_a_union_in_the_commune_that_of_the_province_leads(world):
    commune = AdministrativeUnit.objects.filter(level="commune", parent__code="56").exclude(
        code__in=["22795", "22810"]
    )[0]
    entry = entry_of(commune=commune.code)
    reviewed(world, entry)
    open_due_reviews()
    assert opened(entry).get().lead_organisation.code == "wu-kh"


def test_a_cooperative_that_asked_for_support_when_visited_need_not_wait_a_year(world, client):
    founded = world.open_case()
    task = world.advance(founded, to="follow_up_6_months")
    world.finish(task, wants_strengthening="on")
    founded = Case.objects.get(pk=founded.pk)
    client.force_login(world.lan)
    offered = reverse("strengthening:open", args=[founded.cooperative_id])
    assert offered in client.get(reverse("cases:file", args=[founded.code])).content.decode()
    assert rows(world, query="which=asks") == [founded.cooperative.name]
    assert open_due_reviews()["handled"] == 0  # its own case is still open

    world.finish(world.task(founded), wants_strengthening="on")
    assert open_due_reviews()["handled"] == 1
    [case] = opened(founded.cooperative)
    assert offered not in client.get(reverse("cases:file", args=[founded.code])).content.decode()
    world.finish(world.task(case), outcome="no_need", reason="Đã ổn định")
    assert rows(world, query="which=asks") == []


@pytest.mark.parametrize("state", ["suspended", "dissolved"])
def test_who_does_not_work_is_not_reviewed(world, state):
    entry = entry_of()
    reviewed(world, entry)
    perform(BeginPeriod(entry.pk, "stateperiod", "2026-01", "Thông báo", {"state": state}), by=world.lan)
    assert open_due_reviews()["handled"] == 0
    perform(BeginPeriod(entry.pk, "stateperiod", "2026-02", "Thông báo", {"state": "active"}), by=world.lan)
    assert open_due_reviews()["handled"] == 1


@pytest.mark.parametrize("change", [{"province": None}, {"legal_form": "TLK"}, {"legal_form": ""}, {"merged": True}])
def test_what_is_no_known_cooperative_is_not_reviewed(world, change):
    entry = entry_of()
    reviewed(world, entry)
    if change.pop("merged", False):
        change = {"merged_into": entry_of("HTX Khác")}
    Cooperative.objects.filter(pk=entry.pk).update(**change)
    assert open_due_reviews()["handled"] == 0


def test_an_organisation_gets_few_a_day(world):
    entries = [entry_of(f"HTX Mẫu {n}") for n in range(4)]
    for days, entry in enumerate(entries):
        reviewed(world, entry, on=f"{date(2025, 6, 10) - timedelta(days=days):%d/%m/%Y}")
    assert open_due_reviews()["handled"] == 2
    assert open_due_reviews()["handled"] == 0
    # The longest ago first.
    assert [opened(entry).exists() for entry in entries] == [False, False, True, True]
    with translation.override("en"), pytest.raises(ActionNotPossible, match="Enough"):
        perform(OpenDueReview(entries[0].pk), by=User.objects.system())


def test_nobody_but_the_installation_opens_due_reviews(world):
    entry = entry_of()
    reviewed(world, entry)
    with pytest.raises(PermissionDenied):
        perform(OpenDueReview(entry.pk), by=world.lan)


def test_a_province_without_an_alliance_stops_no_other(world):
    far = AdministrativeUnit.objects.filter(level="commune", parent__code="68")[0]
    elsewhere, entry = entry_of("HTX Lâm Đồng Mẫu", far.code), entry_of()
    reviewed(world, elsewhere, by="phuong", leader="wu-ld")
    reviewed(world, entry)
    alliance = world.organisation("al-ld")
    type(alliance).objects.filter(pk=alliance.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert open_due_reviews() == {"handled": 1, "refused": 1}
    assert opened(entry).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_open_one_case_each_at_most_once(world):
    entries = [entry_of(f"HTX Mẫu {n}") for n in range(3)]
    for entry in entries:
        reviewed(world, entry)
    User.objects.system()
    start, found = Barrier(2), []

    def work():
        start.wait()
        found.append(open_due_reviews()["handled"])
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert sum(found) == 2
    assert sorted(opened(entry).count() for entry in entries) == [0, 1, 1]


def test_a_postponed_review_waits_and_its_history_stays(world):
    entry = entry_of()
    reviewed(world, entry)
    perform(PostponeReview(entry.pk, tomorrow(), "Mùa gặt"), by=world.hanh)
    perform(PostponeReview(entry.pk, tomorrow() + timedelta(days=5), "Mùa gặt kéo dài"), by=world.hanh)
    assert open_due_reviews()["handled"] == 0
    assert ReviewPostponed.objects.filter(cooperative=entry).count() == 2
    assert AuditEvent.objects.filter(chain=f"cooperative:{entry.pk}", verb="cooperative.review_postponed").count() == 2

    perform(EndPostponement(entry.pk), by=world.hanh)
    assert open_due_reviews()["handled"] == 1


def test_a_postponement_ends_on_its_day(world):
    entry = entry_of()
    reviewed(world, entry)
    perform(PostponeReview(entry.pk, tomorrow(), "Mùa gặt"), by=world.hanh)
    assert not due_entries(timezone.localdate()).exists()
    assert due_entries(tomorrow()).exists()


def test_only_a_supervisor_postpones_and_only_into_the_future(world):
    entry = entry_of()
    with pytest.raises(PermissionDenied):
        perform(PostponeReview(entry.pk, tomorrow(), "Mùa gặt"), by=world.lan)
    with pytest.raises(PermissionDenied):
        perform(PostponeReview(entry.pk, tomorrow(), "Mùa gặt"), by=world.son)
    with pytest.raises(ActionNotPossible):
        perform(PostponeReview(entry.pk, timezone.localdate(), "Mùa gặt"), by=world.hanh)


def rows(world, who="hanh", query=""):
    return [row.name for row in LISTS["unreviewed"].rows(world.standing(who), QueryDict(query))]


def test_the_list_shows_who_was_never_reviewed_first_and_leaves_the_postponed_out(world):
    old, older, never, waits = (entry_of(f"HTX {name}") for name in ("Cũ", "Cũ hơn", "Chưa", "Hoãn"))
    reviewed(world, old)
    reviewed(world, older, on="01/05/2025")
    perform(PostponeReview(waits.pk, tomorrow(), "Mùa gặt"), by=world.hanh)
    assert rows(world) == ["HTX Chưa", "HTX Cũ hơn", "HTX Cũ"]
    assert rows(world, query="which=never") == ["HTX Chưa"]
    assert rows(world, query="which=old") == ["HTX Cũ hơn", "HTX Cũ"]
    assert rows(world, query="which=ours") == ["HTX Cũ hơn", "HTX Cũ"]
    assert rows(world, query="which=postponed") == ["HTX Hoãn"]
    assert rows(world, query="which=%00&form=XX&q=chua") == ["HTX Chưa"]
    assert rows(world, who="son") == rows(world, who="ngan") == []
    assert never.pk


def test_the_page_says_what_the_file_says_and_names_a_case_only_to_who_may_see_it(world, client):
    entry = entry_of()
    perform(NoteFigure(entry.pk, "members", 12, "2025-06", "Báo cáo"), by=world.lan)
    perform(NoteFigure(entry.pk, "women_members", 9, "2025-06", "Báo cáo"), by=world.lan)
    perform(OpenConsolidation(entry, world.organisation("wu-kh-a")), by=world.lan)
    [row] = LISTS["unreviewed"].rows(world.standing("hanh"), QueryDict(""))
    assert (row.told_members, row.told_women, row.told_on, row.leader) == (12, 9, "2025-06", "Hội LHPN xã Bác Ái")
    assert row.case_code == opened(entry).get().code
    [foreign] = LISTS["unreviewed"].rows(world.standing("cuc"), QueryDict(""))
    assert foreign.case_code is None

    client.force_login(world.hanh)
    page = client.get(reverse("reviews:list")).content.decode()
    assert row.case_code in page
    assert reverse("reviews:postpone", args=[entry.pk]) in page
    client.force_login(world.cuc)
    page = client.get(reverse("reviews:list")).content.decode()
    assert row.case_code not in page
    assert reverse("strengthening:open", args=[entry.pk]) in page
    assert reverse("reviews:postpone", args=[entry.pk]) not in page


def test_the_list_asks_as_much_for_one_as_for_many(world, client):
    entry_of()
    client.force_login(world.hanh)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("reviews:list")).status_code == 200
        return len(asked)

    statements()
    one = statements()
    for number in range(12):
        entry_of(f"HTX Mẫu {number}")
    assert statements() == one


def test_postponing_on_the_page(world, client):
    entry = entry_of()
    address = reverse("reviews:postpone", args=[entry.pk])
    client.force_login(world.hanh)
    bad = client.post(address, {"until": "01/01/2020", "reason": "Lũ \x00 lụt"})
    assert bad.status_code == 200
    assert "01/01/2020" in bad.content.decode()
    assert not ReviewPostponed.objects.exists()
    good = {"until": f"{tomorrow():%d/%m/%Y}", "reason": "Lũ lụt 🌊", "request_id": uuid4()}
    for _again in range(2):
        assert client.post(address, good).status_code == 302
    assert ReviewPostponed.objects.get().reason == "Lũ lụt 🌊"
    assert "Lũ lụt" in client.get(address).content.decode()
    assert client.post(address, {"end": "1", "request_id": uuid4()}).status_code == 302
    assert client.post(address, {"end": "1", "request_id": uuid4()}).status_code == 200

    for who, status in (("lan", 403), ("binh", 403), ("ngan", 404), ("son", 404), ("stranger", 404)):
        client.force_login(getattr(world, who))
        assert client.get(address).status_code == status
    for who, status in (("lan", 200), ("binh", 200), ("thanh", 200), ("ngan", 403), ("stranger", 403)):
        client.force_login(getattr(world, who))
        assert client.get(reverse("reviews:list")).status_code == status
