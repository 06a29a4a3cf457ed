"""`make mutate`: leave out one question of access at a time and see whether a test notices. Slow; chosen by hand.

    make mutate ARGS="--list"                              what can be left out
    make mutate ARGS="--only casework/notes --at-most 5"   some of it

It works in a copy of the tree, with a database of its own. Who survives is reported; the exit status says whether
anybody did.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.isolation.mutants import Mutant, mutants_in

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".tools", "var", "__pycache__", ".*_cache", ".hypothesis")
# After those of the room itself, which are quick.
ALWAYS = ("tests/test_access.py", "tests/isolation")
LONGEST = 1800  # seconds for the tests of one mutant


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen mutants. 1 where one survived."""
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
        survivors = [mutant for mutant in mutants if _survives(tree, mutant)]
    print(f"{len(mutants)} mutants, {len(survivors)} survived", *(m.name for m in survivors), sep="\n  ")  # noqa: T201
    return 1 if survivors else 0


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


def _survives(tree: Path, mutant: Mutant) -> bool:
    """Whether the tests pass without the question. The tree is as before afterwards."""
    path = tree / mutant.path
    before = path.read_bytes()
    path.write_bytes(mutant.applied(before))
    try:
        survives = _passes(tree, fitting_tests(mutant.path))
    finally:
        path.write_bytes(before)
    print(f"{'SURVIVED' if survives else 'noticed '} {mutant.name}", flush=True)  # noqa: T201
    return survives


def fitting_tests(path: str) -> list[str]:
    """The tests of the room of a file, of the rooms around it, then those of access."""
    room = Path("tests", path).parent
    found = [str(room)] if room.name not in ("casework", "workflows") and (ROOT / room).is_dir() else []
    return [*found, *ALWAYS]


def _passes(tree: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider"]
    command += tests
    environment = os.environ | {"TEST_RUN": "mutants", "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, 1):
        raise SystemExit(f"pytest ended with {done.returncode}:\n{done.stdout.decode()[-3000:]}{done.stderr.decode()}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
