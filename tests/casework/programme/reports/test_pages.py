"""The pages of the reports: who sees what, what they show, what a refusal keeps."""

from datetime import date

import pytest
from django.urls import reverse

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.programme.reports.acts import ReviewReport, mark_of
from casework.programme.reports.models import Report
from tests.casework.programme.reports.small import NEXT, REPORTED, begun, frozen, indicators, period, tell


@pytest.fixture
def small(world):
    indicators()
    period(REPORTED)
    period(NEXT)
    tell(world, "wu-kh-a", "Họp tổ", date(2021, 1, 20), 25)
    return world


@pytest.fixture
def page(client, small):
    """`page(name, "reports:report", pk)`: the answer to a person."""

    def get(who, name, *args, **data):
        client.force_login(getattr(small, who))
        address = reverse(name, args=args)
        return client.post(address, data) if data else client.get(address)

    return get


@pytest.mark.parametrize(
    ("who", "status"),
    [("lan", 200), ("hanh", 200), ("cuc", 404), ("binh", 404), ("ngan", 404), ("van", 404), ("son", 404),
     ("stranger", 404)],
)  # fmt: skip
def test_who_sees_a_report(page, small, who, status):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    assert page(who, "reports:report", report.pk).status_code == status
    assert page(who, "reports:numbers", report.pk, "small-events").status_code == status


@pytest.mark.parametrize(("who", "status"), [("lan", 200), ("van", 200), ("ngan", 403), ("stranger", 403)])
def test_who_sees_the_list(page, small, who, status):
    begun(small.lan, small.organisation("wu-kh-a"))
    answer = page(who, "reports:list")
    assert answer.status_code == status
    if status == 200:
        assert ("Bác Ái" in answer.content.decode().partition("<main")[2]) == (who == "lan")


def test_list_has_one_number_of_statements(client, small, django_assert_max_num_queries):
    begun(small.lan, small.organisation("wu-kh-a"))
    client.force_login(small.hanh)
    with django_assert_max_num_queries(12):
        client.get(reverse("reports:list"))
    for year in range(2010, 2018):
        begun(small.lan, small.organisation("wu-kh-a"), year)
    with django_assert_max_num_queries(12):
        client.get(reverse("reports:list"))


def test_draft_says_so_and_frozen_says_what_changed(page, small):
    text = page("lan", "reports:report", begun(small.lan, small.organisation("wu-kh-a"), NEXT).pk).content.decode()
    assert "BẢN NHÁP" in text
    report = frozen(small)
    tell(small, "wu-kh-a", "Đến muộn", date(2021, 2, 2), 100)
    text = page("lan", "reports:report", report.pk).content.decode()
    assert "BẢN NHÁP" not in text
    assert "+ Đến muộn" in text
    assert report.data_hash in text
    assert "Đến muộn" not in page("lan", "reports:numbers", report.pk, "small-events").content.decode()


def test_from_start_to_frozen_by_the_pages(page, small):
    wu = small.organisation("wu-kh-a")
    answer = page("lan", "reports:start", organisation=wu.pk, period=period(REPORTED).pk)
    report = Report.objects.get()
    assert answer.headers["Location"] == reverse("reports:report", args=[report.pk])
    page("lan", "reports:texts", report.pk, difficulties="Thiếu <b>vốn</b>", seen="")
    assert "Thiếu &lt;b&gt;vốn&lt;/b&gt;" in page("lan", "reports:report", report.pk).content.decode()
    page("hanh", "reports:review", report.pk, go="1")
    page("hanh", "reports:freeze", report.pk, number="12/BC-BTV", signed_on="25/11/2021")
    assert Report.objects.get().state == "frozen"


def test_refusals_keep_what_was_typed(page, small):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    answer = page("lan", "reports:texts", report.pk, outlook="Của tôi", seen="cũ")
    assert "Của tôi" in answer.content.decode()
    nul = page("lan", "reports:texts", report.pk, outlook="a\x00b", seen=mark_of(report))
    assert nul.status_code == 200
    perform(ReviewReport(report.pk), by=small.hanh)
    answer = page("hanh", "reports:freeze", report.pk, number="12/BC", signed_on="99/99/2021")
    assert "12/BC" in answer.content.decode()
    assert Report.objects.get().state == "reviewed"


@pytest.mark.parametrize("name", ["review", "return", "freeze"])
def test_without_the_right(page, small, name):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    assert page("mai", f"reports:{name}", report.pk).status_code == 403
    assert page("ngan", "reports:start").status_code == 403


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_download_is_an_event(page, small, kind):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    answer = page("lan", "reports:file", report.pk, kind, go="1")
    assert answer.content.startswith(b"PK")
    assert AuditEvent.objects.filter(chain=f"report:{report.pk}", verb="report.taken").count() == 1
    assert page("lan", "reports:file", report.pk, "exe", go="1").status_code == 404
    assert page("cuc", "reports:file", report.pk, kind, go="1").status_code == 404


def test_missing_number_and_far_ids(page, small):
    report = begun(small.lan, small.organisation("wu-kh-a"))
    assert page("lan", "reports:numbers", report.pk, "nothing").status_code == 404
    assert page("lan", "reports:report", 10**30).status_code == 404
