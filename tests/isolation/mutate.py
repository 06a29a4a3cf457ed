"""`make mutate`: leave out one question of access at a time and see whether a test notices. Slow; chosen by hand.

    make mutate ARGS="--list"                              what can be left out
    make mutate ARGS="--only casework/notes --at-most 5"   some of it

It works in a copy of the tree, with a database of its own; the tests run there once unchanged. Reported apart: noticed
by a test, refused by the product's own scope, no answer in time, survived.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.isolation.mutants import Mutant, mutants_in

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".tools", "var", "__pycache__", ".*_cache", ".hypothesis")
# After those of the room itself, which are quick.
ALWAYS = ("tests/test_access.py", "tests/isolation")
LONGEST = 1800  # seconds for the tests of one mutant
NOTICED, BY_SCOPE, NO_ANSWER, SURVIVED = "noticed", "by the scope", "NO ANSWER", "SURVIVED"


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen mutants. 1 where one survived or gave no answer, 2 where the tests fail without any."""
    chosen = _options(arguments)
    mutants = _sample([m for m in mutants_in(ROOT) if chosen.only in m.name], chosen.at_most)
    if chosen.list:
        print("\n".join(mutant.name for mutant in mutants))  # noqa: T201
        return 0
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place) / "tree"
        shutil.copytree(ROOT, tree, ignore=NOT_COPIED)
        # The server of the tests and the interpreter are those of this checkout.
        for shared in ("var", ".venv"):
            (tree / shared).symlink_to(ROOT / shared, target_is_directory=True)
        for tests in {tuple(fitting_tests(mutant.path)) for mutant in mutants}:
            if _run(tree, list(tests)) != SURVIVED:
                print("These fail before anything is left out:", *tests)  # noqa: T201
                return 2
        verdicts = Counter(_verdict(tree, mutant) for mutant in mutants)
    print(f"{len(mutants)} mutants:", dict(verdicts))  # noqa: T201
    return 0 if set(verdicts) <= {NOTICED, BY_SCOPE} else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="part of a name as --list prints it")
    parser.add_argument("--at-most", type=int, default=10**6, help="so many, spread over all that fit")
    parser.add_argument("--list", action="store_true", help="only say which there are")
    return parser.parse_args(arguments)


def _sample(mutants: list[Mutant], most: int) -> list[Mutant]:
    """So many at equal distances: the same ones each time."""
    most = min(most, len(mutants))
    return [mutants[number * len(mutants) // most] for number in range(most)]


def _verdict(tree: Path, mutant: Mutant) -> str:
    """What the tests say without the question. The tree is as before afterwards."""
    path = tree / mutant.path
    before = path.read_bytes()
    path.write_bytes(mutant.applied(before))
    try:
        verdict = _run(tree, fitting_tests(mutant.path))
    finally:
        path.write_bytes(before)
    print(f"{verdict:<12} {mutant.name}", flush=True)  # noqa: T201
    return verdict


def fitting_tests(path: str) -> list[str]:
    """The tests of the room of a file, of the rooms around it, then those of access."""
    room = Path("tests", path).parent
    found = [str(room)] if room.name not in ("casework", "workflows") and (ROOT / room).is_dir() else []
    return [*found, *ALWAYS]


def _run(tree: Path, tests: list[str]) -> str:
    """NOTICED by a test, BY_SCOPE when the product itself refused the query, NO_ANSWER in time, or SURVIVED."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider"]
    command += tests
    environment = os.environ | {"TEST_RUN": "mutants", "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return NO_ANSWER
    if done.returncode not in (0, 1):
        raise SystemExit(f"pytest ended with {done.returncode}:\n{done.stdout.decode()[-3000:]}{done.stderr.decode()}")
    if done.returncode == 0:
        return SURVIVED
    return BY_SCOPE if b"Unscoped" in done.stdout else NOTICED


if __name__ == "__main__":
    sys.exit(main())
