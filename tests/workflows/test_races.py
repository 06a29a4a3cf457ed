"""Several people at once, in real threads on real connections: one effect, a clean answer for everybody else.

RACE_ROUNDS sets how often each node is raced for (default: see ROUNDS); 200 takes some minutes.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from casework.acts import Act, ActionNotPossible, Busy, Receipt, perform
from casework.audit import chain
from casework.cases.acts import OpenCase
from casework.linkage.models import CreditApplication
from casework.models import AuditEvent, Case, User
from notifications.models import OutboxMessage
from tests.factories import World
from workflows.acts import ClaimTask, CompleteTask, ReassignTask, ReleaseTask
from workflows.credit_room.asking import AskAnotherLender
from workflows.demo.answers import answer_for
from workflows.demo.play import make_ready, posted
from workflows.engine.models import Task, TaskAssignment
from workflows.engine.nodes import Task as HumanNode
from workflows.flows.credit_v1 import CreditV1
from workflows.flows.founding_v1 import FoundingV1

THREADS = 4
ROUNDS = int(os.environ.get("RACE_ROUNDS", "12"))  # for each of the 18 human nodes: 216 in all
SHARES = 4  # the rounds are spread over so many tests, so that several processes share them

Job = Callable[[], Any]
Race = Callable[..., list[Any]]


@pytest.fixture
def race(committed_world: World) -> Iterator[Race]:
    """Run jobs at the same moment, each in a thread with a connection of its own; what each gave or raised."""
    with ThreadPoolExecutor(THREADS) as pool:

        def run(*jobs: Job) -> list[Any]:
            start = Barrier(len(jobs))
            return list(pool.map(lambda job: _result_of(job, start), jobs))

        yield run
        end = Barrier(THREADS)
        list(pool.map(lambda _n: (end.wait(30), connections.close_all()), range(THREADS)))


def _result_of(job: Job, start: Barrier) -> Any:
    connections["default"].ensure_connection()
    start.wait(30)
    try:
        return job()
    except Exception as error:  # noqa: BLE001 (the tests say which are allowed)
        return error


def job(act: Act, by: User, request_id: Any = None) -> Job:
    request_id = request_id or uuid4()
    return lambda: perform(act, by=by, request_id=request_id)


def receipts(results: list[Any]) -> list[Receipt]:
    """The receipts among the results; everything else must be a clean refusal, and nobody waited in vain."""
    for result in results:
        assert isinstance(result, Receipt | ActionNotPossible | PermissionDenied), repr(result)
        assert not isinstance(result, Busy)
    return [result for result in results if isinstance(result, Receipt)]


def one_effect(results: list[Any]) -> Receipt:
    """Exactly one did it; whoever else got a receipt got the same one, marked as a replay."""
    got = receipts(results)
    assert [receipt.replayed for receipt in got].count(False) == 1
    assert len({receipt.link for receipt in got}) == 1
    return got[0]


def completion(task: Task, by: User, **fields: Any) -> CompleteTask:
    """The act that a filled form makes; each thread gets a form of its own, as each tab has."""
    task = Task.objects.select_related("case").get(pk=task.pk)
    make_ready(task, by)
    form = task.form(by, data=posted({**answer_for(task), **fields}))
    assert form.is_valid(), (task.node, form.errors, {name: table.errors for name, table in form.rows.items()})
    return CompleteTask(task.pk, form.cleaned_data)


def colleague(world: World, owner: User) -> User:
    return world.mai if owner.username == "lan" else world.lan


def check_one_completion(task: Task) -> None:
    done = AuditEvent.objects.filter(case_id=task.case_id, verb="task.completed", facts__task=task.pk)
    assert done.count() == 1
    assert Task.objects.get(pk=task.pk).status == "DONE"
    assert list(TaskAssignment.objects.filter(task=task).values_list("ended_how", flat=True)) == ["done"]
    open_nodes = Counter(Task.objects.open().filter(case_id=task.case_id).values_list("node", flat=True))
    assert set(open_nodes.values()) <= {1}, open_nodes
    told = OutboxMessage.objects.filter(case_id=task.case_id, event_seq=done.get().seq, kind__startswith="task.")
    assert told.count() == len(done.get().facts.get("next", []))


def check_chain(case: Case) -> None:
    events = AuditEvent.objects.filter(chain=f"case:{case.pk}").order_by("seq")
    assert list(chain.problems(events)) == []


def race_to_finish(race: Race, world: World, task: Task) -> None:
    """Two tabs of the owner, one of them clicked twice, and a colleague who looked over her shoulder."""
    owner, twice = world.claim(task), uuid4()
    acts = [completion(task, owner) for _thread in range(THREADS)]

    results = race(
        job(acts[0], owner, twice),
        job(acts[1], owner),
        job(acts[2], owner, twice),
        job(acts[3], colleague(world, owner)),
    )

    one_effect(results)
    assert not isinstance(results[3], Receipt)
    check_one_completion(task)


@pytest.mark.parametrize("share", range(SHARES))
def test_four_threads_finish_one_task_at_every_node(race, committed_world, share):
    world, raced = committed_world, Counter()

    for _round in range(share, ROUNDS, SHARES):
        case = world.open_case()
        while task := Task.objects.open().filter(case=case).order_by("pk").first():
            race_to_finish(race, world, task)
            raced[task.node] += 1
        check_chain(case)
        assert Case.objects.get(pk=case.pk).status == "closed"

    rounds = len(range(share, ROUNDS, SHARES))
    nodes = [*FoundingV1.nodes_in_order(), *CreditV1.nodes_in_order()]
    assert raced == {node.name: rounds for node in nodes if isinstance(node, HumanNode)}


def test_of_two_lenders_who_answer_at_once_the_case_goes_on_exactly_once(race, committed_world):
    world = committed_world
    for _round in range(ROUNDS // SHARES):
        case = world.open_case()
        world.advance(case, "request_credit")
        world.finish(world.task(case, "link_market"))
        world.finish(world.task(case, "request_credit"), lender=world.organisation("bank-kh").pk)
        first = CreditApplication.latest_of(case)
        again = {
            **{name: getattr(first, name) for name in ("purpose", "amount", "term_months", "own_capital", "workers")},
            "lender": world.organisation("fund-kh"),
            "consent_given": True,
            "consent_on": first.consent_on,
        }
        perform(AskAnotherLender(case.pk, again), by=world.lan)
        tasks = list(Task.objects.open().filter(case=case).order_by("pk"))
        owners = [world.claim(task) for task in tasks]
        jobs = [job(completion(task, owner), owner) for task, owner in zip(tasks, owners, strict=True)]

        results = race(*jobs)

        assert len(receipts(results)) == 2
        opened = Counter(Task.objects.open().filter(case=case).values_list("node", flat=True))
        assert opened == {"confirm_linkage": 1, "record_disbursement": 2}
        check_chain(case)


def test_of_two_people_taking_a_task_at_once_exactly_one_gets_it(race, committed_world):
    world, won = committed_world, Counter()

    for _round in range(20):
        task = world.task(world.open_case())

        results = race(*(job(ClaimTask(task.pk), user) for user in (world.lan, world.mai, world.lan, world.mai)))

        assert len(receipts(results)) == 1
        winner = [world.lan, world.mai][results.index(receipts(results)[0]) % 2]
        stored = Task.objects.get(pk=task.pk)
        assert (stored.owner_id, stored.status) == (winner.pk, "ASSIGNED")
        assert list(TaskAssignment.objects.filter(task=task).values_list("user", flat=True)) == [winner.pk]
        refusals = [str(result) for result in results if isinstance(result, ActionNotPossible)]
        assert len(refusals) == 3
        won[winner.username] += 1
        check_chain(task.case)


def test_the_loser_of_a_claim_reads_who_was_faster(race, committed_world):
    world = committed_world
    task = world.task(world.open_case())

    results = race(job(ClaimTask(task.pk), world.lan), job(ClaimTask(task.pk), world.mai))

    winner = world.lan if isinstance(results[0], Receipt) else world.mai
    loser = next(result for result in results if not isinstance(result, Receipt))
    assert winner.full_name in str(loser)


def test_the_same_request_from_four_threads_is_answered_four_times_alike(race, committed_world):
    world = committed_world

    for _round in range(10):
        task = world.task(world.open_case())
        owner = world.claim(task)
        request = uuid4()

        results = race(*(job(completion(task, owner), owner, request) for _thread in range(THREADS)))

        assert len(receipts(results)) == THREADS
        one_effect(results)
        check_one_completion(task)
        check_chain(task.case)


def test_a_case_opened_by_the_same_request_four_times_at_once_is_one_case(race, committed_world):
    world = committed_world
    commune = world.organisation("wu-kh-a")

    for number in range(10):
        act = OpenCase(commune, commune.area, f"HTX số {number}", contact_name="Trần Thị Mẫu")
        request = uuid4()

        results = race(*(job(act, world.lan, request) for _thread in range(THREADS)))

        assert len(receipts(results)) == THREADS
        assert Case.objects.get(working_name=act.working_name).pk == one_effect(results).case_id
        assert Task.objects.open().filter(case_id=results[0].case_id).count() == 1


def test_four_cases_opened_at_once_get_four_codes(race, committed_world):
    world = committed_world
    commune = world.organisation("wu-kh-a")

    results = race(*(job(OpenCase(commune, commune.area, f"HTX {n}"), world.lan) for n in range(THREADS)))

    assert len({receipt.result["code"] for receipt in receipts(results)}) == THREADS


def test_two_drafts_finished_at_once_pass_the_join_once(race, committed_world):
    world = committed_world

    for _round in range(8):
        case = world.open_case()
        world.advance(case, "draft_plan")
        plan, charter = world.task(case, "draft_plan"), world.task(case, "draft_charter")
        world.claim(plan, world.lan)
        world.claim(charter, world.mai)

        results = race(
            job(completion(plan, world.lan), world.lan), job(completion(charter, world.mai), world.mai),
            job(completion(plan, world.lan), world.lan), job(completion(charter, world.mai), world.mai),
        )  # fmt: skip

        assert len(receipts(results)) == 2
        joined_once(case, "drafts_ready", "review_plan")


def test_market_and_credit_finished_at_once_pass_the_join_once(race, committed_world):
    world = committed_world

    for _round in range(4):
        case = world.open_case()
        world.advance(case, "link_market")
        market, credit = world.task(case, "link_market"), world.task(case, "request_credit")
        seller, borrower = world.claim(market), world.claim(credit)
        no_credit = {"request": "not_needed", "reason": "Their own savings are enough."}

        results = race(
            job(completion(market, seller), seller), job(completion(credit, borrower, **no_credit), borrower)
        )

        assert len(receipts(results)) == 2
        joined_once(case, "linked_both", "confirm_linkage")


def joined_once(case: Case, join: str, following: str) -> None:
    assert list(Task.objects.filter(case=case, node=join).values_list("status", flat=True)) == ["DONE"]
    assert [task.node for task in Task.objects.open().filter(case=case)] == [following]
    check_chain(case)


@pytest.mark.parametrize("rival", ["release", "reassign"])
def test_finishing_and_taking_away_at_once_end_in_one_of_both(race, committed_world, rival):
    world = committed_world

    for _round in range(6):
        task = world.task(world.open_case())
        world.claim(task, world.lan)
        away = ReleaseTask(task.pk), world.lan
        if rival == "reassign":
            away = ReassignTask(task.pk, world.mai, "on leave"), world.hanh

        results = race(job(completion(task, world.lan), world.lan), job(*away))

        assert len(receipts(results)) == 1
        stored = Task.objects.get(pk=task.pk)
        if isinstance(results[0], Receipt):
            check_one_completion(task)
        else:
            assert stored.owner_id == (world.mai.pk if rival == "reassign" else None)
        check_chain(task.case)


def test_one_request_for_two_cases_at_once_is_refused_for_one_of_them(race, committed_world):
    world = committed_world

    for _round in range(5):
        tasks, request = [world.task(world.open_case()) for _case in range(2)], uuid4()

        results = race(*(job(ClaimTask(task.pk), world.lan, request) for task in tasks))

        assert len(receipts(results)) == 1
