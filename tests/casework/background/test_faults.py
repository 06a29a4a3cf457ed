"""Kill -9 at any moment, for workers and their parents: nothing is lost, nothing is finished twice.

KILLS sets how many (default 50); work grows with it. SEED chooses which.
"""

import os
from collections import Counter

import pytest

from tests.casework.background import jobs
from tests.casework.background.harness import JOBS, statuses
from tests.casework.background.nemesis import Nemesis

KILLS = int(os.environ.get("KILLS", "50"))
SEED = int(os.environ.get("SEED", "20261123"))
TASKS, ROWS = 10 * KILLS, 40 * KILLS
RESTART = 10  # seconds at most from a death to a worker in its place

pytestmark = pytest.mark.usefixtures("tables")


def waiting() -> int:
    return jobs.execute("SELECT count(*) FROM t_outbox WHERE sent_at IS NULL")[0][0]


def test_nothing_is_lost_and_nothing_finished_twice_when_workers_are_killed(tmp_path):
    mailbox = tmp_path / "mailbox"
    jobs.execute("INSERT INTO t_outbox SELECT 'mail-' || n FROM generate_series(1, %s) n", ROWS)
    for number in range(TASKS):
        jobs.effect.enqueue(f"task-{number}", 0.05)
    nemesis = Nemesis(SEED, pumps=[f"{JOBS}.pump"], mailbox=mailbox)

    nemesis.rage(KILLS, lambda: statuses() == {"SUCCESSFUL": TASKS} and not waiting(), 60 + KILLS)

    finished = Counter(jobs.execute("SELECT id FROM t_finished"))
    effects = jobs.execute("SELECT count(*) FROM t_effect")[0][0]
    wrong = jobs.execute(
        "SELECT count(*) FROM django_tasks_database_dbtaskresult "
        "WHERE return_value IS DISTINCT FROM args_kwargs#>'{args,0}'"
    )
    mails = Counter(mailbox.read_text().split())
    runs = jobs.execute("SELECT count(*) FROM t_run")[0][0]
    told = [
        f"kills {nemesis.killed} ({nemesis.parents_killed} parents)",
        f"longest until another: {nemesis.longest}, first start {nemesis.start_took:.1f} s",
        f"tasks {TASKS}: run {runs}, finished {len(finished)}",
        f"rows {ROWS}: sent {len(mails)}, repeated {mails.total() - len(mails)}",
    ]
    print("; ".join(told))  # noqa: T201 (shown with pytest -s)
    assert nemesis.killed >= KILLS
    assert len(finished) == effects == TASKS
    assert set(finished.values()) == {1}
    assert wrong == [(0,)]
    assert set(mails) == {f"mail-{number + 1}" for number in range(ROWS)}
    # A parent begins with the start of Python and Django, which takes long where much else is going on.
    assert nemesis.longest["runner"] <= RESTART
    assert nemesis.longest["parent"] <= max(RESTART, 3 * nemesis.start_took)
