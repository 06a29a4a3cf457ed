"""A list goes out as it is shown, to whom it is shown, and that it went out stays."""

from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.background.tasks import run_ready
from casework.exports import making
from casework.exports.acts import AskForExport, DownloadExport, KeepExport
from casework.exports.lists import LISTS
from casework.exports.models import Export
from notifications.models import Notification
from notifications.outbox import pump

pytestmark = pytest.mark.django_db


def taken(client, name, query="", **fields):
    """Ask for a list and download it; the columns are its usual ones unless given."""
    usual = [column.name for column in LISTS[name].columns if column.usual]
    data = {"columns": usual, "format": "xlsx", "request_id": uuid4(), **fields}
    answer = client.post(f"/exports/new/{name}/?{query}", data)
    assert answer.status_code == 302, answer.content.decode()
    export = Export.objects.latest("asked_at")
    return downloaded(client, export)


def downloaded(client, export):
    """The bytes of a file."""
    answer = client.post(f"/exports/{export.pk}/")
    return b"".join(answer.streaming_content)


def sheet_of(content):
    book = openpyxl.load_workbook(BytesIO(content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_the_file_holds_what_the_list_shows(client, world):
    world.open_case("lan", name="HTX Nấm Hoa Sen")
    world.open_case("cuc", name="HTX Bưởi")
    client.force_login(world.lan)

    rows = sheet_of(taken(client, "tasks", "tab=queue&page=2&after=x"))

    assert len(rows[0]) == len([column for column in LISTS["tasks"].columns if column.usual])
    assert [row[1] for row in rows[1:]] == ["HTX Nấm Hoa Sen"]
    events = AuditEvent.objects.filter(chain=f"user:{world.lan.pk}").order_by("seq")
    assert [event.verb for event in events] == ["list.exported", "export.made", "export.downloaded"]
    assert events[0].facts["filters"] == "tab=queue"
    assert events[0].facts["rows"] == 1


def test_a_csv_holds_only_the_columns_that_were_chosen(client, world):
    world.open_case("lan", name="=1+1 HTX")
    client.force_login(world.lan)

    answer = taken(client, "tasks", "tab=queue", columns=["name"], format="csv")

    lines = answer.decode("utf-8-sig").splitlines()
    assert lines[1:] == ["'=1+1 HTX"]


def test_nobody_takes_out_what_she_does_not_see(client, world):
    world.open_case("lan", name="HTX Nấm Hoa Sen")
    client.force_login(world.phuong)

    assert len(sheet_of(taken(client, "tasks", "tab=organisation"))) == 1


def test_a_large_list_is_made_in_the_background_and_told(client, world, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 0)
    world.open_case("lan")
    client.force_login(world.lan)
    usual = {"columns": ["name"], "format": "xlsx", "request_id": uuid4()}
    client.post("/exports/new/tasks/?tab=queue", usual)
    export = Export.objects.get()
    assert export.state == Export.State.WAITS
    assert client.post(f"/exports/{export.pk}/").status_code == 302

    run_ready()
    pump()

    export.refresh_from_db()
    assert (export.state, export.rows) == (Export.State.READY, 1)
    told = Notification.objects.get(user=world.lan, kind="export.ready")
    assert client.get(f"/notifications/open/{told.pk}/").url == "/exports/"
    assert len(sheet_of(downloaded(client, export))) == 2


def test_the_same_request_makes_one_file(client, world):
    world.open_case("lan")
    client.force_login(world.lan)
    same = {"columns": ["name"], "format": "csv", "request_id": uuid4()}

    client.post("/exports/new/tasks/?tab=queue", same)
    client.post("/exports/new/tasks/?tab=queue", same)

    assert Export.objects.count() == 1


def test_the_file_of_somebody_else_is_not_there(client, world):
    client.force_login(world.lan)
    taken(client, "tasks")
    export = Export.objects.get()

    client.force_login(world.mai)
    assert client.post(f"/exports/{export.pk}/").status_code == 404
    assert "tasks" not in client.get("/exports/").content.decode().partition("<main")[2].partition("</main")[0]
    with pytest.raises(ObjectDoesNotExist):
        perform(DownloadExport(export.pk), by=world.mai)


def test_without_the_right_there_is_no_page_and_no_act(client, world):
    client.force_login(world.stranger)

    assert client.get("/exports/").status_code == 403
    assert client.get("/exports/new/tasks/").status_code == 403
    with pytest.raises(PermissionDenied):
        perform(AskForExport("tasks", "", ("name",), "csv", "vi", 0), by=world.stranger)
    client.force_login(world.lan)
    taken(client, "tasks")
    with pytest.raises(PermissionDenied):
        perform(KeepExport(Export.objects.get().pk, 1, "x"), by=world.lan)


def test_a_list_that_is_none_is_not_found(client, world):
    client.force_login(world.lan)

    assert client.get("/exports/new/nothing/").status_code == 404


@pytest.mark.parametrize(
    "sent", [{"format": "xlsx"}, {"columns": ["nothing"], "format": "xlsx"}, {"columns": ["name"], "format": "exe"}]
)
def test_what_cannot_be_made_is_said_at_the_field(client, world, sent):
    client.force_login(world.lan)

    answer = client.post("/exports/new/tasks/", sent)

    assert answer.status_code == 200
    assert "field--bad" in answer.content.decode()
    assert not Export.objects.exists()


def test_a_file_is_forgotten_after_a_day_and_the_event_stays(client, world):
    client.force_login(world.lan)
    taken(client, "tasks")
    Export.objects.update(asked_at=Export.objects.get().asked_at - making.KEPT_FOR * 2)

    assert making.forget_old() == 1
    assert making.forget_old() == 0

    assert client.post(f"/exports/{Export.objects.get().pk}/").status_code == 302
    with pytest.raises(ActionNotPossible):
        perform(DownloadExport(Export.objects.get().pk), by=world.lan)


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("person", ["lan", "hanh", "binh", "ngan", "van", "thanh"])
def test_every_list_can_be_taken_out_by_everybody(client, world, name, person):
    """Whatever a person sees of a list, its file holds as many rows as it promised, with every column."""
    world.open_case("lan")
    user = getattr(world, person)
    client.force_login(user)

    answer = taken(client, name, columns=[column.name for column in LISTS[name].columns])

    asked = AuditEvent.objects.get(chain=f"user:{user.pk}", verb="list.exported")
    assert len(sheet_of(answer)) - 1 == asked.facts["rows"]
