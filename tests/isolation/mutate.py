"""`make mutate`: leave out one question of access at a time and see whether a test notices. Chosen by hand.

    make mutate ARGS="--list"                              what can be left out
    make mutate ARGS="--only casework/notes --at-most 5"   some of it

The tests are collected once, over sources that can leave out any one question (switches.py). They run once as they are,
which tells which test asks which question; then for each question those that ask it, until one fails. Each run is a
process split off from the one that collected them, with a database of its own. Reported apart: noticed by a test,
refused by the product's own scope, no answer in time, asked by no test, survived.
"""

import argparse
import os
import sys
from pathlib import Path

import pytest

from tests.isolation.mutants import Mutant, mutants_in

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen mutants. 1 where one was not noticed, 2 where the tests fail without any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="part of a name as --list prints it")
    parser.add_argument("--at-most", type=int, default=10**6, help="so many, spread over all that fit")
    parser.add_argument("--list", action="store_true", help="only say which there are")
    parser.add_argument("tests", nargs="*", default=["tests"], help="where to look for tests that notice")
    chosen = parser.parse_args(arguments)
    mutants = sample([m for m in mutants_in(ROOT) if chosen.only in m.name], chosen.at_most)
    if chosen.list:
        print("\n".join(mutant.name for mutant in mutants))  # noqa: T201
        return 0
    # Before the settings and with them the product are imported.
    from tests.isolation.switches import Switches

    options = ["-q", "-n0", "-m", "not browser", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:durations"]
    switches = Switches(mutants, at_once=os.cpu_count() or 1)
    return int(pytest.main([*options, *chosen.tests], plugins=[switches]))


def sample(mutants: list[Mutant], most: int) -> list[Mutant]:
    """So many at equal distances: the same ones each time."""
    most = min(most, len(mutants))
    return [mutants[number * len(mutants) // most] for number in range(most)]


if __name__ == "__main__":
    sys.exit(main())
