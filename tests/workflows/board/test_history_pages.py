"""Stays in stages and what is counted from them; work that went back; the chart."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from casework.acts import perform
from casework.audit.models import AuditEvent
from workflows.acts import ClaimTask
from workflows.board import times
from workflows.board.asked import TimesForm, months_back
from workflows.board.chart import MOST, chart, days_text, nice_step
from workflows.board.models import StageStay
from workflows.board.sql import FILL_STAYS
from workflows.holds.acts import HoldCase, ResumeCase
from workflows.steering.closing import CloseCase
from workflows.steering.corrections import ReturnToStep
from workflows.steering.moving import JumpTo, ReopenCase

ROLES = ["lan", "cuc", "hanh", "binh", "ngan", "van", "thanh", "son"]


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def by_hand(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def stays_of(case):
    return list(StageStay.objects.filter(case=case).order_by("since", "pk").values_list("stage", "since", "until"))


def told_by_the_history(case):
    """The stays that the events of a case tell, oldest first, as (stage, ended)."""
    found, stage, closed = [], None, False
    for event in AuditEvent.objects.filter(chain=f"case:{case.pk}").order_by("seq"):
        own = [c for c in event.changes if c["object"] == f"case:{case.pk}"]
        moves = {c["field"]: c["to"] for c in own if c["field"] in ("stage", "status")}
        before = stage, closed
        stage, closed = moves.get("stage", stage), moves.get("status", "closed" if closed else "open") == "closed"
        if (stage, closed) == before or not moves:
            continue
        if found and not before[1]:
            found[-1] = found[-1][0], True
        if not closed:
            found.append((stage, False))
    return found


def through_everything(world):
    """A case that goes on, back by a jump, on hold, is closed, reopened in place, and closed while on hold."""
    case = world.open_case()
    world.advance(case, "draft_plan")
    perform(JumpTo(case.pk, "survey_needs", "sai"), by=world.hanh)
    perform(HoldCase(case.pk, "Chờ"), by=world.lan)
    perform(ResumeCase(case.pk, "Xong"), by=world.lan)
    perform(CloseCase(case.pk, "no_contact"), by=world.lan)
    perform(ReopenCase(case.pk, "survey_needs", "tiếp"), by=world.hanh)
    world.advance(case, "review_plan")
    perform(HoldCase(case.pk, "Chờ"), by=world.lan)
    perform(CloseCase(case.pk, "no_contact"), by=world.lan)
    return case


def test_the_stays_are_what_the_history_tells(world):
    case = through_everything(world)

    found = [(stage, until is not None) for stage, _since, until in stays_of(case)]

    assert found == told_by_the_history(case)
    stages = ["lead", "consultation", "business_plan", "consultation", "consultation", "business_plan"]
    assert [stage for stage, _ended in found] == stages
    assert all(ended for _stage, ended in found)


def test_one_stay_ends_when_the_next_begins(world):
    case = world.open_case()
    world.advance(case, "draft_plan")

    rows = stays_of(case)

    assert [before[2] for before in rows[:-1]] == [after[1] for after in rows[1:]]
    assert rows[-1][2] is None
    assert all(since <= (until or since) for _stage, since, until in rows)


def test_old_cases_get_the_same_stays_from_their_events(world):
    cases = [through_everything(world), world.open_case()]
    world.advance(cases[1], "link_market")
    before = [[(stage, bool(until)) for stage, _since, until in stays_of(case)] for case in cases]

    by_hand("DELETE FROM workflows_stagestay")
    by_hand(FILL_STAYS)

    rows = [stays_of(case) for case in cases]
    assert [[(stage, bool(until)) for stage, _since, until in found] for found in rows] == before


def stay(case, stage, days, *, ended_days_ago=1, held=0):
    """Make the stay of a stage so long, with so many days on hold in its middle."""
    until = timezone.now() - timedelta(days=ended_days_ago)
    since = until - timedelta(days=days)
    by_hand(
        "UPDATE workflows_stagestay SET since = %s, until = %s WHERE case_id = %s AND stage = %s",
        *(since, until, case.pk, stage),
    )
    by_hand(
        "UPDATE workflows_task SET created = %s, finished = %s WHERE case_id = %s AND stage = %s AND status = 'DONE'",
        *(since, until, case.pk, stage),
    )
    if held:
        by_hand(
            "INSERT INTO workflows_hold (case_id, waits_for, reason, began_at, began_by_id, ended_at, answer)"
            " VALUES (%s, 'pause', 'x', %s, %s, %s, '')",
            *(case.pk, since + timedelta(days=1), case.opened_by_id, since + timedelta(days=1 + held)),
        )


def lines(world, who, query=""):
    return times.lines(TimesForm(QueryDict(query), times.organisations_of(world.standing(who))), world.standing(who))[0]


@pytest.fixture
def left(world):
    """Eleven cases that left the lead after 1 to 11 days, the longest with 5 days on hold; one of cuc's after 20."""
    cases = [world.open_case(name=f"HTX Mẫu {n}") for n in range(1, 12)]
    for n, case in enumerate(cases, 1):
        world.finish(world.task(case))
        stay(case, "lead", n, held=5 if n == 11 else 0, ended_days_ago=1 if n < 6 else 40)
    other = world.open_case(by="cuc")
    world.finish(world.task(other))
    stay(other, "lead", 20)
    return cases


def test_median_and_ninetieth_percentile_without_the_days_on_hold(world, left):
    line = next(one for one in lines(world, "lan") if one.stage == "lead")

    # 1 to 10, and 11 less 5 on hold: 1 2 3 4 5 6 6 7 8 9 10
    assert (line.count, line.median, line.p90) == (11, pytest.approx(6), pytest.approx(9))
    assert line.held == pytest.approx(5 / 11)


def test_a_hold_beyond_the_stay_takes_only_its_days(world):
    case = world.open_case()
    world.finish(world.task(case))
    stay(case, "lead", 10, held=300)

    assert next(one for one in lines(world, "lan") if one.stage == "lead").median == pytest.approx(1)


def test_times_by_organisation_officer_and_month(world, left):
    by_place = {one.label: one for one in lines(world, "hanh", "by=organisation&stage=lead")}
    assert {name: one.count for name, one in by_place.items()} == {
        "Hội LHPN xã Bác Ái": 11,
        "Hội LHPN xã Ninh Sơn": 1,
    }
    officers = {one.label: one.count for one in lines(world, "hanh", "by=officer&stage=lead")}
    assert officers.get("Lê Mẫu Cúc") == 1
    months = lines(world, "hanh", "by=month&stage=lead")
    assert sum(one.count for one in months) == 12
    assert [one.key for one in months] == sorted((one.key for one in months), reverse=True)


def test_the_officer_is_whoever_finished_the_last_task_of_the_stay(world):
    case = world.open_case()
    world.finish(world.task(case), by=world.mai)
    world.finish(world.task(case, "survey_needs"), by=world.lan)
    world.finish(world.task(case, "hold_consultation"), by=world.mai)
    world.finish(world.task(case, "form_founding_group"), by=world.lan)

    found = {one.stage: one.label for one in lines(world, "lan", "by=officer")}

    assert found == {"lead": "Trần Mẫu Mai", "consultation": "Nguyễn Mẫu Lan"}


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("by", ["", "organisation", "officer", "month"])
def test_each_number_of_the_times_opens_exactly_its_stays(client, world, left, who, by):
    client.force_login(getattr(world, who))

    page = client.get("/board/times/", {"by": by})

    for line, _words, url in page.context["lines"]:
        behind = client.get(url).context
        assert len(behind["rows"]) == behind["total"] == line.count
    reach = world.standing(who).reach_ids
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM workflows_stagestay s WHERE until IS NOT NULL AND EXISTS (SELECT 1 FROM"
            " casework_caseaccess a WHERE a.case_id = s.case_id AND a.organisation_id = ANY(%s)"
            " AND a.kind IN ('own', 'partner', 'inspect') AND a.revoked_at IS NULL)",
            [reach],
        )
        assert sum(line.count for line, _words, _url in page.context["lines"]) == cursor.fetchone()[0]


def test_the_page_draws_what_its_table_says(client, world, left):
    client.force_login(world.hanh)

    page = client.get("/board/times/").content.decode()

    assert 'role="img"' in page
    assert "<desc" in page
    assert "style=" not in page
    assert "Lead: 6,0" in page or "Lead: 6,5" in page


def returned(world):
    """A plan sent back by the review, and a survey sent back by its own advisor for a correction."""
    case = world.open_case()
    review = world.advance(case, "review_plan")
    world.finish(review, outcome="return", remarks="Nêu rõ người mua.", marked_in_plan=["market"])
    return case


def test_each_number_of_the_returns_opens_exactly_its_tasks_with_their_reasons(client, world):
    returned(world)
    other = world.open_case(name="HTX Khác")
    task = world.advance(other, "hold_consultation")
    perform(ClaimTask(task.pk), by=world.lan)
    perform(ReturnToStep(task.pk, "survey_needs", "Thiếu số điện thoại"), by=world.lan)

    for who in ROLES:
        client.force_login(getattr(world, who))
        found = {}
        for line in client.get("/board/returns/").context["lines"]:
            for name, count, url in line.counts:
                if count:
                    behind = client.get(url).context
                    assert len(behind["rows"]) == behind["total"] == count
                    found[line.title, str(name)] = {row.reason for row in behind["rows"]}
        if who in ("hanh", "binh", "lan"):
            assert found["Review plan and charter", "Sent back from here"] == {"Nêu rõ người mua."}
            assert found["Draft the business plan", "Done again here"] == {"Nêu rõ người mua."}
            assert "Thiếu số điện thoại" in next(v for k, v in found.items() if k[1].startswith("Of these"))
        if who in ("ngan", "son", "cuc"):
            assert found == {}


def test_the_months_of_a_period_begin_on_the_first():
    assert months_back(1) == timezone.localdate().replace(day=1)
    assert months_back(13) == timezone.localdate().replace(day=1, year=timezone.localdate().year - 1)


@given(st.floats(min_value=0.001, max_value=100_000, allow_nan=False))
def test_the_scale_has_at_most_six_lines_and_holds_the_longest_bar(longest):
    step = nice_step(longest)
    drawn = chart([("A", longest / 2, longest)])

    assert drawn is not None
    assert step * 6 >= longest
    assert 2 <= len(drawn.ticks) <= 7
    assert drawn.rows[0].p90_end <= drawn.width
    assert drawn.rows[0].median <= drawn.rows[0].p90


def test_a_chart_of_nothing_and_of_zeroes_and_of_many():
    assert chart([]) is None
    zero = chart([("A", 0, 0)])
    assert zero.rows[0].p90 == 0
    many = chart([(f"Hội {n}" * 20, 1, 2) for n in range(100)])
    assert len(many.rows) == MOST
    assert all(len(row.label) <= 28 for row in many.rows)


def test_days_are_written_as_vietnamese_writes_them():
    assert [days_text(days) for days in (0, 4.56, 99.94, 250.4)] == ["0,0", "4,6", "99,9", "250"]
