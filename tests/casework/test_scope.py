"""A query about cases that nobody answers for is an error, on a page and outside of everything."""

from contextlib import suppress
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory

from casework.background.once import everything_once
from casework.cases.models import Case
from casework.middleware import CurrentStanding
from casework.models import CaseAccess, CreditApplication, Document, Founder, Note
from casework.sharing import scope
from casework.sharing.querysets import seen_cases
from casework.sharing.scope import ScopedQuerySet, SightQuerySet, Unscoped
from workflows.models import Task

ENDINGS = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "iterator": lambda rows: list(rows.iterator()),
    "aggregate": lambda rows: rows.aggregate(),
    "slice": lambda rows: rows[0],
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "values": lambda rows: list(rows.values("pk")),
    "union": lambda rows: list(rows.union(rows)),
}
# They say where cases stand, not what is in them, or belong to one person or office and are read by that.
OTHERWISE_LIMITED = {
    "Case.duplicate_of", "Fact.told_by", "MemberListUpload.for_case", "Support.through", "CaseLink.other",
    "StageStay.case", "CountedCase.case", "OutboxMessage.case", "Notification.case", "CaseAccess.case",
}  # fmt: skip


@pytest.fixture
def nobody():
    """As in a process that has said nothing."""
    token = scope.current.set("")
    yield
    scope.current.reset(token)


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("model", [Case, Task, Document, Note, Founder, CreditApplication])
def test_no_page_reads_rows_of_cases_without_limiting_them(case, model, ending):
    with scope.page(), pytest.raises(Unscoped):
        ENDINGS[ending](model.objects.filter(pk__gt=0))


def test_nothing_is_read_outside_every_scope(case, nobody):
    with pytest.raises(Unscoped):
        Case.objects.count()
    with pytest.raises(Unscoped):
        Case.objects.beyond_sight("no reason is enough here").count()


def test_what_is_limited_to_a_person_is_read(world, case):
    standing = world.standing("lan")
    with scope.page():
        assert Case.objects.visible_to(standing).filter(pk=case.pk).get() == case
        assert Task.objects.visible_to(standing).filter(case=case).exists()
        assert Founder.objects.filter(case__in=seen_cases(standing)).count() == 0
        assert Founder.objects.visible_to(standing).count() == 0


def test_rows_of_a_row_that_was_reached_need_no_second_look(world, case):
    with scope.page():
        assert case.tasks.count() == Task.objects.filter(case=case).count() == 2
        assert Task.objects.filter(case__in=[case]).first().case == case
        with pytest.raises(Unscoped):
            Task.objects.filter(case_id=case.pk).count()
        with pytest.raises(Unscoped):
            Task.objects.filter(case__in=Case.objects.all()).count()
        with pytest.raises(Unscoped):
            Task.objects.filter(case__in=CaseAccess.objects.values("case_id")).count()


def test_a_reason_is_asked_for(case):
    with scope.page():
        assert Case.objects.beyond_sight("of this test").count() == 1
    for say in (scope.everything, Case.objects.beyond_sight):
        with pytest.raises(ValueError, match="Say why"):
            say("")


def test_the_answer_to_a_request_is_a_page_and_nothing_is_left_behind(nobody):
    seen = []
    CurrentStanding(lambda _request: seen.append(scope.current.get()) or HttpResponse())(RequestFactory().get("/"))

    assert seen == [scope.PAGE]
    assert scope.current.get() == ""


def test_an_act_reads_what_its_rights_decide(world, case):
    task = world.task(case)
    with scope.page():
        world.claim(task, world.lan)

    task.refresh_from_db()
    assert task.owner == world.lan


def test_workers_and_commands_say_that_they_read_everything(committed_world, nobody):
    with scope.everything("the test opens a case"):
        case = committed_world.open_case()
    everything_once()  # commits: the sealer has a connection of its own
    with suppress(SystemExit):  # its answer about an empty case
        call_command("rules", "check", "--case", case.code, stdout=StringIO())
    call_command("clock", "explain", "--case", case.code, stdout=StringIO())


def test_every_model_that_hangs_on_a_case_refuses(db):
    open_doors = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Case:
                rows = model._default_manager.all()
                if not isinstance(rows, ScopedQuerySet) or isinstance(rows, SightQuerySet):
                    open_doors.add(f"{model.__name__}.{field.name}")

    assert open_doors == OTHERWISE_LIMITED - {"Case.duplicate_of", "CaseLink.other"}


def test_every_such_model_knows_what_a_person_may_see(world, case):
    standing = world.standing("lan")
    for model in apps.get_models():
        rows = model._default_manager.all()
        if isinstance(rows, ScopedQuerySet) and not isinstance(rows, SightQuerySet):
            with scope.page():
                rows.visible_to(standing).count()
