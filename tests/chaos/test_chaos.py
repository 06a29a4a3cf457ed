"""Chaos: nothing is violated while everything is killed, and what is planted is found."""

import json
import subprocess
import sys

import pytest

from bench.server import ROOT
from tests.chaos import plants
from tests.chaos.server import CHAOS

FOUND_SOON = {
    "event not queued": "event_is_sealed_or_waits",
    "sums forgotten": "sums_are_what_is_counted",
    "assignment not ended": "taken_task_has_one_owner",
}


@pytest.fixture(scope="module", autouse=True)
def _server():
    yield
    with CHAOS.alone():
        CHAOS.stop()


def chaos(tmp_path, *arguments):
    out = tmp_path / "report.json"
    command = [sys.executable, "manage.py", "chaos", *arguments, "--json", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert out.exists(), done.stdout + done.stderr
    return done.returncode, json.loads(out.read_text()), done.stdout


def test_everything_is_killed_and_nothing_is_violated(tmp_path):
    code, report, words = chaos(tmp_path, "--seconds", "60", "--every", "0.3", "--seed", "11")

    assert (report["safety"], report["liveness"]) == ([], []), words
    assert code == 0
    assert sum(report["faults"].values()) >= 50, words
    assert report["acknowledged"] >= 100, words
    assert report["events"] > report["acknowledged"]


@pytest.mark.parametrize("plant", FOUND_SOON)
def test_what_is_planted_is_found(tmp_path, plant):
    code, report, words = chaos(tmp_path, "--seconds", "10", "--every", "1", "--plant", plant)

    assert code == 1, words
    assert any(line.startswith(FOUND_SOON[plant]) for line in report["safety"]), words


def test_only_known_bugs_are_planted(capsys):
    assert set(FOUND_SOON) <= set(plants.names())
    with pytest.raises(KeyError):
        plants.plant("no such bug")
