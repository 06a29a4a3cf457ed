"""The yearly report: its numbers, its states, what it says for ever, and what came too late for it."""

import io
import json
import zipfile
from datetime import date, timedelta
from hashlib import sha256
from threading import Barrier, Thread

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from docx import Document

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.organisations.acts import Appoint
from casework.organisations.models import User
from casework.programme.reports.acts import FreezeReport, ReturnReport, ReviewReport, StartReport, WriteTexts, mark_of
from casework.programme.reports.changes import changes_since
from casework.programme.reports.files import file_of
from casework.programme.reports.gather import gather
from casework.programme.reports.models import Report
from casework.programme.trainings.models import Outreach
from tests.casework.programme.reports.small import (
    NEXT,
    REPORTED,
    TEXTS,
    begun,
    frozen,
    indicators,
    period,
    target,
    tell,
)


@pytest.fixture
def small(world):
    """Two communes told of outreach in the reported year; one told of some after it."""
    return _fill(world)


def _fill(world):
    indicators()
    period(REPORTED)
    period(NEXT)
    target(world, "wu-kh-a", "small-events", 4)
    tell(world, "wu-kh-a", "=cmd|' /C calc'!A0", date(2020, 11, 21), 40)
    tell(world, "wu-kh-a", "Họp tổ", date(2021, 11, 20), 25)
    tell(world, "wu-kh-b", "Phát thanh", date(2021, 3, 1), 1000)
    tell(world, "wu-kh-a", "Năm sau", date(2021, 11, 21), 7)
    return world


def _number(data, code):
    return next(one for one in data["numbers"] if one["code"] == code)


def _sql(organisation, first, last):
    """Events and people reached of an organisation and those below it, counted in SQL of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(o.reached), 0) FROM casework_outreach o"
            " JOIN casework_organisation w ON w.id = o.organisation_id"
            " WHERE %s = ANY(w.lineage) AND o.held_on BETWEEN %s AND %s AND o.withdrawn_at IS NULL",
            [organisation.pk, first, last],
        )
        return cursor.fetchone()


@pytest.mark.parametrize("code", ["wu-kh", "wu-kh-a", "wu-kh-b"])
def test_numbers_are_those_of_sql(small, code):
    """Both edges of the period are in it; the day after is not."""
    report = begun(small.hanh, small.organisation(code))
    data = gather(report)
    events, reached = _sql(report.organisation, report.period.first_day, report.period.last_day)
    assert (_number(data, "small-events")["value"], _number(data, "small-reached")["value"]) == (
        str(events),
        str(reached),
    )
    assert len(_number(data, "small-events")["rows"]) == events
    parts = _number(data, "small-reached")["splits"][0]["parts"]
    assert sum(int(value) for _label, value in parts) == reached
    assert {"wu-kh": 3, "wu-kh-a": 2, "wu-kh-b": 1}[code] == events


def test_share_of_nothing_is_a_dash_with_its_reason(small):
    data = gather(begun(small.lan, small.organisation("wu-kh-a")))
    share = _number(data, "small-share")
    assert share["value"] is None
    assert share["why_none"]
    text = "\n".join(p.text for p in Document(io.BytesIO(file_of(data, "docx"))).paragraphs)
    assert "chưa tính được" in text


def test_who_wrote_last_does_not_review(small):
    report = begun(small.hanh, small.organisation("wu-kh-a"))
    with pytest.raises(ActionNotPossible, match="Người khác phải kiểm tra"):
        perform(ReviewReport(report.pk), by=small.hanh)
    perform(WriteTexts(report.pk, TEXTS, mark_of(report)), by=small.lan)
    perform(ReviewReport(report.pk), by=small.hanh)
    assert Report.objects.get(pk=report.pk).state == "reviewed"


def test_review_return_and_second_review(small):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    with pytest.raises(ActionNotPossible, match="Chỉ báo cáo đã kiểm tra"):
        perform(FreezeReport(report.pk, "1", date(2021, 11, 25)), by=small.hanh)
    perform(ReviewReport(report.pk), by=small.hanh)
    with pytest.raises(ActionNotPossible, match="đã được kiểm tra"):
        perform(WriteTexts(report.pk, TEXTS, mark_of(report)), by=small.lan)
    perform(ReturnReport(report.pk, "Thiếu kiến nghị"), by=small.hanh)
    event = AuditEvent.objects.filter(chain=f"report:{report.pk}").order_by("-seq")[0]
    assert (event.verb, event.reason) == ("report.returned", "Thiếu kiến nghị")
    with pytest.raises(PermissionDenied):
        perform(ReviewReport(report.pk), by=small.lan)


def test_two_writers_do_not_lose_a_text(small):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    before = mark_of(report)
    perform(WriteTexts(report.pk, {"outlook": "Một"}, before), by=small.mai)
    with pytest.raises(ActionNotPossible, match="vừa sửa"):
        perform(WriteTexts(report.pk, {"outlook": "Hai"}, before), by=small.lan)
    assert Report.objects.get(pk=report.pk).texts == {"outlook": "Một"}


def test_start_once_and_not_ahead(small):
    wu = small.organisation("wu-kh-a")
    begun(small.lan, wu)
    with pytest.raises(ActionNotPossible, match="đã được lập"):
        perform(StartReport(wu.pk, period(REPORTED).pk), by=small.mai)
    ahead = period(timezone.localdate().year + 2)
    with pytest.raises(ActionNotPossible, match="chưa đến"):
        perform(StartReport(wu.pk, ahead.pk), by=small.lan)
    with pytest.raises(PermissionDenied):
        perform(StartReport(wu.pk, period(NEXT).pk), by=small.ngan)


@pytest.mark.parametrize("signed_on", [date(2021, 11, 19), date(2999, 1, 1)])
def test_day_of_the_report_lies_after_its_period(small, signed_on):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    perform(ReviewReport(report.pk), by=small.hanh)
    with pytest.raises(ActionNotPossible) as refused:
        perform(FreezeReport(report.pk, "1", signed_on), by=small.hanh)
    assert refused.value.field == "signed_on"


def test_running_period_is_not_frozen(small):
    running = period(REPORTED)
    running.last_day = timezone.localdate() + timedelta(days=1)
    running.save()
    report = begun(small.lan, small.organisation("wu-kh-a"))
    perform(ReviewReport(report.pk), by=small.hanh)
    with pytest.raises(ActionNotPossible, match="sau ngày đó"):
        perform(FreezeReport(report.pk, "1", timezone.localdate()), by=small.hanh)


def test_frozen_report_says_the_same_for_ever(small):
    """Late entries and other texts change neither data nor a byte of the files."""
    report = frozen(small)
    before = {kind: file_of(gather(report), kind) for kind in ("docx", "xlsx")}
    tell(small, "wu-kh-a", "Đến muộn", date(2021, 5, 5), 100)
    again = Report.objects.get(pk=report.pk)
    assert {kind: file_of(gather(again), kind) for kind in before} == before
    canonical = json.dumps(again.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(canonical.encode()).hexdigest() == again.data_hash
    assert _number(again.data, "small-events")["value"] == "2"


@pytest.mark.parametrize("change", [{"number": "9"}, {"state": "draft"}, {"data": {}}])
def test_database_refuses_to_change_a_frozen_report(small, change):
    report = frozen(small)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        report.delete()


def test_late_entry_is_told_once(small):
    """By the note on the frozen report, and by the next report that is frozen; by no later one again."""
    report = frozen(small)
    late = tell(small, "wu-kh-a", "Đến muộn", date(2021, 5, 5), 100)
    change = next(one for one in changes_since(report) if one.code == "small-events")
    assert (change.was, change.now, [row["label"] for row in change.came]) == ("2", "3", ["Đến muộn"])
    following = frozen(small, year=NEXT)
    assert _number(following.data, "small-events")["value"] == "1"
    told = {one["code"]: [row["key"] for row in one["came"]] for one in following.data["corrections"]}
    assert told == {"small-events": [f"outreach:{late.pk}"], "small-reached": [f"outreach:{late.pk}"]}
    assert gather(begun(small.lan, report.organisation, NEXT + 1))["corrections"] == []


def test_withdrawn_row_is_told_as_gone(small):
    report = frozen(small)
    row = report.data["numbers"][-2]["rows"][0]
    Outreach.objects.filter(pk=row["key"].partition(":")[2]).update(withdrawn_at=timezone.now())
    gone = gather(begun(small.lan, report.organisation, NEXT))["corrections"]
    assert {one["code"]: [r["key"] for r in one["gone"]] for one in gone} == {
        "small-events": [row["key"]],
        "small-reached": [row["key"]],
    }


def test_word_file_says_what_the_data_say(small):
    data = gather(begun(small.lan, small.organisation("wu-kh-a")))
    paper = Document(io.BytesIO(file_of(data, "docx")))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "BẢN NHÁP" in text
    assert "Thiếu vốn; giá < 5 & “rớt” {{ 7*7 }} **xã**" in text
    targets = next(t for t in paper.tables if t.rows[0].cells[-1].text == "Dự báo cả kỳ")
    rows = {row.cells[1].text: [cell.text for cell in row.cells[3:6]] for row in targets.rows[1:]}
    assert rows["Số small-events"] == ["4", "2", "50"]
    assert rows["Số small-share"][1] == "–"
    assert len(rows) == len(data["numbers"])


def test_sheets_add_up_to_the_numbers(small):
    data = gather(begun(small.lan, small.organisation("wu-kh-a")))
    book = openpyxl.load_workbook(io.BytesIO(file_of(data, "xlsx")))
    assert len(book.sheetnames) == len(set(book.sheetnames))
    sheet = next(book[name] for name in book.sheetnames if name.endswith("small-reached"))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    amounts = [row[6] for row in rows if isinstance(row[0], int)]
    total = next(row[6] for row in rows if row[1] == "Cộng")
    assert sum(amounts) == total == int(_number(data, "small-reached")["value"])
    cell = sheet["B2"]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")
    assert sheet.freeze_panes == "A2"
    with zipfile.ZipFile(io.BytesIO(file_of(data, "xlsx"))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {2024}


def test_pdf_is_made(small):
    assert file_of(gather(frozen(small)), "pdf").startswith(b"%PDF")


def test_command_writes_the_frozen_report(small, tmp_path):
    report = frozen(small)
    out = tmp_path / "r.docx"
    _command(REPORTED, "wu-kh-a", out)
    assert out.read_bytes() == file_of(report.data, "docx")
    assert AuditEvent.objects.filter(chain=f"report:{report.pk}", verb="report.taken", channel="command").exists()
    _command(NEXT, "wu-kh-a", out)
    assert "BẢN NHÁP" in Document(out).paragraphs[0].text


@pytest.mark.parametrize(("year", "organisation"), [(REPORTED, "nobody"), (2099, "wu-kh-a"), (1890, "wu-kh-a")])
def test_command_refuses_with_a_sentence(small, tmp_path, year, organisation):
    with pytest.raises(CommandError):
        _command(year, organisation, tmp_path / "r.docx")
    assert list(tmp_path.iterdir()) == []


def _command(year, organisation, out):
    call_command("yearly_report", year=year, organisation=organisation, format="docx", out=out, verbosity=0)


def test_of_two_who_freeze_one_wins(committed_world):
    world = _fill(committed_world)
    second = User.objects.create_user("dao", password="x", full_name="Trần Mẫu Đào")
    perform(Appoint(second, world.organisation("wu-kh"), "supervisor", date(2025, 7, 1)), by=world.owner)
    report = begun(world.lan, world.organisation("wu-kh-a"))
    perform(ReviewReport(report.pk), by=world.hanh)
    together, said = Barrier(2), []

    def freeze(who, number):
        try:
            together.wait(10)
            perform(FreezeReport(report.pk, number, date(2021, 11, 25)), by=who)
            said.append("frozen")
        except ActionNotPossible as error:
            said.append(str(error))
        finally:
            connections.close_all()

    threads = [Thread(target=freeze, args=one) for one in ((world.hanh, "1/BC"), (second, "2/BC"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert said.count("frozen") == 1
    assert any("đã chốt" in one for one in said)
    assert AuditEvent.objects.filter(chain=f"report:{report.pk}", verb="report.frozen").count() == 1
