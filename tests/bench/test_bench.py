"""The bench: a run of its smallest size through every area, and what it makes of figures."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench.curves import drawn, points
from bench.goals import GOALS, NAMED, judged
from bench.measure import Times
from bench.run import AREAS, parser
from bench.server import BENCH

ROOT = Path(__file__).resolve().parent.parent.parent
# Those of the peers need an environment of theirs; those of one size of work need two.
NOT_ALONE = {"act_vs_stock", "act_vs_spiff", "queue_vs_stock_few", "queue_vs_stock_many", "queue_1m_1k"}


def run(out):
    """What a run over all areas found, in a server and a database of its own."""
    command = [sys.executable, "manage.py", "bench", "all", "--size", "200", "--rounds", "1", "--json", str(out)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    finally:
        with BENCH.alone():
            BENCH.stop()
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(out.read_text())


def test_every_area_is_measured_with_statements_plans_and_every_goal_that_needs_no_peer(tmp_path):
    report = run(tmp_path / "report.json")

    assert list(report["areas"]) == AREAS
    assert [row["name"] for row in report["goals"]] == [goal.name for goal in GOALS if goal.name not in NOT_ALONE]
    assert all(row["measured"] >= 0 and row["holds"] is None for row in report["goals"])  # so few rows decide nothing
    desk = report["areas"]["desk"]
    queue = desk["pages"]["queue, few organisations"]
    assert queue["statements"] > 1
    assert queue["database_ms"] > 0
    assert queue["bytes"] > 1000
    assert any("workflows_task" in one["sql"] and one["plan"] for one in desk["plans"]["queue, few organisations"])
    writers = report["areas"]["writers"]
    assert writers["acts"] > 0
    assert (writers["deadlocks"], writers["lost"]) == (0, 0)


def test_a_line_holds_on_its_own_side_and_at_its_own_size():
    def row(name, figure, size="10k"):
        found = judged({name: figure}, size)[0]
        return found["must_holds"], found["holds"]

    assert [row("act_vs_stock", figure) for figure in (4.9, 5, 10)] == [(False, False), (True, False), (True, True)]
    assert [row("statements_claim", figure) for figure in (6, 5, 2)] == [(False, False), (True, False), (True, True)]
    assert [row("board_ms", 1, size) for size in ("10k", "1m")] == [(None, None), (True, True)]
    assert row("import_s", 1, "200") == (None, None)
    assert set(NAMED) == {goal.name for goal in GOALS}


def test_median_and_p95_are_of_the_rounds():
    times = Times([0.004, 0.001, 0.002, 0.003, 0.1])
    assert (times.median, times.p95) == (3.0, 100.0)


def test_what_cannot_be_asked_is_refused(capsys):
    for arguments in (["everything"], ["--size", "2m"], ["--rounds", "many"]):
        with pytest.raises(SystemExit):
            parser().parse_args(arguments)
    assert "2m" in capsys.readouterr().err


def test_curves_are_drawn_from_what_was_measured():
    def report(size, ms):
        return {"size": size, "areas": {"board": {"pages": {"board, the country": {"database_ms": ms}}}}}

    curves = points([report("1m", 100.0), report("10k", 5.0)])
    assert curves == {"board, the country": [(10_000, 5.0), (1_000_000, 100.0)]}
    picture = ET.fromstring(drawn(curves))
    assert "board, the country: 100.0" in {element.text for element in picture.iter()}
